//! What an operator's tools ask: is the process alive, can it answer, how much does it do.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::json;

use crate::app::App;

/// `/healthz` and `/readyz`, for both listeners.
pub fn routes() -> Router<App> {
    Router::new().route("/healthz", get(healthz)).route("/readyz", get(readyz))
}

/// `/metrics` besides, for the operator's listener only.
pub fn admin_routes() -> Router<App> {
    routes().route("/metrics", get(metrics))
}

/// The process runs.
async fn healthz() -> Json<serde_json::Value> {
    Json(json!({"status": "ok"}))
}

/// The database is reachable and the index is loaded.
async fn readyz(State(app): State<App>) -> Response {
    let snapshot = app.registry.snapshot();
    let database = app.db.ping().await;
    let status = if database.is_ok() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let body = json!({
        "status": if database.is_ok() { "ready" } else { "database_unreachable" },
        "revision": snapshot.revision(),
        "stations": snapshot.len(),
    });
    (status, Json(body)).into_response()
}

/// Prometheus text.
async fn metrics(State(app): State<App>) -> String {
    app.metrics.render()
}
