//! Geometries of a filter: well-known text as CQL2 has it, and whether a place is on one.

use geo::{Coord, Geometry, Intersects};

use crate::ogc::crs::{Crs, Window};

/// A geometry in the axes east and north of its system.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// `BBOX(…)`
    Window(Window),
    /// Points, lines, areas, and collections of them.
    Geometry(Geometry<f64>),
    /// Where the station itself stands, with which it always shares a point.
    Station,
}

/// The kinds of well-known text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// One position.
    Point,
    /// Positions joined by straight lines.
    Line,
    /// An outline and holes.
    Polygon,
    /// Several points.
    Points,
    /// Several lines.
    Lines,
    /// Several polygons.
    Polygons,
    /// Any of these together.
    Collection,
}

impl Form {
    /// The form of a keyword.
    pub fn named(word: &str) -> Option<Self> {
        Some(match word.to_ascii_uppercase().as_str() {
            "POINT" => Self::Point,
            "LINESTRING" => Self::Line,
            "POLYGON" => Self::Polygon,
            "MULTIPOINT" => Self::Points,
            "MULTILINESTRING" => Self::Lines,
            "MULTIPOLYGON" => Self::Polygons,
            "GEOMETRYCOLLECTION" => Self::Collection,
            _ => return None,
        })
    }
}

impl Shape {
    /// Whether a place is on it, its edges included.
    pub fn holds(&self, [x, y]: [f64; 2]) -> bool {
        match self {
            Self::Window(window) => window.contains([x, y]),
            Self::Geometry(geometry) => geometry.intersects(&Coord { x, y }),
            Self::Station => true,
        }
    }
}

/// A position in the order of a system's axes.
pub fn coord(crs: Crs, numbers: [f64; 2]) -> Coord<f64> {
    let [x, y] = crs.swapped(numbers);
    Coord { x, y }
}
