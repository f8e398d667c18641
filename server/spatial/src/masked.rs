//! What the search tree holds: points in earth-centred metres whose boxes know the masks below them.

use rstar::{AABB, Envelope, PointDistance, RTreeObject};

use crate::index::Point;
use crate::position::square_distance;

/// Earth-centred, earth-fixed coordinates in metres.
pub(crate) type Ecef = [f64; 3];

/// A point as the tree stores it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    pub(crate) at: Ecef,
    pub(crate) mask: u64,
    pub(crate) slot: u32,
}

impl From<&Point> for Entry {
    fn from(point: &Point) -> Entry {
        Entry { at: point.position.ecef(), mask: point.mask, slot: point.slot }
    }
}

impl RTreeObject for Entry {
    type Envelope = MaskedBox;

    fn envelope(&self) -> MaskedBox {
        MaskedBox { bounds: AABB::from_point(self.at), mask: self.mask }
    }
}

impl PointDistance for Entry {
    fn distance_2(&self, point: &Ecef) -> f64 {
        square_distance(&self.at, point)
    }
}

/// A box around points together with the bits that any of them has.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct MaskedBox {
    bounds: AABB<Ecef>,
    pub(crate) mask: u64,
}

/// Everything about space is the box's own; only merging and containing concern the mask.
impl Envelope for MaskedBox {
    type Point = Ecef;

    fn new_empty() -> Self {
        MaskedBox { bounds: AABB::new_empty(), mask: 0 }
    }

    fn contains_point(&self, point: &Ecef) -> bool {
        self.bounds.contains_point(point)
    }

    fn contains_envelope(&self, other: &Self) -> bool {
        self.bounds.contains_envelope(&other.bounds) && self.mask & other.mask == other.mask
    }

    fn merge(&mut self, other: &Self) {
        self.bounds.merge(&other.bounds);
        self.mask |= other.mask;
    }

    fn merged(&self, other: &Self) -> Self {
        MaskedBox { bounds: self.bounds.merged(&other.bounds), mask: self.mask | other.mask }
    }

    fn intersects(&self, other: &Self) -> bool {
        self.bounds.intersects(&other.bounds)
    }

    fn intersection_area(&self, other: &Self) -> f64 {
        self.bounds.intersection_area(&other.bounds)
    }

    fn area(&self) -> f64 {
        self.bounds.area()
    }

    /// Not above the distance of any point inside, rounding included: the same three steps of arithmetic on
    /// differences that are not larger.
    fn distance_2(&self, point: &Ecef) -> f64 {
        self.bounds.distance_2(point)
    }

    fn min_max_dist_2(&self, point: &Ecef) -> f64 {
        self.bounds.min_max_dist_2(point)
    }

    fn center(&self) -> Ecef {
        self.bounds.center()
    }

    fn perimeter_value(&self) -> f64 {
        self.bounds.perimeter_value()
    }

    fn sort_envelopes<T: RTreeObject<Envelope = Self>>(axis: usize, objects: &mut [T]) {
        objects.sort_unstable_by(|a, b| lower(a, axis).total_cmp(&lower(b, axis)));
    }

    fn partition_envelopes<T: RTreeObject<Envelope = Self>>(axis: usize, objects: &mut [T], count: usize) {
        objects.select_nth_unstable_by(count, |a, b| lower(a, axis).total_cmp(&lower(b, axis)));
    }
}

fn lower<T: RTreeObject<Envelope = MaskedBox>>(object: &T, axis: usize) -> f64 {
    object.envelope().bounds.lower()[axis]
}
