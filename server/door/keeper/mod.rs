//! The keeper: whoever holds a station's own link, without an account and with ten seconds.
//!
//! What he does goes through the services of [`life`](crate::stations::life) and
//! [`notices`](crate::stations::notices) as [`Actor::by_link`], so that history, audit, revision and every copy
//! obey at once.

pub mod deeds;
pub mod links;

use chrono::{DateTime, TimeDelta, Utc};

use crate::accounts::Actor;
use crate::app::App;
use crate::error::Error;
use crate::ids::StationId;
use crate::stations::life::desk::Desk;
use crate::stations::listing::CONFIRMED_DAYS;
use crate::stations::model::Station;

/// A keeper at his station.
pub struct Keeper {
    pub(super) app: App,
    pub(super) desk: Desk,
    /// His station.
    pub station: StationId,
}

impl Keeper {
    /// The keeper of a station whose link was found to be good.
    pub(super) async fn at(app: &App, station: StationId) -> Result<Self, Error> {
        let desk = Desk::of(app, Actor::by_link(station)).await?;
        Ok(Self { app: app.clone(), desk, station })
    }

    /// The station with everything that its keeper may see.
    pub async fn find(&self) -> Result<Station, Error> {
        self.desk.find(self.station).await
    }
}

/// Whether a station's facts have to be confirmed again.
pub fn is_due(station: &Station, now: DateTime<Utc>) -> bool {
    let last = station.last_confirmed.map(DateTime::<Utc>::from);
    last.is_none_or(|at| now - at >= TimeDelta::days(CONFIRMED_DAYS))
}
