//! Bounds on what one request may cost: the size of its body and the time of its answer.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::http::header::{CONNECTION, CONTENT_LENGTH};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::Limited;

use crate::app::App;
use crate::error::Error;

/// Refuses a body that says it is too large, and cuts one that turns out to be.
///
/// The refusal closes the connection, so that the rest of the body is never read.
pub async fn body(State(app): State<App>, request: Request, next: Next) -> Response {
    let limit = app.config.limits.body_bytes;
    let length = request.headers().get(CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse::<u64>().ok());
    if length.is_some_and(|n| n > limit as u64) {
        let mut refused = Error::TooLarge { limit }.into_response();
        refused.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        return refused;
    }
    next.run(request.map(|body| Body::new(Limited::new(body, limit)))).await
}

/// Ends a request that takes too long.
pub async fn time(State(app): State<App>, request: Request, next: Next) -> Response {
    let answered = tokio::time::timeout(app.config.limits.request(), next.run(request)).await;
    answered.unwrap_or_else(|_| Error::TimedOut.into_response())
}
