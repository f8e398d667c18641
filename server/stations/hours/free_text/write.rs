//! Weighs whether the clauses of a free text are certain, and writes them in the grammar.

use std::fmt::Write as _;

use chrono::NaiveDate;

use super::{
    Assumption,
    clauses::{Clause, Clauses},
    tokens::{Dates, DaySet, EVERY_DAY, WORKING_WEEK},
};
use crate::{
    calendar::Calendar,
    stations::hours::{DAY_MIN, Hours, Season},
};

const WEEKDAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl Clauses {
    /// The hours in the grammar with what was assumed, or `None` if they are not certain.
    pub(super) fn write(mut self) -> Option<(String, Vec<Assumption>)> {
        self.subtract_closed_days()?;
        if self.open.is_empty() || !self.open.iter().all(has_plain_times) || self.is_ambiguous() {
            return None;
        }
        let opened =
            self.open.iter().filter_map(|clause| clause.days).fold(0, |mask, days| mask | days.weekdays);
        let holidays_open = self.open.iter().any(|clause| clause.days.is_some_and(|days| days.holidays));
        let holidays_closed = self.closed.holidays;
        if usize::from(holidays_open) + usize::from(holidays_closed) + usize::from(self.holidays_too) > 1 {
            return None;
        }
        let assumed = opened == WORKING_WEEK && !(holidays_open || holidays_closed || self.holidays_too);
        // A holiday's own hours must stand after those of the weekday it falls on.
        self.open.sort_by_key(|clause| clause.days.is_some_and(|days| days.holidays));
        let mut rules: Vec<String> = self.open.iter().map(write_clause).collect::<Option<_>>()?;
        if assumed || holidays_closed {
            rules.push("PH off".to_owned());
        }
        let grammar = if rules == ["Mo-Su 00:00-24:00"] { "24/7".to_owned() } else { rules.join("; ") };
        let grammar = Hours::parse(&grammar, &Calendar::default()).ok()?.to_string();
        Some((grammar, if assumed { vec![Assumption::HolidaysAssumedOff] } else { Vec::new() }))
    }

    /// Gives days to clauses without any, and takes the closed ones out of those for every day. A day
    /// that is said to be both open and closed makes the text uncertain.
    fn subtract_closed_days(&mut self) -> Option<()> {
        let seasons = self.open.iter().filter(|clause| clause.season.is_some()).count();
        if seasons > 1 && self.closed != DaySet::default() {
            return None;
        }
        let alone = self.open.len() == 1 || seasons == self.open.len();
        for clause in &mut self.open {
            if clause.days.is_none() && !alone {
                return None;
            }
            let mut days = clause.days.unwrap_or(DaySet { weekdays: EVERY_DAY, holidays: false });
            if days.weekdays == EVERY_DAY {
                days.weekdays &= !self.closed.weekdays;
            }
            let none = days.weekdays == 0 && !days.holidays;
            if none || days.weekdays & self.closed.weekdays != 0 {
                return None;
            }
            clause.days = Some(days);
        }
        Some(())
    }

    /// Whether two clauses speak of the same days, or only some of a season.
    fn is_ambiguous(&self) -> bool {
        let some_season = self.open.iter().any(|clause| clause.season.is_some());
        let no_season = self.open.iter().any(|clause| clause.season.is_none());
        (some_season && no_season)
            || self
                .open
                .iter()
                .enumerate()
                .any(|(n, one)| self.open[..n].iter().any(|other| overlap(one, other)))
    }
}

/// Whether the times follow one another, at most the last of them past midnight.
fn has_plain_times(clause: &Clause) -> bool {
    let ordered = clause.times.windows(2).all(|pair| pair[0].1 <= pair[1].0);
    let first = clause.times.first().map_or(0, |(from, _)| *from);
    ordered && clause.times.last().is_some_and(|(_, to)| *to <= DAY_MIN + first)
}

fn overlap(one: &Clause, other: &Clause) -> bool {
    let (Some(days), Some(other_days)) = (one.days, other.days) else { return true };
    let same_days = days.weekdays & other_days.weekdays != 0 || (days.holidays && other_days.holidays);
    let same_dates = match (one.season.and_then(season), other.season.and_then(season)) {
        (Some(season), Some(other)) => year().any(|date| season.contains(date) && other.contains(date)),
        _ => true,
    };
    same_days && same_dates
}

/// Every day of a leap year.
fn year() -> impl Iterator<Item = NaiveDate> {
    NaiveDate::from_ymd_opt(2024, 1, 1).into_iter().flat_map(|first| first.iter_days().take(366))
}

fn season(dates: Dates) -> Option<Season> {
    let last_of = |month| (28..=31).rev().find(|day| NaiveDate::from_ymd_opt(2024, month, *day).is_some());
    let to_day = dates.to.1.or_else(|| last_of(dates.to.0))?;
    Season::new((dates.from.0, dates.from.1.unwrap_or(1)), (dates.to.0, to_day)).ok()
}

fn write_clause(clause: &Clause) -> Option<String> {
    let mut text = String::new();
    if let Some(dates) = clause.season {
        season(dates)?;
        let _ = write!(text, "{}-{} ", write_date(dates.from)?, write_date(dates.to)?);
    }
    let days = clause.days?;
    // In a season every day is what no weekdays say.
    if clause.season.is_none() || days.weekdays != EVERY_DAY || days.holidays {
        text += &write_days(days);
        text.push(' ');
    }
    let times: Vec<String> = clause.times.iter().map(|(from, to)| write_times(*from, *to)).collect();
    Some(text + &times.join(","))
}

fn write_date((month, day): (u32, Option<u32>)) -> Option<String> {
    let month = MONTHS.get(usize::try_from(month).ok()?.checked_sub(1)?)?;
    Some(day.map_or_else(|| (*month).to_owned(), |day| format!("{month} {day}")))
}

/// Weekdays in runs of three or more from one to another, otherwise one by one.
fn write_days(days: DaySet) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut day = 0;
    while day < 7 {
        let run = (day..7).take_while(|day| days.weekdays >> day & 1 == 1).count();
        match run {
            0 => {}
            1 | 2 => parts.extend(WEEKDAYS[day..day + run].iter().map(|name| (*name).to_owned())),
            _ => parts.push(format!("{}-{}", WEEKDAYS[day], WEEKDAYS[day + run - 1])),
        }
        day += run.max(1);
    }
    if days.holidays {
        parts.push("PH".to_owned());
    }
    parts.join(",")
}

fn write_times(from: u16, to: u16) -> String {
    let to = if to > DAY_MIN { to - DAY_MIN } else { to };
    format!("{:02}:{:02}-{:02}:{:02}", from / 60, from % 60, to / 60, to % 60)
}
