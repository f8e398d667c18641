//! `/tiles/base/{z}/{x}/{y}.mvt`

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use spatial::TileCoord;

use super::{MAX_ZOOM, draw};
use crate::app::App;
use crate::error::Error;
use crate::http::cache::Question;
use crate::http::params::Params;
use crate::stations::Version;

/// The tiles of the built-in base map.
pub fn routes() -> Router<App> {
    Router::new().route("/tiles/base/{z}/{x}/{file}", get(tile))
}

async fn tile(
    State(app): State<App>,
    Path((z, x, file)): Path<(String, String, String)>,
    params: Params,
    question: Question,
) -> Result<Response, Error> {
    params.finish()?;
    let tile = address(&z, &x, &file).ok_or(Error::NotFound("tile"))?;
    let snapshot = app.registry.snapshot();
    Ok(question.answer(standing(), || respond(draw::draw(snapshot.city(), tile))))
}

/// The base map changes with a new release or new districts only, and both restart the process.
fn standing() -> Version {
    Version { revision: 0, minute: 0 }
}

fn respond(bytes: Vec<u8>) -> Response {
    if bytes.is_empty() {
        return StatusCode::NO_CONTENT.into_response();
    }
    ([(CONTENT_TYPE, "application/vnd.mapbox-vector-tile")], bytes).into_response()
}

fn address(z: &str, x: &str, file: &str) -> Option<TileCoord> {
    let y = file.strip_suffix(".mvt")?;
    let tile = TileCoord::new(z.parse().ok()?, x.parse().ok()?, y.parse().ok()?)?;
    (tile.z() <= MAX_ZOOM).then_some(tile)
}
