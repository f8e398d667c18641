//! Answering the public from memory.

use super::asked::{Wanted, WantedMerchants};
use super::geojson::{Asker, Feature, MerchantTold};
use super::shown::Day;
use crate::benefits::model::Category;
use crate::ids::MerchantId;

impl Day {
    /// The offers that are asked for, and the cursor of what follows, where they are in the order of their ids.
    pub(super) fn offers_for(&self, wanted: &Wanted, asker: Asker) -> (Vec<Feature>, Option<String>) {
        match wanted.from {
            Some(_) => (self.nearest(wanted, asker), None),
            None => self.listed(wanted, asker),
        }
    }

    fn nearest(&self, wanted: &Wanted, asker: Asker) -> Vec<Feature> {
        let Some(from) = wanted.from else { return Vec::new() };
        let any = wanted.category.map_or(0, Category::bit);
        let hits = self.index.by_distance(from, 0, any);
        // The chord is never longer than the way over the ground.
        let near = hits.take_while(|hit| hit.chord_m <= wanted.within_m).filter_map(|hit| {
            let place = usize::try_from(hit.slot).ok()?;
            let distance_m = from.geodesic_m(self.stores[self.places[place].1].position);
            (distance_m <= wanted.within_m && self.fits(place, wanted)).then_some((place, distance_m))
        });
        near.take(wanted.limit)
            .map(|(place, distance_m)| self.feature(place, Some(distance_m.round()), asker))
            .collect()
    }

    fn listed(&self, wanted: &Wanted, asker: Asker) -> (Vec<Feature>, Option<String>) {
        let ids = |(offer, store): &(usize, usize)| (self.offers[*offer].id, self.stores[*store].id);
        let from = wanted.after.map_or(0, |after| self.places.partition_point(|place| ids(place) <= after));
        let mut found = (from..self.places.len()).filter(|place| self.fits(*place, wanted));
        let chosen: Vec<usize> = found.by_ref().take(wanted.limit).collect();
        let last = chosen.last().filter(|_| found.next().is_some()).map(|place| ids(&self.places[*place]));
        let features = chosen.iter().map(|place| self.feature(*place, None, asker)).collect();
        (features, last.map(|(offer, store)| format!("{offer}.{store}")))
    }

    fn fits(&self, place: usize, wanted: &Wanted) -> bool {
        let (offer, store) = self.places[place];
        let (offer, store) = (&self.offers[offer], &self.stores[store]);
        wanted.category.is_none_or(|category| category == offer.category)
            && wanted.district.is_none_or(|district| district == store.district)
            && wanted.bbox.is_none_or(|bbox| bbox.contains(store.position))
    }

    /// The merchants that are asked for, and the cursor of the next page.
    pub(super) fn merchants_for(
        &self,
        wanted: &WantedMerchants,
        asker: Asker,
    ) -> (Vec<MerchantTold>, Option<MerchantId>) {
        let fits = |place: &usize| {
            let merchant = &self.merchants[*place];
            let in_district = |code| merchant.stores.iter().any(|at| self.stores[*at].district == code);
            let offers = |category| merchant.offers.iter().any(|at| self.offers[*at].category == category);
            wanted.after.is_none_or(|after| merchant.id > after)
                && wanted.district.is_none_or(in_district)
                && wanted.category.is_none_or(offers)
        };
        let mut found = (0..self.merchants.len()).filter(fits);
        let chosen: Vec<usize> = found.by_ref().take(wanted.limit).collect();
        let next = chosen.last().filter(|_| found.next().is_some()).map(|place| self.merchants[*place].id);
        (chosen.into_iter().map(|place| self.merchant(place, asker)).collect(), next)
    }

    /// One merchant.
    pub(super) fn one_merchant(&self, id: MerchantId, asker: Asker) -> Option<MerchantTold> {
        let place = self.merchants.binary_search_by_key(&id, |merchant| merchant.id).ok()?;
        Some(self.merchant(place, asker))
    }
}
