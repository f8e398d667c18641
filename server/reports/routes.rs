//! Reports: filing and following one for anybody, the queue and its deeds for staff.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use super::answering::Deed;
use super::desk;
use super::model::{Kind, ReportState};
use super::openapi;
use super::service;
use super::store::{Cursor, Wanted};
use super::told::{ReportDetail, Reports, Telling, ToldFiled, ToldTracked};
use super::wish::{AnswerWish, HandWish, RedactWish, ReportWish, TrackWish};
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
use crate::http::version::{IfMatch, private, versioned};
use crate::ids::{AccountId, ReportId, StationId};
use crate::language::Language;
use crate::pace::Purpose;
use crate::pictures;
use crate::stations::Snapshot;
use crate::stations::listing::district;
use crate::stations::photo::Size;

/// How many reports a page has that names no limit, and the most it has.
pub(super) const PAGE: (usize, usize) = (50, 200);
const NO_STORE: [(axum::http::HeaderName, &str); 1] = [(CACHE_CONTROL, "no-store")];

/// The interface of reports.
pub fn routes() -> Documented {
    let see = Policy::Needs(Permission::ReportSee);
    let answer = Policy::Needs(Permission::ReportAnswer);
    let routes = Documented::default()
        .post("/api/v1/stations/{id}/reports", Policy::Public, file, openapi::file())
        .post("/api/v1/reports/track", Policy::Public, track, openapi::track())
        .get("/api/v1/reports", see, queue, openapi::list())
        .get("/api/v1/reports/{id}", see, find, openapi::find())
        .get("/api/v1/reports/{id}/photo", see, photo, openapi::photo())
        .post("/api/v1/reports/{id}/take", answer, take, openapi::take())
        .post("/api/v1/reports/{id}/hand", answer, hand, openapi::hand())
        .post("/api/v1/reports/{id}/answer", answer, answer_it, openapi::answer_it())
        .post("/api/v1/reports/{id}/redact", answer, redact, openapi::redact());
    openapi::with_schemas(routes)
}

/// `POST /api/v1/stations/{id}/reports`
async fn file(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    ClientAddress(address): ClientAddress,
    question: Question,
    Body(wish): Body<ReportWish>,
) -> Result<Response, Error> {
    let station: StationId = id.parse().map_err(|_| Error::NotFound("station"))?;
    app.pace.count(Purpose::Report, address, app.clock.now())?;
    let filed = service::file(&app, &actor, &wish.of(station)).await?;
    let told = ToldFiled::new(filed, question.language);
    Ok((StatusCode::CREATED, NO_STORE, Json(told)).into_response())
}

/// `POST /api/v1/reports/track`
async fn track(
    State(app): State<App>,
    ClientAddress(address): ClientAddress,
    question: Question,
    Body(wish): Body<TrackWish>,
) -> Result<Response, Error> {
    app.pace.count(Purpose::Track, address, app.clock.now())?;
    let tracked = service::track(&app, &wish.number, &wish.receipt).await?;
    Ok(private(ToldTracked::new(&tracked, question.language)?))
}

/// `GET /api/v1/reports`
async fn queue(
    State(app): State<App>,
    actor: Actor,
    params: Params,
    origin: Origin,
    question: Question,
) -> Result<Response, Error> {
    let (wanted, after, limit) = asked(params, &actor)?;
    let page = desk::page(&app, &actor, &wanted, after.as_ref(), limit).await?;
    let snapshot = app.registry.snapshot();
    let told = Reports::new(&page, &telling(&app, &snapshot, question.language))?;
    Ok(list::page(&question, &origin, told.next.clone(), told))
}

/// What the queue is asked.
fn asked(mut p: Params, actor: &Actor) -> Result<(Wanted, Option<Cursor>, usize), Error> {
    let state: Option<ReportState> = p.code("state", || listed(ReportState::ALL.iter().map(|c| c.as_str())));
    let kind: Option<Kind> = p.code("kind", || listed(Kind::ALL.iter().map(|c| c.as_str())));
    let station: Option<StationId> = p.value("station", "要写驿站的编号。", "must be the id of a station");
    let wanted = Wanted {
        state: state.map(ReportState::as_str),
        kind: kind.map(Kind::as_str),
        district: district(&mut p),
        station: station.map(|id| id.to_string()),
        owner: owner(&mut p, actor),
        overdue: p.flag("overdue"),
    };
    let limit = p.limit(PAGE.0, PAGE.1);
    let after = p.cursor(cursor);
    p.finish()?;
    Ok((wanted, after, limit))
}

fn listed(codes: impl Iterator<Item = &'static str>) -> String {
    codes.collect::<Vec<_>>().join(", ")
}

/// `me`, `none` or an account.
fn owner(p: &mut Params, actor: &Actor) -> Option<String> {
    match p.text("owner")?.as_str() {
        "none" => Some(String::new()),
        "me" => Some(actor.account.map_or_else(|| "me".to_owned(), |id| id.to_string())),
        id => {
            let account = id.parse::<AccountId>().ok();
            if account.is_none() {
                let en = "must be me, none, or the id of an account";
                p.refuse("owner", "unreadable", "要写 me、none 或账号的编号。", en);
            }
            account.map(|id| id.to_string())
        }
    }
}

fn cursor(text: &str) -> Option<Cursor> {
    let (due, id) = text.split_once('.')?;
    let due: chrono::NaiveDate = due.parse().ok()?;
    let id: ReportId = id.parse().ok()?;
    Some((due.to_string(), id.to_string()))
}

fn telling<'a>(app: &App, snapshot: &'a Snapshot, language: Language) -> Telling<'a> {
    let today = desk::today(snapshot.zone(), app.clock.now());
    Telling { snapshot, language, today }
}

fn report_id(text: &str) -> Result<ReportId, Error> {
    text.parse().map_err(|_| Error::NotFound("report"))
}

/// `GET /api/v1/reports/{id}`
async fn find(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    question: Question,
) -> Result<Response, Error> {
    told(&app, &actor, report_id(&id)?, question.language).await
}

/// A report as it is now.
async fn told(app: &App, actor: &Actor, id: ReportId, language: Language) -> Result<Response, Error> {
    let snapshot = app.registry.snapshot();
    let found = desk::find(app, actor, &snapshot, id).await?;
    let detail = ReportDetail::new(&found, &telling(app, &snapshot, language))?;
    Ok(versioned(detail.report.version, detail))
}

/// `GET /api/v1/reports/{id}/photo`
async fn photo(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    mut params: Params,
) -> Result<Response, Error> {
    let size = if params.flag("small") { Size::Small } else { Size::Large };
    params.finish()?;
    let photo = desk::photo(&app, &actor, report_id(&id)?).await?;
    let picture = pictures::picture(&app.db, photo, size).await?.ok_or(Error::NotFound("photo"))?;
    Ok((NO_STORE, [(CONTENT_TYPE, "image/jpeg")], picture).into_response())
}

/// `POST /api/v1/reports/{id}/take`
async fn take(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    question: Question,
) -> Result<Response, Error> {
    let id = report_id(&id)?;
    Deed { app: &app, actor: &actor, id, version }.take().await?;
    told(&app, &actor, id, question.language).await
}

/// `POST /api/v1/reports/{id}/hand`
async fn hand(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    question: Question,
    Body(wish): Body<HandWish>,
) -> Result<Response, Error> {
    let id = report_id(&id)?;
    Deed { app: &app, actor: &actor, id, version }.hand(wish.account).await?;
    told(&app, &actor, id, question.language).await
}

/// `POST /api/v1/reports/{id}/answer`
async fn answer_it(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    question: Question,
    Body(wish): Body<AnswerWish>,
) -> Result<Response, Error> {
    let (id, answer) = (report_id(&id)?, wish.read()?);
    let revision = Deed { app: &app, actor: &actor, id, version }.answer(&answer).await?;
    if let Some(revision) = revision {
        app.registry.after_writing(revision).await;
    }
    told(&app, &actor, id, question.language).await
}

/// `POST /api/v1/reports/{id}/redact`
async fn redact(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    question: Question,
    Body(wish): Body<RedactWish>,
) -> Result<Response, Error> {
    let (id, reason) = (report_id(&id)?, wish.read()?);
    Deed { app: &app, actor: &actor, id, version }.redact(&reason).await?;
    told(&app, &actor, id, question.language).await
}
