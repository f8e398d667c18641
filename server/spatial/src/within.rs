//! Which targets lie within a distance of each of many origins: a join by cubes of earth-centred space.
//!
//! The targets are sorted by the cube of `within_m` that holds them, so whatever is within reach of an origin is in its
//! own cube or one of the 26 around it. Origins of one cube share what those hold, and the rest is the exact test.

use crate::position::{Position, square_distance};

/// Cubes are at least so wide, in metres, so that their numbers fit into a key.
const NARROWEST_M: f64 = 20.0;
/// Bits of a key for each of the three numbers of a cube.
const BITS: u32 = 21;
/// Added to the number of a cube, so that it is positive: more than the earth's radius in cubes of 20 m.
const OFFSET: i64 = 1 << (BITS - 1);

/// Targets put in order for one distance.
#[derive(Debug, Clone)]
pub struct Within {
    square_m: f64,
    cube_m: f64,
    keys: Vec<u64>,
    places: Vec<Place>,
}

#[derive(Debug, Clone, Copy)]
struct Place {
    at: [f64; 3],
    slot: u32,
}

/// The targets near an origin, by their slots and in no particular order.
#[derive(Debug)]
pub struct Near<'a> {
    from: [f64; 3],
    square_m: f64,
    candidates: std::slice::Iter<'a, Place>,
}

impl Within {
    /// Puts targets in order, each with the caller's number. The distance is the straight one through the earth, as in
    /// every search of this crate; what is not positive or no number reaches nothing.
    pub fn new(targets: impl IntoIterator<Item = (u32, Position)>, within_m: f64) -> Self {
        let reaches = within_m > 0.0;
        let cube_m = within_m.max(NARROWEST_M);
        let placed = targets.into_iter().filter(|_| reaches).map(|(slot, position)| {
            let at = position.ecef();
            (key(cube_of(at, cube_m)), Place { at, slot })
        });
        let mut placed: Vec<(u64, Place)> = placed.collect();
        placed.sort_unstable_by_key(|(key, place)| (*key, place.slot));
        let (keys, places) = placed.into_iter().unzip();
        Self { square_m: within_m * within_m, cube_m, keys, places }
    }

    /// Visits every origin once with what is near it, cube by cube; `visit` is told the origin's number in `origins`.
    pub fn for_each(&self, origins: &[Position], mut visit: impl FnMut(usize, Near<'_>)) {
        let places: Vec<[f64; 3]> = origins.iter().map(|origin| origin.ecef()).collect();
        let keyed = places.iter().enumerate().map(|(i, at)| (key(cube_of(*at, self.cube_m)), i));
        let mut keyed: Vec<(u64, usize)> = keyed.collect();
        keyed.sort_unstable();
        let mut candidates = Vec::new();
        for sharing in keyed.chunk_by(|a, b| a.0 == b.0) {
            let mut here = sharing.iter().filter_map(|(_, i)| Some((*i, *places.get(*i)?))).peekable();
            let Some((_, first)) = here.peek() else { continue };
            self.gather(cube_of(*first, self.cube_m), &mut candidates);
            for (i, from) in here {
                visit(i, Near { from, square_m: self.square_m, candidates: candidates.iter() });
            }
        }
    }

    /// The targets of a cube and of those around it: three cubes in a row stand side by side.
    fn gather(&self, [x, y, z]: [i64; 3], to: &mut Vec<Place>) {
        to.clear();
        for (dy, dz) in AROUND {
            let first = key([x - 1, y + dy, z + dz]);
            let last = key([x + 1, y + dy, z + dz]);
            let begin = self.keys.partition_point(|key| *key < first);
            let found =
                self.keys.get(begin..).unwrap_or_default().iter().take_while(|key| **key <= last).count();
            to.extend_from_slice(self.places.get(begin..begin + found).unwrap_or_default());
        }
    }
}

/// The rows of cubes around a row, and it itself.
const AROUND: [(i64, i64); 9] =
    [(0, 0), (-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (1, -1), (-1, 1), (1, 1)];

impl Iterator for Near<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        let (from, square_m) = (self.from, self.square_m);
        self.candidates.find(|place| square_distance(&place.at, &from) <= square_m).map(|place| place.slot)
    }
}

fn cube_of(at: [f64; 3], cube_m: f64) -> [i64; 3] {
    #[expect(clippy::cast_possible_truncation, reason = "no more than the earth's radius in cubes of 20 m")]
    at.map(|metres| (metres / cube_m).floor() as i64)
}

/// The key of a cube; those of one row in x follow each other.
fn key([x, y, z]: [i64; 3]) -> u64 {
    let part = |number: i64| (number + OFFSET).unsigned_abs();
    part(z) << (2 * BITS) | part(y) << BITS | part(x)
}
