//! Whether a position is in a district, and how far outside.

use geo::{BoundingRect, Coord, Intersects, LinesIter, MultiPolygon};

use crate::position::Position;
use crate::tile::Bounds;

/// A district: polygons in WGS-84 degrees and the rectangle around them.
///
/// Shapes that cross the antimeridian have to be split there, as RFC 7946 asks.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    shape: MultiPolygon<f64>,
    bounds: Option<Bounds>,
}

impl Area {
    /// The area of these polygons; without any it contains nothing.
    pub fn new(shape: MultiPolygon<f64>) -> Area {
        let bounds = shape.bounding_rect().map(|rect| {
            let (min, max) = (rect.min(), rect.max());
            Bounds { west: min.x, south: min.y, east: max.x, north: max.y }
        });
        Area { shape, bounds }
    }

    /// The polygons it was made of.
    pub fn shape(&self) -> &MultiPolygon<f64> {
        &self.shape
    }

    /// The rectangle around it; none for an empty area.
    pub fn bounds(&self) -> Option<Bounds> {
        self.bounds
    }

    /// Whether the position is inside or on the border.
    pub fn contains(&self, position: Position) -> bool {
        self.bounds.is_some_and(|bounds| bounds.contains(position))
            && self.shape.intersects(&Coord { x: position.lon(), y: position.lat() })
    }

    /// Metres from the position to the area: 0 inside, infinite if the area is empty.
    ///
    /// The border is measured in the plane that touches the ellipsoid at the position, within 1 % of the
    /// geodesic up to 20 km at latitudes within ±60°; what is farther is only known to be far.
    pub fn distance_m(&self, position: Position) -> f64 {
        if self.contains(position) {
            return 0.0;
        }
        let [lon_m, lat_m] = position.degree_m();
        let plane = |at: Coord<f64>| [(at.x - position.lon()) * lon_m, (at.y - position.lat()) * lat_m];
        self.shape
            .lines_iter()
            .map(|line| distance_to_origin(plane(line.start), plane(line.end)))
            .fold(f64::INFINITY, f64::min)
    }
}

/// Distance of the segment from `a` to `b` to the origin.
fn distance_to_origin(a: [f64; 2], b: [f64; 2]) -> f64 {
    let run = [b[0] - a[0], b[1] - a[1]];
    let length_2 = run[0] * run[0] + run[1] * run[1];
    let share = if length_2 > 0.0 { -(a[0] * run[0] + a[1] * run[1]) / length_2 } else { 0.0 };
    let share = share.clamp(0.0, 1.0);
    (a[0] + run[0] * share).hypot(a[1] + run[1] * share)
}
