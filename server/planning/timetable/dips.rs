//! Where a day's coverage sinks between two better hours: the midday that a posted week of split shifts leaves.

use serde::Serialize;
use utoipa::ToSchema;

use crate::language::Language;
use crate::planning::demand::model::WEEK_HOURS;
use crate::planning::spans::{Span, words};

/// A dip is told where it lies below this part of the better hours on both its sides.
const DEEP: f64 = 0.8;
/// The most dips that are told.
const MOST: usize = 5;
const HOURS: usize = 24;

/// Hours that days share in which fewer are covered than before and after.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = CoverageDip)]
pub(super) struct Dip {
    #[serde(flatten)]
    pub(super) span: Span,
    /// The mean share in these hours, 0 to 1.
    share: f64,
    /// The share of the better hours around it: of those before and those after, the lower one.
    around: f64,
}

/// The dips of a week, the deepest first.
pub(super) fn dips(shares: &[Option<f64>; WEEK_HOURS]) -> Vec<Dip> {
    let mut found: Vec<(Span, Vec<f64>, Vec<f64>)> = Vec::new();
    for (day, hours) in (1_u8..).zip(shares.chunks(HOURS)) {
        let hours: Vec<f64> = hours.iter().map(|share| share.unwrap_or_default()).collect();
        for (from, to, around) in of_day(&hours) {
            let inside = hours.get(from..to).unwrap_or_default();
            let (from_hour, to_hour) = (hour(from), hour(to));
            match found.iter_mut().find(|(s, ..)| (s.from_hour, s.to_hour) == (from_hour, to_hour)) {
                Some((span, seen, rim)) => {
                    span.days.push(day);
                    seen.extend(inside);
                    rim.push(around);
                }
                None => {
                    let span = Span { days: vec![day], from_hour, to_hour };
                    found.push((span, inside.to_vec(), vec![around]));
                }
            }
        }
    }
    let mut dips: Vec<Dip> = found
        .into_iter()
        .map(|(span, seen, rim)| Dip { span, share: mean(&seen), around: mean(&rim) })
        .collect();
    dips.sort_by(|a, b| b.lost().total_cmp(&a.lost()));
    dips.truncate(MOST);
    dips
}

/// The dips of a day: from and to, and the share around. A dip has better hours on both sides of it.
fn of_day(hours: &[f64]) -> Vec<(usize, usize, f64)> {
    let best = |part: &[f64]| part.iter().copied().fold(0.0, f64::max);
    let around = |at: usize| {
        let (before, after) = hours.split_at(at);
        best(before).min(best(after.get(1..).unwrap_or_default()))
    };
    let low: Vec<bool> = (0..).zip(hours).map(|(at, share)| *share < DEEP * around(at)).collect();
    let runs = crate::planning::spans::runs(&low).into_iter();
    runs.map(|(from, to)| {
        let (from, to) = (usize::from(from), usize::from(to));
        let rim = best(hours.get(..from).unwrap_or_default()).min(best(hours.get(to..).unwrap_or_default()));
        (from, to, rim)
    })
    .collect()
}

impl Dip {
    /// How much is lost in all its hours together.
    fn lost(&self) -> f64 {
        let hours = u32::try_from(self.span.hours()).unwrap_or(u32::MAX);
        (self.around - self.share) * f64::from(hours)
    }

    /// It in a sentence.
    pub(super) fn sentence(&self, language: Language) -> String {
        let when = words(std::slice::from_ref(&self.span), language);
        let (around, share) = (percent(self.around), percent(self.share));
        match language {
            Language::ZhCn => format!("{when}，覆盖从 {around} 掉到 {share}。"),
            Language::En => format!("{when}: coverage falls from {around} to {share}."),
        }
    }
}

fn percent(share: f64) -> String {
    format!("{:.0}%", share * 100.0)
}

fn mean(values: &[f64]) -> f64 {
    let count = u32::try_from(values.len()).unwrap_or(u32::MAX).max(1);
    (values.iter().sum::<f64>() / f64::from(count) * 1e4).round() / 1e4
}

fn hour(hour: usize) -> u8 {
    u8::try_from(hour).unwrap_or(24)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Weekdays that open at 8, close from 12 to 14 to 44 %, and end at 18.
    fn week() -> [Option<f64>; WEEK_HOURS] {
        std::array::from_fn(|hour| {
            Some(match (hour / 24, hour % 24) {
                (0..5, 8..12 | 14..18) => 0.8,
                (0..5, 12..14) => 0.44,
                _ => 0.1,
            })
        })
    }

    #[test]
    fn the_midday_is_the_gap() {
        let found = dips(&week());
        assert_eq!(found.len(), 1);
        let span = Span { days: vec![1, 2, 3, 4, 5], from_hour: 12, to_hour: 14 };
        assert_eq!(found[0], Dip { span, share: 0.44, around: 0.8 });
        assert_eq!(found[0].sentence(Language::ZhCn), "周一至周五 12–14 点，覆盖从 80% 掉到 44%。");
    }

    #[test]
    fn mornings_evenings_and_small_waves_are_no_dips() {
        let mut flat = week();
        for hour in 0..WEEK_HOURS {
            if (12..14).contains(&(hour % 24)) && hour / 24 < 5 {
                flat[hour] = Some(0.7);
            }
        }
        assert_eq!(dips(&flat), []);
        assert_eq!(dips(&[None; WEEK_HOURS]), []);
    }
}
