//! The working calendar of the State Council: days off, make-up workdays, and which years are known.

pub mod clock;
mod deadline;
mod parse;
mod statutory;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, LazyLock, OnceLock},
};

use chrono::{Datelike, NaiveDate, Weekday};
use sha2::{Digest, Sha256};

pub use clock::{Clock, Due, Limit, Run, RunError, Shifts, Standing, State, Unit};
pub use deadline::{Counted, Deadline, Why};
pub use parse::{CalendarError, parse_days};

/// The exceptions of every notice that this version carries, as `date,kind,name`.
pub const BUILT_IN_DAYS: &str = include_str!("../../data/calendar/days.csv");

static BUILT_IN: LazyLock<Vec<CalendarDay>> = LazyLock::new(|| {
    parse_days(BUILT_IN_DAYS).expect("the calendar file of the program is checked by a test")
});

/// How a notice of the State Council changes one day.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// A day off 放假.
    Off,
    /// A Saturday or Sunday that is worked 调休上班.
    Work,
}

impl DayKind {
    /// The word used in files, tables and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Work => "work",
        }
    }
}

/// One exception to the ordinary week.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
pub struct CalendarDay {
    /// The day.
    pub date: NaiveDate,
    /// What the notice makes of it.
    pub kind: DayKind,
    /// The holiday it belongs to, in Chinese (春节).
    pub name: String,
}

/// The days off and make-up workdays of the years whose notice is published. Cloning is cheap.
#[derive(Clone, Default, Debug)]
pub struct Calendar {
    inner: Arc<Inner>,
}

#[derive(Default, Debug)]
struct Inner {
    days: BTreeMap<NaiveDate, (DayKind, String)>,
    published: BTreeSet<i32>,
    version: OnceLock<String>,
}

impl Calendar {
    /// A calendar of these exceptions. A year counts as published only if it is named: its notice may
    /// also be published without being loaded, which is not the same as a year without holidays.
    pub fn new(
        days: impl IntoIterator<Item = CalendarDay>,
        published_years: impl IntoIterator<Item = i32>,
    ) -> Self {
        let days = days.into_iter().map(|day| (day.date, (day.kind, day.name))).collect();
        let published = published_years.into_iter().collect();
        Self { inner: Arc::new(Inner { days, published, version: OnceLock::new() }) }
    }

    /// The calendar of these exceptions whose published years are those that have any. A notice may name
    /// the last days of the year before it: where that year is not loaded, use [`Calendar::new`].
    pub fn of_days(days: impl IntoIterator<Item = CalendarDay>) -> Self {
        let days: Vec<CalendarDay> = days.into_iter().collect();
        let years: BTreeSet<i32> = days.iter().map(|day| day.date.year()).collect();
        Self::new(days, years)
    }

    /// The calendar that this version of the program carries; it fills a new database.
    pub fn built_in() -> Self {
        Self::of_days(Self::built_in_days().iter().cloned())
    }

    /// The exceptions of [`Calendar::built_in`], by date.
    pub fn built_in_days() -> &'static [CalendarDay] {
        &BUILT_IN
    }

    /// What a notice says of the day; `None` for an ordinary day.
    pub fn kind(&self, date: NaiveDate) -> Option<DayKind> {
        self.inner.days.get(&date).map(|(kind, _)| *kind)
    }

    /// The holiday to which an exception belongs, in Chinese.
    pub fn name(&self, date: NaiveDate) -> Option<&str> {
        self.inner.days.get(&date).map(|(_, name)| name.as_str())
    }

    /// Whether the notice for the year is loaded.
    pub fn is_published(&self, year: i32) -> bool {
        self.inner.published.contains(&year)
    }

    /// The years whose notice is loaded, ascending.
    pub fn published_years(&self) -> impl Iterator<Item = i32> {
        self.inner.published.iter().copied()
    }

    /// What tells this calendar from others: 12 hexadecimal digits of the SHA-256 of its exceptions and published
    /// years. The same notices give the same version on every server.
    pub fn version(&self) -> &str {
        self.inner.version.get_or_init(|| {
            let mut hash = Sha256::new();
            for (date, (kind, name)) in &self.inner.days {
                hash.update(format!("{date},{},{name}\n", kind.as_str()));
            }
            self.inner.published.iter().for_each(|year| hash.update(format!("{year}\n")));
            let bytes = hash.finalize();
            bytes[..6].iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
        })
    }

    /// The year whose notice somebody should load: this one, or from 1 November on the next, about when the State
    /// Council publishes it.
    pub fn awaited(&self, today: NaiveDate) -> Option<i32> {
        let (year, november) = (today.year(), 11);
        let next = (today.month() >= november).then_some(year.saturating_add(1));
        std::iter::once(year).chain(next).find(|year| !self.is_published(*year))
    }

    /// Whether the day is worked: make-up workdays are, days off are not, otherwise Monday to Friday.
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        match self.kind(date) {
            Some(kind) => kind == DayKind::Work,
            None => !matches!(date.weekday(), Weekday::Sat | Weekday::Sun),
        }
    }

    /// Whether nobody can know yet if the day is off: its year's notice is not loaded, and it lies within
    /// 4 days of a statutory holiday (10 of Spring Festival and National Day, around which the long
    /// holidays and their make-up days are laid).
    pub fn is_uncertain(&self, date: NaiveDate) -> bool {
        !self.is_published(date.year()) && statutory::is_near_holiday(date)
    }
}

/// The calendar of a second source, which stands beside the repository on some machines only.
#[cfg(test)]
pub(crate) fn second_source() -> Option<Calendar> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/holidays/holiday-cn_2007-2027.json");
    let Ok(text) = std::fs::read_to_string(path) else {
        use std::io::Write as _;
        let _ = writeln!(std::io::stderr(), "skipped: no second source of holidays at {path}");
        return None;
    };
    let years: serde_json::Value = serde_json::from_str(&text).unwrap();
    let days = (2023..=2026).flat_map(|year| years[year.to_string()]["days"].as_array().unwrap().clone());
    let days = days.map(|day| CalendarDay {
        date: day["date"].as_str().unwrap().parse().unwrap(),
        kind: if day["isOffDay"] == true { DayKind::Off } else { DayKind::Work },
        name: day["name"].as_str().unwrap().to_owned(),
    });
    Some(Calendar::new(days, 2023..=2026))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_built_in_calendar_has_all_exceptions_of_four_years() {
        let days = Calendar::built_in_days();
        assert_eq!(days.len(), 143);
        assert_eq!(days.iter().filter(|day| day.kind == DayKind::Work).count(), 26);
        assert_eq!(Calendar::built_in().published_years().collect::<Vec<_>>(), [2023, 2024, 2025, 2026]);
    }

    #[test]
    fn the_notice_for_2026_has_33_days_off_and_6_make_up_workdays() {
        let of_2026 = || Calendar::built_in_days().iter().filter(|day| day.date.year() == 2026);
        assert_eq!(of_2026().filter(|day| day.kind == DayKind::Off).count(), 33);
        let work: Vec<String> =
            of_2026().filter(|day| day.kind == DayKind::Work).map(|day| day.date.to_string()).collect();
        assert_eq!(
            work,
            ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"]
        );
    }

    #[test]
    fn make_up_workdays_fall_on_weekends_and_are_worked() {
        let calendar = Calendar::built_in();
        for day in Calendar::built_in_days().iter().filter(|day| day.kind == DayKind::Work) {
            assert!(matches!(day.date.weekday(), Weekday::Sat | Weekday::Sun), "{}", day.date);
            assert!(calendar.is_working_day(day.date));
        }
    }

    #[test]
    fn working_days_follow_the_notice_before_the_week() {
        let calendar = Calendar::built_in();
        assert!(calendar.is_working_day(day("2026-01-04")));
        assert!(!calendar.is_working_day(day("2026-02-16")));
        assert!(calendar.is_working_day(day("2026-03-02")));
        assert!(!calendar.is_working_day(day("2026-03-01")));
        assert_eq!(calendar.name(day("2026-02-16")), Some("春节"));
        assert_eq!(calendar.kind(day("2026-03-02")), None);
    }

    #[test]
    fn only_unpublished_years_are_uncertain_and_only_near_holidays() {
        let calendar = Calendar::built_in();
        assert!(!calendar.is_uncertain(day("2026-02-17")));
        for near in ["2027-01-01", "2027-01-05", "2027-01-27", "2027-02-10", "2027-02-16", "2027-10-11"] {
            assert!(calendar.is_uncertain(day(near)), "{near}");
        }
        for far in ["2027-01-06", "2027-01-26", "2027-02-17", "2027-03-15", "2027-10-12"] {
            assert!(!calendar.is_uncertain(day(far)), "{far}");
        }
        assert!(!calendar.is_uncertain(day("2026-12-31")), "the notice for 2026 is known");
        let loaded = Calendar::new([], [2027]);
        assert!(!loaded.is_uncertain(day("2027-02-10")));
    }

    #[test]
    fn a_second_source_agrees_on_every_working_day() {
        let Some(theirs) = second_source() else { return };
        let ours = Calendar::built_in();
        // One source lists weekends that touch a holiday and the other does not; the days worked are the same.
        for date in day("2023-01-01").iter_days().take_while(|date| date.year() <= 2026) {
            assert_eq!(ours.is_working_day(date), theirs.is_working_day(date), "{date}");
        }
    }

    #[test]
    fn the_version_tells_calendars_apart_and_is_stable() {
        let built_in = Calendar::built_in();
        assert_eq!(built_in.version(), Calendar::built_in().version());
        assert_eq!(built_in.version().len(), 12);
        let days = || Calendar::built_in_days().iter().cloned();
        let published = Calendar::new(days(), [2023, 2024, 2025, 2026, 2027]);
        let fewer = Calendar::new(days().skip(1), [2023, 2024, 2025, 2026]);
        assert!(published.version() != built_in.version() && fewer.version() != built_in.version());
        assert_eq!(Calendar::new(days(), [2026, 2025, 2024, 2023]).version(), built_in.version());
    }

    #[test]
    fn from_november_the_next_year_is_awaited() {
        let calendar = Calendar::built_in();
        let awaited = |date: &str| calendar.awaited(date.parse::<NaiveDate>().unwrap());
        assert_eq!(awaited("2026-10-31"), None);
        assert_eq!(awaited("2026-11-01"), Some(2027));
        assert_eq!(awaited("2026-12-31"), Some(2027));
        assert_eq!(awaited("2027-03-01"), Some(2027), "it is still not loaded");
        assert_eq!(awaited("2025-11-01"), None);
        assert_eq!(calendar.awaited(NaiveDate::MAX), Some(NaiveDate::MAX.year()));
    }
}
