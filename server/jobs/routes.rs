//! The interface of jobs for operators: `/api/v1/jobs…`.

use axum::extract::{Path, State as Shared};
use axum::http::header::LINK;
use axum::response::{AppendHeaders, IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use super::model::State;
use super::openapi;
use super::service::{self, Query};
use super::told::Told;
use crate::accounts::{Actor, Permission, Policy};
use crate::app::App;
use crate::error::Error;
use crate::http::cache::Question;
use crate::http::openapi::Documented;
use crate::http::origin::Origin;
use crate::http::params::Params;
use crate::http::version::private;
use crate::ids::JobId;

/// How many jobs a page has that names no limit, and at most.
pub(super) const PAGE: usize = 50;
/// The most jobs of a page.
pub(super) const MAX_PAGE: usize = 200;
const MANAGE: Policy = Policy::Needs(Permission::JobManage);

/// A page of jobs.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Jobs {
    /// The jobs, the latest first.
    items: Vec<Told>,
    /// The cursor of the next page, where there is one.
    #[schema(value_type = Option<String>)]
    next: Option<JobId>,
}

/// The routes.
pub fn routes() -> Documented {
    Documented::default()
        .get("/api/v1/jobs", MANAGE, list, openapi::list())
        .post("/api/v1/jobs/{id}/retry", MANAGE, retry, openapi::retry())
        .schema::<Told>()
        .schema::<Jobs>()
}

/// `GET /api/v1/jobs`
async fn list(
    Shared(app): Shared<App>,
    actor: Actor,
    mut params: Params,
    origin: Origin,
    question: Question,
) -> Result<Response, Error> {
    let state = params.code("state", || State::ALL.iter().map(|s| s.as_str()).collect::<Vec<_>>().join(", "));
    let limit = params.limit(PAGE, MAX_PAGE);
    let cursor = ("请用 Link 标头里给的地址翻页。", "use the address in the Link header");
    let before = params.value("cursor", cursor.0, cursor.1);
    params.finish()?;
    let (items, next) = service::list(&app, &actor, &Query { state, limit, before }).await?;
    let link = next.map(|next| (LINK, question.next_link(&origin, &next.to_string())));
    Ok((AppendHeaders(link), private(Jobs { items, next })).into_response())
}

/// `POST /api/v1/jobs/{id}/retry`
async fn retry(Shared(app): Shared<App>, actor: Actor, Path(id): Path<String>) -> Result<Response, Error> {
    let id = id.parse().map_err(|_| Error::NotFound("job"))?;
    Ok(private(service::retry(&app, &actor, id).await?))
}
