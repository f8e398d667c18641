//! Bounds on what one request may cost: the size of its body and the time of its answer.

use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::http::header::{CONNECTION, CONTENT_LENGTH};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::{BodyExt, Limited};
use tokio::time::timeout;

use crate::app::App;
use crate::error::Error;

/// How much of a refused body is read and thrown away, in bytes and in time, so that a client that writes
/// first and reads then gets to see the refusal.
const DRAINED_BYTES: usize = 16 << 20;
const DRAINING: Duration = Duration::from_secs(2);

/// Refuses a body that says it is too large, and cuts one that turns out to be.
///
/// The refusal closes the connection, so that what is left of the body is never read.
pub async fn body(State(app): State<App>, request: Request, next: Next) -> Response {
    let limit = app.config.limits.body_bytes;
    let length = request.headers().get(CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse::<u64>().ok());
    if length.is_some_and(|n| n > limit as u64) {
        drain(request.into_body()).await;
        let mut refused = Error::TooLarge { limit }.into_response();
        refused.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        return refused;
    }
    next.run(request.map(|body| Body::new(Limited::new(body, limit)))).await
}

async fn drain(body: Body) {
    let mut body = Limited::new(body, DRAINED_BYTES);
    let all = async { while let Some(Ok(_)) = body.frame().await {} };
    // Whether it ended or not, the refusal is next.
    let _ = timeout(DRAINING, all).await;
}

/// Ends a request that takes too long.
pub async fn time(State(app): State<App>, request: Request, next: Next) -> Response {
    let answered = timeout(app.config.limits.request(), next.run(request)).await;
    answered.unwrap_or_else(|_| Error::TimedOut.into_response())
}
