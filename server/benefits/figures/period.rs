//! Periods: a year, a month, or from a day to a day.

use std::str::FromStr;

use chrono::{Datelike, Months, NaiveDate, NaiveTime, TimeDelta};

use crate::time::Zone;

/// The years that a period may lie in.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;
/// The most days of a period.
pub(in super::super) const MOST_DAYS: i64 = 366 * 10;

/// Days from and to, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct Period {
    /// The first day.
    pub(in super::super) from: NaiveDate,
    /// The last day.
    pub(in super::super) to: NaiveDate,
}

impl Period {
    /// From a day to a day; `None` where it is the other way round, too long or too far away.
    pub(in super::super) fn new(from: NaiveDate, to: NaiveDate) -> Option<Self> {
        let fits = YEARS.contains(&from.year()) && YEARS.contains(&to.year());
        (fits && (0..MOST_DAYS).contains(&(to - from).num_days())).then_some(Self { from, to })
    }

    /// The first instant, and the first one after it, in milliseconds.
    pub(in super::super) fn instants(self, zone: Zone) -> (i64, i64) {
        let midnight = |day: NaiveDate| zone.instant(day.and_time(NaiveTime::MIN)).timestamp_millis();
        (midnight(self.from), midnight(self.to + TimeDelta::days(1)))
    }

    /// The parts of it that lie in one month each.
    pub(super) fn months(self) -> Vec<Self> {
        let mut months = Vec::new();
        let mut from = self.from;
        while from <= self.to {
            let Some(next) = from.with_day(1).and_then(|first| first.checked_add_months(Months::new(1)))
            else {
                break;
            };
            months.push(Self { from, to: self.to.min(next - TimeDelta::days(1)) });
            from = next;
        }
        months
    }

    /// The months of its first and last day, such as 2026-11.
    pub(super) fn month_codes(self) -> (String, String) {
        let code = |day: NaiveDate| day.format("%Y-%m").to_string();
        (code(self.from), code(self.to))
    }
}

impl FromStr for Period {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let day = |text: &str| (text.len() == 10).then(|| text.parse::<NaiveDate>().ok())?;
        let (from, to) = match text.split_once("..") {
            Some((from, to)) => (day(from), day(to)),
            None if text.len() == 4 => (day(&format!("{text}-01-01")), day(&format!("{text}-12-31"))),
            None => {
                let from = day(&format!("{text}-01"));
                let next = from.and_then(|first| first.checked_add_months(Months::new(1)));
                (from, next.and_then(|next| next.pred_opt()))
            }
        };
        Self::new(from.ok_or(())?, to.ok_or(())?).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_a_month_and_days() {
        for (text, days) in [
            ("2026", Some(("2026-01-01", "2026-12-31"))),
            ("2028-02", Some(("2028-02-01", "2028-02-29"))),
            ("2026-11-03..2026-11-03", Some(("2026-11-03", "2026-11-03"))),
            ("2026-11-04..2026-11-03", None),
            ("2000-01-01..2099-12-31", None),
            ("2026-13", None),
            ("1999", None),
            ("", None),
        ] {
            let read = text.parse::<Period>().ok().map(|p| (p.from.to_string(), p.to.to_string()));
            assert_eq!(read, days.map(|(from, to)| (from.to_owned(), to.to_owned())), "{text}");
        }
    }

    #[test]
    fn months_are_cut_at_both_ends_and_leave_no_day_out() {
        let period: Period = "2025-12-30..2026-02-02".parse().unwrap();
        let days: Vec<_> = period.months().iter().map(|m| (m.to - m.from).num_days() + 1).collect();
        assert_eq!(days, [2, 31, 2]);
    }
}
