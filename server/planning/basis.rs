//! What a question is counted on: one revision of the registry, one version of the demand, and the question itself.

use std::sync::Arc;

use tokio::sync::Semaphore;

use super::asked::{Asked, Of};
use super::demand::{self, Demand, Layer};
use super::method::Words;
use super::people::People;
use super::period::Hours;
use super::service_points::{self, ServicePoints};
use super::targets::Targets;
use crate::accounts::{Actor, Permission, Reach};
use crate::app::App;
use crate::error::{Error, FieldError};
use crate::language::Language;
use crate::stations::Snapshot;

/// The most points times hours that one question counts, some seconds of work.
const MOST_COUNTED: usize = 400_000_000;
/// The most stations times hours that one question looks at.
const MOST_LOOKED_AT: usize = 50_000_000;
/// Questions are counted one by one, because each keeps a processor busy and others have requests to answer.
static TURNS: Semaphore = Semaphore::const_new(1);

/// What a question is counted on.
#[derive(Debug)]
pub struct Basis {
    /// The stations.
    pub snapshot: Arc<Snapshot>,
    /// The people.
    pub demand: Arc<Demand>,
    /// Where they come from, as whoever asks is told of it.
    pub layer: Layer,
    /// The service points.
    pub service: Vec<Arc<ServicePoints>>,
    /// The question.
    pub asked: Asked,
    /// What whoever asks may see.
    pub reach: Reach,
    /// In which language he reads.
    pub language: Language,
}

impl Basis {
    /// Fetches everything that a question needs.
    ///
    /// # Errors
    /// [`Error::Malformed`] where a layer is unknown, or where there are too many hours for the people and stations.
    pub async fn open(
        app: &App,
        actor: &Actor,
        asked: Asked,
        language: Language,
    ) -> Result<Arc<Self>, Error> {
        let demand = demand::service::layer(app, asked.demand.as_deref()).await?;
        let service = service_points::service::layers(app, &asked.layers).await?;
        let reach = actor.reach(Permission::CoverageSee);
        let layer = demand::service::told(&demand, actor, language);
        let snapshot = app.registry.snapshot();
        let basis = Self { snapshot, demand, layer, service, asked, reach, language };
        basis.must_be_countable()?;
        Ok(Arc::new(basis))
    }

    fn must_be_countable(&self) -> Result<(), Error> {
        let hours = self.asked.when.hours(self.snapshot.zone()).len();
        let counted = self.demand.points.len().saturating_mul(hours);
        let looked_at = self.snapshot.len().saturating_mul(hours);
        if counted <= MOST_COUNTED && looked_at <= MOST_LOOKED_AT {
            return Ok(());
        }
        let en = "too many hours for so many people and stations; ask for fewer days";
        Err(Error::Malformed(vec![FieldError::new("to", "too_much", "人数和驿站太多，请缩短日期。", en)]))
    }

    /// Counts beside the threads that answer requests.
    pub async fn count<T: Send + 'static>(
        self: &Arc<Self>,
        how: impl FnOnce(&Self) -> T + Send + 'static,
    ) -> Result<T, Error> {
        let turn = TURNS.acquire().await.map_err(|e| Error::Internal(e.to_string()))?;
        let basis = Arc::clone(self);
        // Whoever gives up waiting does not stop the counting, which keeps its turn to its end.
        let counting = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            how(&basis)
        });
        Ok(counting.await?)
    }

    /// The people that the question is about.
    pub fn people(&self) -> People<'_> {
        People::chosen(&self.demand, &self.asked.whom, &self.reach)
    }

    /// The hours of the question.
    pub fn hours(&self) -> Hours {
        self.asked.when.hours(self.snapshot.zone())
    }

    /// The places that count, at some hours.
    pub fn targets(&self, hours: &Hours) -> Targets {
        let stations = || Targets::new(hours.len()).and_stations(&self.snapshot, &self.asked.filter, hours);
        match self.asked.of {
            Of::Stations => stations(),
            Of::ServicePoints => self.and_service_points(Targets::new(hours.len()), hours),
            Of::Either => self.and_service_points(stations(), hours),
        }
    }

    fn and_service_points(&self, to: Targets, hours: &Hours) -> Targets {
        self.service.iter().fold(to, |to, layer| to.and_service_points(layer, hours))
    }

    /// How far people go, as a straight distance in metres.
    pub fn straight_m(&self) -> f64 {
        self.asked.reach.straight_m(&self.snapshot.ground().walk)
    }

    /// What is needed to say how figures are found.
    pub fn words(&self) -> Words<'_> {
        Words {
            language: self.language,
            vocabularies: &self.snapshot.city().vocabularies,
            pace: &self.snapshot.ground().walk,
        }
    }
}
