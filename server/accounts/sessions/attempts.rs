//! How often somebody may try to sign in, and why that locks nobody out.
//!
//! Failures are counted per login for browsers from which the account was never signed in to, and apart for
//! each browser that is known. A stranger who guesses at a login so shuts out strangers only; its owner goes
//! on from the browser that he always uses. From a new one, a recovery code or an administrator's link is
//! good in spite of the count (the device cookies of the OWASP Authentication Cheat Sheet).

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use super::store;
use crate::db::Db;
use crate::error::Error;

/// Failures of one count in a window.
pub const MOST: i64 = 10;
/// How long failures count.
pub const WINDOW: TimeDelta = TimeDelta::minutes(15);
/// Attempts of one address in [`ADDRESS_WINDOW`].
pub const MOST_OF_ADDRESS: u32 = 100;
/// How long attempts of an address count.
pub const ADDRESS_WINDOW: TimeDelta = TimeDelta::hours(1);
/// How many addresses are kept in memory; above that, those whose window is over go first.
const ADDRESSES: usize = 10_000;

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

/// Attempts of each address. They stay in memory: an address stands in no table.
#[derive(Debug, Default)]
pub struct Addresses(Mutex<HashMap<IpAddr, (DateTime<Utc>, u32)>>);

impl Addresses {
    /// Counts an attempt of an address; without one nothing is counted.
    ///
    /// # Errors
    /// [`Error::TooMany`] after [`MOST_OF_ADDRESS`] attempts.
    pub fn count(&self, address: Option<IpAddr>, now: DateTime<Utc>) -> Result<(), Error> {
        let Some(address) = address else { return Ok(()) };
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_over = |since: DateTime<Utc>| now - since >= ADDRESS_WINDOW;
        if counted.len() >= ADDRESSES {
            counted.retain(|_, (since, _)| !is_over(*since));
        }
        let (since, attempts) = counted.entry(address).or_insert((now, 0));
        if is_over(*since) {
            (*since, *attempts) = (now, 0);
        }
        *attempts += 1;
        if *attempts <= MOST_OF_ADDRESS {
            return Ok(());
        }
        let left = ADDRESS_WINDOW - (now - *since);
        Err(Error::TooMany { retry_s: left.num_seconds().try_into().unwrap_or(1) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_hundred_attempts_an_hour() {
        let addresses = Addresses::default();
        let (one, other) = (Some([192, 0, 2, 1].into()), Some([192, 0, 2, 2].into()));
        let now = DateTime::UNIX_EPOCH;
        for _ in 0..MOST_OF_ADDRESS {
            addresses.count(one, now).unwrap();
        }
        let later = now + TimeDelta::minutes(20);
        assert!(matches!(addresses.count(one, later), Err(Error::TooMany { retry_s: 2400 })));
        addresses.count(other, later).unwrap();
        addresses.count(one, now + ADDRESS_WINDOW).unwrap();
        for _ in 0..=MOST_OF_ADDRESS {
            addresses.count(None, now).unwrap();
        }
    }
}
