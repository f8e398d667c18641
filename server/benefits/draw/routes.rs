//! The interface of draws: `/api/v1/campaigns/{id}/entries` and `/api/v1/campaigns/{id}/draw`.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{entering, openapi, service};
use crate::accounts::{Actor, Permission, Policy};
use crate::app::App;
use crate::benefits::request::{Answer, Request};
use crate::error::Error;
use crate::http::body::Body;
use crate::http::cache::{Question, standing};
use crate::http::openapi::Documented;
use crate::http::version::private;
use crate::ids::CampaignId;

/// Nothing is asked besides who enters.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = DrawWish)]
pub(super) struct Wish {}

/// The routes.
pub(in super::super) fn routes() -> Documented {
    let manage = Policy::Needs(Permission::BenefitManage);
    let routes = Documented::default()
        .post("/api/v1/campaigns/{id}/entries", Policy::Member, enter, openapi::enter())
        .get("/api/v1/campaigns/{id}/draw", Policy::Public, published, openapi::published())
        .post("/api/v1/campaigns/{id}/draw", manage, draw, openapi::draw());
    openapi::with_schemas(routes)
}

/// `POST /api/v1/campaigns/{id}/entries`
async fn enter(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    headers: HeaderMap,
    Body(Wish {}): Body<Wish>,
) -> Result<Answer, Error> {
    let member = actor.member.ok_or(Error::Forbidden)?;
    let id = read(&id)?;
    let request = Request::read(&actor, &headers, &("entries", id))?;
    entering::enter(&app, &request, id, member).await
}

/// `GET /api/v1/campaigns/{id}/draw`
async fn published(
    State(app): State<App>,
    Path(id): Path<String>,
    question: Question,
) -> Result<Response, Error> {
    let told = service::published(&app, read(&id)?).await?;
    let text = serde_json::to_string(&told).map_err(|e| Error::Internal(format!("no JSON: {e}")))?;
    Ok(question.answer(standing(&text), || ([(CONTENT_TYPE, "application/json")], text)))
}

/// `POST /api/v1/campaigns/{id}/draw`
async fn draw(State(app): State<App>, actor: Actor, Path(id): Path<String>) -> Result<Response, Error> {
    let id = read(&id)?;
    service::draw(&app, &actor, id).await?;
    Ok(private(service::published(&app, id).await?))
}

fn read(id: &str) -> Result<CampaignId, Error> {
    id.parse().map_err(|_| Error::NotFound("campaign"))
}
