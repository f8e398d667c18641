//! The working hours of a day, which may be split by a break.

use std::fmt;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};
use serde::{Deserialize, Serialize};

/// The most shifts of a day.
const MOST: usize = 6;
/// The fewest minutes that a day is worked in all: with fewer a limit would reach over years.
const FEWEST_MINUTES: u32 = 60;

/// The hours that are worked on every working day, such as 08:30–12:00 and 14:30–18:00.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<String>", into = "Vec<String>")]
pub struct Shifts(Vec<Shift>);

/// From when until when, in minutes after midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Shift {
    opens: u32,
    closes: u32,
}

/// Working hours that cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ShiftsError {
    /// A text is no shift.
    #[error("shifts: {0:?} is no shift; write it as \"08:30-12:00\", from 00:00 to 23:59")]
    Text(String),
    /// None at all, or too many.
    #[error("shifts: 1 to {MOST} shifts a day")]
    Number,
    /// One begins before the one before it has ended.
    #[error("shifts: {0:?} begins before the shift before it ends; write them in the order of the day")]
    Order(String),
    /// Hardly any work.
    #[error("shifts: at least {FEWEST_MINUTES} minutes a day in all")]
    Short,
}

impl Shifts {
    /// Reads shifts such as `08:30-12:00`, in the order of the day.
    pub fn parse<T: AsRef<str>>(texts: &[T]) -> Result<Self, ShiftsError> {
        if texts.is_empty() || texts.len() > MOST {
            return Err(ShiftsError::Number);
        }
        let mut shifts: Vec<Shift> = Vec::new();
        for text in texts.iter().map(AsRef::as_ref) {
            let shift = Shift::parse(text).ok_or_else(|| ShiftsError::Text(text.to_owned()))?;
            if shifts.last().is_some_and(|before| shift.opens < before.closes) {
                return Err(ShiftsError::Order(text.to_owned()));
            }
            shifts.push(shift);
        }
        let shifts = Self(shifts);
        if shifts.minutes() < FEWEST_MINUTES { Err(ShiftsError::Short) } else { Ok(shifts) }
    }

    /// How many minutes are worked in a day.
    pub fn minutes(&self) -> u32 {
        self.0.iter().map(|shift| shift.closes - shift.opens).sum()
    }

    /// Local begin and end of each shift of a day.
    pub(super) fn of(&self, date: NaiveDate) -> impl Iterator<Item = (NaiveDateTime, NaiveDateTime)> {
        self.0.iter().map(move |shift| (at(date, shift.opens), at(date, shift.closes)))
    }

    /// The local end of the last shift of a day.
    pub(super) fn closing(&self, date: NaiveDate) -> NaiveDateTime {
        at(date, self.0.last().map_or(0, |shift| shift.closes))
    }
}

impl Shift {
    fn parse(text: &str) -> Option<Self> {
        let minute = |text: &str| {
            let time = NaiveTime::parse_from_str(text.trim(), "%H:%M").ok()?;
            Some(time.hour() * 60 + time.minute())
        };
        let (opens, closes) = text.split_once(['-', '–'])?;
        let shift = Self { opens: minute(opens)?, closes: minute(closes)? };
        (shift.opens < shift.closes).then_some(shift)
    }
}

impl fmt::Display for Shift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { opens, closes } = self;
        write!(f, "{:02}:{:02}-{:02}:{:02}", opens / 60, opens % 60, closes / 60, closes % 60)
    }
}

fn at(date: NaiveDate, minute: u32) -> NaiveDateTime {
    date.and_time(NaiveTime::MIN) + TimeDelta::minutes(minute.into())
}

impl TryFrom<Vec<String>> for Shifts {
    type Error = ShiftsError;
    fn try_from(texts: Vec<String>) -> Result<Self, ShiftsError> {
        Self::parse(&texts)
    }
}

impl From<Shifts> for Vec<String> {
    fn from(shifts: Shifts) -> Self {
        shifts.0.iter().map(ToString::to_string).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shifts_are_read_and_written() {
        let shifts = Shifts::parse(&["08:30-12:00", "14:30–18:00"]).unwrap();
        assert_eq!(shifts.minutes(), 7 * 60);
        let day = "2026-11-24".parse().unwrap();
        assert_eq!(shifts.closing(day).to_string(), "2026-11-24 18:00:00");
        let json = serde_json::to_string(&shifts).unwrap();
        assert_eq!(json, r#"["08:30-12:00","14:30-18:00"]"#);
        assert_eq!(serde_json::from_str::<Shifts>(&json).unwrap(), shifts);
        assert!(Shifts::parse(&["00:00-12:00", "12:00-23:59"]).is_ok(), "one may begin as another ends");
    }

    #[test]
    fn hours_that_nobody_works_are_refused_with_the_reason() {
        let none: [&str; 0] = [];
        assert_eq!(Shifts::parse(&none), Err(ShiftsError::Number));
        assert_eq!(Shifts::parse(&["08:00-10:00"; 7]), Err(ShiftsError::Number));
        for text in ["", "08:30", "18:00-08:30", "08:00-08:00", "08:00-24:00", "25:00-26:00", "8-12", "a-b"] {
            assert_eq!(Shifts::parse(&[text]), Err(ShiftsError::Text(text.to_owned())));
        }
        for two in [["14:30-18:00", "08:30-12:00"], ["08:30-12:00", "11:59-18:00"]] {
            assert_eq!(Shifts::parse(&two), Err(ShiftsError::Order(two[1].to_owned())));
        }
        assert_eq!(Shifts::parse(&["08:30-09:29"]), Err(ShiftsError::Short));
    }
}
