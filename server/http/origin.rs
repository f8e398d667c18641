//! The address under which people reach the service: for absolute links, cookies and the redirect to https.
//!
//! `server.public_url` wins, then what a trusted proxy says, then the request's own Host header.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header::HOST;
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap};

use super::host::is_host;
use super::proxy::Reached;
use crate::app::App;
use crate::config::Server;
use crate::error::{Error, FieldError};

/// Scheme and host without a slash at the end, such as `https://yizhan.example.cn`.
#[derive(Debug, Clone)]
pub struct Origin(pub String);

/// How people reach the service, where the host does not matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// Readable on its way.
    Http,
    /// Encrypted.
    Https,
}

impl Scheme {
    /// The scheme of a request.
    pub fn of(headers: &HeaderMap, extensions: &Extensions, server: &Server) -> Self {
        if !server.public_url.is_empty() {
            return Self::when(server.public_url.starts_with("https:"));
        }
        Self::when(Reached::read(headers, extensions, &server.trusted_proxies).is_https)
    }

    /// Whether it is https: a cookie is marked `Secure`.
    pub fn is_https(self) -> bool {
        self == Self::Https
    }

    fn when(is_https: bool) -> Self {
        if is_https { Self::Https } else { Self::Http }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
        }
    }
}

impl Origin {
    /// Whether people reach the service by https: a cookie is marked `Secure`.
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https:")
    }
}

impl FromRequestParts<App> for Scheme {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.headers, &parts.extensions, &app.config.server))
    }
}

impl FromRequestParts<App> for Origin {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let server = &app.config.server;
        if !server.public_url.is_empty() {
            return Ok(Self(server.public_url.trim_end_matches('/').to_owned()));
        }
        let reached = Reached::read(&parts.headers, &parts.extensions, &server.trusted_proxies);
        let scheme = Scheme::when(reached.is_https).as_str();
        let host = reached.host.or_else(|| asked_host(&parts.headers).map(str::to_owned));
        host.map(|h| Self(format!("{scheme}://{h}"))).ok_or_else(|| wrong_host().into())
    }
}

/// The Host header, where it can stand in a link.
pub(super) fn asked_host(headers: &HeaderMap) -> Option<&str> {
    headers.get(HOST).and_then(|v| v.to_str().ok()).filter(|h| is_host(h))
}

/// What a client is told whose Host header is missing or nonsense.
pub(super) fn wrong_host() -> FieldError {
    FieldError::new("Host", "unreadable", "请求缺少正确的 Host 标头。", "a valid Host header is needed")
}
