//! Opening hours together with the days that were worked out beforehand.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::{Hours, HoursState, OpenTimes, Schedule};

/// Days worked out beforehand: a week, and a day or two until it is made anew.
const SCHEDULE_DAYS: u16 = 10;

/// Hours that answer quickly for the days around now, and from their rules for any other.
#[derive(Clone, Debug)]
pub struct Timeline {
    hours: Hours,
    midnight: NaiveDateTime,
    schedule: Schedule,
}

impl Timeline {
    /// Works out ten days from `from` on.
    pub fn new(hours: Hours, from: NaiveDate) -> Self {
        Self {
            schedule: hours.transitions(from, SCHEDULE_DAYS),
            midnight: from.and_time(NaiveTime::MIN),
            hours,
        }
    }

    /// The hours themselves.
    pub fn hours(&self) -> &Hours {
        &self.hours
    }

    /// The first day worked out.
    pub fn from(&self) -> NaiveDate {
        self.midnight.date()
    }

    /// The days worked out.
    pub fn schedule(&self) -> &Schedule {
        &self.schedule
    }

    /// The state at an instant of the city's local time; seconds are passed over. The answer is that
    /// of [`Hours::at`].
    pub fn at(&self, at: NaiveDateTime) -> HoursState {
        self.prepared(at).unwrap_or_else(|| self.hours.at(at))
    }

    fn prepared(&self, at: NaiveDateTime) -> Option<HoursState> {
        let minute = u32::try_from((at - self.midnight).num_seconds().div_euclid(60)).ok()?;
        let (open, change) = self.schedule.at(minute)?;
        let until = change.map(|minute| self.midnight + TimeDelta::minutes(minute.into()));
        Some(HoursState { open, until, provisional: self.hours.is_provisional(at.date()) })
    }
}

impl OpenTimes for Timeline {
    fn at(&self, at: NaiveDateTime) -> HoursState {
        self.at(at)
    }
}
