//! Which rows may be one station twice: the same point, the same address, or a similar name close by.
//!
//! Every step is linear in the number of rows: groups by equal keys, and a grid in which each row looks at a
//! bounded number of neighbours.

use std::collections::HashMap;
use std::hash::Hash;

use serde::Serialize;
use spatial::Position;

use super::names::Name;
use super::problem::{Issue, Other, Others};
use super::values::fold;
use crate::ids::StationId;
use crate::stations::model::Facts;

/// Within this distance a similar name is suspicious.
const NEAR_M: f64 = 50.0;
/// Positions within about 10 cm are the same point.
const POINT_DEG: f64 = 1e-6;
/// So many of the others are named in a report.
const NAMED: usize = 5;
/// So many neighbours are compared by name; more stand in a square of 150 m only in a broken file.
const COMPARED: usize = 64;
/// Metres of one degree of latitude, by the mean radius of the earth.
const DEGREE_M: f64 = 111_195.0;

/// Why two may be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ImportDuplicateReason)]
pub enum Reason {
    /// The same official number.
    Code,
    /// The same point.
    SamePoint,
    /// A similar name within 50 m.
    SimilarName,
    /// The same address.
    SameAddress,
}

/// A row with another row or a registered station that may be the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Duplicate {
    /// The row.
    pub row: u32,
    /// The other row; the first where there are several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other_row: Option<u32>,
    /// The registered station, where no other row is meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub station_id: Option<StationId>,
    /// Why they may be the same.
    pub reason: Reason,
}

/// A row or a registered station, as far as it is compared.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry<'a> {
    pub(super) who: Other,
    pub(super) name: &'a str,
    pub(super) address: Option<&'a str>,
    pub(super) position: Position,
}

/// The strongest suspicion against each row that has one, and how many points are shared.
pub(super) struct Suspicions {
    pub(super) of_rows: Vec<(u32, Issue)>,
    pub(super) shared_points: usize,
}

/// Whether two are known to be two stations; none where nothing of the kind was ever said.
pub(super) type Apart<'a> = Option<&'a dyn Fn(Other, Other) -> bool>;

/// Compares all entries, those aside that are known to be apart.
pub(super) fn suspect(entries: &[Entry], apart: Apart) -> Suspicions {
    let points = groups(entries, |entry| Some(point_of(entry.position)));
    let addresses = groups(entries, |entry| entry.address.map(fold));
    let grid = Grid::new(entries, apart);
    let mut found = Suspicions { of_rows: Vec::new(), shared_points: 0 };
    found.shared_points = points.values().filter(|group| is_shared(group, entries)).count();
    for (i, entry) in entries.iter().enumerate() {
        let Other::Row(row) = entry.who else { continue };
        let others = |group: Option<&Vec<usize>>| others(group?, i, entries, apart);
        let issue = others(points.get(&point_of(entry.position)))
            .map(|others| Issue::SamePoint { others })
            .or_else(|| {
                let address = fold(entry.address?);
                others(addresses.get(&address)).map(|others| Issue::SameAddress { others })
            })
            .or_else(|| grid.similar_name(i).map(|other| Issue::SimilarName { other }));
        found.of_rows.extend(issue.map(|issue| (row, issue)));
    }
    found
}

/// Facts as far as they are compared.
pub(super) fn entry(who: Other, facts: &Facts) -> Entry<'_> {
    Entry { who, name: &facts.name, address: facts.address.as_deref(), position: facts.position }
}

/// The entry of a report for an issue about another row or station.
pub(super) fn duplicate(row: u32, issue: &Issue) -> Option<Duplicate> {
    let (reason, other) = match issue {
        Issue::CodeTwice { others, .. } => (Reason::Code, *others.first.first()?),
        Issue::SamePoint { others } => (Reason::SamePoint, *others.first.first()?),
        Issue::SameAddress { others } => (Reason::SameAddress, *others.first.first()?),
        Issue::SimilarName { other } => (Reason::SimilarName, *other),
        _ => return None,
    };
    let (other_row, station_id) = match other {
        Other::Row(row) => (Some(row), None),
        Other::Station(id) => (None, Some(id)),
    };
    Some(Duplicate { row, other_row, station_id, reason })
}

/// The members of each group of equal keys, in order.
fn groups<K: Hash + Eq>(entries: &[Entry], key: impl Fn(&Entry) -> Option<K>) -> HashMap<K, Vec<usize>> {
    let mut groups: HashMap<K, Vec<usize>> = HashMap::new();
    for (i, entry) in entries.iter().enumerate() {
        if let Some(key) = key(entry) {
            groups.entry(key).or_default().push(i);
        }
    }
    groups
}

fn is_shared(group: &[usize], entries: &[Entry]) -> bool {
    group.len() > 1 && group.iter().any(|i| matches!(entries[*i].who, Other::Row(_)))
}

/// The others of a group; none where there is only the one.
fn others(group: &[usize], own: usize, entries: &[Entry], apart: Apart) -> Option<Others> {
    let who = |i: usize| entries[i].who;
    let is_other = |i: &&usize| **i != own && apart.is_none_or(|apart| !apart(who(own), who(**i)));
    let first: Vec<Other> = group.iter().filter(is_other).take(NAMED).map(|i| who(*i)).collect();
    let count = if apart.is_some() { group.iter().filter(is_other).count() } else { group.len() - 1 };
    (!first.is_empty()).then_some(Others { first, count })
}

/// Why two may be one; the strongest reason, and that of names where none holds any more.
pub(super) fn reason(a: &Entry, b: &Entry) -> Reason {
    let address = |entry: &Entry| entry.address.map(fold);
    if point_of(a.position) == point_of(b.position) {
        Reason::SamePoint
    } else if address(a).is_some() && address(a) == address(b) {
        Reason::SameAddress
    } else {
        Reason::SimilarName
    }
}

/// The others of some rows that share a key.
pub(super) fn other_rows(rows: &[u32], own: u32) -> Others {
    let others = rows.iter().take(NAMED + 1).filter(|row| **row != own);
    Others { first: others.take(NAMED).map(|row| Other::Row(*row)).collect(), count: rows.len() - 1 }
}

#[expect(clippy::cast_possible_truncation, reason = "degrees over 1e-6 have nine digits")]
pub(super) fn point_of(position: Position) -> (i64, i64) {
    ((position.lon() / POINT_DEG).round() as i64, (position.lat() / POINT_DEG).round() as i64)
}

/// All entries in squares of [`NEAR_M`].
struct Grid<'a> {
    entries: &'a [Entry<'a>],
    names: Vec<Name>,
    squares: HashMap<(i32, i32), Vec<usize>>,
    apart: Apart<'a>,
}

impl<'a> Grid<'a> {
    fn new(entries: &'a [Entry<'a>], apart: Apart<'a>) -> Self {
        let mut squares: HashMap<_, Vec<usize>> = HashMap::new();
        for (i, entry) in entries.iter().enumerate() {
            let band = band_of(entry.position);
            squares.entry((band, column_of(entry.position, band))).or_default().push(i);
        }
        Self { entries, names: entries.iter().map(|e| Name::new(e.name)).collect(), squares, apart }
    }

    /// The first entry with a similar name within [`NEAR_M`].
    fn similar_name(&self, own: usize) -> Option<Other> {
        let position = self.entries[own].position;
        let who = |i: usize| self.entries[i].who;
        let may_be = |i: &usize| self.apart.is_none_or(|apart| !apart(who(own), who(*i)));
        let near = |i: &usize| *i != own && self.entries[*i].position.chord_m(position) <= NEAR_M;
        let similar = |i: &usize| self.names[own].is_similar(&self.names[*i]);
        let found = self.around(position).take(COMPARED).find(|i| near(i) && similar(i) && may_be(i))?;
        Some(self.entries[found].who)
    }

    fn around(&self, position: Position) -> impl Iterator<Item = usize> + '_ {
        let band = band_of(position);
        let squares = (band - 1..=band + 1).flat_map(move |band| {
            let column = column_of(position, band);
            (column - 1..=column + 1).map(move |column| (band, column))
        });
        squares.filter_map(|square| self.squares.get(&square)).flatten().copied()
    }
}

#[expect(clippy::cast_possible_truncation, reason = "half a turn has 400,000 bands")]
fn band_of(position: Position) -> i32 {
    (position.lat() * DEGREE_M / NEAR_M).floor() as i32
}

/// The column of a position in a band; each band has columns of its own, as wide as its bands are high.
#[expect(clippy::cast_possible_truncation, reason = "a turn has 800,000 columns at most")]
fn column_of(position: Position, band: i32) -> i32 {
    let lat = f64::from(band) * NEAR_M / DEGREE_M;
    (position.lon() * lat.to_radians().cos().abs() * DEGREE_M / NEAR_M).floor() as i32
}
