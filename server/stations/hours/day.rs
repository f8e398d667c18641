//! The minutes of one day: spans painted by rules, and the day's course from midnight to midnight.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::{DAY_MIN, Hours, Openness};

/// Years whose days can be evaluated with the day before and after.
const YEARS: std::ops::RangeInclusive<i32> = 1901..=9997;

/// A run of minutes since the midnight on which its day begins; `to` is exclusive and at most 2880.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Span {
    pub(super) from: u16,
    pub(super) to: u16,
    pub(super) open: Openness,
}

/// The open and unknown spans that begin on one day, sorted and without overlap.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub(super) struct DaySpans(Vec<Span>);

impl DaySpans {
    pub(super) fn iter(&self) -> impl Iterator<Item = &Span> {
        self.0.iter()
    }

    /// Forgets everything: a rule for this day replaces the rules before it.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// Lays a span over what is there.
    pub(super) fn paint(&mut self, new: Span) {
        let mut spans = Vec::with_capacity(self.0.len() + 2);
        for old in self.0.drain(..) {
            spans.push(Span { to: old.to.min(new.from), ..old });
            spans.push(Span { from: old.from.max(new.to), ..old });
        }
        if new.open != Openness::Closed {
            spans.push(new);
        }
        spans.retain(|span| span.from < span.to);
        spans.sort_unstable_by_key(|span| span.from);
        spans.dedup_by(|next, span| {
            let joins = span.to == next.from && span.open == next.open;
            if joins {
                span.to = next.to;
            }
            joins
        });
        self.0 = spans;
    }

    /// Lays a span under what is there, so that it shows only where nothing is.
    pub(super) fn paint_below(&mut self, new: Span) {
        let above = std::mem::take(&mut self.0);
        self.paint(new);
        for span in above {
            self.paint(span);
        }
    }

    /// Nothing is known of the day, nor of the night that its spans reach into.
    pub(super) fn make_unknown(&mut self) {
        for span in &mut self.0 {
            span.open = Openness::Unknown;
        }
        self.paint(Span { from: 0, to: DAY_MIN, open: Openness::Unknown });
    }

    /// What is said of a minute; where nothing is, the door is shut.
    fn at(&self, minute: u16) -> Openness {
        let span = self.0.iter().find(|span| (span.from..span.to).contains(&minute));
        span.map_or(Openness::Closed, |span| span.open)
    }
}

/// The course of a day: each change by the minute at which it begins, the first at 0.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct DayLine(Vec<(u16, Openness)>);

impl DayLine {
    /// A day with the spans that begin on it and those that reach into it from the day before. Where
    /// both speak, open prevails over unknown, and either over closed.
    fn new(today: &DaySpans, before: &DaySpans) -> Self {
        let ends = today.iter().flat_map(|span| [span.from, span.to]);
        let late = before.iter().filter(|span| span.to > DAY_MIN);
        let late_ends = late.flat_map(|span| [span.from.saturating_sub(DAY_MIN), span.to - DAY_MIN]);
        let mut cuts: Vec<u16> =
            std::iter::once(0).chain(ends).chain(late_ends).filter(|minute| *minute < DAY_MIN).collect();
        cuts.sort_unstable();
        let mut line: Vec<_> =
            cuts.into_iter().map(|cut| (cut, today.at(cut).max(before.at(cut + DAY_MIN)))).collect();
        line.dedup_by_key(|(_, open)| *open);
        Self(line)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &(u16, Openness)> {
        self.0.iter()
    }

    pub(super) fn at(&self, minute: u16) -> Openness {
        let next = self.0.partition_point(|(from, _)| *from <= minute);
        next.checked_sub(1).map_or(Openness::Closed, |last| self.0[last].1)
    }

    /// The first change after the minute on the same day.
    pub(super) fn change_after(&self, minute: u16) -> Option<u16> {
        self.0.get(self.0.partition_point(|(from, _)| *from <= minute)).map(|(from, _)| *from)
    }

    /// The first minute at which the day is other than `open`.
    pub(super) fn first_other(&self, open: Openness) -> Option<u16> {
        self.0.iter().find(|(_, now)| *now != open).map(|(from, _)| *from)
    }
}

/// The courses of consecutive days; ends where dates can no longer be evaluated.
pub(super) struct Lines<'a> {
    hours: &'a Hours,
    date: NaiveDate,
    before: DaySpans,
}

impl<'a> Lines<'a> {
    pub(super) fn from(hours: &'a Hours, date: NaiveDate) -> Self {
        let before = date.pred_opt().filter(|date| YEARS.contains(&date.year()));
        Self { hours, date, before: before.map(|date| hours.spans_on(date)).unwrap_or_default() }
    }

    /// The first instant of the next `days` days at which the hours are other than `open`.
    pub(super) fn change_from(&mut self, open: Openness, days: u16) -> Option<NaiveDateTime> {
        for _ in 0..days {
            let midnight = self.date.and_time(NaiveTime::MIN);
            if let Some(minute) = self.next()?.first_other(open) {
                return Some(midnight + TimeDelta::minutes(minute.into()));
            }
        }
        None
    }
}

impl Iterator for Lines<'_> {
    type Item = DayLine;

    fn next(&mut self) -> Option<DayLine> {
        if !YEARS.contains(&self.date.year()) {
            return None;
        }
        let today = self.hours.spans_on(self.date);
        let line = DayLine::new(&today, &self.before);
        self.before = today;
        self.date = self.date.succ_opt()?;
        Some(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(from: u16, to: u16) -> Span {
        Span { from, to, open: Openness::Open }
    }

    fn spans(parts: &[Span]) -> DaySpans {
        let mut day = DaySpans::default();
        for span in parts {
            day.paint(*span);
        }
        day
    }

    #[test]
    fn a_closed_span_cuts_and_touching_spans_join() {
        let mut day = spans(&[open(60, 200), open(200, 300)]);
        assert_eq!(day, spans(&[open(60, 300)]));
        day.paint(Span { from: 100, to: 150, open: Openness::Closed });
        assert_eq!(day.0, [open(60, 100), open(150, 300)]);
    }

    #[test]
    fn a_span_below_fills_only_the_gaps() {
        let mut day = spans(&[open(100, 200)]);
        day.paint_below(Span { from: 0, to: 300, open: Openness::Unknown });
        assert_eq!(day.0.len(), 3);
        assert_eq!(
            (day.at(50), day.at(150), day.at(250)),
            (Openness::Unknown, Openness::Open, Openness::Unknown)
        );
    }

    #[test]
    fn the_night_reaches_into_the_next_day() {
        let line = DayLine::new(&spans(&[open(1320, 1800)]), &spans(&[open(1320, 1800)]));
        assert_eq!(line.0, [(0, Openness::Open), (360, Openness::Closed), (1320, Openness::Open)]);
        assert_eq!((line.at(59), line.change_after(59)), (Openness::Open, Some(360)));
        assert_eq!(line.change_after(1320), None);
    }
}
