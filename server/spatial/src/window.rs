//! A square of ground around a position, as a picture shows it.

use std::f64::consts::TAU;

use crate::position::{Position, SEMI_MAJOR_M};
use crate::tile::{Bounds, MAX_MERCATOR_LAT, Square, TileCoord, inverse_degrees, mercator};

/// A square of ground in Web Mercator around a position, as a picture shows it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window {
    square: Square,
    side_m: f64,
}

impl From<Window> for Square {
    fn from(window: Window) -> Square {
        window.square
    }
}

impl Window {
    /// The least and the most metres of a side.
    pub const SIDES_M: [f64; 2] = [100.0, 200_000.0];

    /// The window of `side_m` metres around a position; what is outside of [`Self::SIDES_M`] is moved to its end, and
    /// what is no number to the least.
    ///
    /// Metres are those on the ground at the centre, by the scale of the projection on a sphere, which is
    /// within 0.7 % of the ellipsoid's. A window that crosses the antimeridian ends there.
    pub fn new(centre: Position, side_m: f64) -> Window {
        let [least, most] = Self::SIDES_M;
        let side_m = if side_m.is_nan() { least } else { side_m.clamp(least, most) };
        let across = TAU * SEMI_MAJOR_M * scale(centre) / side_m;
        let corner = mercator(centre).map(|middle| middle - 0.5 / across);
        Window { square: Square::new(corner, across), side_m }
    }

    /// Metres of a side on the ground at the centre.
    pub fn side_m(self) -> f64 {
        self.side_m
    }

    /// The place of a position from the upper left corner, `side` units to a side; outside of the window it is
    /// below 0 or above `side`.
    pub fn local(self, at: Position, side: u32) -> (f64, f64) {
        let [x, y] = self.square.place(mercator(at), side);
        (x, y)
    }

    /// The degrees the window covers; beyond ±180° of longitude where it reaches over the antimeridian.
    pub fn bounds(self) -> Bounds {
        let [west, north] = inverse_degrees(self.square.mercator([0.0, 0.0], 1));
        let [east, south] = inverse_degrees(self.square.mercator([1.0, 1.0], 1));
        Bounds { west, south, east, north }
    }

    /// The zoom whose tiles are nearest in size to the window, at most `deepest`.
    pub fn zoom(self, deepest: u8) -> u8 {
        (0..=deepest).rev().find(|z| f64::from(*z) <= self.square.across().log2() + 0.5).unwrap_or(0)
    }

    /// The tiles of a zoom that the window touches, row by row; none of a zoom that does not exist.
    pub fn tiles(self, zoom: u8) -> impl Iterator<Item = TileCoord> {
        let Bounds { west, south, east, north } = self.bounds();
        let corner = |lon: f64, lat: f64| {
            let corner = Position::new(lon.clamp(-180.0, 180.0), lat).ok()?;
            TileCoord::containing(corner, zoom)
        };
        let corners = corner(west, north).zip(corner(east, south));
        corners.into_iter().flat_map(move |(first, last)| {
            let rows = first.y()..=last.y();
            rows.flat_map(move |y| (first.x()..=last.x()).filter_map(move |x| TileCoord::new(zoom, x, y)))
        })
    }
}

/// Metres on the ground for a metre of the projection at a place: the cosine of its latitude, which is that of the
/// edge of the square for a pole.
fn scale(at: Position) -> f64 {
    at.lat().clamp(-MAX_MERCATOR_LAT, MAX_MERCATOR_LAT).to_radians().cos()
}
