//! Which registered station a row is about: the one of its official number, or of its name and point.

use std::collections::{HashMap, HashSet};

use super::duplicates::point_of;
use super::report::Absent;
use super::row::RowRead;
use crate::ids::{Adcode, StationId};
use crate::stations::model::{Facts, Station, Status, same_place};

/// So many official numbers of absent stations are listed.
const LISTED: usize = 200;

/// The registered stations, and which of them rows are about.
pub(super) struct Registry<'a> {
    stations: &'a [Station],
    by_id: HashMap<StationId, &'a Station>,
    by_code: HashMap<&'a str, &'a Station>,
    claimed: HashSet<StationId>,
}

type NameAndPoint<'a> = (&'a str, (i64, i64));

/// Takes the station of a name on a point; or on a neighbouring one, where conversion moved it across an edge.
fn at_place<'a, 'k>(
    by_place: &mut HashMap<NameAndPoint<'k>, Vec<&'a Station>>,
    facts: &'k Facts,
) -> Option<&'a Station> {
    let (x, y) = point_of(facts.position);
    let around = [-1, 0, 1].into_iter().flat_map(|dx| [-1, 0, 1].map(|dy| (x + dx, y + dy)));
    for point in std::iter::once((x, y)).chain(around) {
        let Some(stations) = by_place.get_mut(&(facts.name.as_str(), point)) else { continue };
        let is_there = |s: &&Station| point == (x, y) || same_place(s.facts.position, facts.position);
        if let Some(at) = stations.iter().rposition(is_there) {
            return Some(stations.remove(at));
        }
    }
    None
}

impl<'a> Registry<'a> {
    pub(super) fn new(stations: &'a [Station]) -> Self {
        let by_code = stations.iter().filter_map(|s| Some((s.facts.code.as_deref()?, s))).collect();
        let by_id = stations.iter().map(|s| (s.id, s)).collect();
        Self { stations, by_id, by_code, claimed: HashSet::new() }
    }

    /// A station in use.
    pub(super) fn in_use(&self, id: StationId) -> Option<&'a Station> {
        self.by_id.get(&id).copied().filter(|s| s.status != Status::Retired)
    }

    pub(super) fn by_code(&self, code: &str) -> Option<&'a Station> {
        self.by_code.get(code).copied()
    }

    /// The station of each row: `said` by its number or by a decision. A row without either is about a station
    /// of the same name on the same point that no other row is about, so that the same file twice makes no
    /// station twice.
    pub(super) fn match_rows(
        &mut self,
        rows: &[RowRead],
        said: Vec<Option<&'a Station>>,
    ) -> Vec<Option<&'a Station>> {
        self.claimed.extend(said.iter().flatten().map(|station| station.id));
        let mut by_place = self.unclaimed_by_place();
        let matched: Vec<_> = rows
            .iter()
            .zip(said)
            .map(|(row, said)| match (said, &row.code, &row.facts) {
                (None, None, Some(facts)) => at_place(&mut by_place, facts),
                _ => said,
            })
            .collect();
        self.claimed.extend(matched.iter().flatten().map(|station| station.id));
        matched
    }

    /// The stations that no row is about, the one registered first last, to be taken from the end.
    fn unclaimed_by_place(&self) -> HashMap<NameAndPoint<'a>, Vec<&'a Station>> {
        let mut by_place: HashMap<_, Vec<&'a Station>> = HashMap::new();
        for station in self.unclaimed() {
            let key = (station.facts.name.as_str(), point_of(station.facts.position));
            by_place.entry(key).or_default().push(station);
        }
        for stations in by_place.values_mut() {
            stations.sort_by_key(|station| std::cmp::Reverse(station.id));
        }
        by_place
    }

    /// The stations in use that no row is about.
    pub(super) fn unclaimed(&self) -> impl Iterator<Item = &'a Station> + '_ {
        self.stations.iter().filter(|s| s.status != Status::Retired && !self.claimed.contains(&s.id))
    }

    /// The stations with a number, of a district or of all, that no row is about and that somebody may see.
    pub(super) fn absent(&self, district: Option<Adcode>, sees: &dyn Fn(&Station) -> bool) -> Absent {
        let within = |s: &&Station| district.is_none_or(|code| s.facts.district == Some(code)) && sees(s);
        let mut found: Vec<_> =
            self.unclaimed().filter(within).filter_map(|s| Some((s.facts.code.as_deref()?, s.id))).collect();
        found.sort_unstable();
        let count = found.len();
        let ids = found.iter().take(LISTED).map(|(_, id)| *id).collect();
        let codes = found.into_iter().take(LISTED).map(|(code, _)| code.to_owned()).collect();
        Absent { count, codes, ids }
    }
}
