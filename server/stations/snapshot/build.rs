//! Building a snapshot, whole or from the one before it.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;
use spatial::{Change, Index, Point, TileIndex};

use super::around::Around;
use super::{Announced, Entry, Ground, Snapshot};
use crate::ids::StationId;
use crate::stations::changes::ChangeLog;
use crate::stations::hours::Openings;
use crate::stations::model::Station;
use crate::stations::photo::Photo;

/// A public station with its notices and photos, as the store gives it.
pub type Source = (Station, Vec<Announced>, Vec<Photo>);

impl Snapshot {
    /// Builds the snapshot of a revision from all public stations, with opening times precomputed from `day` on.
    pub fn build(ground: Ground, revision: i64, day: NaiveDate, stations: Vec<Source>) -> Self {
        let mut openings = Openings::new(ground.city.calendar.clone(), day);
        let entries: Vec<_> =
            stations.into_iter().map(|source| Some(entry(&ground, source, &mut openings))).collect();
        let index = Index::build(points(&entries));
        Self::assemble(ground, revision, day, openings, entries, index)
    }

    /// The snapshot of a later revision, in which `changed` stations are as given, or no longer public.
    ///
    /// The index shares what did not change with the one before.
    #[must_use]
    pub fn with_changes(&self, revision: i64, changed: Vec<(StationId, Option<Source>)>) -> Self {
        let mut openings = self.openings.clone();
        let mut entries = self.entries.clone();
        let mut changes = Vec::with_capacity(changed.len());
        for (id, source) in changed {
            let slot = self.slots.get(&id).map_or(entries.len(), |s| *s as usize);
            let entry = source.map(|source| entry(&self.ground, source, &mut openings));
            if slot == entries.len() {
                if entry.is_none() {
                    continue;
                }
                entries.push(None);
            }
            changes
                .push(entry.as_ref().map_or(Change::Remove(number(slot)), |e| Change::Put(point(slot, e))));
            entries[slot] = entry;
        }
        openings.keep(entries.iter().flatten().flat_map(|e| e.openings()));
        let index = self.index.with_changes(&changes);
        Self::assemble(self.ground.clone(), revision, self.day, openings, entries, index)
    }

    fn assemble(
        ground: Ground,
        revision: i64,
        day: NaiveDate,
        openings: Openings,
        entries: Vec<Option<Arc<Entry>>>,
        index: Index,
    ) -> Self {
        let taken =
            || entries.iter().enumerate().filter_map(|(slot, e)| e.as_ref().map(|e| (number(slot), e)));
        let slots: HashMap<_, _> = taken().map(|(slot, e)| (e.station.id, slot)).collect();
        let mut by_id: Vec<u32> = taken().map(|(slot, _)| slot).collect();
        by_id.sort_unstable_by_key(|slot| entries[*slot as usize].as_ref().map(|e| e.station.id));
        let tiles = TileIndex::build(taken().map(|(slot, e)| (slot, e.position())));
        let photos = taken().flat_map(|(_, e)| &e.photos).map(|photo| photo.id).collect();
        let (tiles_gcj02, around, summary) = (OnceLock::new(), Around::default(), OnceLock::new());
        let (changes, horizon, changed) = (Vec::new(), 0, Arc::new(ChangeLog::new(revision)));
        #[rustfmt::skip]
        let mut made = Self {
            ground, revision, day, openings, entries, slots, by_id, index, tiles, tiles_gcj02, around, summary, photos, changes, horizon, changed,
        };
        (made.changes, made.horizon) = made.collect_changes();
        made
    }
}

fn entry(ground: &Ground, source: Source, openings: &mut Openings) -> Arc<Entry> {
    let district = source.0.facts.district.and_then(|code| ground.city.district(code));
    Arc::new(Entry::new(source, district, openings))
}

fn points(entries: &[Option<Arc<Entry>>]) -> impl Iterator<Item = Point> {
    entries.iter().enumerate().filter_map(|(slot, e)| e.as_ref().map(|e| point(slot, e)))
}

fn point(slot: usize, entry: &Entry) -> Point {
    Point { slot: number(slot), position: entry.position(), mask: entry.mask }
}

/// A slot's number. There are never 2³² stations: a nation has some 200,000.
fn number(slot: usize) -> u32 {
    u32::try_from(slot).unwrap_or(u32::MAX)
}
