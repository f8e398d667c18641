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
        let turn = |year| if inside { day_or_before(year, self.to) } else { day_or_after(year, self.from) };
        // 29 February comes back within eight years, whatever the century.
        let years = date.year()..=date.year() + 8;
        years.filter_map(turn).find(|day| *day >= date && self.contains(*day)).unwrap_or(date)
    }
}

/// That day of a year; 28 February where the year has no 29th.
fn day_or_before(year: i32, (month, day): (u32, u32)) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day).or_else(|| NaiveDate::from_ymd_opt(year, month, day - 1))
}

/// That day of a year; 1 March where the year has no 29 February.
fn day_or_after(year: i32, (month, day): (u32, u32)) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day).or_else(|| NaiveDate::from_ymd_opt(year, month + 1, 1))
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
    fn the_turn_of_a_season_is_the_one_that_a_walk_day_by_day_finds() {
        let walked = |season: Season, date: NaiveDate| {
            let inside = season.contains(date);
            let last = |day: NaiveDate| {
                (day.month(), day.day()) == season.to || !season.contains(day.succ_opt().unwrap())
            };
            let turn = |day: &NaiveDate| if inside { last(*day) } else { season.contains(*day) };
            date.iter_days().find(turn).unwrap()
        };
        for text in [
            "11-15/03-15",
            "06-01/09-30",
            "01-01/12-31",
            "03-16/03-15",
            "12-01/02-29",
            "02-29/06-01",
            "02-29/02-29",
        ] {
            let season: Season = text.parse().unwrap();
            for date in day("2026-01-01").iter_days().take(3 * 366) {
                assert_eq!(season.until(date), walked(season, date), "{text} on {date}");
            }
        }
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
