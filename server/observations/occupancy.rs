//! How full a station is, in three levels, from what visitors say at its door; never who is there.

use chrono::{DateTime, Utc};

use super::service::HOUR_MS;
use super::store;
use crate::code::codes;
use crate::db::Db;
use crate::error::Error;
use crate::stations::Snapshot;
use crate::stations::snapshot::{Entry, Moment};

codes! {
    /// How full it is.
    Level { Quiet = "quiet", Some = "some", Busy = "busy" }
}

/// Fewer visits in this and the last hour say nothing: of four people it cannot be told whether the others did not
/// come or did not scan, and one person's coming must not show.
const LEAST_VISITS: i64 = 5;
/// How long somebody stays, in milliseconds. A break is half an hour; nobody says when he leaves.
const STAY_MS: i64 = HOUR_MS / 2;
/// From this share of the seats on somebody who comes may have to look for one.
const SOME_THIRDS: i64 = 1;
/// From this share on he may find none: not everybody who sits there has scanned.
const BUSY_THIRDS: i64 = 2;

/// How full a public station is at an instant; `None` where it is not open, says no seats, or too few have scanned.
pub async fn level(
    db: &Db,
    snapshot: &Snapshot,
    entry: &Entry,
    now: DateTime<Utc>,
) -> Result<Option<Level>, Error> {
    let Some(seats) = entry.station.facts.capacity.filter(|seats| *seats > 0) else { return Ok(None) };
    if !entry.is_open(&Moment::new(now, snapshot.zone())) {
        return Ok(None);
    }
    let now_ms = now.timestamp_millis();
    let into_ms = now_ms.rem_euclid(HOUR_MS);
    let this_hour = now_ms - into_ms;
    let id = entry.station.id.to_string();
    let visits = store::visits(db, &id, this_hour - HOUR_MS, this_hour).await?;
    Ok(of(visits, HOUR_MS + into_ms, i64::from(seats)))
}

/// The level of so many visits in a time, by Little's law: as many are there as come in the time that one stays.
fn of(visits: i64, time_ms: i64, seats: i64) -> Option<Level> {
    if visits < LEAST_VISITS {
        return None;
    }
    // visits × stay ÷ time ÷ seats, in thirds, without a fraction.
    let is_above = |thirds: i64| 3 * visits * STAY_MS >= thirds * seats * time_ms;
    Some(match (is_above(SOME_THIRDS), is_above(BUSY_THIRDS)) {
        (_, true) => Level::Busy,
        (true, false) => Level::Some,
        (false, false) => Level::Quiet,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_follow_the_visits_the_time_and_the_seats() {
        let minutes = |n: i64| HOUR_MS + n * 60_000;
        for (visits, time_ms, seats, level) in [
            (4, minutes(0), 6, None),
            (5, minutes(30), 20, Some(Level::Quiet)),
            // 12 in 60 minutes: 6 at a time.
            (12, minutes(0), 19, Some(Level::Quiet)),
            (12, minutes(0), 18, Some(Level::Some)),
            (12, minutes(0), 10, Some(Level::Some)),
            (12, minutes(0), 9, Some(Level::Busy)),
            // The same 12 in 90 minutes: 4 at a time.
            (12, minutes(30), 9, Some(Level::Some)),
            (12, minutes(30), 6, Some(Level::Busy)),
        ] {
            assert_eq!(of(visits, time_ms, seats), level, "{visits} in {time_ms} ms of {seats}");
        }
    }
}
