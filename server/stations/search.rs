//! One search for everything that a place can be named by: districts, places of the city, stations.

use spatial::Position;

use super::feature::Feature;
use super::model::Facts;
use super::query::{Frame, MAX_SEARCH};
use super::snapshot::{Entry, Moment, Snapshot};
use crate::city::search::{Rank, Searchable, Wanted};
use crate::city::{District, Place};

/// What a station is found by: name, signboard and other names, then number and address.
pub(super) fn searchable(facts: &Facts) -> Searchable {
    let names = [Some(facts.name.as_str()), facts.signboard.as_deref()].into_iter().flatten();
    let names = names.chain(facts.aliases.iter().map(String::as_str));
    Searchable::new(names, [facts.code.as_deref(), facts.address.as_deref()].into_iter().flatten())
}

/// The most districts that a search names.
pub const MAX_DISTRICTS: usize = 8;
/// The most places that a search names.
pub const MAX_PLACES: usize = 8;
/// The most stations that a search names.
pub const MAX_STATIONS: usize = 50;

/// What a search found, the best answers first.
#[derive(Debug, Default)]
pub struct Found<'a> {
    /// At most [`MAX_DISTRICTS`], equally good ones in the order of their codes.
    pub districts: Vec<&'a District>,
    /// At most [`MAX_PLACES`], equally good ones by distance, or else the larger first.
    pub places: Vec<&'a Place>,
    /// At most [`MAX_STATIONS`], equally good ones by distance, or else by id.
    pub stations: Vec<Feature<'a>>,
    /// How many stations there are, more than are named perhaps.
    pub total: usize,
}

/// Something found: how well it answers, how far it is in metres (0 where nobody asked), and its place among all.
struct Hit<'a, T>(Rank, f64, usize, &'a T);

impl Snapshot {
    /// Finds districts, places and stations by name, pinyin, initials or English, near ones before far ones where
    /// `near` is given. A text that is empty or longer than [`MAX_SEARCH`] finds nothing.
    pub fn search(&self, text: &str, near: Option<Position>, frame: &Frame) -> Found<'_> {
        let fits = text.chars().count() <= MAX_SEARCH;
        let Some(wanted) = fits.then(|| Wanted::new(text)).flatten() else { return Found::default() };
        let far = |position: Position| near.map_or(0.0, |near| near.chord_m(position));
        let city = self.city();
        let districts = hits(city.districts.iter(), &wanted, |d| (&d.search, 0.0));
        let places = hits(city.places.iter(), &wanted, |p| (&p.search, far(p.position)));
        let entries = self.entries().map(AsRef::as_ref);
        let stations = hits(entries, &wanted, |e: &Entry| (&e.search, far(e.position())));
        let (moment, total) = (Moment::new(frame.at, self.zone()), stations.len());
        let distance = |e: &Entry| near.map(|near| near.geodesic_m(e.position()));
        let described = |e| self.feature(e, frame, &moment, distance(e));
        let (districts, places) = (best(districts, MAX_DISTRICTS), best(places, MAX_PLACES));
        let stations = best(stations, MAX_STATIONS).into_iter().map(described).collect();
        Found { districts, places, stations, total }
    }
}

fn hits<'a, T>(
    all: impl Iterator<Item = &'a T>,
    wanted: &Wanted,
    of: impl Fn(&'a T) -> (&'a Searchable, f64),
) -> Vec<Hit<'a, T>> {
    let hit = |(place, item)| {
        let (search, far) = of(item);
        search.rank(wanted).map(|rank| Hit(rank, far, place, item))
    };
    all.enumerate().filter_map(hit).collect()
}

/// The first so many by rank, then by distance, then as they came.
fn best<T>(mut hits: Vec<Hit<'_, T>>, most: usize) -> Vec<&T> {
    let order = |a: &Hit<'_, T>, b: &Hit<'_, T>| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2));
    if hits.len() > most {
        hits.select_nth_unstable_by(most, order);
        hits.truncate(most);
    }
    hits.sort_unstable_by(order);
    hits.into_iter().map(|hit| hit.3).collect()
}
