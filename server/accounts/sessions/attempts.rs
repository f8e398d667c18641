//! How often somebody may try to sign in, and why that locks nobody out.
//!
//! Failures are counted per login for browsers from which the account was never signed in to, and apart for
//! each browser that is known. A stranger who guesses at a login so shuts out strangers only; its owner goes
//! on from the browser that he always uses. From a new one, a recovery code or an administrator's link is
//! good in spite of the count (the device cookies of the OWASP Authentication Cheat Sheet).

use chrono::{DateTime, TimeDelta, Utc};

use super::store;
use crate::db::Db;
use crate::error::Error;

/// Failures of one count in a window.
pub const MOST: i64 = 10;
/// How long failures count.
pub const WINDOW: TimeDelta = TimeDelta::minutes(15);

/// Counts an attempt before the password is looked at, so that attempts at the same time all count.
///
/// # Errors
/// [`Error::TooMany`] after [`MOST`] failures.
pub(in crate::accounts) async fn count(db: &Db, subject: &str, now: DateTime<Utc>) -> Result<(), Error> {
    let mut tx = db.begin().await?;
    let window_ms = (now - WINDOW).timestamp_millis();
    let row = store::count_attempt(&mut tx, subject, now.timestamp_millis(), window_ms).await?;
    tx.commit().await?;
    if row.failures <= MOST {
        return Ok(());
    }
    if row.failures == MOST + 1 {
        tracing::warn!("a login or a browser had {MOST} failed sign-ins and waits");
    }
    let ends = row.since_ms + WINDOW.num_milliseconds();
    let retry_s = ((ends - now.timestamp_millis()) / 1_000 + 1).try_into().unwrap_or(1);
    Err(Error::TooMany { retry_s })
}

/// Forgets the failures of a subject that showed what was asked for.
pub(in crate::accounts) async fn forgive(db: &Db, subject: &str, now: DateTime<Utc>) -> Result<(), Error> {
    let mut tx = db.begin().await?;
    store::forgive(&mut tx, subject, (now - WINDOW).timestamp_millis()).await?;
    tx.commit().await?;
    Ok(())
}
