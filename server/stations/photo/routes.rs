//! `/photos/{id}.jpg` and `/photos/{id}-small.jpg`

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

use super::{Size, openapi, path};
use crate::accounts::Policy;
use crate::app::App;
use crate::error::Error;
use crate::http::cache::{Question, for_good};
use crate::http::openapi::Documented;
use crate::http::params::Params;
use crate::ids::PhotoId;

/// Both pictures of a photo.
pub fn routes() -> Documented {
    let described = [Size::Large, Size::Small].map(openapi::photo);
    Documented::default().get_as("/photos/{file}", Policy::Public, photo, described)
}

/// The snapshot says whether a photo is there and public, so that only pictures that exist are read.
async fn photo(
    State(app): State<App>,
    Path(file): Path<String>,
    params: Params,
    question: Question,
) -> Result<Response, Error> {
    const NONE: Error = Error::NotFound("photo");
    params.finish()?;
    let (id, size) = address(&file).ok_or(NONE)?;
    if !app.registry.snapshot().has_photo(id) {
        return Err(NONE);
    }
    let tag = format!("\"{file}\"");
    if question.knows(&tag) {
        return Ok(for_good(&tag, StatusCode::NOT_MODIFIED));
    }
    let picture = app.photos.get(&app.db, id, size).await?.ok_or(NONE)?;
    Ok(for_good(&tag, ([(CONTENT_TYPE, "image/jpeg")], picture).into_response()))
}

/// The photo of a file name, in the one form that the service itself writes.
fn address(file: &str) -> Option<(PhotoId, Size)> {
    let stem = file.strip_suffix(".jpg")?;
    let (id, size) = stem.strip_suffix("-small").map_or((stem, Size::Large), |id| (id, Size::Small));
    let id = id.parse().ok()?;
    path(id, size).ends_with(file).then_some((id, size))
}
