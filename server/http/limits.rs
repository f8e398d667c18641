//! Bounds on what requests may cost: the size of a body, of all large ones together, and the time of an answer.

use std::time::Duration;

use axum::body::{Body, HttpBody};
use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::http::header::{CONNECTION, CONTENT_LENGTH};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::{BodyExt, Limited};
use tokio::time::timeout;

use super::budget::Budget;
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

/// Refuses a body that says it is too large, cuts one that turns out to be, and refuses one for which the budget has
/// nothing left.
///
/// A refusal closes the connection, so that what is left of the body is never read.
pub async fn body(State((app, budget)): State<(App, Budget)>, mut request: Request, next: Next) -> Response {
    let limit = of(&app, request.uri().path());
    let length = request.headers().get(CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse::<u64>().ok());
    if length.is_some_and(|n| n > limit as u64) {
        drain(request.into_body()).await;
        return closing(Error::TooLarge { limit });
    }
    if request.body().is_end_stream() {
        return next.run(request).await;
    }
    let share = budget.share();
    request.extensions_mut().insert(share.clone());
    let metered = request.map(|body| Body::new(Limited::new(share.metered(body), limit)));
    let response = next.run(metered).await;
    share.refusal().map_or(response, closing)
}

fn closing(refusal: Error) -> Response {
    let mut refused = refusal.into_response();
    refused.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    refused
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

/// Reads what is left of a refused body, within bounds, and throws it away.
pub(super) async fn drain(body: Body) {
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
