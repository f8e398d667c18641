//! Tile coordinates of the Web Mercator quad tree, and the projection they are laid over.

use std::f64::consts::{PI, TAU};

use crate::position::Position;

/// The deepest zoom at which a [`TileCoord`] exists.
pub const MAX_TILE_ZOOM: u8 = 22;

/// The deepest zoom at which tiles of stations are served; clients enlarge these beyond it.
pub const MAX_ZOOM: u8 = 16;

/// The latitude at which the Web Mercator square ends: `atan(sinh(pi))` in degrees.
pub const MAX_MERCATOR_LAT: f64 = 85.051_128_779_806_6;

/// Steps across the world of the finest grid in which cells of positions are told apart.
pub(crate) const GRID_BITS: u8 = 32;

/// A rectangle of degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// Least longitude.
    pub west: f64,
    /// Least latitude.
    pub south: f64,
    /// Greatest longitude.
    pub east: f64,
    /// Greatest latitude.
    pub north: f64,
}

impl Bounds {
    /// Whether the position is in the rectangle, its edges included.
    pub fn contains(&self, position: Position) -> bool {
        (self.west..=self.east).contains(&position.lon())
            && (self.south..=self.north).contains(&position.lat())
    }
}

/// A tile that exists: zoom 0 to [`MAX_TILE_ZOOM`], column and row below 2^zoom, row 0 in the north.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TileCoord {
    z: u8,
    x: u32,
    y: u32,
}

impl TileCoord {
    /// The tile of that zoom, column and row; none outside the matrix.
    pub fn new(z: u8, x: u32, y: u32) -> Option<TileCoord> {
        (z <= MAX_TILE_ZOOM && x >> z == 0 && y >> z == 0).then_some(TileCoord { z, x, y })
    }

    /// The only tile of zoom `z` that a position belongs to; none if the zoom does not exist.
    ///
    /// The edge between two tiles belongs to the eastern and southern one; longitude 180 belongs to the last
    /// column, and what lies beyond ±85.05° to the first or last row.
    pub fn containing(position: Position, z: u8) -> Option<TileCoord> {
        let [x, y] = grid(position).map(|step| step.checked_shr(u32::from(GRID_BITS.saturating_sub(z))));
        TileCoord::new(z, x.unwrap_or(0), y.unwrap_or(0))
    }

    /// Zoom.
    pub fn z(self) -> u8 {
        self.z
    }

    /// Column, counted from 180° west.
    pub fn x(self) -> u32 {
        self.x
    }

    /// Row, counted from the north.
    pub fn y(self) -> u32 {
        self.y
    }

    /// The degrees the tile covers.
    pub fn bounds(self) -> Bounds {
        let [west, north] = inverse_degrees([self.edge(self.x), self.edge(self.y)]);
        let [east, south] = inverse_degrees([self.edge(self.x + 1), self.edge(self.y + 1)]);
        Bounds { west, south, east, north }
    }

    /// The pixel of a projected place (see [`mercator`]) in this tile, `extent` pixels to a side, `y` down.
    ///
    /// A place of this tile is within `0..extent`; others stand outside, as far as `i32` reaches.
    pub fn local(self, mercator: [f64; 2], extent: u32) -> (i32, i32) {
        let [x, y] = Square::from(self).place(mercator, extent);
        #[expect(clippy::cast_possible_truncation, reason = "a pixel is a whole number, saturating far away")]
        let pixel = (x.floor() as i32, y.floor() as i32);
        pixel
    }

    fn across(self) -> f64 {
        f64::from(1_u32 << self.z)
    }

    fn edge(self, step: u32) -> f64 {
        f64::from(step) / self.across()
    }
}

/// A square of the Web Mercator plane: that of a tile, or that of a window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Square {
    corner: [f64; 2],
    across: f64,
}

impl Square {
    /// The square with this upper left corner in the plane (see [`mercator`]), `across` of which side by side go
    /// around the world.
    pub(crate) fn new(corner: [f64; 2], across: f64) -> Square {
        Square { corner, across }
    }

    /// How many such squares side by side go around the world.
    pub(crate) fn across(self) -> f64 {
        self.across
    }

    /// The place of a projected place (see [`mercator`]) in this square, `side` units to a side, `y` down; one
    /// outside of the square is below 0 or above `side`.
    pub fn place(self, mercator: [f64; 2], side: u32) -> [f64; 2] {
        let along = |axis: usize| (mercator[axis] - self.corner[axis]) * self.across * f64::from(side);
        [along(0), along(1)]
    }

    /// The projected place of a place in this square: the other way round.
    pub fn mercator(self, place: [f64; 2], side: u32) -> [f64; 2] {
        let along = |axis: usize| self.corner[axis] + place[axis] / f64::from(side) / self.across;
        [along(0), along(1)]
    }
}

impl From<TileCoord> for Square {
    fn from(tile: TileCoord) -> Square {
        Square::new([tile.edge(tile.x), tile.edge(tile.y)], tile.across())
    }
}

/// The place in the Web Mercator square, 0 to below 1 eastwards and southwards (EPSG:3857 scaled).
///
/// Longitude 180 and latitudes beyond [`MAX_MERCATOR_LAT`] are put just inside its edge.
pub fn mercator(position: Position) -> [f64; 2] {
    mercator_degrees(position.lon(), position.lat()).map(|part| part.clamp(0.0, 1.0_f64.next_down()))
}

/// The position of a place in the square; places outside of it are moved to its edge.
pub fn inverse(mercator: [f64; 2]) -> Position {
    let [lon, lat] = inverse_degrees(mercator.map(|part| part.clamp(0.0, 1.0)));
    Position::normalized(lon, lat)
}

/// As [`mercator`] with the edges of the square included; longitudes beyond ±180 go on past them.
pub(crate) fn mercator_degrees(lon: f64, lat: f64) -> [f64; 2] {
    let lat = lat.clamp(-MAX_MERCATOR_LAT, MAX_MERCATOR_LAT).to_radians();
    [lon / 360.0 + 0.5, 0.5 - lat.tan().asinh() / TAU]
}

pub(crate) fn inverse_degrees([x, y]: [f64; 2]) -> [f64; 2] {
    [(x - 0.5) * 360.0, (PI * (1.0 - 2.0 * y)).sinh().atan().to_degrees()]
}

/// The cell of a position in the finest grid, column and row of 2^[`GRID_BITS`].
pub(crate) fn grid(position: Position) -> [u32; 2] {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the projection is at least 0 and below 1"
    )]
    mercator(position).map(|part| (part * 2_f64.powi(i32::from(GRID_BITS))) as u32)
}
