//! The interface of layers of demand: `/api/v1/demand…`. The points themselves are never given out.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, ETAG, LOCATION};
use axum::response::{AppendHeaders, IntoResponse, Response};

use super::told::Layers;
use super::wish::{Options, Patch};
use super::{openapi, service, writing};
use crate::accounts::{Actor, Permission, Policy};
use crate::app::App;
use crate::error::Error;
use crate::http::body::Body;
use crate::http::cache::Question;
use crate::http::form::Form;
use crate::http::openapi::Documented;
use crate::http::params::Params;
use crate::http::version::{IfMatch, private, tag, versioned};
use crate::imports::reader;
use crate::planning::layers::asked::{READER, sent};
use crate::stations::import::child::Limits;

const SEE: Policy = Policy::Needs(Permission::CoverageSee);
const MANAGE: Policy = Policy::Needs(Permission::DemandManage);

/// The routes.
pub(in crate::planning) fn routes() -> Documented {
    let routes = Documented::default()
        .get("/api/v1/demand", SEE, list, openapi::list())
        .post("/api/v1/demand", MANAGE, send, openapi::send())
        .patch("/api/v1/demand/{code}", MANAGE, change, openapi::change())
        .delete("/api/v1/demand/{code}", MANAGE, remove, openapi::remove());
    openapi::with_schemas(routes)
}

/// `GET /api/v1/demand`
async fn list(
    State(app): State<App>,
    actor: Actor,
    params: Params,
    question: Question,
) -> Result<Response, Error> {
    params.finish()?;
    let items = service::list(&app, &actor, question.language).await?;
    Ok(private(Layers { items }))
}

/// `POST /api/v1/demand`
async fn send(
    State(app): State<App>,
    actor: Actor,
    question: Question,
    form: Form,
) -> Result<Response, Error> {
    actor.must_in_city(Permission::DemandManage)?;
    let (file, options) = sent::<Options>(&form)?;
    let limits = Limits { areas: true, ..READER };
    let sheet = reader::read_within(&app, &file.bytes, &limits).await?;
    let told = writing::bring(&app, &actor, sheet, &options, question.language).await?;
    let headers = [(ETAG, tag(told.layer.version)), (CACHE_CONTROL, "no-store".to_owned())];
    if told.dry_run || !told.is_new {
        return Ok((AppendHeaders(headers), Json(told)).into_response());
    }
    let address = format!("/api/v1/demand/{}", told.layer.code);
    Ok((StatusCode::CREATED, [(LOCATION, address)], AppendHeaders(headers), Json(told)).into_response())
}

/// `PATCH /api/v1/demand/{code}`
async fn change(
    State(app): State<App>,
    actor: Actor,
    Path(code): Path<String>,
    IfMatch(version): IfMatch,
    Body(patch): Body<Patch>,
) -> Result<Response, Error> {
    let layer = writing::change(&app, &actor, &code, version, &patch).await?;
    Ok(versioned(layer.version, layer))
}

/// `DELETE /api/v1/demand/{code}`
async fn remove(
    State(app): State<App>,
    actor: Actor,
    Path(code): Path<String>,
    IfMatch(version): IfMatch,
) -> Result<StatusCode, Error> {
    writing::remove(&app, &actor, &code, Some(version)).await?;
    Ok(StatusCode::NO_CONTENT)
}
