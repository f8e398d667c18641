//! `/tiles/base/{z}/{x}/{y}.mvt`

use std::sync::LazyLock;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use spatial::TileCoord;
use utoipa::openapi::Content;
use utoipa::openapi::path::Operation;

use super::{MAX_ZOOM, WATER, draw};
use crate::app::App;
use crate::error::Error;
use crate::http::cache::{Question, standing};
use crate::http::openapi::{Documented, parts};
use crate::http::params::Params;
use crate::stations::Version;

const MEDIA_TYPE: &str = "application/vnd.mapbox-vector-tile";

/// The tiles of the built-in base map.
pub fn routes() -> Documented {
    let described = [("/tiles/base/{z}/{x}/{y}.mvt", describe())];
    Documented::default().get_as("/tiles/base/{z}/{x}/{file}", tile, described)
}

fn describe() -> Operation {
    let bytes = Content::new(Some(parts::text().content_media_type(MEDIA_TYPE)));
    let ok =
        parts::answer("Layers sea, water, district, district_name and place.").content(MEDIA_TYPE, bytes);
    let operation = parts::resource("baseTile", "tiles", "A tile of the built-in overview map", ok)
        .response("204", parts::answer("Nothing is in this tile."))
        .parameters(Some(parts::tile_address(MAX_ZOOM)));
    parts::refusing(operation, &["404"]).into()
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
    Ok(question.answer(*STANDING, || respond(draw::draw(snapshot.city(), tile))))
}

/// The base map changes with its shipped shapes, and with a release that draws them in another way.
static STANDING: LazyLock<Version> =
    LazyLock::new(|| standing(&format!("{}\n{WATER}", env!("CARGO_PKG_VERSION"))));

fn respond(bytes: Vec<u8>) -> Response {
    if bytes.is_empty() {
        return StatusCode::NO_CONTENT.into_response();
    }
    ([(CONTENT_TYPE, MEDIA_TYPE)], bytes).into_response()
}

fn address(z: &str, x: &str, file: &str) -> Option<TileCoord> {
    let y = file.strip_suffix(".mvt")?;
    let tile = TileCoord::new(z.parse().ok()?, x.parse().ok()?, y.parse().ok()?)?;
    (tile.z() <= MAX_ZOOM).then_some(tile)
}
