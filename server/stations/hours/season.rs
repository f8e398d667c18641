//! A part of the year that returns, such as the heating season from 15 November to 15 March.

use std::{fmt, str::FromStr};

use chrono::{Datelike, NaiveDate};

/// The days of every year from one date to another, both included; may cross New Year.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, serde::Serialize, serde::Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Season {
    from: (u32, u32),
    to: (u32, u32),
}

/// Not a season of the form `11-15/03-15`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("a season is written month-day/month-day, for instance 11-15/03-15")]
pub struct SeasonError;

impl Season {
    /// A season from a month and day to a month and day, both included. 29 February is accepted.
    pub fn new(from: (u32, u32), to: (u32, u32)) -> Result<Self, SeasonError> {
        // A leap year has every day that any year has.
        let exists = |(month, day)| NaiveDate::from_ymd_opt(2024, month, day).is_some();
        if exists(from) && exists(to) { Ok(Self { from, to }) } else { Err(SeasonError) }
    }

    /// The first month and day.
    pub fn from(&self) -> (u32, u32) {
        self.from
    }

    /// The last month and day.
    pub fn to(&self) -> (u32, u32) {
        self.to
    }

    /// Whether the date lies in the season.
    pub fn contains(&self, date: NaiveDate) -> bool {
        let day = (date.month(), date.day());
        if self.from <= self.to {
            (self.from..=self.to).contains(&day)
        } else {
            day >= self.from || day <= self.to
        }
    }

    /// In the season its last day; outside it the first day of the next one.
    pub fn until(&self, date: NaiveDate) -> NaiveDate {
        let inside = self.contains(date);
        // Two years hold a change of every season but that of the whole year, whose end is its last day.
        let changed = date.iter_days().take(2 * 366).find(|day| {
            if inside {
                (day.month(), day.day()) == self.to || !self.contains(next(*day))
            } else {
                self.contains(*day)
            }
        });
        changed.unwrap_or(date)
    }
}

fn next(date: NaiveDate) -> NaiveDate {
    date.succ_opt().unwrap_or(date)
}

/// Whether something with or without a season is offered on the date; without one it always is.
pub fn in_season(season: Option<Season>, date: NaiveDate) -> bool {
    season.is_none_or(|season| season.contains(date))
}

impl FromStr for Season {
    type Err = SeasonError;

    fn from_str(text: &str) -> Result<Self, SeasonError> {
        let day = |text: &str| {
            let (month, day) = text.split_once('-')?;
            let two_digits = |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
            if !two_digits(month) || !two_digits(day) {
                return None;
            }
            Some((month.parse().ok()?, day.parse().ok()?))
        };
        let (from, to) = text.trim().split_once('/').ok_or(SeasonError)?;
        Self::new(day(from).ok_or(SeasonError)?, day(to).ok_or(SeasonError)?)
    }
}

impl fmt::Display for Season {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:02}/{:02}-{:02}", self.from.0, self.from.1, self.to.0, self.to.1)
    }
}

impl From<Season> for String {
    fn from(season: Season) -> Self {
        season.to_string()
    }
}

impl TryFrom<String> for Season {
    type Error = SeasonError;

    fn try_from(text: String) -> Result<Self, SeasonError> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_heating_season_crosses_new_year() {
        let heating: Season = "11-15/03-15".parse().unwrap();
        for date in ["2026-01-10", "2026-11-15", "2026-12-31", "2026-03-15"] {
            assert!(heating.contains(day(date)), "{date}");
        }
        for date in ["2026-03-16", "2026-07-01", "2026-11-14"] {
            assert!(!heating.contains(day(date)), "{date}");
        }
        assert_eq!(heating.until(day("2026-01-10")), day("2026-03-15"));
        assert_eq!(heating.until(day("2026-12-01")), day("2027-03-15"));
        assert_eq!(heating.until(day("2026-03-16")), day("2026-11-15"));
        assert!(in_season(Some(heating), day("2026-01-10")) && !in_season(Some(heating), day("2026-06-01")));
        assert!(in_season(None, day("2026-06-01")));
    }

    #[test]
    fn the_last_day_of_february_ends_a_season_in_every_year() {
        let winter: Season = "12-01/02-29".parse().unwrap();
        assert_eq!(winter.until(day("2026-01-10")), day("2026-02-28"));
        assert_eq!(winter.until(day("2028-01-10")), day("2028-02-29"));
    }

    #[test]
    fn a_season_is_written_as_it_is_read() {
        let season: Season = " 06-01/09-30 ".parse().unwrap();
        assert_eq!(season.to_string(), "06-01/09-30");
        assert_eq!(serde_json::to_string(&season).unwrap(), "\"06-01/09-30\"");
        assert_eq!(serde_json::from_str::<Season>("\"06-01/09-30\"").unwrap(), season);
        for bad in
            ["", "06-01", "6-1/9-30", "13-01/03-01", "02-30/03-01", "06-01/09-31", "+6-01/09-30", "夏季"]
        {
            assert_eq!(bad.parse::<Season>(), Err(SeasonError), "{bad}");
        }
    }
}
