//! One rule of the grammar: the days on which it holds, make-up workdays among them, and its times.

use chrono::{NaiveDate, Weekday};
use opening_hours::OpeningHours;
use opening_hours_syntax::{
    RuleKind,
    rules::{
        OpeningHoursExpression, RuleOperator, RuleSequence,
        day::{DaySelector, HolidayKind, WeekDayRange},
        time::{Time, TimeSelector, TimeSpan},
    },
};

use super::{
    DAY_MIN, Openness, Problem,
    day::{DaySpans, Span},
};
use crate::calendar::DayKind;

/// Bits of a mask of weekdays, Monday lowest.
const EVERY_WEEKDAY: u8 = 0b111_1111;

/// A day as rules see it.
pub(super) struct Day {
    pub(super) date: NaiveDate,
    pub(super) weekday: Weekday,
    pub(super) kind: Option<DayKind>,
}

/// A rule, ready to be applied to days.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    /// The dates, seasons and weeks it is limited to, decided by the library.
    dates: Option<OpeningHours>,
    weekdays: Weekdays,
    /// Minutes from and to, the latter up to 2880.
    times: Vec<(u16, u16)>,
    open: Openness,
    operator: RuleOperator,
}

/// The weekday part of a rule. With no part of it set, the rule holds on every weekday.
#[derive(Clone, Debug, Default)]
struct Weekdays {
    mask: u8,
    public_holidays: bool,
    /// Such as the first Monday of the month, decided by the library.
    of_month: Option<OpeningHours>,
}

impl Rule {
    pub(super) fn read(sequence: &RuleSequence) -> Result<Self, Problem> {
        let days = &sequence.day_selector;
        let dates = DaySelector { weekday: Vec::new(), ..days.clone() };
        Ok(Self {
            dates: if dates.is_empty() { None } else { Some(on_days(dates)?) },
            weekdays: Weekdays::read(&days.weekday)?,
            times: sequence.time_selector.spans.iter().map(read_times).collect::<Result<_, _>>()?,
            open: match sequence.kind {
                RuleKind::Closed => Openness::Closed,
                // A remark ("by appointment") is a condition that only people can weigh.
                RuleKind::Open if sequence.comment.is_empty() => Openness::Open,
                RuleKind::Open | RuleKind::Unknown => Openness::Unknown,
            },
            operator: sequence.operator,
        })
    }

    pub(super) fn depends_on_ph(&self) -> bool {
        self.weekdays.public_holidays
    }

    /// Whether it tells weekdays apart, so that a make-up workday changes it.
    pub(super) fn depends_on_weekday(&self) -> bool {
        !self.weekdays.is_every_day()
    }

    pub(super) fn is_always_open(&self) -> bool {
        self.dates.is_none()
            && self.weekdays.is_every_day()
            && self.times == [(0, DAY_MIN)]
            && self.open == Openness::Open
    }

    /// Changes the day's spans as the rule says: an ordinary one replaces those before it, one that
    /// closes, or that follows a comma, is laid over them, and one after `||` fills the gaps.
    pub(super) fn apply(&self, day: &Day, spans: &mut DaySpans) {
        if !self.holds(day) {
            return;
        }
        if self.operator == RuleOperator::Normal && self.open != Openness::Closed {
            spans.clear();
        }
        for (from, to) in &self.times {
            let span = Span { from: *from, to: *to, open: self.open };
            match self.operator {
                RuleOperator::Fallback => spans.paint_below(span),
                RuleOperator::Normal | RuleOperator::Additional => spans.paint(span),
            }
        }
    }

    fn holds(&self, day: &Day) -> bool {
        self.weekdays.hold(day) && self.dates.as_ref().is_none_or(|dates| holds_on(dates, day.date))
    }
}

impl Weekdays {
    fn read(ranges: &[WeekDayRange]) -> Result<Self, Problem> {
        let mut weekdays = Self::default();
        let mut of_month = Vec::new();
        for range in ranges {
            match range {
                WeekDayRange::Holiday { kind: HolidayKind::School, .. } => {
                    return Err(Problem::SchoolHolidays);
                }
                WeekDayRange::Holiday { offset: 0, .. } => weekdays.public_holidays = true,
                WeekDayRange::Holiday { .. } => return Err(Problem::HolidayOffset),
                WeekDayRange::Fixed { range, offset: 0, nth_from_start, nth_from_end }
                    if !nth_from_start.contains(&false) && !nth_from_end.contains(&false) =>
                {
                    weekdays.mask |= mask_of(*range.start(), *range.end());
                }
                WeekDayRange::Fixed { .. } => of_month.push(range.clone()),
            }
        }
        if !of_month.is_empty() {
            weekdays.of_month = Some(on_days(DaySelector { weekday: of_month, ..DaySelector::default() })?);
        }
        Ok(weekdays)
    }

    fn is_every_day(&self) -> bool {
        self.mask == EVERY_WEEKDAY || (self.mask == 0 && !self.public_holidays && self.of_month.is_none())
    }

    fn hold(&self, day: &Day) -> bool {
        let made_up = day.kind == Some(DayKind::Work);
        let weekday = if made_up { Weekday::Mon } else { day.weekday };
        self.is_every_day()
            || self.mask & bit(weekday) != 0
            || (self.public_holidays && day.kind == Some(DayKind::Off))
            || (!made_up && self.of_month.as_ref().is_some_and(|days| holds_on(days, day.date)))
    }
}

const fn bit(weekday: Weekday) -> u8 {
    1 << weekday.num_days_from_monday()
}

/// The weekdays from one to another, across Sunday if need be.
fn mask_of(from: Weekday, to: Weekday) -> u8 {
    let mut mask = bit(from);
    let mut weekday = from;
    while weekday != to {
        weekday = weekday.succ();
        mask |= bit(weekday);
    }
    mask
}

/// Hours of the library that are open all day exactly on the selected days.
fn on_days(day_selector: DaySelector) -> Result<OpeningHours, Problem> {
    let rule = RuleSequence {
        day_selector,
        time_selector: TimeSelector::default(),
        kind: RuleKind::Open,
        operator: RuleOperator::Normal,
        comment: "".into(),
    };
    let expression = OpeningHoursExpression { rules: vec![rule] };
    let hours: OpeningHours = expression.to_string().parse().map_err(|_| Problem::Days)?;
    // The library takes text only; a selector that does not survive being written would be misread.
    if *hours.get_expression() == expression { Ok(hours) } else { Err(Problem::Days) }
}

fn holds_on(days: &OpeningHours, date: NaiveDate) -> bool {
    !days.schedule_at(date).is_empty()
}

/// The minutes of a span; one that does not end after its start ends on the next day.
pub(super) fn read_times(span: &TimeSpan) -> Result<(u16, u16), Problem> {
    if span.open_end {
        return Err(Problem::OpenEnd);
    }
    if span.repeats.is_some() {
        return Err(Problem::Repeats);
    }
    let (Time::Fixed(from), Time::Fixed(to)) = (span.range.start, span.range.end) else {
        return Err(Problem::SunTimes);
    };
    let (from, to) = (from.mins_from_midnight(), to.mins_from_midnight());
    Ok((from, if to > from { to } else { to + DAY_MIN }))
}
