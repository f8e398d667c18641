//! What an observation says.

use chrono::{DateTime, Utc};

use crate::code::codes;
use crate::error::Words;
use crate::ids::StationId;

codes! {
    /// Who found a station open or shut.
    Source { Keeper = "keeper", Visit = "visit", Inspection = "inspection", Report = "report" }
}

/// A station found open or shut at an instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observation {
    /// The station.
    pub station: StationId,
    /// When; it counts for the hour.
    pub at: DateTime<Utc>,
    /// Who found it so.
    pub source: Source,
    /// The report or inspection that it rests on; empty for the other sources.
    pub object: String,
    /// Whether one could get in.
    pub is_open: bool,
    /// Whether the hours in force said that it is open then.
    pub is_posted: bool,
}

/// Below so many days with observations there is no rate: a few lucky visits prove nothing.
pub const LEAST_DAYS: i64 = 5;

/// Over so many days a station is judged where nobody names a time.
pub const LATELY_DAYS: u64 = 30;

/// How a station kept its posted hours in a time.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Promise {
    /// Hours in which it was found open, and by nobody shut.
    pub open: i64,
    /// Hours in which it was found open or shut.
    pub of: i64,
    /// Days with such an hour.
    pub days: i64,
}

impl Promise {
    /// The rate, 0 to 1; none under [`LEAST_DAYS`].
    pub fn rate(&self) -> Option<f64> {
        #[expect(clippy::cast_precision_loss, reason = "hours of a few years are exact in 52 bits")]
        let rate = || self.open as f64 / self.of as f64;
        (self.days >= LEAST_DAYS && self.of > 0).then(rate)
    }

    /// What the rate is, for people.
    pub fn definition() -> Words {
        Words::new(
            "守时率 = 公布时间内看到开着的小时数 ÷ 公布时间内有人看过的小时数。看过是指：站长确认开门、来人扫码、\
             巡查、工友反映门锁着。同一小时只算一次，有人看到关着就算关着。反映查明不属实的不算。\
             有记录的日子不足 5 天不出守时率。",
            "Promise kept = hours found open ÷ hours looked at, both within the posted hours. Looked at means: the \
             keeper confirmed it open, a visitor scanned the code, an inspection, or a worker reported it locked. An \
             hour counts once, as shut where anybody found it shut. Reports that prove unfounded do not count. There \
             is no rate under 5 days of observations.",
        )
    }
}
