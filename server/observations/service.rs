//! Making and taking back observations.

use chrono::{DateTime, Utc};

use super::model::{Observation, Source};
use super::store;
use crate::db::Tx;
use crate::error::Error;
use crate::ids::StationId;
use crate::stations::Snapshot;
use crate::stations::snapshot::Moment;
use crate::stations::state::State;

/// Milliseconds of an hour.
const HOUR_MS: i64 = 3_600_000;

/// Writes an observation. Of two by the same source in one hour the less favourable stays.
pub async fn observe(tx: &mut Tx, seen: &Observation) -> Result<(), Error> {
    let at_ms = seen.at.timestamp_millis();
    Ok(store::put(tx, at_ms - at_ms.rem_euclid(HOUR_MS), seen).await?)
}

/// Takes back what a report or an inspection said.
pub async fn withdraw(tx: &mut Tx, source: Source, object: &str) -> Result<(), Error> {
    Ok(store::remove(tx, source.as_str(), object).await?)
}

/// Whether a public station's hours say that it is open; `None` where it is not public, suspended, or its
/// hours are not certain. What a notice closes is not posted.
pub fn is_posted(snapshot: &Snapshot, station: StationId, at: DateTime<Utc>) -> Option<bool> {
    let state = snapshot.station(station)?.state(&Moment::new(at, snapshot.zone())).state;
    match state {
        State::Open | State::ClosingSoon => Some(true),
        State::Closed | State::ClosedByNotice => Some(false),
        State::Suspended | State::Unknown => None,
    }
}
