//! Making and taking back observations, and how a station kept its hours by them.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};

use super::model::{LATELY_DAYS, Observation, Promise, Source};
use super::store::{self, HourRow};
use crate::db::{Db, Tx};
use crate::error::Error;
use crate::ids::StationId;
use crate::stations::Snapshot;
use crate::stations::snapshot::Moment;
use crate::stations::state::State;
use crate::time::Zone;

/// Milliseconds of an hour.
pub(super) const HOUR_MS: i64 = 3_600_000;

/// Writes an observation. Of two by the same source in one hour the one inside the posted hours stays, and of two
/// such the less favourable.
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

/// How a station kept its posted hours from one instant to another (exclusive).
///
/// Chapter "Promise kept" of the design: confirmed-open observations divided by all observations inside posted hours,
/// at most one per station and hour, the least favourable wins. Days are the city's.
pub async fn promise(
    db: &Db,
    zone: Zone,
    station: StationId,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Promise, Error> {
    let rows =
        store::hours_of(db, &station.to_string(), from.timestamp_millis(), to.timestamp_millis()).await?;
    Ok(summed(rows.iter(), zone))
}

/// The same of every station that anybody looked at.
pub async fn promise_by_station(
    db: &Db,
    zone: Zone,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<HashMap<StationId, Promise>, Error> {
    let rows = store::hours(db, from.timestamp_millis(), to.timestamp_millis()).await?;
    let mut by_station: HashMap<&str, Vec<&HourRow>> = HashMap::new();
    for row in &rows {
        by_station.entry(&row.station_id).or_default().push(row);
    }
    let told = |(id, rows): (&str, Vec<&HourRow>)| {
        let id = id.parse().map_err(|e| Error::Internal(format!("station {id}: {e}")))?;
        Ok((id, summed(rows.into_iter(), zone)))
    };
    by_station.into_iter().map(told).collect()
}

/// How a station kept its posted hours in the last [`LATELY_DAYS`] days, today included.
pub async fn promise_lately(
    db: &Db,
    zone: Zone,
    station: StationId,
    now: DateTime<Utc>,
) -> Result<Promise, Error> {
    let today = zone.local(now).date();
    let first = today.checked_sub_days(Days::new(LATELY_DAYS - 1)).unwrap_or(today);
    let begin = zone.instant(first.and_time(NaiveTime::MIN)).with_timezone(&Utc);
    promise(db, zone, station, begin, now).await
}

fn summed<'a>(hours: impl Iterator<Item = &'a HourRow>, zone: Zone) -> Promise {
    let (mut promise, mut days) = (Promise::default(), BTreeSet::<NaiveDate>::new());
    for hour in hours {
        promise.of += 1;
        promise.open += hour.open;
        days.insert(zone.from_ms(hour.hour_ms).date_naive());
    }
    Promise { days: i64::try_from(days.len()).unwrap_or(i64::MAX), ..promise }
}
