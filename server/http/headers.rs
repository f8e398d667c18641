//! The security headers of every answer.

use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::http::header::{
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::middleware::Next;
use axum::response::Response;

use crate::config;

/// The position is the only power a page asks for.
const PERMISSIONS: HeaderValue =
    HeaderValue::from_static("geolocation=(self), camera=(), microphone=(), payment=(), usb=()");

/// The content security policy of the pages. Cloning is cheap.
#[derive(Debug, Clone)]
pub struct Policy(HeaderValue);

impl Policy {
    /// Everything comes from this service, nothing is inline, and nobody may frame a page. The hosts of the
    /// operator's base map are the only others, and for tiles alone.
    pub fn of(map: &config::Map) -> Self {
        let hosts = std::iter::once(String::new()).chain(map.origins()).collect::<Vec<_>>().join(" ");
        let text = format!(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:{hosts}; \
             connect-src 'self'{hosts}; worker-src 'self'; font-src 'self'; manifest-src 'self'; \
             form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        );
        // The settings allow no host that a header could not hold; were it otherwise, nothing is allowed.
        Self(HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("default-src 'none'")))
    }
}

/// Adds the headers that are not yet there.
pub async fn secure(State(policy): State<Policy>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let page = response.headers().get(CONTENT_TYPE).is_some_and(|t| t.as_bytes().starts_with(b"text/html"));
    let headers = response.headers_mut();
    let mut add = |name: HeaderName, value: HeaderValue| {
        headers.entry(name).or_insert(value);
    };
    add(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    add(REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin"));
    if page {
        add(CONTENT_SECURITY_POLICY, policy.0);
        add(HeaderName::from_static("permissions-policy"), PERMISSIONS);
        add(HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin"));
    }
    response
}
