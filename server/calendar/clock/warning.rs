//! When to warn that something is due soon.

use chrono::{DateTime, TimeDelta, Utc};

use super::limit::Unit;
use super::{Clock, Due};

/// A warning comes so long before, where minutes are counted.
const BEFORE: TimeDelta = TimeDelta::hours(1);
/// No more days are walked back than a long holiday has.
const MOST_DAYS: usize = 60;

impl Clock<'_> {
    /// When to warn: an hour before something is due, of working time where the limit counts that; where it counts
    /// days, at closing time of the working day before.
    pub fn warning(&self, due: &Due) -> DateTime<Utc> {
        let earlier = match due.unit {
            Unit::Minutes => None,
            Unit::WorkingMinutes => self.worked_before(due.at),
            Unit::WorkingDays | Unit::Days => self.closing_before(due.at),
        };
        earlier.unwrap_or(due.at - BEFORE)
    }

    fn worked_before(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let days = std::iter::successors(Some(self.date(at)), chrono::NaiveDate::pred_opt).take(MOST_DAYS);
        let spans = days.flat_map(|day| self.spans(day, false).into_iter().rev());
        let mut left = BEFORE;
        for (opens, closes) in spans.map(|(opens, closes)| (opens, closes.min(at))).filter(|(o, c)| o < c) {
            if closes - opens >= left {
                return Some(closes - left);
            }
            left -= closes - opens;
        }
        None
    }

    fn closing_before(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let days =
            std::iter::successors(self.date(at).pred_opt(), chrono::NaiveDate::pred_opt).take(MOST_DAYS);
        let mut worked = days.filter(|day| self.calendar.is_working_day(*day));
        worked.next().map(|day| self.closing(day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Calendar;
    use crate::calendar::clock::tests::{SHANGHAI, at, run, shifts};

    #[test]
    fn a_warning_comes_an_hour_or_a_working_day_before() {
        let (calendar, shifts) = (Calendar::built_in(), shifts());
        let clock = Clock { calendar: &calendar, zone: SHANGHAI, shifts: &shifts };
        for line in [
            "120 minutes | 2026-11-24 23:30 | 2026-11-25 00:30",
            "120 working_minutes | 2026-11-24 10:00 | 2026-11-24 11:00",
            "120 working_minutes | 2026-11-24 10:30 | 2026-11-24 11:30",
            "240 working_minutes | 2026-11-24 11:00 | 2026-11-24 16:30",
            "30 working_minutes | 2026-11-27 17:45 | 2026-11-27 17:15",
            "3 working_days | 2026-02-13 10:00 | 2026-02-24 18:00",
            "1 working_days | 2026-02-14 10:00 | 2026-02-14 18:00",
            "15 days | 2026-11-24 10:00 | 2026-12-08 18:00",
        ] {
            let fields: Vec<&str> = line.split(" | ").collect();
            let [amount, begins, warned] = fields[..] else { panic!("{line}") };
            let due = clock.due(&run(amount, begins), at(begins));
            assert_eq!(clock.warning(&due), at(warned), "{line}");
        }
    }
}
