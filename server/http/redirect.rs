//! From http to https: every request is sent to the same path at the encrypted address.

use axum::Router;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, LOCATION};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::any;

use super::host::without_port;
use super::origin::{asked_host, wrong_host};
use crate::app::App;
use crate::error::Error;

/// Every path with every verb.
pub fn routes() -> Router<App> {
    Router::new().route("/", any(redirect)).route("/{*path}", any(redirect))
}

/// 308, so that the verb and the body of a form stay (RFC 9110, 15.4.9).
async fn redirect(State(app): State<App>, uri: Uri, headers: HeaderMap) -> Result<Response, Error> {
    let asked = uri.path_and_query().map_or("/", |p| p.as_str());
    let address = format!("{}{asked}", encrypted(&app, &headers)?);
    let location = HeaderValue::from_str(&address).map_err(|_| Error::NotFound("path"))?;
    // The query may hold somebody's position, so that the answer is kept by nobody.
    let headers = [(LOCATION, location), (CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    Ok((StatusCode::PERMANENT_REDIRECT, headers).into_response())
}

/// The origin of the encrypted address: the public one, or the asked host at the port that speaks TLS.
fn encrypted(app: &App, headers: &HeaderMap) -> Result<String, Error> {
    let server = &app.config.server;
    if server.public_url.starts_with("https:") {
        return Ok(server.public_url.trim_end_matches('/').to_owned());
    }
    let host = without_port(asked_host(headers).ok_or_else(wrong_host)?);
    let port = server.listen.port();
    Ok(if port == 443 { format!("https://{host}") } else { format!("https://{host}:{port}") })
}
