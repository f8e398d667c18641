//! The stations that changed last, each once.

use std::collections::BTreeMap;

use crate::ids::StationId;

/// The most changes that are kept.
pub const KEPT: usize = 100_000;

/// Where a change stands among the others: its revision, then its station.
pub type Place = (i64, StationId);

/// The stations that changed after a revision, each at the last revision that touched it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChangeLog {
    /// Nothing is known of this revision and those before it.
    floor: i64,
    /// In order.
    places: Vec<Place>,
}

impl ChangeLog {
    /// A log that knows nothing yet of `floor` and before.
    pub fn new(floor: i64) -> Self {
        Self { floor, places: Vec::new() }
    }

    /// The log with later changes; the oldest make room.
    #[must_use]
    pub fn with(&self, later: impl IntoIterator<Item = Place>) -> Self {
        let latest: BTreeMap<StationId, i64> =
            later.into_iter().fold(BTreeMap::new(), |mut map, (revision, id)| {
                let last: &mut i64 = map.entry(id).or_default();
                *last = revision.max(*last);
                map
            });
        let old = self.places.iter().filter(|(_, id)| !latest.contains_key(id)).copied();
        let mut places: Vec<Place> =
            old.chain(latest.iter().map(|(id, revision)| (*revision, *id))).collect();
        places.sort_unstable();
        let dropped = places.len().saturating_sub(KEPT);
        let floor = places[..dropped].last().map_or(self.floor, |(revision, _)| *revision);
        Self { floor, places: places.split_off(dropped) }
    }

    /// The changes after a revision, from a place on; `None` where the log does not reach back so far.
    pub fn after(&self, revision: i64, place: Option<Place>) -> Option<&[Place]> {
        if revision < self.floor {
            return None;
        }
        let start =
            self.places.partition_point(|p| p.0 <= revision || place.is_some_and(|place| *p <= place));
        Some(&self.places[start..])
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn station(number: u128) -> StationId {
        StationId(Uuid::from_u128(number))
    }

    #[test]
    fn each_station_stands_at_its_last_change() {
        let log =
            ChangeLog::new(0).with([(1, station(1)), (1, station(2)), (2, station(1)), (3, station(3))]);
        assert_eq!(log.after(0, None).unwrap(), [(1, station(2)), (2, station(1)), (3, station(3))]);
        let later = log.with([(4, station(2))]);
        assert_eq!(later.after(1, None).unwrap(), [(2, station(1)), (3, station(3)), (4, station(2))]);
        assert_eq!(later.after(1, Some((3, station(3)))).unwrap(), [(4, station(2))]);
        assert_eq!(later.after(9, None).unwrap(), []);
    }

    #[test]
    fn what_fell_out_of_the_log_is_not_answered() {
        let all = (0..KEPT as u128 + 2).map(|n| (i64::try_from(n).unwrap() / 2 + 1, station(n)));
        let log = ChangeLog::new(0).with(all);
        assert_eq!(log.places.len(), KEPT);
        assert_eq!((log.after(0, None), log.after(1, None).map(<[_]>::len)), (None, Some(KEPT)));
        assert_eq!(ChangeLog::new(7).after(6, None), None);
    }
}
