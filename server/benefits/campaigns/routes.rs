//! The interface of campaigns: `/api/v1/campaigns…` and, for staff, `/api/v1/benefits/campaigns…`.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{AppendHeaders, IntoResponse, Response};
use serde::Serialize;

use super::judging::judged;
use super::life::{self, Step};
use super::openapi;
use super::service::{self, Placed, Query};
use super::store::redeemed;
use super::told::{Eligibility, Page, Told, ToldToStaff};
use super::wish::{Patch, Raise, Reason, Wish};
use crate::accounts::{Actor, Permission, Policy};
use crate::app::App;
use crate::benefits::draw;
use crate::benefits::model::Phase;
use crate::error::Error;
use crate::http::body::Body;
use crate::http::cache::{Question, standing};
use crate::http::list;
use crate::http::openapi::Documented;
use crate::http::origin::Origin;
use crate::http::params::Params;
use crate::http::version::{IfMatch, private, versioned};
use crate::ids::CampaignId;
use crate::language::Language;

/// How many campaigns a page has that names no limit, and at most.
pub(super) const PAGE: usize = 20;
/// The most campaigns of a page.
pub(super) const MAX_PAGE: usize = 100;
/// The phases that anybody asks for.
pub(super) const PUBLIC: [Phase; 3] = [Phase::Running, Phase::Upcoming, Phase::Ended];
const SEE: Policy = Policy::Needs(Permission::BenefitSee);
const MANAGE: Policy = Policy::Needs(Permission::BenefitManage);
const FREEZE: Policy = Policy::Needs(Permission::BenefitFreeze);

/// The routes.
pub(in super::super) fn routes() -> Documented {
    let routes = Documented::default()
        .get("/api/v1/campaigns", Policy::Public, list, openapi::list())
        .post("/api/v1/campaigns", MANAGE, draft, openapi::draft())
        .get("/api/v1/campaigns/{id}", Policy::Public, find, openapi::find())
        .patch("/api/v1/campaigns/{id}", MANAGE, change, openapi::change())
        .post("/api/v1/campaigns/{id}/publish", MANAGE, publish, openapi::publish())
        .post("/api/v1/campaigns/{id}/freeze", FREEZE, freeze, openapi::freeze())
        .post("/api/v1/campaigns/{id}/resume", FREEZE, resume, openapi::resume())
        .post("/api/v1/campaigns/{id}/end", MANAGE, end, openapi::end())
        .post("/api/v1/campaigns/{id}/budget", MANAGE, raise, openapi::raise())
        .get("/api/v1/campaigns/{id}/eligibility", Policy::Member, eligibility, openapi::eligibility())
        .get("/api/v1/benefits/campaigns", SEE, all, openapi::all())
        .get("/api/v1/benefits/campaigns/{id}", SEE, seen, openapi::seen());
    openapi::with_schemas(routes)
}

/// Something public, with a tag that follows its content.
fn public(question: &Question, told: &impl Serialize) -> Result<Response, Error> {
    let text = serde_json::to_string(told).map_err(|e| Error::Internal(format!("no JSON: {e}")))?;
    Ok(question.answer(standing(&text), || ([(CONTENT_TYPE, "application/json")], text)))
}

/// `GET /api/v1/campaigns`
async fn list(
    State(app): State<App>,
    mut params: Params,
    origin: Origin,
    question: Question,
) -> Result<Response, Error> {
    let phase = params.code("state", || PUBLIC.map(Phase::as_str).join(", "));
    if phase.is_some_and(|phase| !PUBLIC.contains(&phase)) {
        let known = PUBLIC.map(Phase::as_str).join(", ");
        params.refuse("state", "unknown_code", format!("可用：{known}"), format!("known: {known}"));
    }
    let query = asked(params, phase)?;
    let (items, next) = service::list(&app, None, &query).await?;
    let items = tell(&app, &items, question.language).await?;
    let link = next.map(|next| (axum::http::header::LINK, question.next_link(&origin, &next.to_string())));
    Ok((AppendHeaders(link), public(&question, &Page { items, next })?).into_response())
}

fn asked(mut params: Params, phase: Option<Phase>) -> Result<Query, Error> {
    let limit = params.limit(PAGE, MAX_PAGE);
    let before = params.cursor(|text| text.parse().ok());
    params.finish()?;
    Ok(Query { phase, limit, before })
}

/// Tells campaigns with their draws.
async fn tell(app: &App, items: &[Placed], language: Language) -> Result<Vec<Told>, Error> {
    let (Some(first), Some(last)) = (items.first(), items.last()) else { return Ok(Vec::new()) };
    let mut draws = draw::drawings(app, last.campaign.id, first.campaign.id).await?;
    let told = items.iter().map(|p| Told::of(app, p, draws.remove(&p.campaign.row.id), language));
    Ok(told.collect())
}

async fn tell_one(app: &App, placed: &Placed, language: Language) -> Result<Told, Error> {
    let told = tell(app, std::slice::from_ref(placed), language).await?;
    told.into_iter().next().ok_or(Error::NotFound("campaign"))
}

async fn tell_staff(app: &App, items: &[Placed], language: Language) -> Result<Vec<ToldToStaff>, Error> {
    let (Some(first), Some(last)) = (items.first(), items.last()) else { return Ok(Vec::new()) };
    let used = redeemed(&app.db, &last.campaign.row.id, &first.campaign.row.id).await?;
    let told = tell(app, items, language).await?.into_iter().zip(items);
    let of = |p: &Placed| used.iter().find(|u| u.campaign_id == p.campaign.row.id);
    Ok(told.map(|(told, p)| ToldToStaff::of(app, told, &p.campaign, of(p))).collect())
}

async fn answer(app: &App, placed: &Placed, language: Language) -> Result<Response, Error> {
    let told = tell_staff(app, std::slice::from_ref(placed), language).await?;
    let told = told.into_iter().next().ok_or(Error::NotFound("campaign"))?;
    Ok(versioned(told.version, told))
}

/// `GET /api/v1/campaigns/{id}`
async fn find(State(app): State<App>, Path(id): Path<String>, question: Question) -> Result<Response, Error> {
    let placed = service::public(&app, read(&id)?).await?;
    public(&question, &tell_one(&app, &placed, question.language).await?)
}

/// `GET /api/v1/benefits/campaigns`
async fn all(
    State(app): State<App>,
    actor: Actor,
    mut params: Params,
    origin: Origin,
    question: Question,
) -> Result<Response, Error> {
    let phase = params.code("state", || Phase::ALL.iter().map(|p| p.as_str()).collect::<Vec<_>>().join(", "));
    let query = asked(params, phase)?;
    let (items, next) = service::list(&app, Some(&actor), &query).await?;
    let items = tell_staff(&app, &items, question.language).await?;
    Ok(list::page(&question, &origin, next, Page { items, next }))
}

/// `GET /api/v1/benefits/campaigns/{id}`
async fn seen(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    question: Question,
) -> Result<Response, Error> {
    answer(&app, &service::seen(&app, &actor, read(&id)?).await?, question.language).await
}

/// `POST /api/v1/campaigns`
async fn draft(
    State(app): State<App>,
    actor: Actor,
    question: Question,
    Body(wish): Body<Wish>,
) -> Result<Response, Error> {
    let placed = service::draft(&app, &actor, wish).await?;
    Ok((StatusCode::CREATED, answer(&app, &placed, question.language).await?).into_response())
}

/// `PATCH /api/v1/campaigns/{id}`
async fn change(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    question: Question,
    Body(patch): Body<Patch>,
) -> Result<Response, Error> {
    let placed = service::change(&app, &actor, read(&id)?, version, patch).await?;
    answer(&app, &placed, question.language).await
}

/// `POST /api/v1/campaigns/{id}/publish`
async fn publish(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    question: Question,
) -> Result<Response, Error> {
    let placed = life::step(&app, &actor, read(&id)?, version, &Step::Publish).await?;
    answer(&app, &placed, question.language).await
}

/// `POST /api/v1/campaigns/{id}/freeze`
async fn freeze(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    question: Question,
    Body(reason): Body<Reason>,
) -> Result<Response, Error> {
    let step = Step::Freeze(reason.checked()?);
    let placed = life::step(&app, &actor, read(&id)?, version, &step).await?;
    answer(&app, &placed, question.language).await
}

/// `POST /api/v1/campaigns/{id}/resume`
async fn resume(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    question: Question,
) -> Result<Response, Error> {
    let placed = life::step(&app, &actor, read(&id)?, version, &Step::Resume).await?;
    answer(&app, &placed, question.language).await
}

/// `POST /api/v1/campaigns/{id}/end`
async fn end(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    question: Question,
) -> Result<Response, Error> {
    let placed = life::step(&app, &actor, read(&id)?, version, &Step::End).await?;
    answer(&app, &placed, question.language).await
}

/// `POST /api/v1/campaigns/{id}/budget`
async fn raise(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    question: Question,
    Body(raise): Body<Raise>,
) -> Result<Response, Error> {
    let placed = life::raise(&app, &actor, read(&id)?, version, raise).await?;
    answer(&app, &placed, question.language).await
}

/// `GET /api/v1/campaigns/{id}/eligibility`
async fn eligibility(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    question: Question,
) -> Result<Response, Error> {
    let member = actor.member.ok_or(Error::Forbidden)?;
    let (campaign, verdicts, limits) = judged(&app, read(&id)?, member).await?;
    let entry = draw::entered(&app, campaign.id, member).await?;
    Ok(private(Eligibility::of(&verdicts, &limits, entry, question.language)))
}

fn read(id: &str) -> Result<CampaignId, Error> {
    id.parse().map_err(|_| Error::NotFound("campaign"))
}
