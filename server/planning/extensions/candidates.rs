//! The hours by which a station's week could be longer: before it opens, through its midday, after it closes.

use serde::Serialize;
use utoipa::ToSchema;

use crate::planning::spans::{Span, runs};

/// The longest midday that is proposed to be kept open, in hours.
const LONGEST_MIDDAY: u8 = 4;
const HOURS: usize = 24;

/// When of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ExtensionKind)]
pub(super) enum Kind {
    /// Before it opens.
    Earlier,
    /// Between two stretches of a day.
    Midday,
    /// After it closes.
    Later,
}

/// Hours that could be added on some days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Extension {
    /// When of the day.
    pub(super) kind: Kind,
    /// Which hours of which days.
    pub(super) span: Span,
}

/// What could be added to a week in which a place is open at some full hours, by at most so many hours before and
/// after. A day on which it does not open at all is left alone: to open it is another decision than to extend it.
pub(super) fn extensions(open: &[bool], most: u8) -> Vec<Extension> {
    let mut found: Vec<Extension> = Vec::new();
    for (day, hours) in (1_u8..).zip(open.chunks(HOURS)) {
        for (kind, from_hour, to_hour) in of_day(hours, most) {
            let same = |e: &&mut Extension| {
                e.kind == kind && (e.span.from_hour, e.span.to_hour) == (from_hour, to_hour)
            };
            match found.iter_mut().find(same) {
                Some(extension) => extension.span.days.push(day),
                None => {
                    found.push(Extension { kind, span: Span { days: vec![day], from_hour, to_hour } });
                }
            }
        }
    }
    found
}

fn of_day(hours: &[bool], most: u8) -> Vec<(Kind, u8, u8)> {
    let runs = runs(hours);
    let (Some((first, _)), Some((_, last))) = (runs.first().copied(), runs.last().copied()) else {
        return Vec::new();
    };
    let between = runs.iter().zip(runs.iter().skip(1)).map(|((_, from), (to, _))| (Kind::Midday, *from, *to));
    let middays = between.filter(|(_, from, to)| to - from <= LONGEST_MIDDAY);
    let earlier = (Kind::Earlier, first.saturating_sub(most), first);
    let later = (Kind::Later, last, last.saturating_add(most).min(24));
    std::iter::once(earlier).chain(middays).chain([later]).filter(|(_, from, to)| from < to).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::planning::demand::model::WEEK_HOURS;

    fn open(hours: impl Fn(usize, usize) -> bool) -> [bool; WEEK_HOURS] {
        std::array::from_fn(|hour| hours(hour / 24, hour % 24))
    }

    #[test]
    fn a_split_shift_could_open_earlier_through_midday_and_later() {
        // 8:30-12:00, 14:30-18:00 on weekdays: open at the full hours 9 to 11 and 15 to 17.
        let week = open(|day, hour| day < 5 && matches!(hour, 9..12 | 15..18));
        let days = vec![1, 2, 3, 4, 5];
        let told = |kind, from_hour, to_hour| Extension {
            kind,
            span: Span { days: days.clone(), from_hour, to_hour },
        };
        let expected = [told(Kind::Earlier, 7, 9), told(Kind::Midday, 12, 15), told(Kind::Later, 18, 20)];
        assert_eq!(extensions(&week, 2), expected);
    }

    #[test]
    fn a_day_ends_at_midnight_and_what_never_closes_cannot_be_longer() {
        let late = open(|day, hour| day == 0 && (10..23).contains(&hour));
        let found = extensions(&late, 4);
        assert_eq!(
            found.iter().map(|e| (e.span.from_hour, e.span.to_hour)).collect::<Vec<_>>(),
            [(6, 10), (23, 24)]
        );
        assert_eq!(extensions(&[true; WEEK_HOURS], 4), []);
        assert_eq!(extensions(&[false; WEEK_HOURS], 4), []);
    }

    #[test]
    fn a_long_pause_is_no_midday() {
        let week = open(|_, hour| matches!(hour, 6..9 | 17..21));
        assert!(extensions(&week, 1).iter().all(|e| e.kind != Kind::Midday));
    }
}
