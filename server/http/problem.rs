//! Errors as RFC 9457 problems. This is the only place that knows which error is which status.
//!
//! A handler's error becomes a response that carries the error; [`render`] writes it in the reader's
//! language once, whoever made it. What the log keeps and what the client reads are two texts.

mod face;

use std::sync::Arc;

use axum::Json;
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT_LANGUAGE, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use super::html::{self, wants_page};
use super::request_id::RequestId;
use crate::app::App;
use crate::error::{Error, FieldError};
use crate::language::Language;

/// The media type of a problem.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// The body of a problem (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Problem<'a> {
    /// `/problems/` and the code.
    r#type: String,
    /// What happened, in the reader's language.
    title: &'a str,
    /// The status of the response.
    status: u16,
    /// What to do, in the reader's language.
    detail: &'a str,
    /// The stable word for what happened.
    code: &'a str,
    /// The id of the request, as the service's log has it.
    request_id: &'a str,
    /// What is wrong with which field, where the input is to blame.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<Fault<'a>>,
    /// What can be done instead, where a step is not allowed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    allowed: Option<&'a [&'static str]>,
}

/// What is wrong with one field.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Fault<'a> {
    /// The parameter or header, as the client named it.
    field: &'a str,
    /// The stable word for what is wrong.
    code: &'a str,
    /// What is wrong and how to mend it, in the reader's language.
    detail: &'a str,
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let mut response = face::kind(&self).0.into_response();
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

/// Paths whose errors are problems for programs, whatever the client would rather read.
const FOR_PROGRAMS: [&str; 4] = ["/api/", "/tiles/", "/ogc/", "/assets/"];

/// Writes the problem of an error that a handler ended with, and logs it once.
///
/// A browser that asked for a page gets a page that owns the fault and names a way on.
pub async fn render(State(app): State<App>, request: Request, next: Next) -> Response {
    let accepted = request.headers().get(ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok());
    let language = Language::accepted(accepted.unwrap_or_default());
    let path = request.uri().path();
    let reads_pages = wants_page(request.headers()) && !FOR_PROGRAMS.iter().any(|p| path.starts_with(p));
    let id = request.extensions().get::<RequestId>().cloned().unwrap_or_default();
    let mut response = next.run(request).await;
    let Some(error) = response.extensions_mut().remove::<Arc<Error>>() else { return response };
    let status = response.status();
    log(&error, status, &id);
    match status {
        StatusCode::NOT_FOUND if reads_pages => html::not_found(language, &app.assets()),
        StatusCode::TOO_MANY_REQUESTS if reads_pages => {
            html::too_often(face::retry_s(&error).unwrap_or_default(), language, &app.assets())
        }
        _ if reads_pages && status.is_server_error() => {
            html::failed(status, language, &app.assets(), id.as_str())
        }
        _ => written(&error, language, &id, response),
    }
}

fn log(error: &Error, status: StatusCode, id: &RequestId) {
    if status.is_server_error() {
        tracing::error!(request_id = %id, %error, "request failed");
    } else {
        tracing::debug!(request_id = %id, %error, "request refused");
    }
}

fn written(error: &Error, language: Language, id: &RequestId, mut from: Response) -> Response {
    let (status, code) = face::kind(error);
    let (title, detail) = (face::title(error), face::detail(error));
    let body = Problem {
        r#type: format!("/problems/{code}"),
        title: title.of(language),
        status: status.as_u16(),
        detail: detail.of(language),
        code,
        request_id: id.as_str(),
        errors: fields(error).iter().map(|f| fault(f, language)).collect(),
        allowed: if let Error::NotAllowed { allowed, .. } = error { Some(allowed) } else { None },
    };
    let mut response = (status, Json(body)).into_response();
    // A 405 keeps the Allow header that the router set.
    for (name, value) in from.headers_mut().drain() {
        if let Some(name) = name {
            response.headers_mut().entry(name).or_insert(value);
        }
    }
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
    if let Some(seconds) = face::retry_s(error) {
        response.headers_mut().insert(RETRY_AFTER, seconds.into());
    }
    response
}

/// The code of an error and what to do about it, for an answer that tells several.
pub fn told(error: &Error, language: Language) -> (&'static str, String) {
    let (field, code) = (fields(error).first(), face::kind(error).1);
    let detail = field.map_or_else(|| face::detail(error), |f| f.detail.clone());
    (code, detail.of(language).to_owned())
}

fn fields(error: &Error) -> &[FieldError] {
    match error {
        Error::Malformed(fields) | Error::Refused(fields) | Error::Ineligible(fields) => fields,
        _ => &[],
    }
}

fn fault(field: &FieldError, language: Language) -> Fault<'_> {
    Fault { field: &field.field, code: field.code, detail: field.detail.of(language) }
}
