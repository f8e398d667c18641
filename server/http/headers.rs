//! The security headers of every answer.

use std::convert::Infallible;

use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::http::header::{
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::middleware::Next;
use axum::response::{IntoResponseParts, Response, ResponseParts};

use crate::config;

/// The position is the only power a page asks for.
const PERMISSIONS: HeaderValue =
    HeaderValue::from_static("geolocation=(self), camera=(), microphone=(), payment=(), usb=()");

/// What is no page loads nothing and stands in no frame, should a browser ever show it as one.
const NOTHING: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");

/// The content security policy of the pages. Cloning is cheap.
#[derive(Debug, Clone)]
pub struct Policy(HeaderValue);

impl Policy {
    /// Everything comes from this service, nothing is inline, and nobody may frame a page. The hosts of the
    /// operator's base map are the only others, and for tiles alone.
    pub fn of(map: &config::Map) -> Self {
        Self::framed_by(map, "'none'")
    }

    /// The same for the page that the sites of the settings may show in a frame.
    pub fn embedded(map: &config::Map, embed: &config::Embed) -> Self {
        Self::framed_by(map, &format!("'self' {}", embed.sites.join(" ")))
    }

    fn framed_by(map: &config::Map, ancestors: &str) -> Self {
        let hosts = map.origins().iter().fold(String::new(), |hosts, origin| hosts + " " + origin);
        let text = format!(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:{hosts}; \
             connect-src 'self'{hosts}; worker-src 'self'; font-src 'self'; manifest-src 'self'; \
             object-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}"
        );
        // The settings allow no host that a header could not hold; were it otherwise, nothing is allowed.
        Self(HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("default-src 'none'")))
    }
}

impl IntoResponseParts for Policy {
    type Error = Infallible;
    fn into_response_parts(self, mut parts: ResponseParts) -> Result<ResponseParts, Infallible> {
        parts.headers_mut().insert(CONTENT_SECURITY_POLICY, self.0);
        Ok(parts)
    }
}

/// Adds the headers that are not yet there.
pub async fn secure(State(policy): State<Policy>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let kind = Kind::of(&response);
    let headers = response.headers_mut();
    let mut add = |name: HeaderName, value: HeaderValue| {
        headers.entry(name).or_insert(value);
    };
    add(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    add(REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin"));
    match kind {
        Kind::Page => {
            add(CONTENT_SECURITY_POLICY, policy.0);
            add(HeaderName::from_static("permissions-policy"), PERMISSIONS);
            add(
                HeaderName::from_static("cross-origin-opener-policy"),
                HeaderValue::from_static("same-origin"),
            );
        }
        Kind::Inert => add(CONTENT_SECURITY_POLICY, NOTHING),
        Kind::Left => {}
    }
    response
}

/// Which policy an answer gets.
enum Kind {
    /// The policy of pages.
    Page,
    /// None at all may be loaded from it.
    Inert,
    /// None, because it would harm: a worker obeys the policy of its own script, and browsers draw PDF files with
    /// viewers that load parts of their own. What says no type, such as a 304, would change an answer kept before.
    Left,
}

impl Kind {
    fn of(response: &Response) -> Self {
        let Some(kind) = response.headers().get(CONTENT_TYPE) else { return Self::Left };
        match kind.to_str().unwrap_or_default().split(';').next().unwrap_or_default().trim() {
            "text/html" => Self::Page,
            "text/javascript" | "application/javascript" | "application/pdf" => Self::Left,
            _ => Self::Inert,
        }
    }
}
