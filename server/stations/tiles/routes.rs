//! `/tiles/stations…`

use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use spatial::TileCoord;
use spatial::tile::MAX_ZOOM;

use super::draw::draw;
use super::encode::Encoding;
use super::tilejson;
use crate::app::App;
use crate::error::Error;
use crate::http::cache::Question;
use crate::http::openapi::Documented;
use crate::http::origin::Origin;
use crate::http::params::Params;
use crate::stations::routes::{asker, snapshot};
use crate::stations::snapshot::Moment;
use crate::stations::{asked, openapi};

/// The TileJSON and the tiles.
pub fn routes() -> Documented {
    let tiles = [
        ("/tiles/stations/{z}/{x}/{y}.mvt", openapi::tile(Encoding::Mvt)),
        ("/tiles/stations/{z}/{x}/{y}.geojson", openapi::tile(Encoding::GeoJson)),
    ];
    Documented::default().get("/tiles/stations.json", document, openapi::tilejson()).get_as(
        "/tiles/stations/{z}/{x}/{file}",
        tile,
        tiles,
    )
}

/// `GET /tiles/stations.json`
async fn document(
    State(app): State<App>,
    RawQuery(query): RawQuery,
    params: Params,
    origin: Origin,
    headers: HeaderMap,
    question: Question,
) -> Result<Response, Error> {
    asked::tile(params, asker(&app, &question))?;
    let snapshot = snapshot(&app, &headers).await?;
    let version = snapshot.version(app.clock.now());
    Ok(question.answer(version, || tilejson::document(&snapshot, &origin, &query.unwrap_or_default())))
}

/// `GET /tiles/stations/{z}/{x}/{y}.mvt` and `.geojson`
async fn tile(
    State(app): State<App>,
    Path((z, x, file)): Path<(String, String, String)>,
    params: Params,
    headers: HeaderMap,
    question: Question,
) -> Result<Response, Error> {
    let (filter, frame) = asked::tile(params, asker(&app, &question))?;
    let (tile, encoding) = address(&z, &x, &file).ok_or(Error::NotFound("tile"))?;
    let snapshot = snapshot(&app, &headers).await?;
    let version = snapshot.version(frame.at);
    Ok(question.answer(version, || {
        let moment = Moment::new(frame.at, snapshot.zone());
        let make = || encoding.write(tile, &draw(&snapshot, tile, &filter, &moment));
        let bytes = app.tiles.get(version, (tile, encoding, filter.clone()), make);
        respond(encoding, bytes.to_vec())
    }))
}

fn respond(encoding: Encoding, bytes: Vec<u8>) -> Response {
    if bytes.is_empty() {
        return StatusCode::NO_CONTENT.into_response();
    }
    ([(CONTENT_TYPE, encoding.media_type())], Bytes::from(bytes)).into_response()
}

/// A tile's coordinates and encoding, where they exist.
fn address(z: &str, x: &str, file: &str) -> Option<(TileCoord, Encoding)> {
    let (y, ending) = file.split_once('.')?;
    let tile = TileCoord::new(z.parse().ok()?, x.parse().ok()?, y.parse().ok()?)?;
    (tile.z() <= MAX_ZOOM).then_some((tile, Encoding::of(ending)?))
}
