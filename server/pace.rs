//! How often one address may do what anybody may do. Counts stay in memory: an address stands in no table.
//!
//! Thousands of phones share one address behind a carrier, so these bounds are loose. They stop a machine, not
//! a crowd; narrower bounds are counted by account, station or receipt.

use std::collections::{HashMap, VecDeque};
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use crate::code::codes;
use crate::error::Error;

/// How long what an address did counts.
pub const WINDOW: TimeDelta = TimeDelta::hours(1);
/// The most counts that are kept, some ten megabytes. A newcomer above that takes the place of the oldest: were he
/// refused instead, whoever has many addresses could lock everybody out. As it is, such a one gains only what his
/// addresses allow him anyway.
const COUNTS: usize = 100_000;
/// The bits of an IPv6 address that name a network: its holder has all addresses of it (RFC 6177).
const NETWORK_BITS: u32 = 64;

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

/// What is counted, and for whom.
type Key = (Purpose, IpAddr);

/// What each address did in the last hour. An IPv6 address counts as its network of 64 bits.
#[derive(Debug, Default)]
pub struct Pace(Mutex<Counts>);

/// The counts; each key stands in both once.
#[derive(Debug, Default)]
struct Counts {
    by_key: HashMap<Key, Count>,
    /// The keys in the order in which they came, so that the oldest is found without looking at the others.
    in_order: VecDeque<Key>,
}

impl Counts {
    /// The count of a key, begun now where there is none.
    fn of(&mut self, key: Key, now: DateTime<Utc>) -> &mut Count {
        self.make_room(key, now);
        let count = self.by_key.entry(key).or_insert_with(|| {
            self.in_order.push_back(key);
            (now, 0)
        });
        // A clock that was set back may have left a window that is over behind one that is not.
        if is_over(count.0, now) {
            *count = (now, 0);
        }
        count
    }

    /// Drops what is over from the front, and the oldest where there is no room for a newcomer.
    fn make_room(&mut self, newcomer: Key, now: DateTime<Utc>) {
        while let Some(oldest) = self.in_order.front() {
            let is_in_force = self.by_key.get(oldest).is_some_and(|(since, _)| !is_over(*since, now));
            let has_room = self.by_key.len() < COUNTS || self.by_key.contains_key(&newcomer);
            if is_in_force && has_room {
                return;
            }
            self.by_key.remove(oldest);
            self.in_order.pop_front();
        }
    }
}

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
        let counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match counts.by_key.get(&(purpose, network(address))) {
            Some((since, times)) if !is_over(*since, now) && *times >= purpose.most() => {
                Err(too_many(*since, now))
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
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (since, times) = counts.of((purpose, network(address)), now);
        *times = times.saturating_add(1);
        if *times <= purpose.most() { Ok(()) } else { Err(too_many(*since, now)) }
    }
}

fn is_over(since: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now - since >= WINDOW
}

fn too_many(since: DateTime<Utc>, now: DateTime<Utc>) -> Error {
    let left = WINDOW - (now - since);
    Error::TooMany { retry_s: left.num_seconds().try_into().unwrap_or(1) }
}

/// Who is counted as one: an IPv4 address, also one written as IPv6, or the network of an IPv6 address.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => Ipv6Addr::from_bits(v6.to_bits() & (u128::MAX << (128 - NETWORK_BITS))).into(),
        v4 @ IpAddr::V4(_) => v4,
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

    #[test]
    fn an_ipv6_network_counts_as_one_address() {
        let pace = Pace::default();
        let now = DateTime::UNIX_EPOCH;
        let inside = |host: u32| Some(format!("2001:db8:0:7:{host:x}::1").parse().unwrap());
        for host in 0..Purpose::SignIn.most() {
            pace.must_have_left(Purpose::SignIn, inside(host), now).unwrap();
            pace.count(Purpose::SignIn, inside(host), now).unwrap();
        }
        let next = inside(Purpose::SignIn.most());
        assert!(matches!(pace.must_have_left(Purpose::SignIn, next, now), Err(Error::TooMany { .. })));
        assert!(matches!(pace.count(Purpose::SignIn, next, now), Err(Error::TooMany { .. })));
        pace.count(Purpose::SignIn, Some("2001:db8:0:8::1".parse().unwrap()), now).unwrap();
        // Written as IPv6 or not, an IPv4 address is the same one, and no other's.
        assert_eq!(network("::ffff:192.0.2.1".parse().unwrap()), network("192.0.2.1".parse().unwrap()));
        assert_ne!(
            network("::ffff:192.0.2.1".parse().unwrap()),
            network("::ffff:192.0.2.2".parse().unwrap())
        );
    }

    #[test]
    fn only_so_many_counts_are_kept_and_the_oldest_goes_first() {
        let pace = Pace::default();
        let now = DateTime::UNIX_EPOCH;
        let most = u32::try_from(COUNTS).unwrap();
        let kept = || {
            let counts = pace.0.lock().unwrap();
            assert_eq!(counts.by_key.len(), counts.in_order.len());
            counts.by_key.len()
        };
        let held = |number: u32| {
            let key = (Purpose::Visit, IpAddr::from(number.to_be_bytes()));
            pace.0.lock().unwrap().by_key.contains_key(&key)
        };
        // No window is over, and all the same nobody is refused and nothing grows.
        for number in 0..most + 5 {
            pace.count(Purpose::Visit, Some(number.to_be_bytes().into()), now).unwrap();
        }
        assert_eq!(kept(), COUNTS);
        assert!(!held(4) && held(5) && held(most + 4));
        pace.count(Purpose::Visit, Some(5_u32.to_be_bytes().into()), now).unwrap();
        assert!(held(5), "who is known takes nobody's place");
        pace.count(Purpose::Visit, Some([9, 9, 9, 9].into()), now + WINDOW).unwrap();
        assert_eq!(kept(), 1, "what is over goes by itself");
    }
}
