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

use axum::middleware::from_fn;

use crate::accounts::Policy::Public;
use crate::http::accept;
use crate::http::openapi::Documented;

/// `/ogc…`
pub fn routes() -> Documented {
    let json = Documented::default()
        .get("/ogc", Public, landing::landing, openapi::plain("ogcLanding", "Where everything else is"))
        // Some clients take the address for a folder.
        .get("/ogc/", Public, landing::landing, openapi::plain("ogcFolder", "The same"))
        .get("/ogc/conformance", Public, landing::conformance, openapi::plain("ogcConformance", "What holds"))
        .get(
            "/ogc/collections",
            Public,
            collection::collections,
            openapi::plain("ogcCollections", "The collections"),
        )
        .get(
            "/ogc/collections/stations",
            Public,
            collection::collection,
            openapi::plain("ogcStations", "The stations"),
        )
        .get("/ogc/collections/stations/items", Public, items::items, openapi::items())
        .get("/ogc/collections/stations/items/{id}", Public, items::item, openapi::item())
        .get(
            "/ogc/tileMatrixSets",
            Public,
            tiles::matrix_sets,
            openapi::plain("ogcMatrixSets", "Tile matrix sets"),
        )
        .get(
            "/ogc/tileMatrixSets/WebMercatorQuad",
            Public,
            tiles::matrix_set,
            openapi::plain("ogcMatrixSet", "The tile matrix set of the tiles"),
        )
        .get(
            "/ogc/collections/stations/tiles",
            Public,
            tiles::tilesets,
            openapi::plain("ogcTilesets", "The sets of tiles"),
        )
        .get(
            "/ogc/collections/stations/tiles/WebMercatorQuad",
            Public,
            tiles::tileset,
            openapi::plain("ogcTileset", "The set of tiles, where they are and what is in them"),
        )
        .map_router(|router| router.route_layer(from_fn(accept::json)));
    let others = Documented::default()
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
        .get(
            "/ogc/collections/stations/tiles/WebMercatorQuad/{z}/{row}/{col}",
            Public,
            tiles::tile,
            openapi::tile(),
        );
    api::with_document(json.merge(others))
}
