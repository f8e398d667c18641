//! Deadlines as every answer tells them.

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Due, State};
use crate::calendar::Counted;
use crate::language::Language;

/// One day on the way to a deadline.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DeadlineDay)]
pub struct DueDay {
    pub(crate) date: NaiveDate,
    /// Which day it is of those that count, from 1 on; null: it is left out, or minutes are counted.
    #[schema(required)]
    pub(crate) number: Option<u32>,
    /// How many of its minutes count, where minutes are counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(crate) minutes: Option<i64>,
    /// True where the clock stood still on it, so that the day, or a part of its minutes, is left out; else absent.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    pub(crate) paused: bool,
    /// begun, workday, made_up, weekend, holiday or every_day.
    pub(crate) why: &'static str,
    /// The same for people.
    pub(crate) text: String,
}

/// Each day on the way to a deadline.
pub fn days(days: &[Counted], language: Language) -> Vec<DueDay> {
    let told = |day: &Counted| DueDay {
        date: day.date,
        number: day.number,
        minutes: day.minutes,
        paused: day.paused,
        why: day.why.code(),
        text: day.words().of(language).to_owned(),
    };
    days.iter().map(told).collect()
}

/// Until when something is due, and how that came to be.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Due)]
pub struct ToldDue {
    /// The last instant that is in time. Of a paused clock: if it ran on now.
    pub(crate) at: DateTime<FixedOffset>,
    /// The same without extensions.
    pub(crate) first_at: DateTime<FixedOffset>,
    /// Whether a notice on holidays that is yet to come may move it.
    pub(crate) provisional: bool,
    /// Whether the clock stands still.
    pub(crate) paused: bool,
    /// The version of the calendar by which it was computed.
    pub(crate) calendar: String,
    /// How it came to be, in a sentence.
    pub(crate) text: String,
    /// The same day by day.
    pub(crate) days: Vec<DueDay>,
}

/// How something stands.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DueState)]
pub struct ToldState {
    /// on_time, due_today or overdue.
    standing: &'static str,
    /// Minutes left, or since it was due where negative: of working time, or of all time where the limit is counted in
    /// all minutes.
    left_minutes: i64,
    /// The same for people.
    text: String,
}

impl ToldState {
    /// How something stands, in one language.
    pub fn new(state: &State, language: Language) -> Self {
        let text = state.words.of(language).to_owned();
        Self { standing: state.standing.as_str(), left_minutes: state.left_minutes, text }
    }
}

impl ToldDue {
    /// A deadline in one language.
    pub fn new(due: &Due, language: Language) -> Self {
        Self {
            at: due.zone.stamp(due.at),
            first_at: due.zone.stamp(due.first_at),
            provisional: due.provisional,
            paused: due.paused,
            calendar: due.calendar.clone(),
            text: due.words().of(language).to_owned(),
            days: days(&due.days, language),
        }
    }
}
