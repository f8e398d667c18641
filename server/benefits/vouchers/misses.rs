//! A clerk's codes that were none: after ten without a good one between, that clerk is locked for an hour.

use chrono::{DateTime, TimeDelta, Utc};

use super::store;
use super::store::code::ClerkRow;
use crate::db::Tx;
use crate::error::Error;

/// So many misses lock a clerk.
pub(super) const MOST: i64 = 10;
/// For how long.
pub(super) const LOCKED: TimeDelta = TimeDelta::hours(1);

/// Refuses a clerk who is locked.
pub(super) fn must_not_be_locked(clerk: &ClerkRow, now: DateTime<Utc>) -> Result<(), Error> {
    let left_ms = clerk.locked_until_ms.map_or(0, |until_ms| until_ms - now.timestamp_millis());
    if left_ms <= 0 { Ok(()) } else { Err(too_many(left_ms)) }
}

/// Counts a miss of a clerk whom the transaction holds, and says what he is told.
pub(super) async fn count(tx: &mut Tx, clerk: &ClerkRow, now: DateTime<Utc>) -> Result<Error, Error> {
    // What was before a lock is paid for.
    let before = if clerk.locked_until_ms.is_some() { 0 } else { clerk.misses };
    let misses = before + 1;
    let locked = (misses >= MOST).then(|| (now + LOCKED).timestamp_millis());
    store::code::note_misses(tx, &clerk.id, misses, locked).await?;
    Ok(match locked {
        Some(_) => too_many(LOCKED.num_milliseconds()),
        None => Error::NotFound("code"),
    })
}

fn too_many(left_ms: i64) -> Error {
    Error::TooMany { retry_s: u32::try_from((left_ms + 999) / 1_000).unwrap_or(u32::MAX) }
}
