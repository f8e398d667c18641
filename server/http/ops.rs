//! What an operator's tools ask: is the process alive, can it answer, how much does it do.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa::openapi::path::Operation;

use super::openapi::{Documented, parts};
use super::problem::{self, Problem};
use crate::accounts::Policy;
use crate::app::App;

/// `/healthz` and `/readyz`, for both listeners.
pub fn routes() -> Documented {
    Documented::default()
        .get("/healthz", Policy::Public, healthz, describe_healthz())
        .get("/readyz", Policy::Public, readyz, describe_readyz())
        .schema::<Health>()
        .schema::<Readiness>()
}

/// `/metrics` besides, for the operator's listener only.
pub fn admin_routes() -> Router<App> {
    routes().into_router().route("/metrics", get(metrics))
}

/// The answer of a process that runs.
#[derive(Debug, Serialize, ToSchema)]
struct Health {
    /// Always `ok`.
    status: &'static str,
}

/// What a process needs to answer.
#[derive(Debug, Serialize, ToSchema)]
struct Readiness {
    /// `ready` or `database_unreachable`.
    status: &'static str,
    /// The registry's revision that is shown.
    revision: i64,
    /// How many stations it has.
    stations: usize,
}

fn describe_healthz() -> Operation {
    let ok = parts::answer("The process runs.").content("application/json", parts::body::<Health>());
    parts::operation("healthz", "operations", "Whether the process runs", ok).into()
}

fn describe_readyz() -> Operation {
    let answer = |when| parts::answer(when).content("application/json", parts::body::<Readiness>());
    let ok = answer("The database is reachable and the index is loaded.");
    let unready = answer("The database is out of reach; stations are still answered from memory.")
        .content(problem::MEDIA_TYPE, parts::body::<Problem<'_>>());
    let operation = parts::operation("readyz", "operations", "Whether the service can answer", ok);
    operation.response("503", unready).into()
}

/// The process runs.
async fn healthz() -> Json<Health> {
    Json(Health { status: "ok" })
}

/// The database is reachable and the index is loaded.
async fn readyz(State(app): State<App>) -> Response {
    let snapshot = app.registry.snapshot();
    let database = app.db.ping().await;
    let status = if database.is_ok() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let body = Readiness {
        status: if database.is_ok() { "ready" } else { "database_unreachable" },
        revision: snapshot.revision(),
        stations: snapshot.len(),
    };
    (status, Json(body)).into_response()
}

/// Prometheus text.
async fn metrics(State(app): State<App>) -> String {
    app.metrics.render()
}
