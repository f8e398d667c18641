//! Opening hours of a station: the OpenStreetMap grammar read under the Chinese working calendar.

mod day;
mod error;
mod free_text;
mod opening;
mod rule;
mod schedule;
mod season;
mod timeline;
mod week;
mod words;

use std::{fmt, sync::Arc};

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};
use opening_hours_syntax::rules::OpeningHoursExpression;

use crate::calendar::Calendar;
use day::{DaySpans, Lines};
use rule::{Day, Rule};

pub use error::{HoursError, Problem};
pub use free_text::{Assumption, FreeText, parse_free_text};
pub use opening::{Opening, Openings};
pub use schedule::Schedule;
pub use season::{Season, SeasonError, in_season};
pub use timeline::Timeline;
pub use week::DayHours;

/// The longest grammar text that is read, in characters.
pub const GRAMMAR_CHARS: usize = 500;
/// How far ahead the next change is looked for, in days after the day asked about: a season returns
/// within a year.
pub const HORIZON_DAYS: u16 = 400;
/// Minutes of a day.
pub(crate) const DAY_MIN: u16 = 1440;

/// Whether the rules say that the door is open.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Openness {
    /// Shut.
    Closed,
    /// It depends on what nobody knows: an unpublished holiday, or a rule that says so.
    Unknown,
    /// Open.
    Open,
}

/// What opening hours say of one instant, without notices.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct HoursState {
    /// Open, closed or unknown.
    pub open: Openness,
    /// When `open` next becomes another, if it does within [`HORIZON_DAYS`].
    pub until: Option<NaiveDateTime>,
    /// The answer rests on a year whose notice is not published, and that notice may change it.
    pub provisional: bool,
}

/// Anything that knows opening hours at every instant of the city's local time.
pub trait OpenTimes {
    /// The state at an instant; seconds are passed over.
    fn at(&self, at: NaiveDateTime) -> HoursState;
}

/// Opening hours under a calendar. Cloning is cheap.
///
/// `PH` is a day off of the State Council. On a make-up workday every rule for Mondays holds, whatever
/// the weekday; rules for a date or a season hold as ever, rules for the nth weekday of a month do not.
/// A span past midnight belongs to the day on which it begins.
#[derive(Clone, Debug)]
pub struct Hours {
    inner: Arc<Inner>,
    calendar: Calendar,
}

#[derive(Debug)]
struct Inner {
    expression: OpeningHoursExpression,
    rules: Vec<Rule>,
    always_open: bool,
    depends_on_ph: bool,
    depends_on_weekday: bool,
}

impl Hours {
    /// Reads a text of the grammar, for instance `Mo-Fr 09:00-17:00; PH off`.
    pub fn parse(grammar: &str, calendar: &Calendar) -> Result<Self, HoursError> {
        let expression = error::read_expression(grammar)?;
        let rules: Vec<Rule> = expression
            .rules
            .iter()
            .map(Rule::read)
            .collect::<Result<_, _>>()
            .map_err(|problem| HoursError::new(grammar, None, problem))?;
        let inner = Inner {
            always_open: matches!(&rules[..], [rule] if rule.is_always_open()),
            depends_on_ph: rules.iter().any(Rule::depends_on_ph),
            depends_on_weekday: rules.iter().any(Rule::depends_on_weekday),
            expression,
            rules,
        };
        Ok(Self { inner: Arc::new(inner), calendar: calendar.clone() })
    }

    /// The same hours under another calendar, for instance one with a new year loaded.
    #[must_use]
    pub fn with_calendar(&self, calendar: &Calendar) -> Self {
        Self { inner: self.inner.clone(), calendar: calendar.clone() }
    }

    /// Whether a rule speaks of public holidays.
    pub fn depends_on_ph(&self) -> bool {
        self.inner.depends_on_ph
    }

    /// Whether the hours are simply 24/7.
    pub fn is_always_open(&self) -> bool {
        self.inner.always_open
    }

    /// The state at an instant of the city's local time; seconds are passed over.
    pub fn at(&self, at: NaiveDateTime) -> HoursState {
        let date = at.date();
        if self.inner.always_open {
            return HoursState { open: Openness::Open, until: None, provisional: false };
        }
        let mut lines = Lines::from(self, date);
        let Some(first) = lines.next() else {
            return HoursState { open: Openness::Unknown, until: None, provisional: true };
        };
        let minute = minute_of_day(at);
        let open = first.at(minute);
        let until = match first.change_after(minute) {
            Some(minute) => Some(date.and_time(NaiveTime::MIN) + TimeDelta::minutes(minute.into())),
            None => lines.change_from(open, HORIZON_DAYS),
        };
        HoursState { open, until, provisional: self.is_provisional(date) }
    }

    /// Whether an unpublished notice for the year of the date may change what these hours say on it.
    pub(crate) fn is_provisional(&self, date: NaiveDate) -> bool {
        (self.inner.depends_on_ph || self.inner.depends_on_weekday)
            && !self.calendar.is_published(date.year())
    }

    /// What the rules say of the day alone: the spans that begin on it, some of which end on the next.
    fn spans_on(&self, date: NaiveDate) -> DaySpans {
        let day = Day { date, weekday: date.weekday(), kind: self.calendar.kind(date) };
        let mut spans = DaySpans::default();
        for rule in &self.inner.rules {
            rule.apply(&day, &mut spans);
        }
        if self.inner.depends_on_ph && self.calendar.is_uncertain(date) {
            spans.make_unknown();
        }
        spans
    }
}

impl OpenTimes for Hours {
    fn at(&self, at: NaiveDateTime) -> HoursState {
        self.at(at)
    }
}

impl fmt::Display for Hours {
    /// The rules as normalised text of the grammar.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.inner.expression.to_string();
        // The library writes `closed` where people write `off`; a remark must stay as it is.
        if text.contains('"') { f.write_str(&text) } else { f.write_str(&text.replace("closed", "off")) }
    }
}

/// The minute of the day of an instant.
pub(crate) fn minute_of_day(at: NaiveDateTime) -> u16 {
    u16::try_from(at.hour() * 60 + at.minute()).unwrap_or(DAY_MIN - 1)
}

#[cfg(test)]
mod tests;
