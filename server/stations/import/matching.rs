//! Which registered station a row is about: the one of its official number, or of its name and point.

use std::collections::{HashMap, HashSet};

use spatial::Position;

use super::changes::is_unmoved;
use super::duplicates::point_of;
use super::report::Absent;
use super::row::RowRead;
use crate::ids::{Adcode, StationId};
use crate::stations::model::{Facts, Station, Status};

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

/// The side of a cell in which a place is looked for, in degrees: more than a metre wherever a city lies.
const CELL_DEG: f64 = 2e-5;
/// So many stations of one name are compared in a cell; more of them stand there only in a broken registry.
const COMPARED: usize = 64;

#[expect(clippy::cast_possible_truncation, reason = "degrees have nine digits before they are cut")]
fn cell_of(position: Position) -> (i64, i64) {
    ((position.lon() / CELL_DEG).floor() as i64, (position.lat() / CELL_DEG).floor() as i64)
}

/// Stations that no row is about, by name and by a square of ground; the one registered first last, to be taken
/// from the end.
struct Unclaimed<'a, 'k> {
    by_place: HashMap<NameAndPoint<'k>, Vec<&'a Station>>,
    square: fn(Position) -> (i64, i64),
}

impl<'a: 'k, 'k> Unclaimed<'a, 'k> {
    fn new(stations: impl Iterator<Item = &'a Station>, square: fn(Position) -> (i64, i64)) -> Self {
        let mut by_place: HashMap<_, Vec<&'a Station>> = HashMap::new();
        for station in stations {
            let key = (station.facts.name.as_str(), square(station.facts.position));
            by_place.entry(key).or_default().push(station);
        }
        for stations in by_place.values_mut() {
            stations.sort_by_key(|station| std::cmp::Reverse(station.id));
        }
        Self { by_place, square }
    }

    /// Takes the station of a name on a point.
    fn on_point(&mut self, facts: &'k Facts) -> Option<&'a Station> {
        self.by_place.get_mut(&(facts.name.as_str(), (self.square)(facts.position)))?.pop()
    }

    /// Takes a station of a name that lies no farther away than a list may put it.
    fn around(&mut self, facts: &'k Facts) -> Option<&'a Station> {
        let (x, y) = (self.square)(facts.position);
        let cells = [-1, 0, 1].into_iter().flat_map(|dx| [-1, 0, 1].map(|dy| (x + dx, y + dy)));
        for cell in cells {
            let Some(stations) = self.by_place.get_mut(&(facts.name.as_str(), cell)) else { continue };
            let from = stations.len().saturating_sub(COMPARED);
            let is_there = |s: &&Station| is_unmoved(s.facts.position, facts.position);
            if let Some(at) = stations[from..].iter().rposition(is_there) {
                return Some(stations.remove(from + at));
            }
        }
        None
    }
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
    /// of the same name on the same point that no other row is about, else within a metre of it, so that the same
    /// file twice makes no station twice, however it rounds.
    pub(super) fn match_rows(
        &mut self,
        rows: &[RowRead],
        said: Vec<Option<&'a Station>>,
    ) -> Vec<Option<&'a Station>> {
        self.claimed.extend(said.iter().flatten().map(|station| station.id));
        let mut matched = said;
        let mut on_point = Unclaimed::new(self.unclaimed(), point_of);
        self.claim(rows, &mut matched, |facts| on_point.on_point(facts));
        let mut around = Unclaimed::new(self.unclaimed(), cell_of);
        self.claim(rows, &mut matched, |facts| around.around(facts));
        matched
    }

    /// Finds the station of every row that has neither a number nor a station yet.
    fn claim<'k>(
        &mut self,
        rows: &'k [RowRead],
        matched: &mut [Option<&'a Station>],
        mut find: impl FnMut(&'k Facts) -> Option<&'a Station>,
    ) {
        for (row, station) in rows.iter().zip(matched) {
            let (None, None, Some(facts)) = (&*station, &row.code, &row.facts) else { continue };
            *station = find(facts);
            self.claimed.extend(station.iter().map(|station| station.id));
        }
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
