//! A station at an instant: its state.

use chrono::{DateTime, FixedOffset, NaiveDateTime, Utc};

use super::entry::Entry;
use crate::stations::state::{StateAt, course, state_at};
use crate::time::Zone;

/// An instant as the city's clocks show it.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    /// The instant.
    pub at: DateTime<FixedOffset>,
    /// The same on the city's clocks.
    pub local: NaiveDateTime,
    zone: Zone,
}

impl Moment {
    /// An instant in a city's zone.
    pub fn new(at: impl Into<DateTime<Utc>>, zone: Zone) -> Self {
        let at = zone.stamp(at);
        Self { at, local: zone.local(at), zone }
    }

    /// Another time of the same city.
    #[must_use]
    pub fn on(&self, local: NaiveDateTime) -> Self {
        Self { at: self.stamp(local), local, zone: self.zone }
    }

    /// A local time as answers print it.
    pub fn stamp(&self, local: NaiveDateTime) -> DateTime<FixedOffset> {
        self.zone.instant(local)
    }
}

impl Entry {
    /// Its state; the one decision that list, detail, page, tile and offline copy share.
    pub fn state(&self, moment: &Moment) -> StateAt {
        state_at(self.is_suspended(), self.opening.as_ref().map(|o| &o.timeline), &self.notices, moment.local)
    }

    /// Its states from one moment to another (exclusive), each with the minute from which it holds.
    pub fn course(&self, from: &Moment, to: &Moment) -> Vec<(NaiveDateTime, StateAt)> {
        let hours = self.opening.as_ref().map(|o| &o.timeline);
        course(self.is_suspended(), hours, &self.notices, from.local, to.local)
    }

    /// Whether it is certainly open.
    pub fn is_open(&self, moment: &Moment) -> bool {
        self.state(moment).state.is_open()
    }
}
