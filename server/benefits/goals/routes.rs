//! The interface of goals and reported savings: `/api/v1/benefits/goals…`, `/api/v1/benefits/reported-savings…`.

use axum::extract::{FromRequestParts, Path, State};
use axum::http::StatusCode;
use axum::http::header::IF_MATCH;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};

use super::told::{Goals, Savings};
use super::wish::{GoalChange, GoalWish, SavingWish};
use super::{openapi, service};
use crate::accounts::{Actor, Permission, Policy};
use crate::app::App;
use crate::error::Error;
use crate::http::body::Body;
use crate::http::cache::Question;
use crate::http::openapi::Documented;
use crate::http::version::{IfMatch, private, versioned};
use crate::ids::{GoalId, ReportedSavingId};

const SEE: Policy = Policy::Needs(Permission::BenefitFigures);
const MANAGE: Policy = Policy::Needs(Permission::BenefitManage);

/// The routes.
pub(in super::super) fn routes() -> Documented {
    let routes = Documented::default()
        .get("/api/v1/benefits/goals", SEE, goals, openapi::goals())
        .post("/api/v1/benefits/goals", MANAGE, set, openapi::set())
        .patch("/api/v1/benefits/goals/{id}", MANAGE, change, openapi::change())
        .delete("/api/v1/benefits/goals/{id}", MANAGE, remove, openapi::remove())
        .get("/api/v1/benefits/reported-savings", SEE, savings, openapi::savings())
        .put("/api/v1/benefits/reported-savings/{id}", MANAGE, report, openapi::report())
        .delete("/api/v1/benefits/reported-savings/{id}", MANAGE, withdraw, openapi::withdraw());
    openapi::with_schemas(routes)
}

/// The version that a change is meant for, of something that may not be there yet.
struct MaybeMatch(Option<i64>);

impl<S: Send + Sync> FromRequestParts<S> for MaybeMatch {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        if !parts.headers.contains_key(IF_MATCH) {
            return Ok(Self(None));
        }
        IfMatch::from_request_parts(parts, state).await.map(|IfMatch(version)| Self(Some(version)))
    }
}

/// `GET /api/v1/benefits/goals`
async fn goals(State(app): State<App>, question: Question) -> Result<Response, Error> {
    Ok(private(Goals { items: service::goals(&app, question.language).await? }))
}

/// `POST /api/v1/benefits/goals`
async fn set(
    State(app): State<App>,
    actor: Actor,
    question: Question,
    Body(wish): Body<GoalWish>,
) -> Result<Response, Error> {
    let told = service::set(&app, &actor, wish, question.language).await?;
    Ok((StatusCode::CREATED, versioned(told.version, told)).into_response())
}

/// `PATCH /api/v1/benefits/goals/{id}`
async fn change(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    question: Question,
    Body(change): Body<GoalChange>,
) -> Result<Response, Error> {
    let told = service::change(&app, &actor, (goal(&id)?, version), change, question.language).await?;
    Ok(versioned(told.version, told))
}

/// `DELETE /api/v1/benefits/goals/{id}`
async fn remove(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
) -> Result<StatusCode, Error> {
    service::remove(&app, &actor, goal(&id)?, version).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn goal(id: &str) -> Result<GoalId, Error> {
    id.parse().map_err(|_| Error::NotFound("goal"))
}

/// `GET /api/v1/benefits/reported-savings`
async fn savings(State(app): State<App>, actor: Actor) -> Result<Response, Error> {
    Ok(private(Savings { items: service::savings(&app, &actor).await? }))
}

/// `PUT /api/v1/benefits/reported-savings/{id}`
async fn report(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    MaybeMatch(version): MaybeMatch,
    Body(wish): Body<SavingWish>,
) -> Result<Response, Error> {
    let told = service::report(&app, &actor, saving(&id)?, version, wish).await?;
    Ok(versioned(told.version, told))
}

/// `DELETE /api/v1/benefits/reported-savings/{id}`
async fn withdraw(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
) -> Result<StatusCode, Error> {
    service::withdraw(&app, &actor, saving(&id)?, version).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn saving(id: &str) -> Result<ReportedSavingId, Error> {
    id.parse().map_err(|_| Error::NotFound("reported_saving"))
}
