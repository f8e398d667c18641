//! Counting time off day by day.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Utc};

use super::Clock;
use super::limit::{Limit, Unit};
use super::run::Still;
use crate::calendar::deadline::END;
use crate::calendar::{Calendar, Counted, Why};

/// From when until when.
type Span = (DateTime<Utc>, DateTime<Utc>);

/// What was counted so far.
pub(super) struct Walk<'a> {
    clock: &'a Clock<'a>,
    stills: Vec<Still>,
    /// The days on which each of them begins and ends.
    still_days: Vec<(NaiveDate, NaiveDate)>,
    /// Each day with what counted of it.
    pub(super) days: Vec<Counted>,
    /// The first year that was asked for and whose notice is not loaded.
    pub(super) awaits: Option<i32>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(clock: &'a Clock<'a>, stills: Vec<Still>) -> Self {
        let still_days = stills.iter().map(|still| (clock.day(still.from), clock.day(still.to))).collect();
        Self { clock, stills, still_days, days: Vec::new(), awaits: None }
    }

    /// The instant at which a limit that begins at `start` has run out.
    pub(super) fn through(&mut self, start: DateTime<Utc>, limit: Limit) -> DateTime<Utc> {
        match limit.unit() {
            Unit::WorkingMinutes | Unit::Minutes => self.minutes(start, limit),
            Unit::WorkingDays | Unit::Days => self.whole_days(start, limit),
        }
    }

    fn minutes(&mut self, start: DateTime<Utc>, limit: Limit) -> DateTime<Utc> {
        let every = limit.unit() == Unit::Minutes;
        let amount = TimeDelta::minutes(limit.amount().into());
        let mut counted = TimeDelta::zero();
        if self.days.is_empty() && self.clock.is_midnight(start) {
            self.tell(Counted::new(self.clock.day(start), Why::Begun));
        }
        for date in self.clock.date(start).iter_days().take_while(|date| *date < END) {
            let spans = self.clock.spans(date, every);
            let before = counted;
            let due = run_off(self.running(&spans, start), &mut counted, amount);
            let told = spans.first().map(|_| counted.num_minutes() - before.num_minutes());
            self.tell_minutes(date, every, told, self.is_interrupted(&spans, start, due));
            if let Some(due) = due {
                return due;
            }
        }
        self.clock.midnight(END)
    }

    /// The parts of these spans, from `start` on, in which the clock runs.
    fn running(&self, spans: &[Span], start: DateTime<Utc>) -> Vec<Span> {
        let mut parts = Vec::new();
        for (opens, closes) in spans {
            let mut from = *opens.max(&start);
            for still in self.stills.iter().filter(|still| still.to > *opens && still.from < *closes) {
                parts.push((from, still.from));
                from = from.max(still.to);
            }
            parts.push((from, *closes));
        }
        parts.retain(|(from, to)| from < to);
        parts
    }

    /// Whether the clock stood still in one of these spans, between `start` and where the time ran out.
    fn is_interrupted(&self, spans: &[Span], start: DateTime<Utc>, due: Option<DateTime<Utc>>) -> bool {
        let meets = |still: &Still, (opens, closes): &Span| {
            let (from, to) = (*opens.max(&start), due.map_or(*closes, |due| due.min(*closes)));
            still.from < to && from < still.to
        };
        self.stills.iter().any(|still| spans.iter().any(|span| meets(still, span)))
    }

    fn tell_minutes(&mut self, date: NaiveDate, every: bool, minutes: Option<i64>, paused: bool) {
        let why = if every { Why::EveryDay } else { self.clock.calendar.why(date) };
        let is_told_by_calendar = !every && (!paused || minutes != Some(0));
        if is_told_by_calendar {
            self.ask(date);
        }
        // Whoever comes after closing time came on that day, and it does not count.
        if self.days.is_empty() && minutes == Some(0) && !paused {
            return self.tell(Counted::new(date, Why::Begun));
        }
        self.tell(Counted { minutes, paused, ..Counted::new(date, why) });
    }

    fn whole_days(&mut self, start: DateTime<Utc>, limit: Limit) -> DateTime<Utc> {
        let (clock, every) = (self.clock, limit.unit() == Unit::Days);
        let days = Calendar::count(clock.day(start), limit.amount(), |date| {
            let paused = self.is_left_out(date);
            let why = if every && !paused { Why::EveryDay } else { clock.calendar.why(date) };
            let counts = !paused && (every || why.is_worked());
            (Counted { paused, ..Counted::new(date, why) }, counts)
        });
        let before = self.days.last().and_then(|day| day.number).unwrap_or(0);
        let last = days.last().filter(|day| day.number == Some(limit.amount())).map(|day| day.date);
        for day in days {
            if !every && !day.paused && day.why != Why::Begun {
                self.ask(day.date);
            }
            self.tell(Counted { number: day.number.map(|number| number + before), ..day });
        }
        last.map_or(clock.midnight(END), |last| self.closed(last))
    }

    /// Whether a day lies after that of a pause, up to that of the resumption.
    fn is_left_out(&self, date: NaiveDate) -> bool {
        self.still_days.iter().any(|(from, to)| *from < date && date <= *to)
    }

    /// The closing time of a day that was told, or the next one at which work is done and the clock runs.
    fn closed(&mut self, last: NaiveDate) -> DateTime<Utc> {
        let mut moved = None;
        for day in last.iter_days().take_while(|day| *day < END) {
            if day > last {
                let paused = self.is_left_out(day);
                self.tell(Counted { paused, ..Counted::new(day, self.clock.calendar.why(day)) });
            }
            let closes = self.clock.closing(day);
            if self.stills.iter().any(|still| still.from < closes && closes < still.to) {
                moved = moved.or(self.interrupt());
                continue;
            }
            self.ask(day);
            if self.clock.calendar.is_working_day(day) {
                self.arrive(moved);
                return closes;
            }
        }
        self.clock.midnight(END)
    }

    /// The last day told ended while the clock stood still, so it does not count; its number is another day's.
    fn interrupt(&mut self) -> Option<u32> {
        let day = self.days.last_mut()?;
        day.paused = true;
        day.number.take()
    }

    /// The day told last is the last; where another was before a pause, it has that one's number.
    fn arrive(&mut self, number: Option<u32>) {
        if let Some(day) = self.days.last_mut() {
            day.paused = false;
            day.number = day.number.or(number);
        }
    }

    fn ask(&mut self, date: NaiveDate) {
        let year = date.year();
        if self.awaits.is_none() && !self.clock.calendar.is_published(year) {
            self.awaits = Some(year);
        }
    }

    /// Notes a day. The day on which one limit ended and an extension begins is one day.
    fn tell(&mut self, day: Counted) {
        match self.days.last_mut().filter(|last| last.date == day.date) {
            Some(last) => {
                last.paused |= day.paused;
                if let Some(minutes) = day.minutes {
                    last.minutes = Some(last.minutes.unwrap_or(0) + minutes);
                }
            }
            None => self.days.push(day),
        }
    }
}

/// Counts time until it is enough, and says when that is.
fn run_off(parts: Vec<Span>, counted: &mut TimeDelta, amount: TimeDelta) -> Option<DateTime<Utc>> {
    for (from, to) in parts {
        let length = (to - from).min(amount - *counted);
        *counted += length;
        if *counted >= amount {
            return Some(from + length);
        }
    }
    None
}

impl Clock<'_> {
    pub(super) fn date(&self, instant: DateTime<Utc>) -> NaiveDate {
        self.zone.local(instant).date()
    }

    /// The day on which something happened. A day's last instant is the midnight at its end, so that what happens
    /// then happens on that day.
    pub(super) fn day(&self, instant: DateTime<Utc>) -> NaiveDate {
        self.date(instant - TimeDelta::milliseconds(1))
    }

    /// Whether a day ends at an instant.
    pub(super) fn is_midnight(&self, instant: DateTime<Utc>) -> bool {
        self.day(instant) != self.date(instant)
    }

    /// When a day begins.
    fn midnight(&self, date: NaiveDate) -> DateTime<Utc> {
        self.zone.instant(date.and_time(NaiveTime::MIN)).to_utc()
    }

    /// When work ends on a day.
    pub(super) fn closing(&self, date: NaiveDate) -> DateTime<Utc> {
        self.zone.instant(self.shifts.closing(date)).to_utc()
    }

    /// What is worked of a day, or all of it.
    pub(super) fn spans(&self, date: NaiveDate, every: bool) -> Vec<Span> {
        if every {
            let next = date.succ_opt().unwrap_or(date);
            return vec![(self.midnight(date), self.midnight(next))];
        }
        if !self.calendar.is_working_day(date) {
            return Vec::new();
        }
        let instant = |local| self.zone.instant(local).to_utc();
        self.shifts.of(date).map(|(opens, closes)| (instant(opens), instant(closes))).collect()
    }

    /// How much of a time is worked.
    pub(super) fn worked(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> TimeDelta {
        let last = self.date(to);
        let days = self.date(from).iter_days().take_while(|date| *date <= last);
        let spans = days.flat_map(|date| self.spans(date, false));
        let parts = spans.map(|(opens, closes)| (closes.min(to) - opens.max(from)).max(TimeDelta::zero()));
        parts.fold(TimeDelta::zero(), |sum, part| sum + part)
    }
}
