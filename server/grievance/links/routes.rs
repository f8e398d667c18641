//! The interface of links.

use axum::extract::{Path, State};
use axum::response::Response;

use super::openapi;
use super::service::{self, LinkWish};
use crate::accounts::{Actor, Policy};
use crate::app::App;
use crate::error::Error;
use crate::grievance::routes::{grievance_id, told};
use crate::http::body::Body;
use crate::http::cache::Question;
use crate::http::openapi::Documented;
use crate::http::version::IfMatch;

/// The interface of links.
pub(in super::super) fn routes() -> Documented {
    // A handler sees what is his, so the service asks for the rest.
    let staff = Policy::SignedIn;
    let routes = Documented::default()
        .post("/api/v1/grievances/{id}/links", staff, add, openapi::add())
        .delete("/api/v1/grievances/{id}/links/{kind}/{object}", staff, remove, openapi::remove());
    openapi::with_schemas(routes)
}

/// `POST /api/v1/grievances/{id}/links`
async fn add(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    question: Question,
    Body(wish): Body<LinkWish>,
) -> Result<Response, Error> {
    let id = grievance_id(&id)?;
    service::add(&app, &actor, (id, version), wish).await?;
    told(&app, &actor, id, question.language).await
}

/// `DELETE /api/v1/grievances/{id}/links/{kind}/{object}`
async fn remove(
    State(app): State<App>,
    actor: Actor,
    Path((id, kind, object)): Path<(String, String, String)>,
    IfMatch(version): IfMatch,
    question: Question,
) -> Result<Response, Error> {
    let id = grievance_id(&id)?;
    let kind = kind.parse().map_err(|_| Error::NotFound("link"))?;
    service::remove(&app, &actor, (id, version), (kind, &object)).await?;
    told(&app, &actor, id, question.language).await
}
