//! The ordered, lazy walk through the index: best first, subtrees pruned by mask and by distance.

use std::cmp::Ordering;
use std::collections::{BinaryHeap, HashSet};
use std::iter::FusedIterator;

use rstar::{Envelope, ParentNode, RTreeNode};

use crate::index::Index;
use crate::masked::{Ecef, Entry};
use crate::position::{Position, square_distance};

/// Which points to find.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Query {
    /// Where the distance is measured from.
    pub from: Position,
    /// At most so many points.
    pub limit: usize,
    /// Greatest distance in metres, compared with the chord (shorter than the geodesic by 0.13 m at 50 km).
    pub within_m: f64,
    /// Bits a point must have, all of them.
    pub all: u64,
    /// Bits of which a point must have at least one; 0 asks for none.
    pub any: u64,
}

/// A point that was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// The caller's number of the point.
    pub slot: u32,
    /// Straight distance in metres through the earth.
    pub chord_m: f64,
}

/// The points of an index in order of (chord, slot), worked out as far as they are taken.
pub struct ByDistance<'a> {
    heap: BinaryHeap<Nearer<'a>>,
    from: Ecef,
    within_m: f64,
    all: u64,
    any: u64,
}

/// A subtree or a point, with a distance that nothing in it falls below.
struct Nearer<'a> {
    chord_m: f64,
    what: What<'a>,
}

enum What<'a> {
    /// A subtree, and the slots in it that no longer count.
    Node(&'a ParentNode<Entry>, Option<&'a HashSet<u32>>),
    /// A point that fits, by its slot.
    Point(u32),
}

impl<'a> ByDistance<'a> {
    pub(crate) fn new(index: &'a Index, from: Position, within_m: f64, all: u64, any: u64) -> Self {
        let heap = BinaryHeap::with_capacity(64);
        let mut walk = ByDistance { heap, from: from.ecef(), within_m, all, any };
        let (base, hidden, added) = index.trees();
        walk.push_node(base.root(), Some(hidden).filter(|slots| !slots.is_empty()));
        walk.push_node(added.root(), None);
        walk
    }

    fn push_node(&mut self, node: &'a ParentNode<Entry>, hidden: Option<&'a HashSet<u32>>) {
        let bounds = node.envelope();
        if self.may_fit(bounds.mask) {
            self.push(bounds.distance_2(&self.from), What::Node(node, hidden));
        }
    }

    fn push_point(&mut self, entry: &Entry, hidden: Option<&HashSet<u32>>) {
        if self.may_fit(entry.mask) && !hidden.is_some_and(|slots| slots.contains(&entry.slot)) {
            self.push(square_distance(&entry.at, &self.from), What::Point(entry.slot));
        }
    }

    fn push(&mut self, square_m2: f64, what: What<'a>) {
        let chord_m = square_m2.sqrt();
        if chord_m <= self.within_m {
            self.heap.push(Nearer { chord_m, what });
        }
    }

    /// For a point whether its mask fits; for a subtree, of whose points the mask is the union, whether any
    /// of them can.
    fn may_fit(&self, mask: u64) -> bool {
        mask & self.all == self.all && (self.any == 0 || mask & self.any != 0)
    }
}

impl Iterator for ByDistance<'_> {
    type Item = Hit;

    fn next(&mut self) -> Option<Hit> {
        loop {
            let Nearer { chord_m, what } = self.heap.pop()?;
            match what {
                What::Point(slot) => return Some(Hit { slot, chord_m }),
                What::Node(node, hidden) => {
                    for child in node.children() {
                        match child {
                            RTreeNode::Leaf(entry) => self.push_point(entry, hidden),
                            RTreeNode::Parent(node) => self.push_node(node, hidden),
                        }
                    }
                }
            }
        }
    }
}

impl FusedIterator for ByDistance<'_> {}

impl Nearer<'_> {
    /// Subtrees go before points of the same distance, since they may hold a smaller slot at it.
    fn slot(&self) -> Option<u32> {
        match self.what {
            What::Node(..) => None,
            What::Point(slot) => Some(slot),
        }
    }
}

/// The heap gives its greatest first, so what is nearer is greater.
impl Ord for Nearer<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        other.chord_m.total_cmp(&self.chord_m).then_with(|| other.slot().cmp(&self.slot()))
    }
}

impl PartialOrd for Nearer<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Nearer<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Nearer<'_> {}
