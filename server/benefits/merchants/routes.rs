//! The interface of merchants for staff. What the public is shown of them is in `offers`.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::ETAG;
use axum::response::{AppendHeaders, IntoResponse, Response};
use serde::Serialize;

use super::service::{self, Step};
use super::store::Query;
use super::told::{Clerks, Merchants};
use super::wish::{ClerkWish, MerchantWish, StoreWish};
use super::{clerks, openapi, stores};
use crate::accounts::{Actor, Permission, Policy};
use crate::app::App;
use crate::benefits::model::MerchantState;
use crate::error::Error;
use crate::http::body::Body;
use crate::http::cache::Question;
use crate::http::list;
use crate::http::openapi::Documented;
use crate::http::origin::Origin;
use crate::http::params::Params;
use crate::http::version::{IfMatch, private, tag, versioned};
use crate::ids::{Adcode, ClerkId, MerchantId, StoreId};

/// How many merchants a page has that names no limit, and at most.
pub(super) const PAGE: (usize, usize) = (50, 200);
const SEE: Policy = Policy::Needs(Permission::BenefitSee);
const MANAGE: Policy = Policy::Needs(Permission::BenefitManage);

/// The routes.
pub(in crate::benefits) fn routes() -> Documented {
    let routes = Documented::default()
        .get("/api/v1/benefits/merchants", SEE, all, openapi::list())
        .post("/api/v1/merchants", MANAGE, add, openapi::add())
        .patch("/api/v1/merchants/{id}", MANAGE, change, openapi::change())
        .post("/api/v1/merchants/{id}/suspend", MANAGE, suspend, openapi::step("suspendMerchant", "Suspend"))
        .post("/api/v1/merchants/{id}/resume", MANAGE, resume, openapi::step("resumeMerchant", "Resume"))
        .post("/api/v1/merchants/{id}/end", MANAGE, end, openapi::step("endMerchant", "End"))
        .post("/api/v1/merchants/{id}/stores", MANAGE, add_store, openapi::add_store())
        .patch("/api/v1/merchants/{id}/stores/{store}", MANAGE, change_store, openapi::change_store())
        .get("/api/v1/merchants/{id}/clerks", MANAGE, all_clerks, openapi::clerks())
        .post("/api/v1/merchants/{id}/clerks", MANAGE, add_clerk, openapi::add_clerk())
        .patch("/api/v1/merchants/{id}/clerks/{clerk}", MANAGE, change_clerk, openapi::change_clerk());
    openapi::with_schemas(routes)
}

/// The id of a path.
fn read(id: &str) -> Result<MerchantId, Error> {
    id.parse().map_err(|_| Error::NotFound("merchant"))
}

fn read_store(ids: &(String, String)) -> Result<(MerchantId, StoreId), Error> {
    Ok((read(&ids.0)?, ids.1.parse().map_err(|_| Error::NotFound("store"))?))
}

fn read_clerk(ids: &(String, String)) -> Result<(MerchantId, ClerkId), Error> {
    Ok((read(&ids.0)?, ids.1.parse().map_err(|_| Error::NotFound("clerk"))?))
}

/// Something new with its version.
fn made(version: i64, object: impl Serialize) -> Response {
    (StatusCode::CREATED, AppendHeaders([(ETAG, tag(version))]), Json(object)).into_response()
}

/// `GET /api/v1/benefits/merchants`
async fn all(
    State(app): State<App>,
    actor: Actor,
    mut params: Params,
    origin: Origin,
    question: Question,
) -> Result<Response, Error> {
    let states = || MerchantState::ALL.iter().map(|s| s.as_str()).collect::<Vec<_>>().join(", ");
    let state = params.code::<MerchantState>("state", states).map(MerchantState::as_str);
    let (zh, en) = ("要写六位区划代码，如 130304。", "must be a six-digit code such as 130304");
    let district = params.value::<Adcode>("district", zh, en).map(|code| code.to_string());
    let limit = params.limit(PAGE.0, PAGE.1);
    let before = params.cursor(|text| text.parse::<MerchantId>().ok()).map(|id| id.to_string());
    params.finish()?;
    let query = Query { state, district, before, most: i64::try_from(limit).unwrap_or(i64::MAX) };
    let (items, next) = service::list(&app, &actor, query).await?;
    Ok(list::page(&question, &origin, next, Merchants { items, next }))
}

/// `POST /api/v1/merchants`
async fn add(
    State(app): State<App>,
    actor: Actor,
    Body(wish): Body<MerchantWish>,
) -> Result<Response, Error> {
    let told = service::add(&app, &actor, wish).await?;
    Ok(made(told.version, told))
}

/// `PATCH /api/v1/merchants/{id}`
async fn change(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    Body(wish): Body<MerchantWish>,
) -> Result<Response, Error> {
    let told = service::change(&app, &actor, read(&id)?, version, wish).await?;
    Ok(versioned(told.version, told))
}

async fn stepped(app: &App, actor: &Actor, id: &str, version: i64, step: Step) -> Result<Response, Error> {
    let told = service::step(app, actor, read(id)?, version, step).await?;
    Ok(versioned(told.version, told))
}

/// `POST /api/v1/merchants/{id}/suspend`
async fn suspend(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
) -> Result<Response, Error> {
    stepped(&app, &actor, &id, version, Step::Suspend).await
}

/// `POST /api/v1/merchants/{id}/resume`
async fn resume(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
) -> Result<Response, Error> {
    stepped(&app, &actor, &id, version, Step::Resume).await
}

/// `POST /api/v1/merchants/{id}/end`
async fn end(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
) -> Result<Response, Error> {
    stepped(&app, &actor, &id, version, Step::End).await
}

/// `POST /api/v1/merchants/{id}/stores`
async fn add_store(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    Body(wish): Body<StoreWish>,
) -> Result<Response, Error> {
    let told = stores::add(&app, &actor, read(&id)?, wish).await?;
    Ok(made(told.version, told))
}

/// `PATCH /api/v1/merchants/{id}/stores/{store}`
async fn change_store(
    State(app): State<App>,
    actor: Actor,
    Path(ids): Path<(String, String)>,
    IfMatch(version): IfMatch,
    Body(wish): Body<StoreWish>,
) -> Result<Response, Error> {
    let told = stores::change(&app, &actor, read_store(&ids)?, version, wish).await?;
    Ok(versioned(told.version, told))
}

/// `GET /api/v1/merchants/{id}/clerks`
async fn all_clerks(State(app): State<App>, actor: Actor, Path(id): Path<String>) -> Result<Response, Error> {
    let items = clerks::list(&app, &actor, read(&id)?).await?;
    Ok(private(Clerks { items }))
}

/// `POST /api/v1/merchants/{id}/clerks`
async fn add_clerk(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    Body(wish): Body<ClerkWish>,
) -> Result<Response, Error> {
    let told = clerks::add(&app, &actor, read(&id)?, &wish).await?;
    Ok(made(told.version, told))
}

/// `PATCH /api/v1/merchants/{id}/clerks/{clerk}`
async fn change_clerk(
    State(app): State<App>,
    actor: Actor,
    Path(ids): Path<(String, String)>,
    IfMatch(version): IfMatch,
    Body(wish): Body<ClerkWish>,
) -> Result<Response, Error> {
    let told = clerks::change(&app, &actor, read_clerk(&ids)?, version, &wish).await?;
    Ok(versioned(told.version, told))
}
