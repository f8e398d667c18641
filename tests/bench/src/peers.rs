//! What the index is measured against: rstar as it comes, and measuring every point.

use rstar::RTree;
use rstar::primitives::GeomWithData;
use spatial::{Point, Position};

/// rstar over points in three dimensions; what a mask excludes is passed over one by one.
pub(crate) struct PlainTree(RTree<GeomWithData<[f64; 3], (u32, u64)>>);

impl PlainTree {
    /// Loads the points in bulk.
    pub(crate) fn build(points: &[Point]) -> Self {
        let entry = |p: &Point| GeomWithData::new(p.position.ecef(), (p.slot, p.mask));
        Self(RTree::bulk_load(points.iter().map(entry).collect()))
    }

    /// The slots of the nearest points that have every bit of `all`.
    pub(crate) fn nearest(&self, from: Position, limit: usize, all: u64) -> Vec<u32> {
        let fits = |mask: u64| mask & all == all;
        let walk = self.0.nearest_neighbor_iter(from.ecef()).filter(|entry| fits(entry.data.1));
        walk.take(limit).map(|entry| entry.data.0).collect()
    }
}

/// Every point is measured for every question.
pub(crate) struct BruteForce(Vec<([f64; 3], u32, u64)>);

impl BruteForce {
    /// Keeps the points as they are.
    pub(crate) fn build(points: &[Point]) -> Self {
        Self(points.iter().map(|p| (p.position.ecef(), p.slot, p.mask)).collect())
    }

    /// The slots of the nearest points that have every bit of `all`, in order of (distance, slot).
    pub(crate) fn nearest(&self, from: Position, limit: usize, all: u64) -> Vec<u32> {
        let at = from.ecef();
        let mut best: Vec<(f64, u32)> = Vec::with_capacity(limit + 1);
        for (point, slot, mask) in &self.0 {
            if mask & all != all {
                continue;
            }
            let [x, y, z] = [point[0] - at[0], point[1] - at[1], point[2] - at[2]];
            let this = (x * x + y * y + z * z, *slot);
            if best.len() == limit && best.last().is_some_and(|worst| *worst <= this) {
                continue;
            }
            let place = best.partition_point(|kept| *kept <= this);
            best.insert(place, this);
            best.truncate(limit);
        }
        best.into_iter().map(|(_, slot)| slot).collect()
    }
}
