//! The questions of the worker's page, put to one snapshot: what fits now, and what would, were it open.

use std::collections::HashSet;

use spatial::Position;

use super::asked::Asked;
use super::list::Found;
use crate::city::District;
use crate::ids::Adcode;
use crate::stations::feature::Feature;
use crate::stations::model::FacilityCode;
use crate::stations::query::{Filter, Frame, ListQuery, MAX_LIST, MAX_NEAREST, NearestQuery};
use crate::stations::snapshot::Snapshot;

/// How far a list reaches, in metres: about an hour on foot.
const WITHIN_M: f64 = 5_000.0;
/// The most stations that a list of the nearest names, and the most closed ones after them.
const NEAREST: usize = 20;
const LATER: usize = 10;

/// One question to one snapshot.
pub(super) struct Search<'a> {
    /// The registry at one revision.
    pub(super) snapshot: &'a Snapshot,
    /// When and how stations are described.
    pub(super) telling: Frame,
    /// The question.
    pub(super) asked: &'a Asked,
}

/// A district with how many public stations it has.
pub(super) type Choice<'a> = (&'a District, usize);

impl<'a> Search<'a> {
    /// The stations nearest to a position; those that fit but for the hour come after.
    pub(super) fn nearest(&self, from: Position) -> Found<'a> {
        let ask = |filter, limit| {
            self.snapshot.nearest(&NearestQuery {
                from,
                limit,
                within_m: WITHIN_M,
                filter,
                frame: self.telling,
            })
        };
        let found = ask(self.filter(), NEAREST);
        let known: HashSet<_> = found.features.iter().map(|f| f.properties.id).collect();
        let shut = |f: &Feature<'_>| !f.properties.state.is_open() && !known.contains(&f.properties.id);
        let others =
            if self.asked.wanted.open { ask(self.without_hours(), MAX_NEAREST).features } else { Vec::new() };
        let later = others.into_iter().filter(|f| shut(f) && self.would_fit(f)).take(LATER).collect();
        let beyond = found.beyond.and_then(|b| self.snapshot.find(b.id, &self.telling, Some(from)));
        Found { fitting: found.features, later, beyond: beyond.map(|d| d.feature), next_href: None }
    }

    /// The stations of a district, those that fit before those that do not now.
    pub(super) fn district(&self, adcode: Adcode) -> Found<'a> {
        self.listed(Some(adcode))
    }

    /// The stations of the whole city, as those of a district.
    pub(super) fn everywhere(&self) -> Found<'a> {
        self.listed(None)
    }

    fn listed(&self, district: Option<Adcode>) -> Found<'a> {
        let is_open_only = self.asked.wanted.open;
        let filter = if is_open_only { self.without_hours() } else { self.filter() };
        let filter = Filter { district, ..filter };
        let query =
            ListQuery { bbox: None, filter, after: self.asked.after, limit: MAX_LIST, frame: self.telling };
        let page = self.snapshot.list(&query);
        let all = page.features.into_iter().filter(|f| !is_open_only || self.would_fit(f));
        let (fitting, later): (Vec<_>, Vec<_>) = all.partition(|f| !is_open_only || self.fits_now(f));
        let later = later.into_iter().filter(|f| !f.properties.state.is_open()).collect();
        let next_href = page.next.map(|id| Asked { after: Some(id), ..self.asked.clone() }.list_href());
        Found { fitting, later, beyond: None, next_href }
    }

    /// The districts that have stations, in the order of their codes.
    pub(super) fn districts(&self) -> Vec<Choice<'a>> {
        let counts = &self.snapshot.summary().by_district;
        let districts = self.snapshot.city().districts.iter();
        districts.filter_map(|d| Some((d, *counts.get(&d.adcode)?))).collect()
    }

    fn filter(&self) -> Filter {
        let wanted = &self.asked.wanted;
        Filter { facilities: wanted.facilities.clone(), open: wanted.open, ..self.lasting() }
    }

    /// A facility is only usable while its station is open, so both are left to [`Self::would_fit`].
    fn without_hours(&self) -> Filter {
        self.lasting()
    }

    fn lasting(&self) -> Filter {
        let wanted = &self.asked.wanted;
        Filter { no_phone: wanted.no_phone, always_open: wanted.always_open, ..Filter::default() }
    }

    /// Whether a station has what is wanted, working and in season, whatever the hour.
    fn would_fit(&self, feature: &Feature<'_>) -> bool {
        let has = |code: &FacilityCode| {
            feature.properties.facilities.iter().any(|f| f.code == *code && f.is_offered())
        };
        self.asked.wanted.facilities.iter().all(has)
    }

    fn fits_now(&self, feature: &Feature<'_>) -> bool {
        let usable =
            |code: &FacilityCode| feature.properties.facilities.iter().any(|f| f.code == *code && f.open);
        feature.properties.state.is_open() && self.asked.wanted.facilities.iter().all(usable)
    }
}

impl<'a> Found<'a> {
    /// Every station of the page.
    pub(super) fn all(&self) -> impl Iterator<Item = &Feature<'a>> {
        self.fitting.iter().chain(&self.later).chain(&self.beyond)
    }
}
