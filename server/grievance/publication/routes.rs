//! Publications: for staff to make, for everybody to read.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, ETAG, LINK};
use axum::response::{AppendHeaders, IntoResponse, Response};

use super::openapi;
use super::service::{self, PublishWish};
use super::store::Cursor;
use super::told::{ToldOne, ToldPublished};
use crate::accounts::{Actor, Permission, Policy};
use crate::app::App;
use crate::error::Error;
use crate::grievance::asked::short;
use crate::http::body::Body;
use crate::http::cache::{Question, standing};
use crate::http::openapi::Documented;
use crate::http::origin::Origin;
use crate::http::params::Params;
use crate::http::version::{IfMatch, private, tag};
use crate::ids::GrievanceId;

/// How many publications a page has that names no limit, and the most it has.
pub(super) const PUBLISHED_PAGE: (usize, usize) = (20, 100);

/// The interface of publications.
pub(in super::super) fn routes() -> Documented {
    let policy = Policy::Needs(Permission::GrievancePublish);
    let one = "/api/v1/grievances/{id}/publication";
    Documented::default()
        .get("/api/v1/grievances/published", Policy::Public, list, openapi::list())
        .get(one, policy, find, openapi::find())
        .post(one, policy, publish, openapi::publish())
        .delete(one, policy, withdraw, openapi::withdraw())
        .schema::<PublishWish>()
        .schema::<ToldPublished>()
        .schema::<ToldOne>()
}

fn grievance_id(text: &str) -> Result<GrievanceId, Error> {
    text.parse().map_err(|_| Error::NotFound("grievance"))
}

fn done(version: i64) -> Response {
    let headers = AppendHeaders([(ETAG, tag(version)), (CACHE_CONTROL, "no-store".to_owned())]);
    (StatusCode::NO_CONTENT, headers).into_response()
}

/// `GET /api/v1/grievances/{id}/publication`
async fn find(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    question: Question,
) -> Result<Response, Error> {
    let (told, version) = service::cleared(&app, &actor, grievance_id(&id)?, question.language).await?;
    Ok((AppendHeaders([(ETAG, tag(version))]), private(told)).into_response())
}

/// `POST /api/v1/grievances/{id}/publication`
async fn publish(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    Body(wish): Body<PublishWish>,
) -> Result<Response, Error> {
    service::publish(&app, &actor, (grievance_id(&id)?, version), &wish).await.map(done)
}

/// `DELETE /api/v1/grievances/{id}/publication`
async fn withdraw(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
) -> Result<Response, Error> {
    service::withdraw(&app, &actor, (grievance_id(&id)?, version)).await.map(done)
}

/// `GET /api/v1/grievances/published`
async fn list(
    State(app): State<App>,
    mut params: Params,
    origin: Origin,
    question: Question,
) -> Result<Response, Error> {
    let category = short(&mut params, "category");
    let limit = params.limit(PUBLISHED_PAGE.0, PUBLISHED_PAGE.1);
    let after = cursor(&mut params);
    params.finish()?;
    let told = service::listed(&app, category.as_deref(), after.as_ref(), (limit, question.language)).await?;
    let link = told.next.as_deref().map(|cursor| (LINK, question.next_link(&origin, cursor)));
    let text = serde_json::to_string(&told).map_err(|e| Error::Internal(e.to_string()))?;
    Ok((AppendHeaders(link), question.answer(standing(&text), || Json(told))).into_response())
}

/// A cursor as a page told it.
pub(crate) fn read_cursor(text: &str) -> Option<Cursor> {
    let (at_ms, id) = text.split_once('.')?;
    let id: GrievanceId = id.parse().ok()?;
    Some((at_ms.parse().ok()?, id.to_string()))
}

fn cursor(p: &mut Params) -> Option<Cursor> {
    let text = p.text("cursor")?;
    let read = read_cursor(&text);
    if read.is_none() {
        let (zh, en) = ("请用上一页给的 next 翻页。", "use what the page before says in `next`");
        p.refuse("cursor", "unreadable", zh, en);
    }
    read
}
