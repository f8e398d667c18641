//! Which hours a question is about: an instant, a week, or the days of a season.

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc};

use super::demand::model::WEEK_HOURS;
use crate::stations::Moment;
use crate::time::Zone;

/// The most days of a season.
pub const MOST_DAYS: i64 = 366;
const HOURS_OF_DAY: usize = 24;

/// When.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum When {
    /// At an instant.
    At(DateTime<FixedOffset>),
    /// At every full hour of some days.
    Days(Season),
}

/// Days, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Season {
    /// The first.
    pub from: NaiveDate,
    /// The last; at most [`MOST_DAYS`] after the first begin.
    pub to: NaiveDate,
}

/// The instants of a question in their order.
#[derive(Debug, Clone)]
pub struct Hours {
    /// Each as the city's clocks show it.
    pub moments: Vec<Moment>,
    /// The hour of the week of each, from Monday 0:00 on.
    pub of_week: Vec<usize>,
}

impl Season {
    /// The week, Monday to Sunday, that holds a day.
    pub fn week_of(day: NaiveDate) -> Self {
        let from = day - Days::new(day.weekday().num_days_from_monday().into());
        Self { from, to: from + Days::new(6) }
    }

    /// Whether it is one week from Monday to Sunday.
    pub fn is_week(self) -> bool {
        self == Self::week_of(self.from)
    }

    /// How many days it has.
    pub fn days(self) -> i64 {
        (self.to - self.from).num_days() + 1
    }

    fn hours(self) -> impl Iterator<Item = NaiveDateTime> {
        let days = self.from.iter_days().take_while(move |day| *day <= self.to);
        days.flat_map(|day| {
            (0..24).filter_map(move |h| Some(day.and_time(NaiveTime::from_hms_opt(h, 0, 0)?)))
        })
    }
}

impl When {
    /// Its instants in a city's zone.
    pub fn hours(self, zone: Zone) -> Hours {
        match self {
            Self::At(at) => Hours::of([Moment::new(at, zone)]),
            Self::Days(season) => {
                Hours::of(season.hours().map(|local| Moment::new(zone.instant(local), zone)))
            }
        }
    }

    /// The days of the week, or the week that holds the instant.
    pub fn days(self, zone: Zone) -> Season {
        match self {
            Self::At(at) => Season::week_of(zone.local(at.with_timezone(&Utc)).date()),
            Self::Days(season) => season,
        }
    }
}

impl Hours {
    fn of(moments: impl IntoIterator<Item = Moment>) -> Self {
        let moments: Vec<Moment> = moments.into_iter().collect();
        let of_week = moments.iter().map(|moment| hour_of_week(moment.local)).collect();
        Self { moments, of_week }
    }

    /// These and one more at the end.
    #[must_use]
    pub fn and(mut self, moment: Moment) -> Self {
        self.of_week.push(hour_of_week(moment.local));
        self.moments.push(moment);
        self
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.moments.len()
    }

    /// Whether there are none, which is never so.
    pub fn is_empty(&self) -> bool {
        self.moments.is_empty()
    }
}

/// Which hour of the week it is, 0 for Monday from 0:00 on.
pub fn hour_of_week(local: NaiveDateTime) -> usize {
    let day = usize::try_from(local.weekday().num_days_from_monday()).unwrap_or_default();
    let hour = usize::try_from(local.hour()).unwrap_or_default();
    (day * HOURS_OF_DAY + hour).min(WEEK_HOURS - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_week_begins_on_monday_and_has_168_hours() {
        let week = Season::week_of(day("2026-11-25"));
        assert_eq!((week.from, week.to), (day("2026-11-23"), day("2026-11-29")));
        assert!(week.is_week() && !Season { to: day("2026-11-30"), ..week }.is_week());
        let hours = When::Days(week).hours(Zone(chrono_tz::Asia::Shanghai));
        assert_eq!(hours.of_week, (0..WEEK_HOURS).collect::<Vec<_>>());
        assert_eq!(hours.moments[61].at.to_rfc3339(), "2026-11-25T13:00:00+08:00");
    }

    #[test]
    fn a_season_has_every_hour_of_its_days() {
        let season = Season { from: day("2026-11-15"), to: day("2027-03-15") };
        let hours = When::Days(season).hours(Zone(chrono_tz::Asia::Shanghai));
        assert_eq!((season.days(), hours.len()), (121, 121 * 24));
        assert_eq!(hours.of_week[0], 6 * 24, "the first day is a Sunday");
    }
}
