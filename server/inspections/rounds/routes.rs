//! Rounds: `/api/v1/rounds…`.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};

use super::openapi;
use super::service::{self, MAX_PAGE};
use super::sheet;
use super::wish::{PreviewWish, RoundPatch, RoundWish};
use crate::accounts::{Actor, Permission, Policy};
use crate::app::App;
use crate::error::Error;
use crate::http::body::Body;
use crate::http::cache::Question;
use crate::http::openapi::Documented;
use crate::http::params::Params;
use crate::http::version::{IfMatch, private, versioned};
use crate::ids::RoundId;
use crate::stations::life::desk::Desk;

/// How many rounds a page has that names no limit.
pub(super) const PAGE: usize = 50;
/// Which rounds, by whether they go on.
pub(super) const STATES: [&str; 3] = ["open", "closed", "all"];

/// The routes.
pub(in crate::inspections) fn routes() -> Documented {
    let (walk, plan) = (Policy::Needs(Permission::InspectionDo), Policy::Needs(Permission::InspectionPlan));
    let routes = Documented::default()
        .get("/api/v1/rounds", walk, list, openapi::list())
        .post("/api/v1/rounds", plan, add, openapi::add())
        .post("/api/v1/rounds/preview", plan, preview, openapi::preview())
        .get("/api/v1/rounds/{id}", walk, find, openapi::find())
        .patch("/api/v1/rounds/{id}", plan, change, openapi::change())
        .post("/api/v1/rounds/{id}/close", plan, close, openapi::close())
        .get("/api/v1/rounds/{id}/sheet", walk, on_paper, openapi::sheet());
    openapi::with_schemas(routes)
}

fn id_of(text: &str) -> Result<RoundId, Error> {
    text.parse().map_err(|_| Error::NotFound("round"))
}

/// `GET /api/v1/rounds`
async fn list(State(app): State<App>, actor: Actor, mut params: Params) -> Result<Response, Error> {
    let state = params.text("state").unwrap_or_else(|| "open".to_owned());
    if !STATES.contains(&state.as_str()) {
        let known = STATES.join(", ");
        let (zh, en) = (format!("要写其中之一：{known}。"), format!("must be one of {known}"));
        params.refuse("state", "unknown_code", zh, en);
    }
    let limit = params.limit(PAGE, MAX_PAGE);
    let before = params.value("cursor", "请用上一页的 next。", "use `next` of the page before");
    params.finish()?;
    let desk = Desk::of(&app, actor).await?;
    Ok(private(service::list(&desk, &state, limit, before).await?))
}

/// `POST /api/v1/rounds`
async fn add(State(app): State<App>, actor: Actor, Body(wish): Body<RoundWish>) -> Result<Response, Error> {
    let desk = Desk::of(&app, actor).await?;
    let id = service::plan(&desk, &app.registry.snapshot(), &wish).await?;
    let round = service::find(&desk, id).await?;
    let address = format!("/api/v1/rounds/{id}");
    Ok((StatusCode::CREATED, [(LOCATION, address)], versioned(round.round.version, round)).into_response())
}

/// `POST /api/v1/rounds/preview`
async fn preview(
    State(app): State<App>,
    actor: Actor,
    Body(wish): Body<PreviewWish>,
) -> Result<Response, Error> {
    let desk = Desk::of(&app, actor).await?;
    let chosen = wish.chosen()?;
    Ok(private(service::preview(&desk, &app.registry.snapshot(), &wish.scope, &chosen).await?))
}

/// `GET /api/v1/rounds/{id}`
async fn find(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    params: Params,
) -> Result<Response, Error> {
    params.finish()?;
    let desk = Desk::of(&app, actor).await?;
    told(&desk, id_of(&id)?).await
}

async fn told(desk: &Desk, id: RoundId) -> Result<Response, Error> {
    let round = service::find(desk, id).await?;
    Ok(versioned(round.round.version, round))
}

/// `PATCH /api/v1/rounds/{id}`
async fn change(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    Body(wish): Body<RoundPatch>,
) -> Result<Response, Error> {
    let (desk, id) = (Desk::of(&app, actor).await?, id_of(&id)?);
    service::change(&desk, &app.registry.snapshot(), id, version, &wish).await?;
    told(&desk, id).await
}

/// `POST /api/v1/rounds/{id}/close`
async fn close(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
) -> Result<Response, Error> {
    let (desk, id) = (Desk::of(&app, actor).await?, id_of(&id)?);
    service::close(&desk, id, version).await?;
    told(&desk, id).await
}

/// `GET /api/v1/rounds/{id}/sheet`
async fn on_paper(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    params: Params,
    question: Question,
) -> Result<Response, Error> {
    params.finish()?;
    let desk = Desk::of(&app, actor).await?;
    Ok(private(sheet::of(&desk, &app.registry.snapshot(), id_of(&id)?, question.language).await?))
}
