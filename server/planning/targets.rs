//! Stations and service points as they count: where each is, and at which of some hours it can be used.

use spatial::{Position, Within};

use super::open_hours::OpenHours;
use super::period::Hours;
use super::service_points::ServicePoints;
use crate::stations::hours::Openness;
use crate::stations::query::Filter;
use crate::stations::{Entry, Snapshot};

/// Places with the hours at which each can be used, as bits.
#[derive(Debug, Clone)]
pub struct Targets {
    places: Vec<Position>,
    bits: Vec<u64>,
    words: usize,
    any: Vec<u64>,
    /// How many were looked at, whether or not they are ever usable.
    pub looked_at: usize,
}

impl Targets {
    /// None yet, for so many hours.
    pub fn new(hours: usize) -> Self {
        let words = hours.div_ceil(64).max(1);
        Self { places: Vec::new(), bits: Vec::new(), words, any: vec![0; words], looked_at: 0 }
    }

    /// The stations that a filter chooses, at the hours at which each is certainly open and has what is asked for.
    #[must_use]
    pub fn and_stations(mut self, snapshot: &Snapshot, filter: &Filter, hours: &Hours) -> Self {
        let mut open = OpenHours::new(hours);
        for entry in snapshot.entries().filter(|entry| fits(entry, filter)) {
            let usable = open.of(entry, filter);
            self.add(entry.position(), usable);
        }
        self
    }

    /// Service points, at the hours at which each is certainly open.
    #[must_use]
    pub fn and_service_points(mut self, layer: &ServicePoints, hours: &Hours) -> Self {
        for point in &layer.points {
            let open = |hours: &crate::stations::hours::Hours, at| hours.at(at).open == Openness::Open;
            let open = hours.moments.iter().map(|m| point.hours.as_ref().is_some_and(|h| open(h, m.local)));
            self.add(point.position, open);
        }
        self
    }

    /// Adds a place; one that is never usable reaches nobody and is left out.
    pub fn add(&mut self, position: Position, usable: impl IntoIterator<Item = bool>) {
        self.looked_at += 1;
        let begin = self.bits.len();
        self.bits.resize(begin + self.words, 0);
        let own = self.bits.get_mut(begin..).unwrap_or_default();
        for (hour, usable) in usable.into_iter().enumerate() {
            set(own, hour, usable);
        }
        if own.iter().all(|word| *word == 0) {
            self.bits.truncate(begin);
            return;
        }
        for (any, own) in self.any.iter_mut().zip(own) {
            *any |= *own;
        }
        self.places.push(position);
    }

    /// How many can be used at any of the hours.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether none can.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Where those are that can be used at any of the hours.
    pub fn places(&self) -> &[Position] {
        &self.places
    }

    /// The hours of one of them.
    pub fn bits(&self, slot: u32) -> &[u64] {
        let begin = slot as usize * self.words;
        self.bits.get(begin..begin + self.words).unwrap_or_default()
    }

    /// Visits each point with the hours at which one place within reach can be used, and those at which two can.
    pub fn cover(&self, points: &[Position], straight_m: f64, mut visit: impl FnMut(usize, &[u64], &[u64])) {
        let within = Within::new((0_u32..).zip(self.places.iter().copied()), straight_m);
        let (mut once, mut twice) = (vec![0; self.words], vec![0; self.words]);
        within.for_each(points, |i, near| {
            once.fill(0);
            twice.fill(0);
            for slot in near {
                for ((once, twice), own) in once.iter_mut().zip(&mut twice).zip(self.bits(slot)) {
                    *twice |= *once & own;
                    *once |= own;
                }
                if twice == self.any {
                    break;
                }
            }
            visit(i, &once, &twice);
        });
    }
}

/// Whether a station could ever count: what of a filter does not depend on the hour.
pub fn fits(entry: &Entry, filter: &Filter) -> bool {
    let (all, any) = (filter.all_bits(), filter.any_bits());
    entry.mask & all == all
        && (any == 0 || entry.mask & any != 0)
        && (filter.access.is_empty() || entry.station.facts.access.iter().any(|a| filter.access.contains(a)))
}

fn set(bits: &mut [u64], hour: usize, on: bool) {
    if let Some(word) = bits.get_mut(hour / 64).filter(|_| on) {
        *word |= 1 << (hour % 64);
    }
}

/// Whether a bit is on.
pub fn is_on(bits: &[u64], hour: usize) -> bool {
    bits.get(hour / 64).is_some_and(|word| word >> (hour % 64) & 1 == 1)
}

/// The numbers of the bits that are on, in their order.
pub fn ones(bits: &[u64]) -> impl Iterator<Item = usize> {
    bits.iter().enumerate().flat_map(|(at, word)| {
        let mut left = *word;
        std::iter::from_fn(move || {
            let bit = left.trailing_zeros() as usize;
            (left != 0).then(|| {
                left &= left - 1;
                at * 64 + bit
            })
        })
    })
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    const HOURS: usize = 70;

    fn place() -> impl Strategy<Value = (Position, Vec<bool>)> {
        let position = (119.5..=119.6, 39.9..=39.95).prop_map(|(lon, lat)| Position::new(lon, lat).unwrap());
        (position, vec(any::<bool>(), HOURS))
    }

    proptest! {
        #[test]
        fn hours_with_one_and_with_two_in_reach_are_those_of_brute_force(
            places in vec(place(), 0..12), points in vec(place(), 1..12), straight_m in 200.0..5_000.0,
        ) {
            let mut targets = Targets::new(HOURS);
            for (position, usable) in &places {
                targets.add(*position, usable.iter().copied());
            }
            let origins: Vec<Position> = points.iter().map(|(position, _)| *position).collect();
            targets.cover(&origins, straight_m, |i, once, twice| {
                for hour in 0..HOURS {
                    let near = places.iter().filter(|(place, usable)| {
                        usable[hour] && place.chord_m(origins[i]) <= straight_m
                    });
                    let count = near.count();
                    assert_eq!((is_on(once, hour), is_on(twice, hour)), (count >= 1, count >= 2));
                }
                let on: Vec<usize> = (0..HOURS).filter(|hour| is_on(once, *hour)).collect();
                assert_eq!(ones(once).collect::<Vec<_>>(), on);
            });
        }
    }
}
