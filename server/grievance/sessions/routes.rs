//! The interface of sessions.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, ETAG, LINK};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Response};

use super::openapi;
use super::raising;
use super::service::{self, Session};
use super::store::Cursor;
use super::told::{ToldPage, ToldRaised, ToldWhole};
use super::wish::{CasesWish, SessionWish};
use crate::accounts::{Actor, Permission, Policy};
use crate::app::App;
use crate::error::Error;
use crate::grievance::desk::Names;
use crate::http::body::Body;
use crate::http::cache::Question;
use crate::http::openapi::Documented;
use crate::http::origin::Origin;
use crate::http::params::Params;
use crate::http::version::{IfMatch, private, tag, versioned};
use crate::ids::SessionId;

/// How many sessions a page has that names no limit, and the most it has.
pub(super) const PAGE: (usize, usize) = (50, 200);

/// The interface of sessions.
pub(in super::super) fn routes() -> Documented {
    let (see, intake) = (Policy::Needs(Permission::GrievanceSee), Policy::Needs(Permission::GrievanceIntake));
    let routes = Documented::default()
        .get("/api/v1/grievances/sessions", see, list, openapi::list())
        .post("/api/v1/grievances/sessions", intake, add, openapi::add())
        .get("/api/v1/grievances/sessions/{id}", see, find, openapi::find())
        .patch("/api/v1/grievances/sessions/{id}", intake, change, openapi::change())
        .post("/api/v1/grievances/sessions/{id}/cases", intake, raise, openapi::raise());
    openapi::with_schemas(routes)
}

fn session_id(text: &str) -> Result<SessionId, Error> {
    text.parse().map_err(|_| Error::NotFound("session"))
}

/// `GET /api/v1/grievances/sessions`
async fn list(
    State(app): State<App>,
    actor: Actor,
    mut p: Params,
    origin: Origin,
    question: Question,
) -> Result<Response, Error> {
    let limit = p.limit(PAGE.0, PAGE.1);
    let after = p.text("cursor").and_then(|text| {
        let read = cursor(&text);
        if read.is_none() {
            let (zh, en) = ("请用上一页给的 next 翻页。", "use what the page before says in `next`");
            p.refuse("cursor", "unreadable", zh, en);
        }
        read
    });
    p.finish()?;
    let (rows, next) = service::page(&app, &actor, after.as_ref(), limit).await?;
    let told = ToldPage::of(rows, next, &Names::load(&app).await?)?;
    let link = told.next.as_deref().map(|cursor| (LINK, question.next_link(&origin, cursor)));
    Ok((AppendHeaders(link), private(told)).into_response())
}

/// A day and an id, parted by a point.
fn cursor(text: &str) -> Option<Cursor> {
    let (date, id) = text.split_once('.')?;
    let _: (chrono::NaiveDate, SessionId) = (date.parse().ok()?, id.parse().ok()?);
    Some((date.to_owned(), id.to_owned()))
}

async fn told(app: &App, session: Session) -> Result<ToldWhole, Error> {
    ToldWhole::of(session, &Names::load(app).await?)
}

/// `POST /api/v1/grievances/sessions`
async fn add(State(app): State<App>, actor: Actor, Body(wish): Body<SessionWish>) -> Result<Response, Error> {
    let told = told(&app, service::add(&app, &actor, wish).await?).await?;
    let headers = AppendHeaders([(ETAG, tag(told.session.version)), (CACHE_CONTROL, "no-store".to_owned())]);
    Ok((StatusCode::CREATED, headers, Json(told)).into_response())
}

/// `GET /api/v1/grievances/sessions/{id}`
async fn find(State(app): State<App>, actor: Actor, Path(id): Path<String>) -> Result<Response, Error> {
    let told = told(&app, service::find(&app, &actor, session_id(&id)?).await?).await?;
    Ok(versioned(told.session.version, told))
}

/// `PATCH /api/v1/grievances/sessions/{id}`
async fn change(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    Body(wish): Body<SessionWish>,
) -> Result<Response, Error> {
    let changed = service::change(&app, &actor, (session_id(&id)?, version), wish).await?;
    let told = told(&app, changed).await?;
    Ok(versioned(told.session.version, told))
}

/// `POST /api/v1/grievances/sessions/{id}/cases`
async fn raise(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    (origin, question): (Origin, Question),
    headers: HeaderMap,
    Body(wish): Body<CasesWish>,
) -> Result<Response, Error> {
    let key = headers.get("idempotency-key").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let raised = raising::raise(&app, &actor, session_id(&id)?, key, wish).await?;
    Ok(private(ToldRaised::of(&app, &origin.0, raised, question.language)))
}
