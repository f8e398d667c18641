//! Where the name of a shape stands in a map picture.

use geo::{Area, Contains, Distance, Euclidean, LineString, Point, Polygon};
use spatial::mvt::Pixel;

use super::scene::{Rings, UNITS};

/// Places that are tried along each side of the picture, evenly from [`MARGIN`] to the other margin.
const TRIED: u32 = 13;
/// What stays free of names at the edges, as a share of the side.
const MARGIN: f64 = 0.1;
/// What stays free of them around the middle, where the station stands, as a share of the side.
const MIDDLE: f64 = 0.14;
/// How far the edge of a shape must be from its name, as a share of the side; a narrower shape gets no name.
const ROOM: f64 = 0.05;

/// The place in a shape that is farthest from its edge and not at the middle of the picture, 0 to 1 of the side; none
/// where there is no room.
///
/// Places on a grid are compared, as at this size nobody sees the exact pole of inaccessibility.
pub(super) fn inside(shapes: &[Rings]) -> Option<(f64, f64)> {
    let polygons: Vec<Polygon<f64>> = shapes.iter().map(polygon).collect();
    let places = (0..TRIED).flat_map(|row| (0..TRIED).map(move |column| (step(column), step(row))));
    let roomy =
        places.filter(|at| (at.0 - 0.5).hypot(at.1 - 0.5) >= MIDDLE).map(|at| (room(&polygons, at), at));
    let best = roomy.max_by(|(a, _), (b, _)| a.total_cmp(b))?;
    (best.0 >= ROOM).then_some(best.1)
}

/// Area of shapes as a share of the picture's.
pub(super) fn share(shapes: &[Rings]) -> f64 {
    let side = f64::from(UNITS);
    shapes.iter().map(|rings| polygon(rings).unsigned_area()).sum::<f64>() / (side * side)
}

/// The place halfway along a line, 0 to 1 of the side, and the line's length as a share of the side.
pub(super) fn halfway(line: &[Pixel]) -> Option<((f64, f64), f64)> {
    let line = ring(line);
    let lengths: Vec<f64> = line.lines().map(|part| Euclidean.distance(part.start, part.end)).collect();
    let whole: f64 = lengths.iter().sum();
    let mut left = whole / 2.0;
    for (part, length) in line.lines().zip(lengths) {
        if length >= left && length > 0.0 {
            let at = part.start + part.delta() * (left / length);
            let side = f64::from(UNITS);
            return Some(((at.x / side, at.y / side), whole / side));
        }
        left -= length;
    }
    None
}

fn step(number: u32) -> f64 {
    MARGIN + (1.0 - 2.0 * MARGIN) * f64::from(number) / f64::from(TRIED - 1)
}

/// How far the edge of the polygon around a place is, as a share of the side; 0 outside of all.
fn room(polygons: &[Polygon<f64>], at: (f64, f64)) -> f64 {
    let side = f64::from(UNITS);
    let point = Point::new(at.0 * side, at.1 * side);
    let Some(around) = polygons.iter().find(|polygon| polygon.contains(&point)) else { return 0.0 };
    let rings = std::iter::once(around.exterior()).chain(around.interiors());
    let distance = rings.map(|ring| Euclidean.distance(&point, ring)).fold(f64::INFINITY, f64::min);
    distance / side
}

fn polygon(rings: &Rings) -> Polygon<f64> {
    let mut rings = rings.iter().map(|pixels| ring(pixels));
    let exterior = rings.next().unwrap_or_else(|| LineString(vec![]));
    Polygon::new(exterior, rings.collect())
}

fn ring(pixels: &[Pixel]) -> LineString<f64> {
    pixels.iter().map(|(x, y)| (f64::from(*x), f64::from(*y))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(min: (i32, i32), max: (i32, i32)) -> Rings {
        vec![vec![min, (max.0, min.1), max, (min.0, max.1)]]
    }

    #[test]
    fn a_name_stands_in_its_shape_and_not_on_the_station() {
        let whole = inside(&[square((-64, -64), (4160, 4160))]).unwrap();
        assert!((whole.0 - 0.5).hypot(whole.1 - 0.5) >= MIDDLE, "{whole:?}");
        let west = inside(&[square((0, 0), (1200, 4096)), square((3900, 0), (4096, 4096))]).unwrap();
        assert!((0.1..0.2).contains(&west.0) && (0.1..0.9).contains(&west.1), "{west:?}");
        let mut ring = square((0, 0), (4096, 4096));
        ring.extend(square((100, 1000), (4000, 4000)));
        let above = inside(&[ring]).unwrap();
        assert!(above.1 < 0.2, "not in the hole: {above:?}");
    }

    #[test]
    fn a_narrow_shape_has_no_room() {
        assert_eq!(inside(&[square((0, 0), (4096, 200))]), None);
        assert_eq!(inside(&[square((-64, 3900), (4160, 4160))]), None);
        assert_eq!(inside(&[]), None);
    }

    #[test]
    fn halfway_is_measured_along_the_line() {
        let ((x, y), length) = halfway(&[(0, 0), (1024, 0), (1024, 3072)]).unwrap();
        assert_eq!((x, y, length), (0.25, 0.25, 1.0));
        assert_eq!(halfway(&[(5, 5)]), None);
        assert_eq!(halfway(&[(5, 5), (5, 5)]), None);
    }

    #[test]
    fn a_share_is_without_holes() {
        let mut ring = square((0, 0), (4096, 2048));
        ring.extend(square((0, 0), (2048, 2048)));
        assert!((share(&[ring]) - 0.25).abs() < 1e-12);
    }
}
