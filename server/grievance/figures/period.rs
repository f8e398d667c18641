//! Periods of figures: a year, a month, or from a day to a day.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Months, NaiveDate, TimeDelta};

use crate::grievance::frame::Frame;

/// The years that a period may lie in.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;
/// The most days of a period.
pub(super) const MOST_DAYS: i64 = 366 * 10;

/// Days from and to, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct Period {
    /// The first day.
    pub(in super::super) from: NaiveDate,
    /// The last day.
    pub(in super::super) to: NaiveDate,
}

impl Period {
    /// The year of a day.
    pub(in super::super) fn year_of(day: NaiveDate) -> Self {
        year(day.year()).unwrap_or(Self { from: day, to: day })
    }

    /// The first instant, and the first one after it, in milliseconds.
    pub(in super::super) fn instants(self, frame: &Frame) -> (i64, i64) {
        let next = self.to + TimeDelta::days(1);
        (frame.midnight(self.from).timestamp_millis(), frame.midnight(next).timestamp_millis())
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.from, self.to)
    }
}

impl FromStr for Period {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let period = match text.split_once("..") {
            Some((from, to)) => Some(Self { from: day(from).ok_or(())?, to: day(to).ok_or(())? }),
            None if text.len() == 4 => number(text).and_then(year),
            None => month(text),
        };
        let fits = |p: &Self| {
            YEARS.contains(&p.from.year())
                && YEARS.contains(&p.to.year())
                && (0..MOST_DAYS).contains(&(p.to - p.from).num_days())
        };
        period.filter(fits).ok_or(())
    }
}

fn number(text: &str) -> Option<i32> {
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok())?
}

fn day(text: &str) -> Option<NaiveDate> {
    (text.len() == 10).then(|| text.parse().ok())?
}

fn year(year: i32) -> Option<Period> {
    Some(Period { from: NaiveDate::from_ymd_opt(year, 1, 1)?, to: NaiveDate::from_ymd_opt(year, 12, 31)? })
}

fn month(text: &str) -> Option<Period> {
    let from = day(&format!("{text}-01"))?;
    Some(Period { from, to: from.checked_add_months(Months::new(1))?.pred_opt()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_a_month_and_days() {
        for (text, days) in [
            ("2026", Some("2026-01-01..2026-12-31")),
            ("2026-02", Some("2026-02-01..2026-02-28")),
            ("2028-02", Some("2028-02-01..2028-02-29")),
            ("2026-12", Some("2026-12-01..2026-12-31")),
            ("2026-11-03..2026-11-03", Some("2026-11-03..2026-11-03")),
            ("2025-11-03..2026-02-01", Some("2025-11-03..2026-02-01")),
            ("2026-11-04..2026-11-03", None),
            ("2000-01-01..2099-12-31", None),
            ("2026-13", None),
            ("2026-1", None),
            ("2026-02-30..2026-03-01", None),
            ("26", None),
            ("9999", None),
            ("+202", None),
            ("..", None),
            ("2026..2027", None),
            ("", None),
        ] {
            let read = text.parse::<Period>().ok().map(|p| p.to_string());
            assert_eq!(read.as_deref(), days, "{text}");
        }
    }
}
