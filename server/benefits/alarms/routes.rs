//! The interface of alarms: `/api/v1/benefits/alarms…`.

use axum::extract::{Path, State};
use axum::response::Response;

use super::openapi;
use super::service::{self, Query};
use super::told::{Page, Told};
use crate::accounts::{Actor, Permission, Policy};
use crate::app::App;
use crate::benefits::model::AlarmKind;
use crate::error::Error;
use crate::http::cache::Question;
use crate::http::list;
use crate::http::openapi::Documented;
use crate::http::origin::Origin;
use crate::http::params::Params;
use crate::http::version::{IfMatch, versioned};
use crate::ids::AlarmId;

/// How many alarms a page has that names no limit, and at most.
pub(super) const PAGE: usize = 50;
/// The most alarms of a page.
pub(super) const MAX_PAGE: usize = 200;
/// Whether somebody has looked.
pub(super) const STATES: [&str; 2] = ["open", "seen"];

/// The routes.
pub(in super::super) fn routes() -> Documented {
    let (see, freeze) = (Policy::Needs(Permission::BenefitSee), Policy::Needs(Permission::BenefitFreeze));
    Documented::default()
        .get("/api/v1/benefits/alarms", see, all, openapi::list())
        .post("/api/v1/benefits/alarms/{id}/seen", freeze, seen, openapi::seen())
        .schema::<Page>()
}

/// `GET /api/v1/benefits/alarms`
async fn all(
    State(app): State<App>,
    actor: Actor,
    mut params: Params,
    origin: Origin,
    question: Question,
) -> Result<Response, Error> {
    let state = params.text("state");
    if state.as_deref().is_some_and(|state| !STATES.contains(&state)) {
        let known = STATES.join(", ");
        params.refuse("state", "unknown_code", format!("可用：{known}"), format!("known: {known}"));
    }
    let is_seen = state.map(|state| state == "seen");
    let kind =
        params.code("kind", || AlarmKind::ALL.iter().map(|k| k.as_str()).collect::<Vec<_>>().join(", "));
    let limit = params.limit(PAGE, MAX_PAGE);
    let before = params.cursor(|text| text.parse().ok());
    params.finish()?;
    let (rows, next) = service::list(&app, &actor, &Query { is_seen, kind, limit, before }).await?;
    let (zone, language) = (app.config.zone(), question.language);
    let items = rows.into_iter().map(|row| Told::of(row, zone, language)).collect::<Result<_, _>>()?;
    Ok(list::page(&question, &origin, next.clone(), Page { items, next }))
}

/// `POST /api/v1/benefits/alarms/{id}/seen`
async fn seen(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    question: Question,
) -> Result<Response, Error> {
    let id: AlarmId = id.parse().map_err(|_| Error::NotFound("alarm"))?;
    let row = service::see(&app, &actor, id, version).await?;
    let told = Told::of(row, app.config.zone(), question.language)?;
    Ok(versioned(told.version, told))
}
