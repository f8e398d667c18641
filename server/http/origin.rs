//! The address under which people reach the service, for absolute links.

use axum::extract::FromRequestParts;
use axum::http::header::HOST;
use axum::http::request::Parts;

use crate::app::App;
use crate::error::{Error, FieldError};

/// Scheme and host without a slash at the end, such as `https://yizhan.example.cn`.
#[derive(Debug, Clone)]
pub struct Origin(pub String);

impl FromRequestParts<App> for Origin {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let public = app.config.server.public_url.trim_end_matches('/');
        if !public.is_empty() {
            return Ok(Self(public.to_owned()));
        }
        let host = parts.headers.get(HOST).and_then(|v| v.to_str().ok()).filter(|h| is_host(h));
        let wrong = || {
            FieldError::new(
                "Host",
                "unreadable",
                "请求缺少正确的 Host 标头。",
                "a valid Host header is needed",
            )
        };
        host.map(|h| Self(format!("http://{h}"))).ok_or_else(|| wrong().into())
    }
}

/// Whether a text looks like a host with an optional port, so that nothing else gets into a link.
fn is_host(text: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':' | b'[' | b']' | b'_');
    !text.is_empty() && text.len() <= 255 && text.bytes().all(allowed)
}
