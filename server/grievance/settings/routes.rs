//! The interface of what the grievance centre is set up with.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, ETAG};
use axum::response::{AppendHeaders, IntoResponse, Response};
use serde::Serialize;

use super::categories::{self, CategoryWish};
use super::departments::{self, DepartmentWish};
use super::openapi;
use super::routing::{self, RoutingWish};
use super::subjects::{self, Subjects};
use crate::accounts::{Actor, Permission, Policy};
use crate::app::App;
use crate::error::Error;
use crate::http::body::Body;
use crate::http::openapi::Documented;
use crate::http::version::{IfMatch, private, tag, versioned};

const SET_UP: Policy = Policy::Needs(Permission::GrievanceConfigure);

/// The interface of departments, categories, routing and subjects.
pub(in super::super) fn routes() -> Documented {
    let staff = Policy::SignedIn;
    let routes = Documented::default()
        .get("/api/v1/grievances/departments", staff, list_departments, openapi::list_departments())
        .post("/api/v1/grievances/departments", SET_UP, add_department, openapi::add_department())
        .patch("/api/v1/grievances/departments/{id}", SET_UP, change_department, openapi::change_department())
        .get("/api/v1/grievances/categories/all", staff, list_categories, openapi::list_categories())
        .post("/api/v1/grievances/categories", SET_UP, add_category, openapi::add_category())
        .patch("/api/v1/grievances/categories/{code}", SET_UP, change_category, openapi::change_category())
        .get("/api/v1/grievances/routing", SET_UP, list_routing, openapi::list_routing())
        .put("/api/v1/grievances/routing", SET_UP, replace_routing, openapi::replace_routing())
        .get("/api/v1/grievances/subjects", staff, list_subjects, openapi::list_subjects())
        .put("/api/v1/grievances/subjects", SET_UP, replace_subjects, openapi::replace_subjects());
    openapi::with_schemas(routes)
}

/// Something new, with its version.
fn made(version: i64, object: impl Serialize) -> Response {
    let headers = AppendHeaders([(ETAG, tag(version)), (CACHE_CONTROL, "no-store".to_owned())]);
    (StatusCode::CREATED, headers, Json(object)).into_response()
}

/// `GET /api/v1/grievances/departments`
async fn list_departments(State(app): State<App>, actor: Actor) -> Result<Response, Error> {
    Ok(private(departments::list(&app, &actor).await?))
}

/// `POST /api/v1/grievances/departments`
async fn add_department(
    State(app): State<App>,
    actor: Actor,
    Body(wish): Body<DepartmentWish>,
) -> Result<Response, Error> {
    let told = departments::add(&app, &actor, wish).await?;
    Ok(made(told.version, told))
}

/// `PATCH /api/v1/grievances/departments/{id}`
async fn change_department(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    Body(wish): Body<DepartmentWish>,
) -> Result<Response, Error> {
    let id = id.parse().map_err(|_| Error::NotFound("department"))?;
    let told = departments::change(&app, &actor, (id, version), wish).await?;
    Ok(versioned(told.version, told))
}

/// `GET /api/v1/grievances/categories/all`
async fn list_categories(State(app): State<App>) -> Result<Response, Error> {
    Ok(private(categories::list(&app).await?))
}

/// `POST /api/v1/grievances/categories`
async fn add_category(
    State(app): State<App>,
    actor: Actor,
    Body(wish): Body<CategoryWish>,
) -> Result<Response, Error> {
    let told = categories::add(&app, &actor, wish).await?;
    Ok(made(told.version, told))
}

/// `PATCH /api/v1/grievances/categories/{code}`
async fn change_category(
    State(app): State<App>,
    actor: Actor,
    Path(code): Path<String>,
    IfMatch(version): IfMatch,
    Body(wish): Body<CategoryWish>,
) -> Result<Response, Error> {
    let told = categories::change(&app, &actor, (&code, version), wish).await?;
    Ok(versioned(told.version, told))
}

/// `GET /api/v1/grievances/routing`
async fn list_routing(State(app): State<App>, actor: Actor) -> Result<Response, Error> {
    Ok(private(routing::list(&app, &actor).await?))
}

/// `PUT /api/v1/grievances/routing`
async fn replace_routing(
    State(app): State<App>,
    actor: Actor,
    Body(wish): Body<RoutingWish>,
) -> Result<Response, Error> {
    Ok(private(routing::replace(&app, &actor, wish).await?))
}

/// `GET /api/v1/grievances/subjects`
async fn list_subjects(State(app): State<App>) -> Result<Response, Error> {
    Ok(private(subjects::list(&app).await?))
}

/// `PUT /api/v1/grievances/subjects`
async fn replace_subjects(
    State(app): State<App>,
    actor: Actor,
    Body(wish): Body<Subjects>,
) -> Result<Response, Error> {
    Ok(private(subjects::replace(&app, &actor, wish).await?))
}
