//! How often one address may do what anybody may do. Counts stay in memory: an address stands in no table.
//!
//! Thousands of phones share one address behind a carrier, so these bounds are loose. They stop a machine, not
//! a crowd; narrower bounds are counted by account, station or receipt.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use crate::code::codes;
use crate::error::Error;

/// How long what an address did counts.
pub const WINDOW: TimeDelta = TimeDelta::hours(1);
/// How many counts are kept; above that, those whose window is over go first.
const COUNTS: usize = 20_000;

codes! {
    /// What is counted.
    Purpose {
        SignIn = "sign_in", Upload = "upload", Report = "report", Track = "track", Join = "join",
        Visit = "visit", KeeperLink = "keeper_link", Grievance = "grievance", WrongReceipt = "wrong_receipt",
        PhoneCode = "phone_code", WrongCode = "wrong_code",
    }
}

impl Purpose {
    /// How often one address may in an hour.
    pub fn most(self) -> u32 {
        match self {
            // OWASP ASVS 5.0 asks for a bound against guessing; see `accounts/sessions/attempts.rs`.
            // A receipt has 66 bits, so that it bounds the work of a guesser there and not his luck.
            Self::SignIn | Self::WrongReceipt | Self::WrongCode => 100,
            // Each is a message that somebody pays for.
            Self::PhoneCode => 50,
            Self::Upload | Self::Report | Self::Join | Self::Grievance => 300,
            Self::Track | Self::KeeperLink => 600,
            Self::Visit => 3_000,
        }
    }
}

/// Since when something is counted, and how often it was done.
type Count = (DateTime<Utc>, u32);

/// What each address did in the last hour.
#[derive(Debug, Default)]
pub struct Pace(Mutex<HashMap<(Purpose, IpAddr), Count>>);

impl Pace {
    /// Refuses an address that has used up what it may, without counting.
    ///
    /// # Errors
    /// [`Error::TooMany`] after [`Purpose::most`] times in an hour.
    pub fn must_have_left(
        &self,
        purpose: Purpose,
        address: Option<IpAddr>,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let Some(address) = address else { return Ok(()) };
        let counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match counted.get(&(purpose, address)) {
            Some((since, times)) if now - *since < WINDOW && *times >= purpose.most() => {
                let left = WINDOW - (now - *since);
                Err(Error::TooMany { retry_s: left.num_seconds().try_into().unwrap_or(1) })
            }
            _ => Ok(()),
        }
    }

    /// Counts what an address does; without one nothing is counted.
    ///
    /// # Errors
    /// [`Error::TooMany`] after [`Purpose::most`] times in an hour.
    pub fn count(&self, purpose: Purpose, address: Option<IpAddr>, now: DateTime<Utc>) -> Result<(), Error> {
        let Some(address) = address else { return Ok(()) };
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_over = |since: DateTime<Utc>| now - since >= WINDOW;
        if counted.len() >= COUNTS {
            counted.retain(|_, (since, _)| !is_over(*since));
        }
        let (since, times) = counted.entry((purpose, address)).or_insert((now, 0));
        if is_over(*since) {
            (*since, *times) = (now, 0);
        }
        *times = times.saturating_add(1);
        if *times <= purpose.most() {
            return Ok(());
        }
        let left = WINDOW - (now - *since);
        Err(Error::TooMany { retry_s: left.num_seconds().try_into().unwrap_or(1) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_so_many_attempts_an_hour() {
        let pace = Pace::default();
        let (one, other) = (Some([192, 0, 2, 1].into()), Some([192, 0, 2, 2].into()));
        let now = DateTime::UNIX_EPOCH;
        for _ in 0..Purpose::SignIn.most() {
            pace.count(Purpose::SignIn, one, now).unwrap();
        }
        let later = now + TimeDelta::minutes(20);
        assert!(matches!(pace.count(Purpose::SignIn, one, later), Err(Error::TooMany { retry_s: 2400 })));
        pace.count(Purpose::Report, one, later).unwrap();
        pace.count(Purpose::SignIn, other, later).unwrap();
        pace.count(Purpose::SignIn, one, now + WINDOW).unwrap();
        for _ in 0..=Purpose::SignIn.most() {
            pace.count(Purpose::SignIn, None, now).unwrap();
        }
    }
}
