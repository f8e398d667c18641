//! Findings: `/api/v1/findings…`.

use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use super::openapi;
use super::service::{self, MAX_PAGE, Query, Said};
use crate::accounts::{Actor, Permission, Policy};
use crate::app::App;
use crate::error::{Error, FieldError};
use crate::http::body::Body;
use crate::http::openapi::Documented;
use crate::http::params::Params;
use crate::http::version::{IfMatch, private, versioned};
use crate::ids::FindingId;
use crate::inspections::model::{FindingState, Step};
use crate::pictures;
use crate::stations::life::desk::Desk;
use crate::stations::life::patch::remark;
use crate::stations::photo::Size;

/// How many findings a page has that names no limit.
pub(super) const PAGE: usize = 50;
/// The most characters of a reason.
const REASON_CHARS: usize = 500;

/// The routes.
pub(in crate::inspections) fn routes() -> Documented {
    let see = Policy::Needs(Permission::StationSee);
    let routes = Documented::default().get("/api/v1/findings", see, list, openapi::list()).get(
        "/api/v1/findings/{id}/photo",
        see,
        photo,
        openapi::photo(),
    );
    openapi::with_schemas(Step::ALL.iter().fold(routes, |routes, step| with_step(routes, *step)))
}

/// Why a finding is opened again or dropped, and until when.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = FindingStep)]
pub(super) struct StepWish {
    /// The new last day, where it is opened again: a working day.
    due: Option<NaiveDate>,
    /// Why; needed for `drop`.
    #[schema(max_length = 500)]
    reason: Option<String>,
}

fn with_step(routes: Documented, step: Step) -> Documented {
    let (path, permission) = match step {
        Step::Fixed => ("/api/v1/findings/{id}/fixed", Permission::StationConfirm),
        Step::Verify => ("/api/v1/findings/{id}/verify", Permission::InspectionDo),
        Step::Reopen => ("/api/v1/findings/{id}/reopen", Permission::InspectionDo),
        Step::Drop => ("/api/v1/findings/{id}/drop", Permission::InspectionPlan),
    };
    let handler = move |State(app): State<App>,
                        actor: Actor,
                        Path(id): Path<String>,
                        IfMatch(version): IfMatch,
                        Body(wish): Body<StepWish>| async move {
        let desk = Desk::of(&app, actor).await?;
        let told = service::step(&desk, id_of(&id)?, version, step, &said(step, &wish)?).await?;
        Ok::<_, Error>(versioned(told.version, told))
    };
    routes.post(path, Policy::Needs(permission), handler, openapi::step(step))
}

fn said(step: Step, wish: &StepWish) -> Result<Said, Error> {
    let reason = remark("reason", wish.reason.as_deref(), REASON_CHARS)?;
    let refused =
        |field, code, zh: &str, en: &str| Err(Error::Refused(vec![FieldError::new(field, code, zh, en)]));
    if step == Step::Drop && reason.is_none() {
        return refused("reason", "missing", "请写明原因。", "say why");
    }
    if step != Step::Reopen && wish.due.is_some() {
        return refused("due", "not_here", "只有重新打开时才写期限。", "only for opening it again");
    }
    Ok(Said { due: wish.due, reason })
}

fn id_of(text: &str) -> Result<FindingId, Error> {
    text.parse().map_err(|_| Error::NotFound("finding"))
}

/// `GET /api/v1/findings`
async fn list(State(app): State<App>, actor: Actor, mut params: Params) -> Result<Response, Error> {
    let known = || FindingState::ALL.iter().map(|s| s.as_str()).collect::<Vec<_>>().join(", ");
    let states = params.codes("state", known);
    let district = params.text("district");
    if district.as_deref().is_some_and(|d| d.len() > 6 || !d.bytes().all(|b| b.is_ascii_digit())) {
        params.refuse(
            "district",
            "unreadable",
            "要写区划代码或它的前几位。",
            "must be digits of a district code",
        );
    }
    let station = params.value("station", "要写驿站的编号。", "must be the id of a station");
    let round = params.value("round", "要写巡查的编号。", "must be the id of a round");
    let overdue = params.flag("overdue");
    let limit = params.limit(PAGE, MAX_PAGE);
    let after = cursor(&mut params);
    params.finish()?;
    let query = Query { states, district, station, round, overdue, limit, after };
    Ok(private(service::list(&Desk::of(&app, actor).await?, &query).await?))
}

fn cursor(params: &mut Params) -> Option<(NaiveDate, FindingId)> {
    let text = params.text("cursor")?;
    let read = text.split_once('.').and_then(|(due, id)| Some((due.parse().ok()?, id.parse().ok()?)));
    if read.is_none() {
        params.refuse("cursor", "unreadable", "请用上一页的 next。", "use `next` of the page before");
    }
    read
}

/// `GET /api/v1/findings/{id}/photo`
async fn photo(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    params: Params,
) -> Result<Response, Error> {
    params.finish()?;
    let id = service::picture(&Desk::of(&app, actor).await?, id_of(&id)?).await?;
    let picture = pictures::picture(&app.db, id, Size::Large).await?.ok_or(Error::NotFound("photo"))?;
    Ok(([(CONTENT_TYPE, "image/jpeg"), (CACHE_CONTROL, "no-store")], picture).into_response())
}
