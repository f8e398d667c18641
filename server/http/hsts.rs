//! Telling browsers to come by https only (RFC 6797).

use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::http::header::STRICT_TRANSPORT_SECURITY;
use axum::middleware::Next;
use axum::response::Response;

use super::origin::Scheme;
use crate::app::App;

/// Adds the header for whoever came by https; by http it would mean nothing (RFC 6797, 7.2).
pub async fn remember(State(app): State<App>, request: Request, next: Next) -> Response {
    let server = &app.config.server;
    let seconds = server.hsts_max_age_s;
    let is_said = seconds > 0 && Scheme::of(request.headers(), request.extensions(), server).is_https();
    let mut response = next.run(request).await;
    if is_said && let Ok(value) = HeaderValue::from_str(&format!("max-age={seconds}")) {
        response.headers_mut().insert(STRICT_TRANSPORT_SECURITY, value);
    }
    response
}
