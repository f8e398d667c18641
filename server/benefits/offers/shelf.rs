//! The offers in memory, and how they follow the database.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex as Lock, PoisonError};
use std::time::Duration;

use arc_swap::ArcSwapOption;
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::shown::Day;
use super::store;
use crate::app::App;
use crate::error::Error;

/// How often the database is asked for a newer revision at most.
const LOOK: Duration = Duration::from_secs(1);

/// What the public is shown of offers, as this process holds it.
#[derive(Debug, Default)]
pub struct Shelf {
    current: ArcSwapOption<Day>,
    /// When the revision was looked at last.
    looked: Lock<Option<Instant>>,
    /// Whether this process wrote since.
    is_stale: AtomicBool,
    /// Held while it is made anew, so that two never race.
    making: Mutex<()>,
}

impl Shelf {
    /// Says that this process wrote something, so that its next answer shows it.
    pub(in crate::benefits) fn look_again(&self) {
        self.is_stale.store(true, Ordering::Release);
    }

    /// What is shown now.
    pub(super) async fn now(&self, app: &App) -> Result<Arc<Day>, Error> {
        let (snapshot, now) = (app.registry.snapshot(), app.clock.now());
        let (date, city) = (app.config.zone().local(now).date(), &snapshot.ground().city);
        let fits = |shown: &Arc<Day>| shown.date == date && Arc::ptr_eq(&shown.city, city);
        let current = self.current.load_full().filter(fits);
        if let Some(current) = current.filter(|_| !self.is_due()) {
            return Ok(current);
        }
        let _making = self.making.lock().await;
        // From here on whatever is written raises the flag again.
        self.is_stale.store(false, Ordering::Release);
        let revision = store::revision(&app.db).await?;
        *self.looked.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
        if let Some(current) = self.current.load_full().filter(fits).filter(|c| c.revision == revision) {
            return Ok(current);
        }
        let made = Arc::new(Day::read(&app.db, Arc::clone(city), date).await?);
        self.current.store(Some(Arc::clone(&made)));
        Ok(made)
    }

    fn is_due(&self) -> bool {
        let looked = *self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        self.is_stale.load(Ordering::Acquire) || looked.is_none_or(|at| at.elapsed() >= LOOK)
    }
}
