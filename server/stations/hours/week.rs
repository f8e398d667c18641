//! The hours of seven days, for the table on a station's page.

use chrono::{Days, NaiveDate};

use super::{Hours, Openness};
use crate::calendar::DayKind;

/// The hours of one day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DayHours {
    /// The day.
    pub date: NaiveDate,
    /// Day off or make-up workday, where the calendar says so.
    pub kind: Option<DayKind>,
    /// The holiday to which `kind` belongs, in Chinese.
    pub holiday: Option<String>,
    /// Open from and to, in minutes since the midnight with which the day begins; past midnight the end
    /// is over 1440.
    pub spans: Vec<(u16, u16)>,
    /// Something of the day is not known.
    pub unknown: bool,
    /// An unpublished notice may change the day.
    pub provisional: bool,
}

impl Hours {
    /// Seven days from `from` on.
    pub fn week(&self, from: NaiveDate) -> Vec<DayHours> {
        (0..7).filter_map(|n| from.checked_add_days(Days::new(n))).map(|date| self.day(date)).collect()
    }

    fn day(&self, date: NaiveDate) -> DayHours {
        let spans = self.spans_on(date);
        let open = spans.iter().filter(|span| span.open == Openness::Open);
        DayHours {
            date,
            kind: self.calendar.kind(date),
            holiday: self.calendar.name(date).map(str::to_owned),
            spans: open.map(|span| (span.from, span.to)).collect(),
            unknown: spans.iter().any(|span| span.open == Openness::Unknown),
            provisional: self.is_provisional(date),
        }
    }
}
