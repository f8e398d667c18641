//! The OGC API: stations for a GIS, as features (OGC 17-069r4, 18-058r1, 19-079r2) and as tiles (OGC 20-057).
//!
//! `asked` reads questions, `filter` reads CQL2, `row` gives the value of each property that `field` names, `items`
//! chooses and writes. All of it is public and answered from the snapshot alone.

mod api;
mod asked;
mod collection;
pub mod crs;
pub mod field;
pub mod filter;
mod items;
mod landing;
mod link;
mod openapi;
mod relation;
mod row;
mod tiles;

use axum::Router;
use axum::middleware::from_fn;

use self::openapi::plain;
use crate::accounts::Policy::Public;
use crate::app::App;
use crate::http::accept;
use crate::http::openapi::Documented;

/// `/ogc…`
pub fn routes() -> Documented {
    api::with_document(resources().merge(features()).merge(tiles()))
}

/// What there is: the landing page and what it leads to.
fn resources() -> Documented {
    Documented::default()
        .get("/ogc", Public, landing::landing, plain("ogcLanding", "Where everything else is"))
        // Some clients take the address for a folder.
        .get("/ogc/", Public, landing::landing, plain("ogcFolder", "The same"))
        .get("/ogc/conformance", Public, landing::conformance, plain("ogcConformance", "What holds"))
        .get("/ogc/collections", Public, collection::collections, plain("ogcCollections", "The collections"))
        .get(
            "/ogc/collections/stations",
            Public,
            collection::collection,
            plain("ogcStations", "The stations"),
        )
        .map_router(only_json)
}

/// The stations as features, and what is known of each.
fn features() -> Documented {
    let features = Documented::default()
        .get("/ogc/collections/stations/items", Public, items::items, openapi::items())
        .get("/ogc/collections/stations/items/{id}", Public, items::item, openapi::item())
        .map_router(only_json);
    features
        .get(
            "/ogc/collections/stations/queryables",
            Public,
            collection::queryables,
            openapi::schema_of("ogcQueryables", "What stations can be filtered by, as JSON Schema"),
        )
        .get(
            "/ogc/collections/stations/schema",
            Public,
            collection::feature_schema,
            openapi::schema_of("ogcSchema", "What each property of a station holds, as JSON Schema"),
        )
}

/// The stations as tiles, and how these are cut.
fn tiles() -> Documented {
    const TILES: &str = "/ogc/collections/stations/tiles";
    const SET: &str = "/ogc/collections/stations/tiles/WebMercatorQuad";
    const MATRICES: &str = "/ogc/tileMatrixSets/WebMercatorQuad";
    const TILE: &str = "/ogc/collections/stations/tiles/WebMercatorQuad/{z}/{row}/{col}";
    Documented::default()
        .get("/ogc/tileMatrixSets", Public, tiles::matrix_sets, plain("ogcMatrixSets", "Tile matrix sets"))
        .get(MATRICES, Public, tiles::matrix_set, plain("ogcMatrixSet", "The tile matrix set of the tiles"))
        .get(TILES, Public, tiles::tilesets, plain("ogcTilesets", "The sets of tiles"))
        .get(SET, Public, tiles::tileset, plain("ogcTileset", "The set of tiles and where they are"))
        .map_router(only_json)
        .get(TILE, Public, tiles::tile, openapi::tile())
}

fn only_json(router: Router<App>) -> Router<App> {
    router.route_layer(from_fn(accept::json))
}
