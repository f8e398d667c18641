//! Deadlines in working days, with each day and why it counts or does not.

use chrono::{Datelike, NaiveDate, Weekday};

use super::{Calendar, DayKind};
use crate::error::Words;

/// A last day, and how it came to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// The last day.
    pub due: NaiveDate,
    /// Whether a notice of the State Council that is yet to come may move it.
    pub provisional: bool,
    /// Every day from the one on which it began to the last.
    pub days: Vec<Counted>,
}

/// One day on the way to a deadline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The day.
    pub date: NaiveDate,
    /// Which day it is of those that count, from 1 on; `None`: it is no such day.
    pub number: Option<u32>,
    /// How many of its minutes count, where minutes are counted.
    pub minutes: Option<i64>,
    /// Whether the clock stood still on it, so that the day, or a part of its minutes, is left out.
    pub paused: bool,
    /// Why.
    pub why: Why,
}

/// Why a day counts or does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// The day on which it began, which is not counted.
    Begun,
    /// A working day of the ordinary week.
    Workday,
    /// A Saturday or Sunday that is worked 调休, for a holiday.
    MadeUp(String),
    /// An ordinary Saturday or Sunday.
    Weekend,
    /// A day off, of a holiday.
    Holiday(String),
    /// One of days that all count, whatever the calendar says.
    EveryDay,
}

impl Why {
    /// Whether it is the reason of a day on which work is done.
    pub const fn is_worked(&self) -> bool {
        matches!(self, Self::Workday | Self::MadeUp(_))
    }

    /// Its code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Begun => "begun",
            Self::Workday => "workday",
            Self::MadeUp(_) => "made_up",
            Self::Weekend => "weekend",
            Self::Holiday(_) => "holiday",
            Self::EveryDay => "every_day",
        }
    }

    /// The reason for people.
    pub fn words(&self) -> Words {
        match self {
            Self::Begun => Words::new("收到当天，不计", "received, not counted"),
            Self::Workday => Words::new("工作日", "working day"),
            Self::MadeUp(name) => Words::new(format!("{name}调休上班"), "weekend day worked for a holiday"),
            Self::Weekend => Words::new("周末，不计", "weekend, not counted"),
            Self::Holiday(name) => Words::new(format!("{name}放假，不计"), "holiday, not counted"),
            Self::EveryDay => Words::new("每天都计", "every day counts"),
        }
    }
}

impl Counted {
    /// A day that does not count.
    pub(super) const fn new(date: NaiveDate, why: Why) -> Self {
        Self { date, number: None, minutes: None, paused: false, why }
    }

    /// What it is and whether it counts, for people.
    pub fn words(&self) -> Words {
        if self.paused && self.minutes.unwrap_or(0) == 0 {
            return Words::new("暂停，不计", "paused, not counted");
        }
        self.why.words()
    }
}

/// No day is looked at from this one on, so that nothing is counted for ever.
pub(super) const END: NaiveDate = NaiveDate::from_ymd_opt(2200, 1, 1).expect("a date");

impl Calendar {
    /// The last of so many working days after a day. The day itself is not counted, so that whoever writes in the
    /// evening takes nothing from whoever answers. Of zero days it is the day itself.
    pub fn deadline(&self, from: NaiveDate, working_days: u32) -> Deadline {
        self.ended(Self::count(from, working_days, |date| self.worked(date)))
    }

    /// Each day up to a deadline that was set before, as the calendar counts it now.
    pub fn explained(&self, from: NaiveDate, due: NaiveDate) -> Deadline {
        let mut number = 0;
        let mut days = vec![Counted::new(from, Why::Begun)];
        let rest = from.iter_days().skip(1).take_while(|date| *date <= due);
        days.extend(rest.map(|date| numbered(self.worked(date), &mut number)));
        self.ended(days)
    }

    /// The day on which something begins, and each day after it up to the last of so many that count. What a day is
    /// and whether it counts, `look` says.
    pub(super) fn count(
        from: NaiveDate,
        amount: u32,
        look: impl Fn(NaiveDate) -> (Counted, bool),
    ) -> Vec<Counted> {
        let mut number = 0;
        let mut days = vec![Counted::new(from, Why::Begun)];
        for date in from.iter_days().skip(1).take_while(|date| *date < END) {
            if number >= amount {
                break;
            }
            days.push(numbered(look(date), &mut number));
        }
        days
    }

    /// A day that counts where it is worked.
    fn worked(&self, date: NaiveDate) -> (Counted, bool) {
        let why = self.why(date);
        let is_worked = why.is_worked();
        (Counted::new(date, why), is_worked)
    }

    /// What a day is.
    pub(super) fn why(&self, date: NaiveDate) -> Why {
        let name = || self.name(date).unwrap_or_default().to_owned();
        match self.kind(date) {
            Some(DayKind::Work) => Why::MadeUp(name()),
            Some(DayKind::Off) => Why::Holiday(name()),
            None if matches!(date.weekday(), Weekday::Sat | Weekday::Sun) => Why::Weekend,
            None => Why::Workday,
        }
    }

    fn ended(&self, days: Vec<Counted>) -> Deadline {
        let due = days.last().map(|day| day.date).unwrap_or_default();
        let provisional = days.iter().skip(1).any(|day| !self.is_published(day.date.year()));
        Deadline { due, provisional, days }
    }
}

fn numbered((day, counts): (Counted, bool), number: &mut u32) -> Counted {
    *number += u32::from(counts);
    Counted { number: counts.then_some(*number), ..day }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Reckoned by hand from the notices for 2024 and 2026, and for 2027 from the week alone.
    #[test]
    fn working_days_across_holidays() {
        let calendar = Calendar::built_in();
        for (from, working_days, due, provisional) in [
            ("2026-11-24", 3, "2026-11-27", false),
            ("2026-11-27", 1, "2026-11-30", false),
            ("2026-11-28", 1, "2026-11-30", false),
            ("2026-11-24", 0, "2026-11-24", false),
            // Spring Festival 2024: off from 10 to 17 February, worked on Sunday the 4th and Sunday the 18th.
            ("2024-02-02", 1, "2024-02-04", false),
            ("2024-02-08", 1, "2024-02-09", false),
            ("2024-02-08", 2, "2024-02-18", false),
            ("2024-02-08", 5, "2024-02-21", false),
            // Spring Festival 2026: off from 15 to 23 February, worked on Saturday the 14th and Saturday the 28th.
            ("2026-02-13", 1, "2026-02-14", false),
            ("2026-02-13", 3, "2026-02-25", false),
            ("2026-02-13", 6, "2026-02-28", false),
            ("2026-02-13", 7, "2026-03-02", false),
            // Into a year whose notice is not out: the week alone, and provisional.
            ("2026-12-30", 1, "2026-12-31", false),
            ("2026-12-30", 2, "2027-01-01", true),
            ("2026-12-28", 5, "2027-01-04", true),
        ] {
            let found = calendar.deadline(day(from), working_days);
            assert_eq!((found.due, found.provisional), (day(due), provisional), "{from} + {working_days}");
            let again = calendar.explained(day(from), found.due);
            assert_eq!(again, found, "{from} + {working_days}, explained");
        }
    }

    #[test]
    fn every_day_says_why() {
        let found = Calendar::built_in().deadline(day("2026-02-13"), 2);
        let told: Vec<_> = found.days.iter().map(|d| (d.date.day(), d.number, d.why.code())).collect();
        let holidays = (15..=23).map(|d| (d, None, "holiday"));
        let expected = [(13, None, "begun"), (14, Some(1), "made_up")].into_iter();
        assert_eq!(told, expected.chain(holidays).chain([(24, Some(2), "workday")]).collect::<Vec<_>>());
        assert_eq!(found.days[2].why.words().zh, "春节放假，不计");
    }

    #[test]
    fn the_last_day_is_worked_and_so_many_are_before_it() {
        let calendar = Calendar::built_in();
        for from in day("2023-01-01").iter_days().take_while(|d| d.year() < 2028).step_by(3) {
            for working_days in [1, 2, 3, 5, 10] {
                let due = calendar.deadline(from, working_days).due;
                assert!(calendar.is_working_day(due), "{from} + {working_days}");
                let between = from.iter_days().skip(1).take_while(|d| *d <= due);
                let counted = between.filter(|d| calendar.is_working_day(*d)).count();
                assert_eq!(counted, usize::try_from(working_days).unwrap(), "{from} + {working_days}");
            }
        }
    }
}
