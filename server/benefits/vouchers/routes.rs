//! The interface of vouchers: for members, for clerks, for staff.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use super::lists::{self, MOST, PAGE, Part, Search, TillAsked};
use super::told::ToldVoucher;
use super::wish::{ClaimWish, ReasonWish, RedemptionWish};
use super::{claim, code, ending, openapi, redeem, reversal};
use crate::accounts::{Actor, Permission, Policy};
use crate::app::App;
use crate::benefits::model::VoucherState;
use crate::benefits::request::{Answer, Request};
use crate::error::Error;
use crate::http::body::Body;
use crate::http::cache::Question;
use crate::http::list;
use crate::http::openapi::Documented;
use crate::http::origin::Origin;
use crate::http::params::Params;
use crate::http::version::private;
use crate::ids::{CampaignId, ClerkId, MemberId, RedemptionId, VoucherId};

/// Where a clerk types or scans a code.
const TILL: &str = "/benefits/till";

/// Vouchers as staff see them.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Vouchers {
    /// The vouchers, the newest first.
    items: Vec<ToldVoucher>,
    /// The cursor of the next page, where there is one.
    next: Option<String>,
}

/// The routes.
pub(in crate::benefits) fn routes() -> Documented {
    let (member, clerk) = (Policy::Member, Policy::Clerk);
    let (see, manage) = (Policy::Needs(Permission::BenefitSee), Policy::Needs(Permission::BenefitManage));
    let routes = Documented::default()
        .post("/api/v1/campaigns/{id}/claims", member, claim, openapi::claim())
        .get("/api/v1/vouchers", member, wallet, openapi::wallet())
        .get("/api/v1/vouchers/{id}", member, find, openapi::find())
        .get("/api/v1/vouchers/{id}/code", member, draw_code, openapi::code())
        .post("/api/v1/redemptions", clerk, redeem, openapi::redeem())
        .get("/api/v1/redemptions", clerk, till, openapi::till())
        .post("/api/v1/redemptions/{id}/reversal", clerk, reverse, openapi::reverse())
        .get("/api/v1/benefits/vouchers", see, search, openapi::search())
        .post("/api/v1/vouchers/{id}/void", manage, withdraw, openapi::withdraw());
    openapi::with_schemas(routes)
}

fn read<Id: std::str::FromStr>(id: &str, what: &'static str) -> Result<Id, Error> {
    id.parse().map_err(|_| Error::NotFound(what))
}

fn member(actor: &Actor) -> Result<MemberId, Error> {
    actor.member.ok_or(Error::Forbidden)
}

fn clerk(actor: &Actor) -> Result<ClerkId, Error> {
    actor.clerk.ok_or(Error::Forbidden)
}

/// `POST /api/v1/campaigns/{id}/claims`
async fn claim(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    headers: HeaderMap,
    Body(wish): Body<ClaimWish>,
) -> Result<Answer, Error> {
    let campaign: CampaignId = read(&id, "campaign")?;
    let request = Request::read(&actor, &headers, &("claim", campaign, wish))?;
    claim::claim(&app, member(&actor)?, campaign, &request).await
}

/// `GET /api/v1/vouchers`
async fn wallet(
    State(app): State<App>,
    actor: Actor,
    mut params: Params,
    origin: Origin,
    question: Question,
) -> Result<Response, Error> {
    let (state, part) = (state(&mut params), part(&mut params));
    params.finish()?;
    let wallet = lists::wallet(&app, member(&actor)?, state, &part).await?;
    Ok(list::page(&question, &origin, wallet.next.clone(), wallet))
}

fn state(p: &mut Params) -> Option<VoucherState> {
    p.code("state", || VoucherState::ALL.iter().map(|s| s.as_str()).collect::<Vec<_>>().join(", "))
}

fn part<Id: std::str::FromStr>(p: &mut Params) -> Part<Id> {
    Part { limit: p.limit(PAGE, MOST), before: p.cursor(|text| text.parse().ok()) }
}

/// `GET /api/v1/vouchers/{id}`
async fn find(State(app): State<App>, actor: Actor, Path(id): Path<String>) -> Result<Response, Error> {
    Ok(private(lists::of_member(&app, member(&actor)?, read(&id, "voucher")?).await?))
}

/// `GET /api/v1/vouchers/{id}/code`
async fn draw_code(
    State(app): State<App>,
    actor: Actor,
    origin: Origin,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let voucher: VoucherId = read(&id, "voucher")?;
    Ok(private(code::draw(&app, member(&actor)?, voucher, &format!("{}{TILL}", origin.0)).await?))
}

/// `POST /api/v1/redemptions`
async fn redeem(
    State(app): State<App>,
    actor: Actor,
    headers: HeaderMap,
    Body(wish): Body<RedemptionWish>,
) -> Result<Answer, Error> {
    let request = Request::read(&actor, &headers, &("redemption", &wish))?;
    redeem::redeem(&app, clerk(&actor)?, &wish.read()?, &request).await
}

/// `GET /api/v1/redemptions`
async fn till(
    State(app): State<App>,
    actor: Actor,
    mut params: Params,
    origin: Origin,
    question: Question,
) -> Result<Response, Error> {
    let day = params.value("day", "要写日期，如 2026-11-23。", "must be a day such as 2026-11-23");
    let store = params.value("store", "要写门店的 id。", "must be the id of a store");
    let part = part(&mut params);
    params.finish()?;
    let told = lists::till(&app, clerk(&actor)?, &TillAsked { day, store }, &part).await?;
    Ok(list::page(&question, &origin, told.next.clone(), told))
}

/// `POST /api/v1/redemptions/{id}/reversal`
async fn reverse(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    headers: HeaderMap,
    Body(wish): Body<ReasonWish>,
) -> Result<Answer, Error> {
    let redemption: RedemptionId = read(&id, "redemption")?;
    let request = Request::read(&actor, &headers, &("reversal", redemption, &wish))?;
    reversal::reverse(&app, clerk(&actor)?, redemption, wish.read()?, &request).await
}

/// `GET /api/v1/benefits/vouchers`
async fn search(
    State(app): State<App>,
    actor: Actor,
    mut params: Params,
    origin: Origin,
    question: Question,
) -> Result<Response, Error> {
    actor.must_in_city(Permission::BenefitSee)?;
    let campaign = params.value("campaign", "要写活动的 id。", "must be the id of a campaign");
    let member = params.value("member", "要写会员的 id。", "must be the id of a member");
    let (state, part) = (state(&mut params), part(&mut params));
    params.finish()?;
    let (items, next) = lists::searched(&app, &Search { campaign, member, state }, &part).await?;
    Ok(list::page(&question, &origin, next.clone(), Vouchers { items, next }))
}

/// `POST /api/v1/vouchers/{id}/void`
async fn withdraw(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    Body(wish): Body<ReasonWish>,
) -> Result<Response, Error> {
    ending::withdraw(&app, &actor, read(&id, "voucher")?, wish.read()?).await?;
    let done = serde_json::json!({ "state": VoucherState::Void });
    Ok((StatusCode::OK, [(CACHE_CONTROL, "no-store")], Json(done)).into_response())
}
