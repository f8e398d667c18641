//! Errors as RFC 9457 problems. This is the only place that knows which error is which status.
//!
//! A handler's error becomes a response that carries the error; [`render`] writes it in the reader's
//! language once, whoever made it. What the log keeps and what the client reads are two texts.

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
use crate::error::{Error, FieldError, Words};
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

/// How an error is presented: its status, the contract's code, and two sentences.
struct Face {
    status: StatusCode,
    code: &'static str,
    title: Words,
    detail: Words,
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let mut response = face(&self).status.into_response();
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
        StatusCode::NOT_FOUND if reads_pages => html::not_found(language, &app.assets),
        _ if reads_pages && status.is_server_error() => {
            html::failed(status, language, &app.assets, id.as_str())
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
    let face = face(error);
    let body = Problem {
        r#type: format!("/problems/{}", face.code),
        title: face.title.of(language),
        status: face.status.as_u16(),
        detail: face.detail.of(language),
        code: face.code,
        request_id: id.as_str(),
        errors: fields(error).iter().map(|f| fault(f, language)).collect(),
    };
    let mut response = (face.status, Json(body)).into_response();
    // A 405 keeps the Allow header that the router set.
    for (name, value) in from.headers_mut().drain() {
        if let Some(name) = name {
            response.headers_mut().entry(name).or_insert(value);
        }
    }
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
    if let Error::Unavailable { retry_s, .. } = error {
        response.headers_mut().insert(RETRY_AFTER, (*retry_s).into());
    }
    response
}

fn fields(error: &Error) -> &[FieldError] {
    match error {
        Error::Malformed(fields) => fields,
        _ => &[],
    }
}

fn fault(field: &FieldError, language: Language) -> Fault<'_> {
    Fault { field: &field.field, code: field.code, detail: field.detail.of(language) }
}

fn face(error: &Error) -> Face {
    let face = |status, code, title: (&str, &str), detail: (&str, &str)| Face {
        status,
        code,
        title: Words::new(title.0, title.1),
        detail: Words::new(detail.0, detail.1),
    };
    match error {
        Error::NotFound(_) => face(
            StatusCode::NOT_FOUND,
            "not_found",
            ("没有找到", "Not found"),
            ("这里没有您要的内容，或者它已经撤下。", "There is nothing here, or it is no longer public."),
        ),
        Error::Malformed(_) => face(
            StatusCode::BAD_REQUEST,
            "malformed",
            ("请求有误", "Malformed request"),
            ("请按 errors 里各字段的说明改正后再试。", "Mend the fields listed in errors and try again."),
        ),
        Error::MethodNotAllowed => face(
            StatusCode::METHOD_NOT_ALLOWED,
            "method_not_allowed",
            ("不支持这种操作", "Method not allowed"),
            (
                "这个地址只接受 Allow 标头列出的方法。",
                "This address takes only the methods in the Allow header.",
            ),
        ),
        Error::NotAcceptable => face(
            StatusCode::NOT_ACCEPTABLE,
            "not_acceptable",
            ("没有这种格式", "Not acceptable"),
            ("请在 Accept 中加入 application/json。", "Add application/json to the Accept header."),
        ),
        Error::TooLarge { limit } => Face {
            status: StatusCode::PAYLOAD_TOO_LARGE,
            code: "too_large",
            title: Words::new("内容太大", "Body too large"),
            detail: Words::new(
                format!("请求内容最多 {limit} 字节，请拆小后再发。"),
                format!("A body may have at most {limit} bytes; send it in smaller parts."),
            ),
        },
        Error::TimedOut => face(
            StatusCode::SERVICE_UNAVAILABLE,
            "timed_out",
            ("超时", "Timed out"),
            (
                "处理时间太长，已经停止。请缩小范围或稍后再试。",
                "It took too long and was stopped. Ask for less, or try later.",
            ),
        ),
        Error::Unavailable { .. } => face(
            StatusCode::SERVICE_UNAVAILABLE,
            "unavailable",
            ("暂时不可用", "Unavailable"),
            (
                "服务正忙，请按 Retry-After 的秒数稍后再试。",
                "The service is busy; try again after Retry-After seconds.",
            ),
        ),
        Error::Internal(_) => face(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            ("没办成，是我们的问题", "Our fault"),
            ("服务器出了错，请把 request_id 告诉我们。", "The server failed; please tell us the request_id."),
        ),
    }
}
