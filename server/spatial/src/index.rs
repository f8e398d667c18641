//! An immutable index over masked points: a bulk-loaded tree shared between snapshots, and pending changes.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use rstar::RTree;

use crate::masked::Entry;
use crate::nearest::{ByDistance, Hit, Query};
use crate::position::Position;

/// So many hidden and added points are kept beside the bulk-loaded tree; one more and it is built anew.
///
/// Each snapshot copies its pending changes, and each search looks into both trees.
pub const MAX_PENDING: usize = 512;

/// A point to be found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// The caller's number of the point; an index holds each at most once.
    pub slot: u32,
    /// Where it is.
    pub position: Position,
    /// Its properties, one bit each, whose meaning is the caller's.
    pub mask: u64,
}

/// One step from an index to the next.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Change {
    /// Adds the point, or replaces the one of the same slot.
    Put(Point),
    /// Removes the slot; nothing happens if the index does not hold it.
    Remove(u32),
}

/// A snapshot of all points. Cloning it is cheap, and changing it makes another one.
#[derive(Debug, Clone, Default)]
pub struct Index {
    base: Arc<Base>,
    pending: Arc<Pending>,
}

/// The bulk-loaded tree and its slots in ascending order.
#[derive(Debug, Default)]
struct Base {
    tree: RTree<Entry>,
    slots: Vec<u32>,
}

/// What differs from the base: slots of it that no longer count, and points that came instead or anew.
#[derive(Debug, Clone, Default)]
struct Pending {
    hidden: HashSet<u32>,
    added: RTree<Entry>,
}

impl Index {
    /// Builds the index in bulk; of several points with one slot the last counts.
    pub fn build(points: impl IntoIterator<Item = Point>) -> Index {
        Index::load(points.into_iter().map(|point| (point.slot, Entry::from(&point))).collect())
    }

    /// The index after `changes`, applied in their order; this one answers as before.
    ///
    /// The bulk-loaded tree is shared until more than [`MAX_PENDING`] changes stand beside it.
    #[must_use]
    pub fn with_changes(&self, changes: &[Change]) -> Index {
        let mut hidden = self.pending.hidden.clone();
        let mut added: BTreeMap<u32, Entry> =
            self.pending.added.iter().map(|entry| (entry.slot, entry.clone())).collect();
        for change in changes {
            let (Change::Put(Point { slot, .. }) | Change::Remove(slot)) = *change;
            if self.base.slots.binary_search(&slot).is_ok() {
                hidden.insert(slot);
            }
            match change {
                Change::Put(point) => added.insert(slot, Entry::from(point)),
                Change::Remove(_) => added.remove(&slot),
            };
        }
        if hidden.len() + added.len() > MAX_PENDING {
            return self.rebuilt(&hidden, added);
        }
        let added = RTree::bulk_load(added.into_values().collect());
        Index { base: Arc::clone(&self.base), pending: Arc::new(Pending { hidden, added }) }
    }

    /// Number of points.
    pub fn len(&self) -> usize {
        self.base.tree.size() - self.pending.hidden.len() + self.pending.added.size()
    }

    /// Whether there is no point at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The nearest points that fit the query and that `keep` accepts, in order of (chord, slot).
    ///
    /// `keep` sees only slots that fit the masks and the distance, one by one in that order, and no more of
    /// them than needed.
    pub fn nearest(&self, query: &Query, mut keep: impl FnMut(u32) -> bool) -> Vec<Hit> {
        ByDistance::new(self, query.from, query.within_m, query.all, query.any)
            .filter(|hit| keep(hit.slot))
            .take(query.limit)
            .collect()
    }

    /// All points that have every bit of `all` and, unless it is 0, some bit of `any`, nearest first.
    pub fn by_distance(&self, from: Position, all: u64, any: u64) -> ByDistance<'_> {
        ByDistance::new(self, from, f64::INFINITY, all, any)
    }

    /// The bulk-loaded tree with the slots of it to pass over, and the tree of what came since.
    pub(crate) fn trees(&self) -> (&RTree<Entry>, &HashSet<u32>, &RTree<Entry>) {
        (&self.base.tree, &self.pending.hidden, &self.pending.added)
    }

    fn rebuilt(&self, hidden: &HashSet<u32>, added: BTreeMap<u32, Entry>) -> Index {
        let kept = self.base.tree.iter().filter(|entry| !hidden.contains(&entry.slot));
        Index::load(kept.map(|entry| (entry.slot, entry.clone())).chain(added).collect())
    }

    fn load(entries: BTreeMap<u32, Entry>) -> Index {
        let slots = entries.keys().copied().collect();
        let tree = RTree::bulk_load(entries.into_values().collect());
        Index { base: Arc::new(Base { tree, slots }), pending: Arc::default() }
    }
}
