//! `GET /api/v1/stations/{id}/map.png`

use axum::extract::{Path, State};
use axum::response::Response;

use super::openapi;
use crate::accounts::Policy;
use crate::app::App;
use crate::error::Error;
use crate::http::cache::Question;
use crate::http::openapi::Documented;
use crate::http::params::Params;
use crate::ids::StationId;

/// The pixels a side that a picture may have, and those of one that names none.
pub(super) const LEAST: u16 = 256;
pub(super) const MOST: u16 = 1_024;
pub(super) const USUAL: u16 = 512;

/// Pictures of the map around public stations.
pub fn routes() -> Documented {
    Documented::default().get("/api/v1/stations/{id}/map.png", Policy::Public, picture, openapi::picture())
}

/// The path of a station's picture of the most pixels.
pub fn address(station: StationId) -> String {
    format!("/api/v1/stations/{station}/map.png?size={MOST}")
}

async fn picture(
    State(app): State<App>,
    Path(id): Path<String>,
    mut params: Params,
    question: Question,
) -> Result<Response, Error> {
    const NONE: Error = Error::NotFound("station");
    let size = size(&mut params);
    params.finish()?;
    let id: StationId = id.parse().map_err(|_| NONE)?;
    let at = app.registry.snapshot().public(id).ok_or(NONE)?.position();
    Ok(question.file("image/png", app.maps.png(at, size).await?))
}

/// The pixels a side that a question names.
fn size(params: &mut Params) -> u16 {
    let (zh, en) = (
        format!("边长要写像素数，{LEAST} 到 {MOST}，例如 {USUAL}。"),
        format!("the pixels of a side, {LEAST} to {MOST}, such as {USUAL}"),
    );
    let size = params.value::<u16>("size", &zh, &en).unwrap_or(USUAL);
    if !(LEAST..=MOST).contains(&size) {
        params.refuse("size", "out_of_range", &zh, &en);
    }
    size
}
