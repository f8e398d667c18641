//! The borders of districts as lines, each drawn once: a dash-dot pattern that two districts drew over each
//! other would close its own gaps.

use std::collections::HashMap;

use geo::{Contains, Coord, Distance, Euclidean, Geometry, Line, LineString, Point};

use super::shapes::SEA;
use crate::city::District;

/// An outer border this near to the sea is the coast, which is drawn from a better source; in degrees, about 2 km.
const COAST_DEG: f64 = 0.02;

/// A stretch of border.
#[derive(Debug, PartialEq)]
pub(super) struct Border {
    /// Whether districts lie on both sides.
    pub(super) is_inner: bool,
    /// Its course in degrees, a line.
    pub(super) line: Geometry<f64>,
}

/// Who lies on the other side of a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Beyond {
    District(usize),
    Land,
    Sea,
}

/// The borders of all districts. Neighbours share the ends of their segments exactly.
pub(super) fn borders(districts: &[District]) -> Vec<Border> {
    let rings: Vec<(usize, &LineString<f64>)> = districts
        .iter()
        .enumerate()
        .flat_map(|(i, d)| d.area.shape().iter().map(move |polygon| (i, polygon.exterior())))
        .collect();
    let mut owners: HashMap<[u64; 4], Vec<usize>> = HashMap::new();
    for (district, ring) in &rings {
        for line in ring.lines() {
            owners.entry(key(line)).or_default().push(*district);
        }
    }
    rings.iter().flat_map(|(district, ring)| stretches(*district, ring, &owners)).collect()
}

/// The parts of a ring with the same neighbour, but those that the neighbour draws and those along the coast.
fn stretches(district: usize, ring: &LineString<f64>, owners: &HashMap<[u64; 4], Vec<usize>>) -> Vec<Border> {
    let beyond = |line: Line<f64>| {
        let other = owners.get(&key(line)).and_then(|all| all.iter().copied().find(|d| *d != district));
        other.map_or_else(|| if is_coast(line) { Beyond::Sea } else { Beyond::Land }, Beyond::District)
    };
    let segments: Vec<(Beyond, Line<f64>)> = ring.lines().map(|line| (beyond(line), line)).collect();
    let parts = segments.chunk_by(|(a, _), (b, _)| a == b);
    let drawn = |b: Beyond| match b {
        Beyond::District(other) => other > district,
        Beyond::Land => true,
        Beyond::Sea => false,
    };
    parts
        .filter(|part| drawn(part[0].0))
        .map(|part| {
            let ends = part.iter().map(|(_, line)| line.end);
            let line = std::iter::once(part[0].1.start).chain(ends).collect();
            Border { is_inner: part[0].0 != Beyond::Land, line: Geometry::LineString(line) }
        })
        .collect()
}

fn is_coast(line: Line<f64>) -> bool {
    [line.start, line.end]
        .into_iter()
        .map(Point::from)
        .all(|end| SEA.contains(&end) || SEA.iter().any(|sea| Euclidean.distance(&end, sea) < COAST_DEG))
}

/// A segment whichever way it is gone.
fn key(line: Line<f64>) -> [u64; 4] {
    let bits = |c: Coord<f64>| [c.x.to_bits(), c.y.to_bits()];
    let (a, b) = (bits(line.start), bits(line.end));
    let (first, last) = if a <= b { (a, b) } else { (b, a) };
    [first[0], first[1], last[0], last[1]]
}
