//! What may be one station twice, as pairs that a person decides on.

use std::collections::{HashMap, HashSet};

use super::corrections::Decision;
use super::decide::Decisions;
use super::duplicates::{self, Reason, entry};
use super::problem::{Issue, Other};
use super::row::RowRead;
use crate::ids::StationId;
use crate::stations::model::Station;

/// A row with another row or a registered station that may be the same, and what was decided of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// The row; of two rows the later one.
    pub row: u32,
    /// The other.
    pub other: Other,
    /// Why they may be the same.
    pub reason: Reason,
    /// What was decided.
    pub decision: Option<Decision>,
    /// How far they are apart, in metres.
    pub distance_m: Option<f64>,
}

/// Everything that is one station twice or may be, the undecided pairs first. `find` gives a registered station.
pub(super) fn of<'s>(
    rows: &[RowRead],
    decisions: &Decisions,
    find: &dyn Fn(StationId) -> Option<&'s Station>,
) -> Vec<Pair> {
    let mut seen = HashSet::new();
    let pair = |row, other, reason, decision| Pair { row, other, reason, decision, distance_m: None };
    let issues = rows.iter().flat_map(|row| row.issues.iter().map(move |(_, issue)| (row.number, issue)));
    let undecided = issues.flat_map(|(row, issue)| suspected(row, issue));
    let undecided = undecided.filter(|(row, other, _)| seen.insert((*row, *other)));
    let mut pairs: Vec<Pair> = undecided.map(|(row, other, reason)| pair(row, other, reason, None)).collect();
    let decided = decisions.all().into_iter();
    pairs.extend(decided.map(|(row, other, made)| pair(row, other, Reason::SimilarName, Some(made))));
    measure(&mut pairs, rows, find);
    pairs
}

/// The pairs of an issue about others, the later row first.
fn suspected(row: u32, issue: &Issue) -> Vec<(u32, Other, Reason)> {
    let (reason, others) = match issue {
        Issue::CodeTwice { others, .. } => (Reason::Code, others.first.clone()),
        Issue::SamePoint { others } => (Reason::SamePoint, others.first.clone()),
        Issue::SameAddress { others } => (Reason::SameAddress, others.first.clone()),
        Issue::SimilarName { other } => (Reason::SimilarName, vec![*other]),
        _ => return Vec::new(),
    };
    let ordered = |other| match other {
        Other::Row(later) if later > row => (later, Other::Row(row), reason),
        other => (row, other, reason),
    };
    others.into_iter().map(ordered).collect()
}

/// Says how far pairs are apart, and why a decided one was suspected.
fn measure<'s>(pairs: &mut [Pair], rows: &[RowRead], find: &dyn Fn(StationId) -> Option<&'s Station>) {
    let rows: HashMap<u32, &RowRead> = rows.iter().map(|row| (row.number, row)).collect();
    for pair in pairs {
        let facts = |other| match other {
            Other::Row(row) => rows.get(&row).and_then(|row| row.as_read.as_ref().or(row.facts.as_ref())),
            Other::Station(id) => find(id).map(|station| &station.facts),
        };
        let (Some(a), Some(b)) = (facts(Other::Row(pair.row)), facts(pair.other)) else { continue };
        pair.distance_m = Some(a.position.geodesic_m(b.position).round());
        if pair.decision.is_some() {
            pair.reason = duplicates::reason(&entry(pair.other, a), &entry(pair.other, b));
        }
    }
}
