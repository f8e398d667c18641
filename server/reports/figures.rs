//! What reports say of stations: doors found locked, answers in time.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::model::{InTime, ReportState};
use super::store::{self, DueRow};
use crate::db::Db;
use crate::error::Error;
use crate::ids::StationId;
use crate::time::Zone;

/// How often a station was reported locked since an instant and staff found it so.
pub async fn confirmed_locked(db: &Db, station: StationId, since: DateTime<Utc>) -> Result<i64, Error> {
    let rows = store::locked(db, &station.to_string(), since.timestamp_millis()).await?;
    Ok(rows.first().map_or(0, |row| row.times))
}

/// The same of every station; those that were never are left out.
pub async fn confirmed_locked_by_station(
    db: &Db,
    since: DateTime<Utc>,
) -> Result<HashMap<StationId, i64>, Error> {
    let rows = store::locked(db, "", since.timestamp_millis()).await?;
    rows.into_iter().map(|row| Ok((read(&row.station_id)?, row.times))).collect()
}

/// The numbers of the same reports, the oldest first.
pub async fn confirmed_locked_numbers(
    db: &Db,
    since: DateTime<Utc>,
) -> Result<HashMap<StationId, Vec<String>>, Error> {
    let mut found: HashMap<StationId, Vec<String>> = HashMap::new();
    for row in store::locked_numbers(db, since.timestamp_millis()).await? {
        found.entry(read(&row.station_id)?).or_default().push(row.number);
    }
    Ok(found)
}

/// How many of a station's reports since an instant were answered in time. What is still within its time counts
/// neither way.
pub async fn answered_in_time(
    db: &Db,
    zone: Zone,
    station: StationId,
    since: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<InTime, Error> {
    let rows = store::dues(db, &station.to_string(), since.timestamp_millis()).await?;
    Ok(rows.iter().fold(InTime::default(), |sum, row| counted(sum, row, zone, now)))
}

/// The same of every station that has any report since then.
pub async fn answered_in_time_by_station(
    db: &Db,
    zone: Zone,
    since: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<HashMap<StationId, InTime>, Error> {
    let mut found: HashMap<StationId, InTime> = HashMap::new();
    for row in store::dues(db, "", since.timestamp_millis()).await? {
        let sum = found.entry(read(&row.station_id)?).or_default();
        *sum = counted(*sum, &row, zone, now);
    }
    Ok(found)
}

/// Dates written as year-month-day compare as texts.
fn counted(sum: InTime, row: &DueRow, zone: Zone, now: DateTime<Utc>) -> InTime {
    let day = |ms: i64| zone.from_ms(ms).date_naive().to_string();
    let is_open = row.state == ReportState::Open.as_str();
    let ended = if is_open { day(now.timestamp_millis()) } else { day(row.answered_ms.unwrap_or_default()) };
    match (is_open, ended <= row.due) {
        (true, true) => sum,
        (false, true) => InTime { in_time: sum.in_time + 1, of: sum.of + 1 },
        (_, false) => InTime { of: sum.of + 1, ..sum },
    }
}

fn read(station: &str) -> Result<StationId, Error> {
    station.parse().map_err(|e| Error::Internal(format!("station {station}: {e}")))
}
