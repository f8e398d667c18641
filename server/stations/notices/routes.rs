//! Notices and regimes for staff: `/api/v1/notices…`, `/api/v1/stations/{id}/notices`, `/api/v1/regimes…`.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Response};
use serde::Serialize;

use super::listing::{MAX_PAGE, Query, Reader, When};
use super::openapi;
use super::service::{self, Written, own_scopes};
use super::told::{Preview, covered};
use super::wish::{AreaNoticeWish, AreaWish, NoticeWish, RegimeWish};
use crate::accounts::{Actor, Permission, Policy};
use crate::app::App;
use crate::error::Error;
use crate::http::body::Body;
use crate::http::cache::Question;
use crate::http::list;
use crate::http::openapi::Documented;
use crate::http::origin::Origin;
use crate::http::params::Params;
use crate::http::version::{IfMatch, private, versioned};
use crate::ids::{NoticeId, StationId};
use crate::stations::routes::snapshot;

/// How many items a page has that names no limit.
pub(super) const PAGE: usize = 50;
/// How many stations of an area are named.
const NAMED: usize = 20;
const SEE: Policy = Policy::Needs(Permission::StationSee);
const NOTICE: Policy = Policy::Needs(Permission::NoticeWrite);
const REGIME: Policy = Policy::Needs(Permission::RegimeWrite);

/// The routes.
pub fn routes() -> Documented {
    let routes = Documented::default()
        .get("/api/v1/notices", SEE, notices, openapi::list())
        .post("/api/v1/notices", NOTICE, announce_area, openapi::announce_area())
        .post("/api/v1/notices/preview", NOTICE, preview, openapi::preview())
        .delete("/api/v1/notices/{id}", NOTICE, withdraw, openapi::withdraw())
        .post("/api/v1/stations/{id}/notices", NOTICE, announce, openapi::announce())
        .get("/api/v1/regimes", SEE, regimes, openapi::regimes())
        .post("/api/v1/regimes", REGIME, begin, openapi::begin())
        .delete("/api/v1/regimes/{id}", REGIME, end, openapi::end());
    openapi::with_schemas(routes)
}

/// `GET /api/v1/notices`
async fn notices(
    State(app): State<App>,
    actor: Actor,
    mut params: Params,
    headers: HeaderMap,
    origin: Origin,
    question: Question,
) -> Result<Response, Error> {
    let station = params.value("station", "要写驿站的编号。", "must be the id of a station");
    let district =
        params.value("district", "要写六位区划代码，如 130304。", "must be a six-digit code such as 130304");
    let query = Query { station, district, ..asked(params)? };
    let snapshot = snapshot(&app, &headers).await?;
    let found = Reader::new(&app.db, &snapshot, &actor, app.clock.now()).notices(&query).await?;
    Ok(list::page(&question, &origin, found.next, found))
}

/// `GET /api/v1/regimes`
async fn regimes(
    State(app): State<App>,
    actor: Actor,
    params: Params,
    headers: HeaderMap,
    origin: Origin,
    question: Question,
) -> Result<Response, Error> {
    let query = asked(params)?;
    let snapshot = snapshot(&app, &headers).await?;
    let found = Reader::new(&app.db, &snapshot, &actor, app.clock.now()).regimes(&query).await?;
    Ok(list::page(&question, &origin, found.next, found))
}

/// What both lists are asked.
fn asked(mut p: Params) -> Result<Query, Error> {
    let when = p.code("when", || When::ALL.map(When::as_str).join(", ")).unwrap_or(When::All);
    let limit = p.limit(PAGE, MAX_PAGE);
    let before = p.cursor(|text| text.parse().ok());
    p.finish()?;
    Ok(Query { station: None, district: None, when, limit, before })
}

/// `POST /api/v1/stations/{id}/notices`
async fn announce(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    Body(wish): Body<NoticeWish>,
) -> Result<Response, Error> {
    let station: StationId = id.parse().map_err(|_| Error::NotFound("station"))?;
    let now = app.clock.now();
    let notice = wish.announcement(station, now)?;
    let written = service::announce(&app.db, &actor, &notice, now).await?;
    told_notice(&app, &actor, written, StatusCode::CREATED).await
}

/// `POST /api/v1/notices`
async fn announce_area(
    State(app): State<App>,
    actor: Actor,
    Body(wish): Body<AreaNoticeWish>,
) -> Result<Response, Error> {
    let now = app.clock.now();
    let notice = wish.announcement(own_scopes(&actor, Permission::NoticeWrite), now)?;
    let written = service::announce(&app.db, &actor, &notice, now).await?;
    told_notice(&app, &actor, written, StatusCode::CREATED).await
}

/// `POST /api/v1/notices/preview`
async fn preview(
    State(app): State<App>,
    actor: Actor,
    headers: HeaderMap,
    Body(wish): Body<AreaWish>,
) -> Result<Response, Error> {
    let region = wish.region(own_scopes(&actor, Permission::NoticeWrite))?;
    let snapshot = snapshot(&app, &headers).await?;
    let found = covered(&snapshot, &region, wish.facility);
    let names = found.iter().take(NAMED).map(|e| e.station.facts.name.clone()).collect();
    Ok(private(Preview { stations: found.len(), names }))
}

/// `DELETE /api/v1/notices/{id}`
async fn withdraw(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
) -> Result<Response, Error> {
    let id = id.parse().map_err(|_| Error::NotFound("notice"))?;
    let written = service::withdraw(&app.db, &actor, id, version, app.clock.now()).await?;
    told_notice(&app, &actor, written, StatusCode::OK).await
}

/// `POST /api/v1/regimes`
async fn begin(
    State(app): State<App>,
    actor: Actor,
    Body(wish): Body<RegimeWish>,
) -> Result<Response, Error> {
    let now = app.clock.now();
    let regime = wish.extension(app.registry.snapshot().city(), now)?;
    let written = service::begin(&app.db, &actor, &regime, now).await?;
    told_regime(&app, &actor, written, StatusCode::CREATED).await
}

/// `DELETE /api/v1/regimes/{id}`
async fn end(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
) -> Result<Response, Error> {
    let id = id.parse().map_err(|_| Error::NotFound("regime"))?;
    let written = service::end(&app.db, &actor, id, version, app.clock.now()).await?;
    told_regime(&app, &actor, written, StatusCode::OK).await
}

async fn told_notice(
    app: &App,
    actor: &Actor,
    written: Written<NoticeId>,
    status: StatusCode,
) -> Result<Response, Error> {
    let snapshot = app.registry.after_writing(written.revision).await;
    let told = Reader::new(&app.db, &snapshot, actor, app.clock.now()).notice(written.id).await?;
    Ok(answer(status, written.revision, told.version, told))
}

async fn told_regime(
    app: &App,
    actor: &Actor,
    written: Written<crate::ids::RegimeId>,
    status: StatusCode,
) -> Result<Response, Error> {
    let snapshot = app.registry.after_writing(written.revision).await;
    let told = Reader::new(&app.db, &snapshot, actor, app.clock.now()).regime(written.id).await?;
    Ok(answer(status, written.revision, told.version, told))
}

fn answer(status: StatusCode, revision: i64, version: i64, told: impl Serialize) -> Response {
    let revision = AppendHeaders([("x-registry-revision", revision.to_string())]);
    (status, revision, versioned(version, told)).into_response()
}
