//! A request's id: in the answer, in the log, and in every problem.

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::header::WARNING;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use uuid::Uuid;

use crate::app::App;

/// The header that carries it.
pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// Since when the database cannot be followed, an RFC 3339 time; absent while it can.
pub const STALE: HeaderName = HeaderName::from_static("x-registry-stale");

/// The id of one request, made by the service so that nobody can write into its log.
#[derive(Debug, Clone, Default)]
pub struct RequestId(String);

impl RequestId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for RequestId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Gives the request an id, counts it and logs one line for it.
///
/// The line names the route, never the path with its values or the query: these may hold a person's position.
pub async fn identify(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let id = RequestId(Uuid::new_v4().simple().to_string());
    let route = request.extensions().get::<MatchedPath>().map_or("unmatched", MatchedPath::as_str).to_owned();
    let method = request.method().clone();
    request.extensions_mut().insert(id.clone());
    #[expect(clippy::disallowed_methods, reason = "a duration is measured, no time of day is read")]
    let start = Instant::now();
    let mut response = next.run(request).await;
    let status = response.status().as_u16();
    let seconds = start.elapsed().as_secs_f64();
    tracing::info!(request_id = %id, %method, route, status, ms = seconds * 1e3, "request");
    let labels = [("route", route), ("status", status.to_string())];
    metrics::counter!("yizhan_requests_total", &labels).increment(1);
    metrics::histogram!("yizhan_request_seconds").record(seconds);
    if let Ok(value) = HeaderValue::from_str(id.as_str()) {
        response.headers_mut().insert(HEADER, value);
    }
    let revision = app.registry.snapshot().revision();
    mark_stale(&app, response.headers_mut());
    // A write names its own revision.
    response.headers_mut().entry("x-registry-revision").or_insert(HeaderValue::from(revision));
    response
}

/// Says of an answer that the database cannot be followed, so that it may be out of date.
fn mark_stale(app: &App, headers: &mut HeaderMap) {
    let Some(since) = app.registry.behind_since() else { return };
    // RFC 7234, 5.5: 110 is a stale answer.
    headers.insert(WARNING, HeaderValue::from_static("110 - \"Response is Stale\""));
    let since = app.config.zone().stamp(since).to_rfc3339();
    headers.extend(HeaderValue::try_from(since).ok().map(|value| (STALE, value)));
}
