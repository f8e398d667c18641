//! Openness of a number of days worked out beforehand, for answers in tens of nanoseconds.

use chrono::{NaiveDate, NaiveTime};

use super::{DAY_MIN, HORIZON_DAYS, Hours, Openness, day::Lines};

/// The changes of openness of some days, by minutes since the midnight with which they begin.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Schedule {
    days: u16,
    /// Each change with the minute at which it begins; the first at 0.
    runs: Box<[(u32, Openness)]>,
    /// The first change on the days that follow.
    after: Option<u32>,
}

impl Schedule {
    /// Minutes for which the schedule answers.
    pub fn minutes(&self) -> u32 {
        u32::from(self.days) * u32::from(DAY_MIN)
    }

    /// The changes in order: the minute at which each begins, the first at 0.
    pub fn runs(&self) -> &[(u32, Openness)] {
        &self.runs
    }

    /// Openness at a minute, and the minute of the next change if there is one within
    /// [`HORIZON_DAYS`]. `None` beyond the schedule.
    pub fn at(&self, minute: u32) -> Option<(Openness, Option<u32>)> {
        if minute >= self.minutes() {
            return None;
        }
        let next = self.runs.partition_point(|(from, _)| *from <= minute);
        let (_, open) = self.runs.get(next.checked_sub(1)?)?;
        let change = self.runs.get(next).map(|(from, _)| *from).or(self.after);
        let last_day = minute / u32::from(DAY_MIN) + u32::from(HORIZON_DAYS);
        Some((*open, change.filter(|change| change / u32::from(DAY_MIN) <= last_day)))
    }
}

impl Hours {
    /// Works out the days from `from` on. Where dates cannot be evaluated the schedule is shorter.
    pub fn transitions(&self, from: NaiveDate, days: u16) -> Schedule {
        if self.is_always_open() {
            return Schedule { days, runs: [(0, Openness::Open)].into(), after: None };
        }
        let mut lines = Lines::from(self, from);
        let mut runs: Vec<(u32, Openness)> = Vec::new();
        let mut known = 0;
        for (line, day) in lines.by_ref().take(days.into()).zip(0u32..) {
            runs.extend(
                line.iter().map(|(minute, open)| (day * u32::from(DAY_MIN) + u32::from(*minute), *open)),
            );
            known += 1;
        }
        runs.dedup_by_key(|(_, open)| *open);
        let last = runs.last().map(|(_, open)| *open);
        let after = last.and_then(|open| lines.change_from(open, HORIZON_DAYS));
        let after = after.map(|at| (at - from.and_time(NaiveTime::MIN)).num_minutes());
        Schedule {
            days: known,
            runs: runs.into(),
            after: after.and_then(|minute| u32::try_from(minute).ok()),
        }
    }
}
