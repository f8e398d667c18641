//! The interface of members: `/api/v1/members…`.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, ETAG};
use axum::response::{AppendHeaders, IntoResponse, Response};

use super::store::Query;
use super::told::Members;
use super::wish::{CardWish, MemberWish};
use super::{cards, openapi, service};
use crate::accounts::{Actor, Permission, Policy};
use crate::app::App;
use crate::benefits::model::MemberState;
use crate::benefits::person::{Phone, name_hash};
use crate::error::Error;
use crate::http::body::Body;
use crate::http::cache::Question;
use crate::http::list;
use crate::http::openapi::Documented;
use crate::http::origin::Origin;
use crate::http::params::Params;
use crate::http::version::{IfMatch, tag, versioned};
use crate::ids::{Adcode, CardId, MemberId};
use crate::stations::model::Trade;

/// How many members a page has that names no limit, and at most.
pub(super) const PAGE: (usize, usize) = (50, 200);
const SEE: Policy = Policy::Needs(Permission::MemberSee);
const MANAGE: Policy = Policy::Needs(Permission::MemberManage);

/// The routes.
pub(super) fn routes() -> Documented {
    let routes = Documented::default()
        .get("/api/v1/members", SEE, all, openapi::list())
        .post("/api/v1/members", MANAGE, add, openapi::add())
        .get("/api/v1/members/{id}", SEE, find, openapi::find())
        .patch("/api/v1/members/{id}", MANAGE, change, openapi::change())
        .post("/api/v1/members/{id}/leave", MANAGE, leave, openapi::leave())
        .post("/api/v1/members/{id}/erase", MANAGE, erase, openapi::erase())
        .post("/api/v1/members/{id}/cards", MANAGE, add_card, openapi::add_card())
        .delete("/api/v1/members/{id}/cards/{card}", MANAGE, end_card, openapi::end_card());
    openapi::with_schemas(routes)
}

fn read(id: &str) -> Result<MemberId, Error> {
    id.parse().map_err(|_| Error::NotFound("member"))
}

/// `GET /api/v1/members`
async fn all(
    State(app): State<App>,
    actor: Actor,
    params: Params,
    origin: Origin,
    question: Question,
) -> Result<Response, Error> {
    let query = asked(&app, params)?;
    let (items, next) = service::list(&app, &actor, query).await?;
    Ok(list::page(&question, &origin, next, Members { items, next }))
}

fn asked(app: &App, mut p: Params) -> Result<Query, Error> {
    let mut equal = Vec::new();
    let (zh, en) = ("要写六位区划代码，如 130304。", "must be a six-digit code such as 130304");
    equal.extend(p.value::<Adcode>("district", zh, en).map(|code| ("district", code.to_string())));
    equal.extend(p.text("union").map(|name| ("union_name", name)));
    let states = || MemberState::ALL.iter().map(|s| s.as_str()).collect::<Vec<_>>().join(", ");
    equal.extend(p.code::<MemberState>("state", states).map(|state| ("state", state.to_string())));
    let trades = || Trade::ALL.iter().map(|t| t.as_str()).collect::<Vec<_>>().join(", ");
    equal.extend(p.code::<Trade>("trade", trades).map(|trade| ("trade", trade.to_string())));
    equal.extend(p.text("name").map(|name| ("name_hash", name_hash(&app.secrets, name.trim()))));
    if let Some(typed) = p.text("phone") {
        match Phone::read(&app.secrets, &typed) {
            Some(phone) => equal.push(("phone_hash", phone.hash)),
            None => {
                p.refuse("phone", "not_a_number", "要写完整的电话号码。", "must be a whole phone number");
            }
        }
    }
    let most = i64::try_from(p.limit(PAGE.0, PAGE.1)).unwrap_or(i64::MAX);
    let after = p.cursor(|text| text.parse::<MemberId>().ok()).map(|id| id.to_string());
    p.finish()?;
    Ok(Query { equal, after, most })
}

/// `POST /api/v1/members`
async fn add(State(app): State<App>, actor: Actor, Body(wish): Body<MemberWish>) -> Result<Response, Error> {
    let told = service::add(&app, &actor, &wish).await?;
    let headers = AppendHeaders([(ETAG, tag(told.version)), (CACHE_CONTROL, "no-store".to_owned())]);
    Ok((StatusCode::CREATED, headers, Json(told)).into_response())
}

/// `GET /api/v1/members/{id}`
async fn find(State(app): State<App>, actor: Actor, Path(id): Path<String>) -> Result<Response, Error> {
    let told = service::find(&app, &actor, read(&id)?).await?;
    Ok(versioned(told.version, told))
}

/// `PATCH /api/v1/members/{id}`
async fn change(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    Body(wish): Body<MemberWish>,
) -> Result<Response, Error> {
    let told = service::change(&app, &actor, read(&id)?, version, &wish).await?;
    Ok(versioned(told.version, told))
}

/// `POST /api/v1/members/{id}/leave`
async fn leave(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
) -> Result<Response, Error> {
    let told = service::leave(&app, &actor, read(&id)?, version).await?;
    Ok(versioned(told.version, told))
}

/// `POST /api/v1/members/{id}/erase`
async fn erase(State(app): State<App>, actor: Actor, Path(id): Path<String>) -> Result<StatusCode, Error> {
    service::erase(&app, &actor, read(&id)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /api/v1/members/{id}/cards`
async fn add_card(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    Body(wish): Body<CardWish>,
) -> Result<Response, Error> {
    let told = cards::add(&app, &actor, read(&id)?, &wish).await?;
    Ok((StatusCode::CREATED, [(CACHE_CONTROL, "no-store")], Json(told)).into_response())
}

/// `DELETE /api/v1/members/{id}/cards/{card}`
async fn end_card(
    State(app): State<App>,
    actor: Actor,
    Path((id, card)): Path<(String, String)>,
) -> Result<StatusCode, Error> {
    let card: CardId = card.parse().map_err(|_| Error::NotFound("card"))?;
    cards::end(&app, &actor, read(&id)?, card).await?;
    Ok(StatusCode::NO_CONTENT)
}
