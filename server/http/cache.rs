//! Conditional answers: an `ETag` made of what an answer depends on, and 304 for who has it already.

use axum::body::Bytes;
use axum::extract::FromRequestParts;
use axum::http::header::{ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use super::origin::Origin;
use crate::language::Language;
use crate::stations::Version;

/// A question as far as its answer may be kept: the address, the language, and what the client has.
#[derive(Debug)]
pub struct Question {
    address: String,
    /// The `If-None-Match` headers.
    known: Vec<String>,
    /// The language that the client prefers.
    pub language: Language,
}

impl<S: Send + Sync> FromRequestParts<S> for Question {
    type Rejection = std::convert::Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let accepted = parts.headers.get(ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let language = Language::accepted(accepted);
        let known = parts.headers.get_all(IF_NONE_MATCH).iter().filter_map(|v| v.to_str().ok());
        let known = known.map(str::to_owned).collect();
        Ok(Self { address: parts.uri.to_string(), known, language })
    }
}

/// The version of something that depends on a text and on nothing else, such as a shipped file.
pub fn standing(text: &str) -> Version {
    Version { revision: hashed(text.as_bytes()), minute: 0 }
}

/// 48 bits of the SHA-256 of some bytes.
fn hashed(bytes: &[u8]) -> i64 {
    Sha256::digest(bytes).iter().take(6).fold(0, |number, byte| number << 8 | i64::from(*byte))
}

/// An answer that never changes under its address, with its strong tag.
pub fn for_good(tag: &str, answer: impl IntoResponse) -> Response {
    let mut response = answer.into_response();
    let headers = response.headers_mut();
    headers.extend(HeaderValue::from_str(tag).map(|tag| (ETAG, tag)));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    response
}

/// A query as a header may hold it: what a client sent unencoded is percent-encoded.
fn ascii(query: &str) -> String {
    let byte = |b: u8| if b.is_ascii_graphic() { char::from(b).to_string() } else { format!("%{b:02X}") };
    query.bytes().map(byte).collect()
}

impl Question {
    /// Answers 304 where the client has this version already, or else with what `make` makes.
    ///
    /// The tag is weak, because an answer also says the instant it was asked for. Whoever keeps a copy must
    /// ask again each time: a station may close within the minute.
    pub fn answer<R: IntoResponse>(&self, version: Version, make: impl FnOnce() -> R) -> Response {
        let tag = self.tag(version);
        let mut response =
            if self.has(&tag) { StatusCode::NOT_MODIFIED.into_response() } else { make().into_response() };
        let headers = response.headers_mut();
        headers.insert(ETAG, tag);
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        headers.append(VARY, HeaderValue::from_static("accept-language"));
        response
    }

    /// Answers with a file of a media type, or 304 where the client has it already. Its tag is that of its bytes; whoever
    /// keeps a copy must ask again each time.
    pub fn file(&self, media_type: &'static str, bytes: Bytes) -> Response {
        let tag = format!("\"{:012x}\"", hashed(&bytes));
        let mut response = if self.knows(&tag) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            ([(CONTENT_TYPE, media_type)], bytes).into_response()
        };
        let headers = response.headers_mut();
        headers.extend(HeaderValue::from_str(&tag).map(|tag| (ETAG, tag)));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        response
    }

    /// Whether the client has what a strong tag, with its quotes, stands for.
    pub fn knows(&self, tag: &str) -> bool {
        HeaderValue::from_str(tag).is_ok_and(|tag| self.has(&tag))
    }

    /// Whether the client has this version already.
    pub fn holds(&self, version: Version) -> bool {
        self.has(&self.tag(version))
    }

    /// The whole address of this question.
    pub fn own_address(&self, origin: &Origin) -> String {
        format!("{}{}", origin.0, ascii(&self.address))
    }

    /// The whole address of the next page: this question with another cursor.
    pub fn next_address(&self, origin: &Origin, cursor: &str) -> String {
        let (path, query) = self.address.split_once('?').unwrap_or((&self.address, ""));
        let kept = query.split('&').filter(|part| !part.is_empty() && !part.starts_with("cursor="));
        let parts: Vec<_> = kept.map(str::to_owned).chain([format!("cursor={cursor}")]).collect();
        format!("{}{path}?{}", origin.0, ascii(&parts.join("&")))
    }

    /// The same as a `Link` header says it.
    pub fn next_link(&self, origin: &Origin, cursor: &str) -> String {
        format!("<{}>; rel=\"next\"", self.next_address(origin, cursor))
    }

    fn tag(&self, version: Version) -> HeaderValue {
        let hash = Sha256::digest(format!("{}\n{}", self.address, self.language.tag()));
        let short = hash.iter().take(8).fold(String::new(), |text, b| text + &format!("{b:02x}"));
        let text = format!("W/\"{}-{}-{short}\"", version.revision, version.minute);
        HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("W/\"0\""))
    }

    fn has(&self, tag: &HeaderValue) -> bool {
        let bare = |t: &str| t.trim().trim_start_matches("W/").to_owned();
        let own = tag.to_str().map(bare).unwrap_or_default();
        self.known.iter().flat_map(|v| v.split(',')).any(|t| t.trim() == "*" || bare(t) == own)
    }
}
