//! Stations as map tiles: clusters far out, single stations near, in one of two encodings.
//!
//! Every public station is in exactly one tile of a zoom, and the counts of a zoom sum to the registry's.

mod cache;
mod draw;
mod encode;
mod routes;
mod serving;
mod tilejson;

pub use cache::TileCache;
pub use draw::{CLUSTER_ZOOM, Drawn, draw};
pub use encode::{Encoding, TileCollection};
pub use routes::routes;
pub use serving::{Wanted, serve};
pub use tilejson::bounds;
