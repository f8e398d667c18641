//! The interface of requests to join: `/api/v1/joins…`.

use axum::Json;
use axum::extract::{Path, State as Shared};
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use super::export::{self, Format};
use super::model::{State, digits_of};
use super::openapi;
use super::service::{self, Query};
use super::told::Told;
use super::wish::{self, Change, Join};
use crate::accounts::{Actor, Permission, Policy};
use crate::app::App;
use crate::error::Error;
use crate::http::body::Body;
use crate::http::cache::Question;
use crate::http::list;
use crate::http::openapi::Documented;
use crate::http::origin::Origin;
use crate::http::params::Params;
use crate::http::proxy::ClientAddress;
use crate::http::version::{IfMatch, versioned};
use crate::ids::JoinId;
use crate::pace::Purpose;

/// How many requests a page has that names no limit, and at most.
pub(super) const PAGE: usize = 50;
/// The most requests of a page.
pub(super) const MAX_PAGE: usize = 200;
const MANAGE: Policy = Policy::Needs(Permission::JoinManage);

/// What somebody is told who wants to join.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Asked {
    /// The number of the request.
    number: String,
}

/// A page of requests.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Joins {
    /// The requests, the newest first.
    items: Vec<Told>,
    /// The cursor of the next page, where there is one.
    #[schema(value_type = Option<String>)]
    next: Option<JoinId>,
}

/// The routes.
pub fn routes() -> Documented {
    let routes = Documented::default()
        .post("/api/v1/joins", Policy::Public, ask, openapi::ask())
        .get("/api/v1/joins", MANAGE, all, openapi::list())
        .get("/api/v1/joins/export", MANAGE, export, openapi::export())
        .get("/api/v1/joins/{id}", MANAGE, find, openapi::find())
        .patch("/api/v1/joins/{id}", MANAGE, change, openapi::change())
        .post("/api/v1/joins/{id}/erase", MANAGE, erase, openapi::erase());
    openapi::with_schemas(routes)
}

/// `POST /api/v1/joins`
async fn ask(
    Shared(app): Shared<App>,
    actor: Actor,
    ClientAddress(address): ClientAddress,
    Body(join): Body<Join>,
) -> Result<Response, Error> {
    app.pace.count(Purpose::Join, address, app.clock.now())?;
    let filled = join.read(&wish::consent(&app).await?)?;
    let number = service::ask(&app, &actor, filled).await?;
    Ok((StatusCode::CREATED, [(CACHE_CONTROL, "no-store")], Json(Asked { number })).into_response())
}

/// `GET /api/v1/joins`
async fn all(
    Shared(app): Shared<App>,
    actor: Actor,
    mut params: Params,
    origin: Origin,
    question: Question,
) -> Result<Response, Error> {
    let query = asked(&mut params);
    params.finish()?;
    let (items, next) = service::list(&app, &actor, &query).await?;
    Ok(list::page(&question, &origin, next, Joins { items, next }))
}

fn asked(p: &mut Params) -> Query {
    let state = p.code("state", || State::ALL.iter().map(|s| s.as_str()).collect::<Vec<_>>().join(", "));
    let district =
        p.value("district", "要写六位区划代码，如 130304。", "must be a six-digit code such as 130304");
    let typed = p.text("phone");
    let phone = typed.as_deref().and_then(digits_of);
    if typed.is_some() && phone.is_none() {
        p.refuse("phone", "not_a_number", "要写完整的电话号码。", "must be a whole phone number");
    }
    let limit = p.limit(PAGE, MAX_PAGE);
    let before = p.cursor(|text| text.parse().ok());
    Query { state, district, phone, limit, before }
}

/// `GET /api/v1/joins/export`
async fn export(
    Shared(app): Shared<App>,
    actor: Actor,
    mut params: Params,
    question: Question,
) -> Result<Response, Error> {
    let formats = || Format::ALL.map(Format::as_str).join(", ");
    let format = params.code("format", formats).unwrap_or(Format::Xlsx);
    let query = Query { limit: usize::MAX, ..asked(&mut params) };
    params.finish()?;
    let (snapshot, now, language) = (app.registry.snapshot(), app.clock.now(), question.language);
    let (items, _) = service::list(&app, &actor, &query).await?;
    service::record_export(&app, &actor, now, items.len()).await?;
    let name = format!("joins-{}.{}", snapshot.zone().local(now).format("%Y%m%d"), format.as_str());
    let made = tokio::task::spawn_blocking(move || export::write(format, &items, snapshot.city(), language));
    let bytes = made.await??;
    Ok(list::attachment(format.media_type(), &name, bytes))
}

/// `GET /api/v1/joins/{id}`
async fn find(Shared(app): Shared<App>, actor: Actor, Path(id): Path<String>) -> Result<Response, Error> {
    let told = service::find(&app, &actor, read(&id)?).await?;
    Ok(versioned(told.version, told))
}

/// `PATCH /api/v1/joins/{id}`
async fn change(
    Shared(app): Shared<App>,
    actor: Actor,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    Body(change): Body<Change>,
) -> Result<Response, Error> {
    let told = service::change(&app, &actor, read(&id)?, version, change).await?;
    Ok(versioned(told.version, told))
}

/// `POST /api/v1/joins/{id}/erase`
async fn erase(Shared(app): Shared<App>, actor: Actor, Path(id): Path<String>) -> Result<StatusCode, Error> {
    service::erase(&app, &actor, read(&id)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn read(id: &str) -> Result<JoinId, Error> {
    id.parse().map_err(|_| Error::NotFound("join"))
}
