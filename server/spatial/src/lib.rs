//! Pure geometry of the rest station service: positions, datums, the station index, tiles.
//!
//! The crate knows points on the WGS-84 ellipsoid, the two shifted Chinese systems, numbered slots with
//! masks of bits, Web Mercator tiles and the vector tile format. It does not know what a station is, what a
//! bit of a mask means, what time it is, nor any database, file, network or serialisation.
//!
//! Order is always longitude, latitude; angles are degrees, lengths metres, and every public position is
//! WGS-84 unless its documentation says otherwise.
//!
//! | module | what it answers |
//! | --- | --- |
//! | [`position`] | a place that is certainly valid, and distances between two |
//! | [`datum`] | GCJ-02 and BD-09 to WGS-84 and back |
//! | [`index`] | the points nearest to a place, exactly, pruned by masks |
//! | [`nearest`] | the ordered, lazy walk through the index |
//! | [`area`] | whether a place is in a district, and how far outside |
//! | [`tile`] | tile coordinates and the Web Mercator projection |
//! | [`cluster`] | all slots of a tile and their clusters, without an index per zoom |
//! | [`window`] | a square of ground around a position, as a picture shows it |
//! | [`mvt`] | writing vector tiles |
//! | [`clip`] | cutting lines and rings to a rectangle |
//! | [`within`] | which of many targets lie within a distance of each of many origins |
//! | [`mod@reached`] | how much of an area lies within a distance of some points |
//! | [`overlay`] | shapes of a base map projected, simplified and cut into a tile or a window |
//!
//! ```
//! use spatial::{Datum, Index, Point, Position, Query};
//!
//! let station = |slot, lon, lat, mask| Ok(Point { slot, position: Position::new(lon, lat)?, mask });
//! let index = Index::build([station(0, 119.60, 39.94, 0b01)?, station(1, 119.61, 39.95, 0b11)?]);
//!
//! let from = Datum::Gcj02.to_wgs84(Position::new(119.606, 39.941)?);
//! let query = Query { from, limit: 5, within_m: 5_000.0, all: 0b10, any: 0 };
//! let hits = index.nearest(&query, |_slot| true);
//! assert_eq!(hits.iter().map(|hit| hit.slot).collect::<Vec<_>>(), [1]);
//! # Ok::<(), spatial::PositionError>(())
//! ```

pub mod area;
pub mod clip;
pub mod cluster;
pub mod datum;
pub mod index;
mod masked;
pub mod mvt;
pub mod nearest;
pub mod overlay;
mod path;
pub mod position;
mod protobuf;
pub mod reached;
pub mod tile;
pub mod window;
pub mod within;

pub use area::Area;
pub use cluster::{Cell, Cluster, MortonKey, TileIndex};
pub use datum::{Datum, UnknownDatum};
pub use index::{Change, Index, Point};
pub use mvt::{Layer, Value, encode};
pub use nearest::{ByDistance, Hit, Query};
pub use overlay::{Outlines, add_geometry};
pub use position::{Position, PositionError};
pub use reached::{Reached, reached};
pub use tile::{Bounds, Square, TileCoord};
pub use window::Window;
pub use within::{Near, Within};
