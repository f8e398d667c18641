//! The interface of settlements.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use super::told::ToldSettlement;
use super::wish::{AdjustmentWish, SettlementWish};
use super::{openapi, service, statement};
use crate::accounts::{Actor, Permission, Policy};
use crate::app::App;
use crate::error::Error;
use crate::http::body::Body;
use crate::http::cache::Question;
use crate::http::list;
use crate::http::openapi::Documented;
use crate::http::origin::Origin;
use crate::http::params::Params;
use crate::http::version::private;
use crate::ids::{MerchantId, SettlementId};

/// How many settlements a page has that names no limit, and at most.
pub(super) const PAGE: usize = 50;
/// The most settlements of a page.
pub(super) const MOST: usize = 200;

/// A page of settlements.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Settlements {
    /// The settlements, the newest first.
    pub(super) items: Vec<ToldSettlement>,
    /// The cursor of the next page, where there is one.
    pub(super) next: Option<String>,
}

/// The routes.
pub(in crate::benefits) fn routes() -> Documented {
    let see = Policy::Needs(Permission::BenefitSee);
    let settle = Policy::Needs(Permission::BenefitSettle);
    let routes = Documented::default()
        .get("/api/v1/settlements", see, all, openapi::all())
        .post("/api/v1/settlements", settle, close, openapi::close())
        .get("/api/v1/settlements/{id}", see, find, openapi::find())
        .post("/api/v1/adjustments", settle, adjust, openapi::adjust());
    openapi::with_schemas(routes).merge(statement::routes())
}

/// `GET /api/v1/settlements`
async fn all(
    State(app): State<App>,
    actor: Actor,
    mut params: Params,
    origin: Origin,
    question: Question,
) -> Result<Response, Error> {
    actor.must_in_city(Permission::BenefitSee)?;
    let merchant: Option<MerchantId> =
        params.value("merchant", "要写商户的 id。", "must be the id of a merchant");
    let limit = params.limit(PAGE, MOST);
    let before: Option<SettlementId> = params.cursor(|text| text.parse().ok());
    params.finish()?;
    let text = |id: Option<String>| id.unwrap_or_default();
    let (merchant, before) = (text(merchant.map(|id| id.to_string())), text(before.map(|id| id.to_string())));
    let (items, next) = service::page(&app, &merchant, &before, limit).await?;
    Ok(list::page(&question, &origin, next.clone(), Settlements { items, next }))
}

/// `POST /api/v1/settlements`
async fn close(
    State(app): State<App>,
    actor: Actor,
    Body(wish): Body<SettlementWish>,
) -> Result<Response, Error> {
    actor.must_in_city(Permission::BenefitSettle)?;
    Ok(created(service::close(&app, &actor, &wish).await?))
}

/// `GET /api/v1/settlements/{id}`
async fn find(State(app): State<App>, actor: Actor, Path(id): Path<String>) -> Result<Response, Error> {
    actor.must_in_city(Permission::BenefitSee)?;
    let id = id.parse().map_err(|_| Error::NotFound("settlement"))?;
    Ok(private(service::statement(&app, id).await?))
}

/// `POST /api/v1/adjustments`
async fn adjust(
    State(app): State<App>,
    actor: Actor,
    Body(wish): Body<AdjustmentWish>,
) -> Result<Response, Error> {
    actor.must_in_city(Permission::BenefitSettle)?;
    Ok(created(service::adjust(&app, &actor, &wish).await?))
}

fn created(told: impl Serialize) -> Response {
    (StatusCode::CREATED, [(CACHE_CONTROL, "no-store")], Json(told)).into_response()
}
