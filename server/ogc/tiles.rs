//! The stations' vector tiles by the names of OGC API - Tiles (OGC 20-057), and the tile matrix set they are cut by
//! (OGC 17-083r4). The tiles themselves are those of `/tiles/stations`.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::{Value, json};
use spatial::tile::MAX_ZOOM;
use spatial::{Datum, Position, TileCoord};

use super::asked;
use super::collection::{PATH, following};
use super::crs::Crs;
use super::landing::document;
use super::link::{GEOJSON, JSON, Link, MVT};
use super::relation;
use crate::app::App;
use crate::error::Error;
use crate::http::cache::Question;
use crate::http::origin::Origin;
use crate::http::params::Params;
use crate::stations::Snapshot;
use crate::stations::query::{Filter, Frame};
use crate::stations::tiles::{Encoding, Wanted, bounds, serve};

/// The identifier of the tile matrix set.
const SET_URI: &str = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad";
/// Half the side of the square in metres, and the scale and the size of a pixel at zoom 0, as the standard has them.
const HALF_M: f64 = 20_037_508.342_789_2;
const SCALE: f64 = 559_082_264.028_717_8;
const CELL_M: f64 = 156_543.033_928_040_97;
/// How many zooms the set has; stations are drawn for the first of them.
const ZOOMS: u8 = 25;

/// `GET /ogc/tileMatrixSets`
pub(super) async fn matrix_sets(
    params: Params,
    origin: Origin,
    question: Question,
) -> Result<Response, Error> {
    asked::plain(params)?;
    let links = [Link::to(&origin, "/ogc/tileMatrixSets/WebMercatorQuad", "self", JSON)];
    let set = json!({ "id": "WebMercatorQuad", "title": "Google Maps Compatible for the World", "uri": SET_URI,
        "crs": Crs::WebMercator.uri(), "links": links });
    Ok(document(&question, JSON, &json!({ "tileMatrixSets": [set] })))
}

/// `GET /ogc/tileMatrixSets/WebMercatorQuad`
pub(super) async fn matrix_set(params: Params, question: Question) -> Result<Response, Error> {
    asked::plain(params)?;
    let matrix = |zoom: u8| {
        let across = 2_f64.powi(zoom.into());
        let tiles = 1_u32 << zoom;
        json!({ "id": zoom.to_string(), "scaleDenominator": SCALE / across, "cellSize": CELL_M / across,
            "cornerOfOrigin": "topLeft", "pointOfOrigin": [-HALF_M, HALF_M], "tileWidth": 256, "tileHeight": 256,
            "matrixWidth": tiles, "matrixHeight": tiles })
    };
    let matrices: Vec<Value> = (0..ZOOMS).map(matrix).collect();
    let set = json!({ "id": "WebMercatorQuad", "title": "Google Maps Compatible for the World", "uri": SET_URI,
        "crs": Crs::WebMercator.uri(), "orderedAxes": ["X", "Y"],
        "wellKnownScaleSet": "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible",
        "tileMatrices": matrices });
    Ok(document(&question, JSON, &set))
}

/// `GET /ogc/collections/stations/tiles`
pub(super) async fn tilesets(
    State(app): State<App>,
    params: Params,
    origin: Origin,
    question: Question,
) -> Result<Response, Error> {
    asked::plain(params)?;
    Ok(following(&app, &question, |snapshot| {
        let links = [Link::to(&origin, &format!("{PATH}/tiles"), "self", JSON)];
        json!({ "links": links, "tilesets": [tileset_of(snapshot, &origin)] })
    }))
}

/// `GET /ogc/collections/stations/tiles/WebMercatorQuad`
pub(super) async fn tileset(
    State(app): State<App>,
    params: Params,
    origin: Origin,
    question: Question,
) -> Result<Response, Error> {
    asked::plain(params)?;
    Ok(following(&app, &question, |snapshot| {
        let mut tileset = tileset_of(snapshot, &origin);
        tileset["tileMatrixSetLimits"] = json!(limits(snapshot));
        let layer = json!({ "id": "stations", "dataType": "vector", "geometryDimension": 0,
            "minTileMatrix": "0", "maxTileMatrix": MAX_ZOOM.to_string() });
        tileset["layers"] = json!([layer]);
        if let Some(b) = bounds(snapshot, Datum::Wgs84) {
            tileset["boundingBox"] = json!({ "crs": Crs::Crs84.uri(), "lowerLeft": [b.left, b.bottom],
                "upperRight": [b.right, b.top] });
        }
        tileset
    }))
}

fn tileset_of(snapshot: &Snapshot, origin: &Origin) -> Value {
    let own = format!("{PATH}/tiles/WebMercatorQuad");
    let links = [
        Link::to(origin, &own, "self", JSON),
        Link::to(origin, "/ogc/tileMatrixSets/WebMercatorQuad", relation::TILING_SCHEME, JSON),
        Link::to(origin, PATH, relation::GEODATA, JSON),
        Link::to(origin, &format!("{own}/{{tileMatrix}}/{{tileRow}}/{{tileCol}}"), "item", MVT).templated(),
        Link::to(origin, &format!("{PATH}/items"), "alternate", GEOJSON),
    ];
    json!({ "title": "stations", "dataType": "vector", "crs": Crs::WebMercator.uri(), "tileMatrixSetURI": SET_URI,
        "description": format!("{} stations", snapshot.len()), "links": links })
}

/// The rows and columns of each zoom in which there are stations at all.
fn limits(snapshot: &Snapshot) -> Vec<Value> {
    let Some(b) = bounds(snapshot, Datum::Wgs84) else { return Vec::new() };
    let corner = |lon, lat, zoom| TileCoord::containing(Position::new(lon, lat).ok()?, zoom);
    let limits = |zoom: u8| {
        let (first, last) = (corner(b.left, b.top, zoom)?, corner(b.right, b.bottom, zoom)?);
        Some(json!({ "tileMatrix": zoom.to_string(), "minTileRow": first.y(), "maxTileRow": last.y(),
            "minTileCol": first.x(), "maxTileCol": last.x() }))
    };
    (0..=MAX_ZOOM).filter_map(limits).collect()
}

/// `GET /ogc/collections/stations/tiles/WebMercatorQuad/{z}/{row}/{col}`
pub(super) async fn tile(
    State(app): State<App>,
    Path((zoom, row, column)): Path<(String, String, String)>,
    params: Params,
    headers: HeaderMap,
    question: Question,
) -> Result<Response, Error> {
    let at = asked::tile(params, app.clock.now())?;
    let tile = address(&zoom, &row, &column).ok_or(Error::NotFound("tile"))?;
    let frame = Frame { at, out_crs: Datum::Wgs84, language: question.language };
    let wanted =
        Wanted { tile, encoding: Encoding::Mvt, datum: Datum::Wgs84, filter: Filter::default(), frame };
    Ok(serve(&app, &app.registry.snapshot(), &headers, &question, wanted))
}

fn address(zoom: &str, row: &str, column: &str) -> Option<TileCoord> {
    let tile = TileCoord::new(zoom.parse().ok()?, column.parse().ok()?, row.parse().ok()?)?;
    (tile.z() <= MAX_ZOOM).then_some(tile)
}
