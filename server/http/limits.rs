//! Bounds on what requests may cost: the size of a body, of all large ones together, and the time of an answer.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, HttpBody};
use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::http::header::{CONNECTION, CONTENT_LENGTH};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::{BodyExt, Limited};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use crate::app::App;
use crate::error::Error;
use crate::stations::import::UPLOAD_BYTES;
use crate::stations::photo::picture::MOST_BYTES;

/// The most bytes of a list that is imported.
const IMPORT_BYTES: usize = 20 << 20;
const _: () = assert!(IMPORT_BYTES as u64 == UPLOAD_BYTES, "the reader takes what the door lets in");
/// The most bytes of all files of a case or message that comes by a page's own form. With the script each picture is
/// made smaller first.
pub const FORM_FILES_BYTES: usize = 30 << 20;
/// How much of a refused body is read and thrown away, in bytes and in time, so that a client that writes
/// first and reads then gets to see the refusal.
const DRAINED_BYTES: usize = 16 << 20;
const DRAINING: Duration = Duration::from_secs(2);

/// A body of at most this many bytes takes nothing from the budget: the number of connections bounds those.
const SMALL_BYTES: usize = 64 << 10;
/// How many KiB of larger bodies may be in memory at once.
const BUDGET_KIB: usize = 256 << 10;
/// When somebody for whom nothing was left shall come again, in seconds.
const BUDGET_RETRY_S: u32 = 5;

/// What is left for large bodies, in KiB.
#[derive(Debug, Clone)]
pub struct Budget(Arc<Semaphore>);

/// A body's part of the budget. Whoever answers the request holds it until then.
pub type Held = Arc<OwnedSemaphorePermit>;

impl Default for Budget {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(BUDGET_KIB)))
    }
}

impl Budget {
    /// Takes what a body may need; nothing where it is small.
    fn take(&self, bytes: usize) -> Result<Option<Held>, Error> {
        if bytes <= SMALL_BYTES {
            return Ok(None);
        }
        // Settings may allow a body larger than the budget: it comes alone.
        let kib = u32::try_from(bytes.div_ceil(1 << 10).min(BUDGET_KIB)).unwrap_or(u32::MAX);
        match self.0.clone().try_acquire_many_owned(kib) {
            Ok(permit) => Ok(Some(Arc::new(permit))),
            Err(_) => Err(Error::Unavailable {
                retry_s: BUDGET_RETRY_S,
                reason: "too many large bodies at once".to_owned(),
            }),
        }
    }
}

/// Refuses a body that says it is too large, or for which nothing is left, and cuts one that turns out to be too large.
///
/// A refusal closes the connection, so that what is left of the body is never read.
pub async fn body(State((app, budget)): State<(App, Budget)>, mut request: Request, next: Next) -> Response {
    let limit = of(&app, request.uri().path());
    let length = request.headers().get(CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse::<u64>().ok());
    if length.is_some_and(|n| n > limit as u64) {
        return refuse(request, Error::TooLarge { limit }).await;
    }
    // What comes in chunks says nothing of its size.
    let size = request.body().size_hint().upper().and_then(|n| usize::try_from(n).ok());
    let held = match budget.take(size.map_or(limit, |n| n.min(limit))) {
        Ok(held) => held,
        Err(busy) => return refuse(request, busy).await,
    };
    request.extensions_mut().insert(held.clone());
    let response = next.run(request.map(|body| Body::new(Limited::new(body, limit)))).await;
    drop(held);
    response
}

async fn refuse(request: Request, why: Error) -> Response {
    drain(request.into_body()).await;
    let mut refused = why.into_response();
    refused.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    refused
}

/// What a request holds of the budget.
pub fn held(request: &Request) -> Option<Held> {
    request.extensions().get::<Option<Held>>().cloned().flatten()
}

/// The most bytes of a body that a path takes: files come to some of them, with some room for their form.
pub fn of(app: &App, path: &str) -> usize {
    let file = match path {
        "/api/v1/uploads" => MOST_BYTES,
        "/api/v1/imports" | "/api/v1/members/imports" | "/api/v1/demand" | "/api/v1/service-points" => {
            IMPORT_BYTES
        }
        _ if is_photo_form(path) => MOST_BYTES,
        "/grievance" | "/grievance/track" => FORM_FILES_BYTES,
        _ => return app.config.limits.body_bytes,
    };
    file + app.config.limits.body_bytes
}

/// Whether a page's own form comes here, which may carry a photo where the page has no script.
fn is_photo_form(path: &str) -> bool {
    path.strip_prefix("/stations/").is_some_and(|rest| rest.ends_with("/report"))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_bodies_share_a_budget_and_small_ones_need_none() {
        let budget = Budget::default();
        let half = (BUDGET_KIB << 10) / 2;
        let (one, _other) = (budget.take(half).unwrap(), budget.take(half).unwrap());
        assert!(budget.take(SMALL_BYTES).unwrap().is_none(), "it takes nothing");
        let refused = budget.take(SMALL_BYTES + 1);
        assert!(matches!(refused, Err(Error::Unavailable { retry_s: BUDGET_RETRY_S, .. })));
        let also = one.clone();
        drop(one);
        assert!(budget.take(half).is_err(), "whoever answers holds it still");
        drop(also);
        budget.take(half).unwrap();
        assert!(Budget::default().take(usize::MAX).is_ok(), "what is larger than all comes alone");
    }

    #[test]
    fn the_samples_of_proxies_let_through_what_the_service_takes() {
        let files = [MOST_BYTES, IMPORT_BYTES, FORM_FILES_BYTES].into_iter().max().unwrap();
        let most = (files >> 20) + 1;
        let nginx = include_str!("../../scripts/deploy/yizhan.nginx.conf");
        let caddy = include_str!("../../scripts/deploy/yizhan.caddyfile");
        assert!(nginx.contains(&format!("client_max_body_size {most}m;")));
        assert!(caddy.contains(&format!("max_size {most}MiB")));
    }

    #[test]
    fn the_samples_of_proxies_log_no_keepers_secret() {
        let nginx = include_str!("../../scripts/deploy/yizhan.nginx.conf");
        let line = nginx.lines().find(|line| line.starts_with("log_format")).unwrap();
        assert!(
            line.contains("$yizhan_path") && !line.contains("$uri") && !line.contains("$request "),
            "{line}"
        );
        assert!(nginx.contains("~*^/k/ /k/-;"));
    }
}
