//! Which rows are one station, by what people decided: each group has its first row as its head and at most one
//! registered station.

use std::collections::{HashMap, HashSet};

use super::corrections::{Decided, Decision, Known};
use super::plan::Options;
use super::problem::Other;
use super::values::{clean, fold};
use crate::ids::StationId;

/// The decisions that hold for the rows of a sheet.
#[derive(Debug, Default)]
pub(super) struct Decisions {
    /// Rows of which somebody said which station they are.
    is: HashMap<u32, (StationId, Decision)>,
    /// Rows that are another, earlier row.
    folded: HashMap<u32, (u32, Decision)>,
    /// Pairs that are two stations.
    apart: HashSet<(u32, Other)>,
}

impl Decisions {
    /// What was decided in this import, and before it on rows that say the same.
    ///
    /// A key that several rows have names none of them, so nothing that was decided before holds for these.
    pub(super) fn of(options: &Options, keys: &[(u32, String)]) -> Self {
        let mut by_key: HashMap<&str, Option<u32>> = HashMap::new();
        for (row, key) in keys {
            by_key.entry(key).and_modify(|row| *row = None).or_insert(Some(*row));
        }
        let rows: HashSet<u32> = keys.iter().map(|(row, _)| *row).collect();
        let mut decisions = Self::default();
        for Known { key, station, decision } in &options.known {
            if let Some(Some(row)) = by_key.get(key.as_str()) {
                decisions.add(*row, Other::Station(*station), *decision);
            }
        }
        let is_here = |other: &Other| match other {
            Other::Row(row) => rows.contains(row),
            Other::Station(_) => true,
        };
        let here = |d: &&Decided| rows.contains(&d.row) && is_here(&d.other);
        for decided in options.corrections.decisions.iter().filter(here) {
            decisions.add(decided.row, decided.other, decided.decision);
        }
        decisions
    }

    fn add(&mut self, row: u32, other: Other, decision: Decision) {
        match (other, decision) {
            (other, Decision::Different) => {
                self.is.retain(|at, (is, _)| *at != row || Other::Station(*is) != other);
                self.apart.insert((row, other));
            }
            (Other::Station(station), decision) => {
                self.apart.remove(&(row, other));
                self.is.insert(row, (station, decision));
            }
            (Other::Row(earlier), decision) => {
                self.folded.insert(row.max(earlier), (row.min(earlier), decision));
            }
        }
    }

    /// The station that a row is, as somebody said.
    pub(super) fn station(&self, row: u32) -> Option<(StationId, Decision)> {
        self.is.get(&row).copied()
    }

    /// The first row of the group that a row is in, and what was decided of the row; none where it is itself first.
    pub(super) fn head(&self, row: u32) -> Option<(u32, Decision)> {
        let (mut head, decision) = *self.folded.get(&row)?;
        // Each step leads to an earlier row, so there is an end.
        while let Some((earlier, _)) = self.folded.get(&head) {
            head = *earlier;
        }
        Some((head, decision))
    }

    /// Whether nothing was ever decided to be two stations.
    pub(super) fn none_apart(&self) -> bool {
        self.apart.is_empty()
    }

    /// Whether two are known to be two stations. `station` is what each row is about.
    pub(super) fn is_apart(&self, a: Other, b: Other, station: impl Fn(u32) -> Option<StationId>) -> bool {
        let said = |a: Other, b: Other| match a {
            Other::Row(row) => self.apart.contains(&(row, b)),
            Other::Station(_) => false,
        };
        let registered = |other: Other| match other {
            Other::Row(row) => station(row).map(Other::Station),
            Other::Station(_) => None,
        };
        said(a, b)
            || said(b, a)
            || registered(b).is_some_and(|b| said(a, b))
            || registered(a).is_some_and(|a| said(b, a))
    }

    /// Every decision on rows of the sheet.
    pub(super) fn all(&self) -> Vec<(u32, Other, Decision)> {
        let is = self.is.iter().map(|(row, (station, d))| (*row, Other::Station(*station), *d));
        let folded = self.folded.iter().map(|(row, (head, d))| (*row, Other::Row(*head), *d));
        let apart = self.apart.iter().map(|(row, other)| (*row, *other, Decision::Different));
        let mut all: Vec<_> = is.chain(folded).chain(apart).collect();
        all.sort_by_key(|(row, other, _)| (*row, *other));
        all
    }
}

/// What a row says of itself: name, district, address and number, folded. A later list that says the same of a
/// station is not asked again.
pub(super) fn key(cells: [&str; 4]) -> String {
    cells.map(|cell| fold(&clean(cell))).join("\u{1f}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stations::import::Corrections;

    fn station(n: u128) -> StationId {
        StationId(uuid::Uuid::from_u128(n))
    }

    fn decisions(decided: &[(u32, Other, Decision)], known: &[(&str, u128, Decision)]) -> Decisions {
        let mut corrections = Corrections::default();
        for (row, other, decision) in decided {
            corrections.decide(*row, *other, Some(*decision));
        }
        let known = known.iter().map(|(key, n, decision)| Known {
            key: (*key).to_owned(),
            station: station(*n),
            decision: *decision,
        });
        let options = Options { corrections, known: known.collect(), ..Options::default() };
        let keys = [(2, "a"), (3, "b"), (4, "c"), (5, "twin"), (6, "twin")];
        Decisions::of(&options, &keys.map(|(row, key)| (row, key.to_owned())))
    }

    #[test]
    fn groups_end_at_their_first_row() {
        let same = |row, other| (row, Other::Row(other), Decision::Same);
        let found = decisions(&[same(4, 3), same(3, 2), same(9, 2)], &[]);
        assert_eq!(found.head(4), Some((2, Decision::Same)));
        assert_eq!((found.head(2), found.head(9)), (None, None), "row 9 is not in the sheet");
    }

    #[test]
    fn what_was_decided_before_holds_for_the_one_row_that_says_the_same() {
        let known = [("a", 1, Decision::Same), ("twin", 2, Decision::Same), ("b", 3, Decision::Different)];
        let found = decisions(&[], &known);
        assert_eq!(found.station(2), Some((station(1), Decision::Same)));
        assert_eq!(
            (found.station(5), found.station(6)),
            (None, None),
            "which of the two it was, nobody knows"
        );
        let nothing = |_| None;
        assert!(found.is_apart(Other::Row(3), Other::Station(station(3)), nothing));
        assert!(found.is_apart(Other::Row(4), Other::Row(3), |row| (row == 4).then(|| station(3))));
        assert!(!found.is_apart(Other::Row(4), Other::Row(3), nothing));
    }

    #[test]
    fn a_later_decision_counts() {
        let other = Other::Station(station(1));
        let found = decisions(&[(2, other, Decision::Different)], &[("a", 1, Decision::Same)]);
        assert_eq!(found.station(2), None);
        assert!(found.is_apart(other, Other::Row(2), |_| None));
        let found = decisions(&[(2, other, Decision::Merge)], &[("a", 1, Decision::Different)]);
        assert_eq!((found.station(2), found.none_apart()), (Some((station(1), Decision::Merge)), true));
    }
}
