//! Versions of what can be changed: `ETag: "v3"` on the way out, `If-Match: "v3"` on the way in.

use axum::Json;
use axum::extract::FromRequestParts;
use axum::http::header::{CACHE_CONTROL, ETAG, IF_MATCH};
use axum::http::request::Parts;
use axum::response::{AppendHeaders, IntoResponse, Response};
use serde::Serialize;

use crate::error::{Error, FieldError};

/// The version that a change is meant for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IfMatch(pub i64);

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let given = parts.headers.get(IF_MATCH).ok_or(Error::ConditionMissing)?;
        let tag = given.to_str().unwrap_or_default().trim();
        let number = tag.strip_prefix("\"v").and_then(|t| t.strip_suffix('"')).and_then(|t| t.parse().ok());
        number.map(Self).ok_or_else(|| {
            FieldError::new(
                "If-Match",
                "unreadable",
                "要写读取时得到的版本，例如 \"v3\"；不接受 *。",
                "must be the version that was read, such as \"v3\"; * is not taken",
            )
            .into()
        })
    }
}

/// An object with its version. It is for whoever is signed in, so nothing between may keep it.
pub fn versioned(version: i64, object: impl Serialize) -> Response {
    (AppendHeaders([(ETAG, tag(version)), (CACHE_CONTROL, "no-store".to_owned())]), Json(object))
        .into_response()
}

/// Something for whoever is signed in that has no version of its own, such as a list.
pub fn private(object: impl Serialize) -> Response {
    ([(CACHE_CONTROL, "no-store")], Json(object)).into_response()
}

/// The tag of a version.
pub fn tag(version: i64) -> String {
    format!("\"v{version}\"")
}
