//! The description of the public API of stations. Its bounds are the constants that the questions are read with.

mod parameters;
mod schemas;

use utoipa::openapi::path::{Operation, OperationBuilder};
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder};
use utoipa::openapi::{Content, ResponseBuilder};

use self::parameters::{at, filters, find_frame, list_frame, nearest_frame, region};
use super::geojson::{Collection, Sheet};
use super::offline::OfflineCopy;
use super::tiles::{Encoding, TileCollection};
use crate::http::openapi::Documented;
use crate::http::openapi::parts::{
    answer, body, decimal, header_named, named, one_of, parameter_named, refusing, resource, segment, text,
    tile_address, whole,
};
use crate::ids::{Adcode, StationId};

const GEOJSON: &str = "application/geo+json";
const EXAMPLE_ID: &str = "019303a0-0000-7000-8000-000000000000";

/// Adds the schemas that the descriptions refer to.
pub(super) fn with_schemas(routes: Documented) -> Documented {
    routes
        .schema::<Collection<'_>>()
        .schema::<Sheet<'_>>()
        .schema::<OfflineCopy<'_>>()
        .schema::<TileCollection<'_>>()
}

/// `GET /api/v1/stations/nearest`
pub(super) fn nearest() -> Operation {
    let ok = answer("Stations by distance, nearest first; none gives an empty collection with `beyond`.")
        .content(GEOJSON, body::<Collection<'_>>());
    let operation = following("nearestStations", "stations", "The nearest stations", ok)
        .description(Some(
            "Without `open` all public stations come, each with its state as of `at`. Walking times are \
             estimated as long as no street network is loaded.",
        ))
        .parameters(Some(nearest_frame()))
        .parameters(Some(filters()));
    refusing(operation, &["406"]).into()
}

/// `GET /api/v1/stations`
pub(super) fn list() -> Operation {
    let ok = answer("A page of stations in the order of their ids.")
        .content(GEOJSON, body::<Collection<'_>>())
        .header_ref("Link", header_named("Link"));
    let operation = following("listStations", "stations", "A list of stations", ok)
        .parameters(Some(list_frame()))
        .parameters(Some(filters()))
        .parameters(Some(region()));
    refusing(operation, &["406"]).into()
}

/// `GET /api/v1/stations/{id}`
pub(super) fn find() -> Operation {
    let ok = answer("The station, with its week and the ways to navigate there.")
        .content(GEOJSON, body::<Sheet<'_>>());
    let id = segment("id", "The station's id.", named::<StationId>(), EXAMPLE_ID);
    let operation =
        following("station", "stations", "One station", ok).parameter(id).parameters(Some(find_frame()));
    refusing(operation, &["404", "406"]).into()
}

/// `GET /api/v1/offline/{district}.json`
pub(super) fn offline() -> Operation {
    let ok = answer("The stations in the order of their ids, with what becomes of them.")
        .content("application/json", body::<OfflineCopy<'_>>());
    let district = segment("district", "The district, by its GB/T 2260 code.", named::<Adcode>(), "130302");
    let operation = following("offlineCopy", "stations", "A copy of a district for use without a network", ok)
        .description(Some(
            "Every public station of the district and of the 5 km around its outline, with its transitions \
             of the 48 hours from `at`. At an instant from `at` on take the last transition whose `from` is \
             not after it. A facility is open where the station is `open` or `closing_soon` and the facility \
             is `usable`; its `until` counts only while it is open. From `until` on every state is `unknown`.",
        ))
        .parameter(district)
        .parameter(at());
    refusing(operation, &["404", "406"]).into()
}

/// `GET /tiles/stations.json`
pub(super) fn tilejson() -> Operation {
    let ok = answer("TileJSON 3.0. The query of the request is kept in the address of the tiles.")
        .content("application/json", Content::new(Some(tilejson_schema())));
    following("stationTileJson", "tiles", "Where the tiles of stations are, and what is in them", ok)
        .parameters(Some(filters()))
        .parameters(Some(region()))
        .into()
}

/// `GET /tiles/stations/{z}/{x}/{y}.mvt` and `.geojson`
pub(super) fn tile(encoding: Encoding) -> Operation {
    let (id, schema) = match encoding {
        Encoding::Mvt => {
            ("stationTile", Content::new(Some(text().content_media_type(encoding.media_type()))))
        }
        Encoding::GeoJson => ("stationTileGeoJson", body::<TileCollection<'_>>()),
    };
    let ok = answer("Clusters below the cluster zoom, single stations from there on.")
        .content(encoding.media_type(), schema);
    let operation = following(id, "tiles", "A tile of stations", ok)
        .description(Some(
            "Every public station is in exactly one tile of a zoom, and the counts of a zoom sum to the registry's.",
        ))
        .response("204", answer("Nothing is in this tile."))
        .parameters(Some(tile_address(spatial::tile::MAX_ZOOM)))
        .parameters(Some(filters()))
        .parameters(Some(region()));
    refusing(operation, &["404"]).into()
}

/// A resource that follows the registry: a client may ask for the revision that it has seen.
fn following(id: &str, tag: &str, summary: &str, ok: ResponseBuilder) -> OperationBuilder {
    resource(id, tag, summary, ok)
        .parameter_ref(parameter_named("Accept-Language"))
        .parameter_ref(parameter_named("X-Min-Revision"))
}

/// What the service says of its tiles.
fn tilejson_schema() -> ObjectBuilder {
    let zoom = || whole(0).maximum(Some(usize::from(spatial::tile::MAX_ZOOM)));
    let words = ObjectBuilder::new().additional_properties(Some(text()));
    let bits = ObjectBuilder::new().additional_properties(Some(whole(0)));
    let layer = ObjectBuilder::new()
        .property("id", one_of(["stations"]))
        .property("fields", words.description(Some("Each field with what it holds.")))
        .property("minzoom", zoom())
        .property("maxzoom", zoom())
        .required("id")
        .required("fields");
    let bounds = ArrayBuilder::new().items(decimal(-180.0, 180.0)).min_items(Some(4)).max_items(Some(4));
    let object = ObjectBuilder::new()
        .property("tilejson", text().pattern(Some("^3[.]")))
        .property("name", text())
        .property("tiles", ArrayBuilder::new().items(text()).description(Some("Absolute addresses.")))
        .property("minzoom", zoom())
        .property("maxzoom", zoom())
        .property("bounds", bounds.description(Some("west, south, east, north; absent without stations")))
        .property("vector_layers", ArrayBuilder::new().items(layer))
        .property("cluster_zoom", zoom().description(Some("From this zoom on tiles hold single stations.")))
        .property("facilities", bits.description(Some("Each facility with its bit, the lowest being 0.")));
    ["tilejson", "tiles", "minzoom", "maxzoom", "vector_layers", "cluster_zoom", "facilities"]
        .into_iter()
        .fold(object, ObjectBuilder::required)
}
