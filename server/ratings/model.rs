//! How many stars a station has, clause by clause why, and what is missing for the next one. Pure.
//!
//! The rule for what is not known: a clause that cannot be judged counts neither for nor against. Its points are left
//! out of the score, and each number of stars asks that clauses worth so many percent of all points are known, so that
//! a station of which hardly anything is known does not shine.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::known::{Known, Reading};
use super::rules::{Clause, Measure, Rules, Unit};
use crate::code::codes;

codes! {
    /// What became of a clause.
    Verdict { Met = "met", Failed = "failed", Unknown = "unknown" }
}

/// Stars with everything that they rest on.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluation {
    /// 0 to 5.
    pub stars: u8,
    /// Points earned, of the clauses that are known, and of all.
    pub points: Points,
    /// The codes of the musts that hold the stars down.
    pub held_by: Vec<String>,
    /// In the order of the rules.
    pub clauses: Vec<Outcome>,
}

/// Points.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = RatingPoints)]
pub struct Points {
    /// Of the clauses that are met.
    pub earned: u32,
    /// Of the clauses that are known.
    pub known: u32,
    /// Of all clauses.
    pub all: u32,
}

/// A clause with what became of it; it keeps the words and figures that it was judged by.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = RatingOutcome)]
pub struct Outcome {
    /// What was asked for.
    #[serde(flatten)]
    pub clause: Clause,
    /// In what the value and the target are counted.
    pub unit: Unit,
    /// Whether the value must be at least the target; otherwise at most.
    pub at_least: bool,
    /// Whether it was met.
    pub verdict: Verdict,
    /// What there was.
    #[serde(flatten)]
    pub reading: Reading,
}

/// What leads to the next star.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = RatingNext)]
pub struct Next {
    /// The stars that would be reached.
    pub stars: u8,
    /// The codes of the clauses that would have to be met: no smaller set would do.
    pub steps: Vec<String>,
}

impl Points {
    /// The share of the points that are known, in hundredths of a percent, rounded down; 0 where none is known.
    pub fn score(self) -> u32 {
        (self.earned * 10_000).checked_div(self.known).unwrap_or(0)
    }

    /// The points when a clause is met that was not.
    fn with(self, outcome: &Outcome) -> Self {
        let points = outcome.clause.points;
        let known = if outcome.verdict == Verdict::Unknown { self.known + points } else { self.known };
        Self { earned: self.earned + points, known, ..self }
    }

    fn of(outcomes: &[Outcome]) -> Self {
        let sum = |wanted: &dyn Fn(Verdict) -> bool| {
            outcomes.iter().filter(|o| wanted(o.verdict)).map(|o| o.clause.points).sum()
        };
        Self {
            earned: sum(&|v| v == Verdict::Met),
            known: sum(&|v| v != Verdict::Unknown),
            all: sum(&|_| true),
        }
    }
}

/// Judges a station by rules.
pub fn evaluate(rules: &Rules, known: &Known) -> Evaluation {
    let clauses: Vec<Outcome> = rules.clauses.iter().map(|clause| judge(clause, known)).collect();
    let points = Points::of(&clauses);
    let free = stars_of(rules, points);
    let cap = clauses.iter().filter_map(cap_of).min().unwrap_or(u8::MAX);
    let holds = |o: &&Outcome| cap_of(o).is_some_and(|cap| cap < free);
    let held_by = clauses.iter().filter(holds).map(|o| o.clause.code.clone()).collect();
    Evaluation { stars: free.min(cap), points, held_by, clauses }
}

fn judge(clause: &Clause, known: &Known) -> Outcome {
    let measure: Measure = clause.measure;
    let reading = known.reading(measure);
    let verdict = match (reading.unknown, reading.value) {
        (Some(_), _) => Verdict::Unknown,
        (None, Some(value)) if clause.is_met(value) => Verdict::Met,
        (None, _) => Verdict::Failed,
    };
    let (unit, at_least) = (measure.unit(), measure.is_at_least());
    Outcome { clause: clause.clone(), unit, at_least, verdict, reading }
}

/// The stars that a must allows which failed; one that is not known holds nothing down.
fn cap_of(outcome: &Outcome) -> Option<u8> {
    outcome.clause.cap.filter(|_| outcome.verdict == Verdict::Failed)
}

/// The most stars whose level the points reach.
fn stars_of(rules: &Rules, points: Points) -> u8 {
    let reached = rules.levels.iter().take_while(|level| {
        points.known > 0
            && points.earned * 100 >= level.points * points.known
            && points.known * 100 >= level.known * points.all
    });
    reached.last().map_or(0, |level| level.stars)
}

/// What leads to the next star; none where the station has the most.
///
/// Of all sets of clauses that would have to be met, the smallest; of equally small ones the one that gives the
/// highest score, and of those the one whose clauses come first in the rules. Sets are tried by size. Musts that hold
/// the station down are in every one of them.
pub fn next(rules: &Rules, now: &Evaluation) -> Option<Next> {
    let stars = rules.levels.iter().map(|l| l.stars).find(|stars| *stars > now.stars)?;
    let open: Vec<&Outcome> = now.clauses.iter().filter(|o| o.verdict != Verdict::Met).collect();
    let (needed, free): (Vec<&Outcome>, Vec<&Outcome>) =
        open.into_iter().partition(|o| cap_of(o).is_some_and(|cap| cap < stars));
    let base = needed.iter().fold(now.points, |points, o| points.with(o));
    let chosen = (0..=free.len()).find_map(|size| best_of(rules, base, &free, size, stars))?;
    let is_step = |o: &&Outcome| {
        needed.iter().any(|n| n.clause.code == o.clause.code) || chosen.contains(&o.clause.code.as_str())
    };
    let steps = now.clauses.iter().filter(is_step).map(|o| o.clause.code.clone()).collect();
    Some(Next { stars, steps })
}

/// The best set of a size that reaches the stars.
fn best_of<'a>(
    rules: &Rules,
    base: Points,
    free: &[&'a Outcome],
    size: usize,
    stars: u8,
) -> Option<Vec<&'a str>> {
    let mut best: Option<(u32, Vec<&str>)> = None;
    for set in subsets(free.len(), size) {
        let points = set.iter().fold(base, |points, i| points.with(free[*i]));
        let score = points.score();
        if stars_of(rules, points) >= stars && best.as_ref().is_none_or(|(most, _)| score > *most) {
            best = Some((score, set.iter().map(|i| free[*i].clause.code.as_str()).collect()));
        }
    }
    best.map(|(_, codes)| codes)
}

/// Every set of `size` of the numbers below `of`, in lexicographic order.
fn subsets(of: usize, size: usize) -> impl Iterator<Item = Vec<usize>> {
    let first = (size <= of).then(|| (0..size).collect::<Vec<_>>());
    std::iter::successors(first, move |set| {
        let at = (0..size).rev().find(|i| set[*i] < of - size + i)?;
        let from = set[at] + 1;
        Some(set[..at].iter().copied().chain((0..size - at).map(|step| from + step)).collect())
    })
}

#[cfg(test)]
#[path = "model_tests.rs"]
mod tests;
