//! The interface of service points: `/api/v1/service-points…`.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, LOCATION};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Response};

use super::told::{Collection, Layers};
use super::wish::Options;
use super::{openapi, service, writing};
use crate::accounts::{Actor, Permission, Policy};
use crate::app::App;
use crate::error::Error;
use crate::http::cache::Question;
use crate::http::form::Form;
use crate::http::openapi::Documented;
use crate::http::params::Params;
use crate::http::version::{IfMatch, private, tag};
use crate::imports::reader;
use crate::planning::layers::asked::{READER, sent};

/// The media type of GeoJSON.
pub(super) const GEOJSON: &str = "application/geo+json";
const SEE: Policy = Policy::Needs(Permission::CoverageSee);
const MANAGE: Policy = Policy::Needs(Permission::DemandManage);

/// The routes.
pub(in crate::planning) fn routes() -> Documented {
    let routes = Documented::default()
        .get("/api/v1/service-points", SEE, list, openapi::list())
        .get("/api/v1/service-points/items.geojson", SEE, items, openapi::items())
        .post("/api/v1/service-points", MANAGE, send, openapi::send())
        .delete("/api/v1/service-points/{code}", MANAGE, remove, openapi::remove());
    openapi::with_schemas(routes)
}

/// `GET /api/v1/service-points`
async fn list(State(app): State<App>, params: Params) -> Result<Response, Error> {
    params.finish()?;
    Ok(private(Layers { items: service::list(&app).await? }))
}

/// `GET /api/v1/service-points/items.geojson`
async fn items(State(app): State<App>, mut params: Params) -> Result<Response, Error> {
    let codes = params.codes::<String>("layer", String::new);
    let at = params.instant("at");
    params.finish()?;
    let zone = app.config.zone();
    let at = at.map_or_else(|| zone.stamp(app.clock.now()), |at| zone.stamp(at));
    let layers = service::layers(&app, &codes).await?;
    let mut response = private(Collection::of(layers.iter().map(AsRef::as_ref), zone, at));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(GEOJSON));
    Ok(response)
}

/// `POST /api/v1/service-points`
async fn send(
    State(app): State<App>,
    actor: Actor,
    question: Question,
    form: Form,
) -> Result<Response, Error> {
    actor.must_in_city(Permission::DemandManage)?;
    let (file, options) = sent::<Options>(&form)?;
    let sheet = reader::read_within(&app, &file.bytes, &READER).await?;
    let told = writing::bring(&app, &actor, sheet, &options, question.language).await?;
    let headers = [(ETAG, tag(told.layer.version)), (CACHE_CONTROL, "no-store".to_owned())];
    if told.dry_run || !told.is_new {
        return Ok((AppendHeaders(headers), Json(told)).into_response());
    }
    let address = format!("/api/v1/service-points/{}", told.layer.code);
    Ok((StatusCode::CREATED, [(LOCATION, address)], AppendHeaders(headers), Json(told)).into_response())
}

/// `DELETE /api/v1/service-points/{code}`
async fn remove(
    State(app): State<App>,
    actor: Actor,
    Path(code): Path<String>,
    IfMatch(version): IfMatch,
) -> Result<StatusCode, Error> {
    writing::remove(&app, &actor, &code, Some(version)).await?;
    Ok(StatusCode::NO_CONTENT)
}
