//! The relations of links that OGC registers.

/// The tile matrix sets of the service.
pub(super) const TILING_SCHEMES: &str = "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes";
/// The tile matrix set of a set of tiles.
pub(super) const TILING_SCHEME: &str = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme";
/// The sets of vector tiles of a collection.
pub(super) const TILESETS: &str = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector";
/// What a collection can be filtered by.
pub(super) const QUERYABLES: &str = "http://www.opengis.net/def/rel/ogc/1.0/queryables";
/// The collection that tiles are made of.
pub(super) const GEODATA: &str = "http://www.opengis.net/def/rel/ogc/1.0/geodata";
