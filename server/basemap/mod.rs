//! The base map under the stations.
//!
//! The built-in one is an overview made of open data in `data/`, drawn by this server without any network: as vector tiles, and
//! as pictures for the strip of a phone. Layers: `sea` and `land` (polygons; land covers the sea's edge),
//! `sea_name` (points), `coast` (lines), `water` (rivers and lakes, with `kind`), `district` (polygons), `border`
//! (lines, `inner` between two districts), `district_name` and `place` (points). The other one is the operator's
//! Protomaps file, handed out by ranges. Both are also drawn as the ground of map pictures: `scene`.

pub(crate) mod archive;
mod borders;
mod draw;
mod label;
mod overview;
mod picture;
mod routes;
pub(crate) mod scene;
mod shapes;
mod streets;
mod stroke;

pub(crate) use draw::Drawing;
pub use routes::{ARCHIVE_PATH, ARCHIVE_TYPE, routes};

/// Whether a position is in the sea; `None` outside the built-in map, where nobody knows.
pub fn is_sea(position: spatial::Position) -> Option<bool> {
    shapes::is_sea(position)
}

/// The deepest zoom that is drawn; clients enlarge it beyond.
pub const MAX_ZOOM: u8 = 12;
/// The deepest zoom of the pictures, which are not enlarged.
const MAX_PICTURE_ZOOM: u8 = 16;
