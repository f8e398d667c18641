//! `[server]`: the addresses of the service, and what is wrong with them.

#![expect(missing_docs, reason = "config.default.toml documents every key")]

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use axum::http::Uri;
use serde::{Deserialize, Deserializer, Serialize};

use crate::http::host::is_host;
use crate::network::Network;

/// `[server]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    pub listen: SocketAddr,
    pub admin_listen: SocketAddr,
    pub public_url: String,
    #[serde(deserialize_with = "networks")]
    pub trusted_proxies: Vec<Network>,
    pub tls_cert: PathBuf,
    pub tls_key: PathBuf,
    #[serde(deserialize_with = "address_or_nothing")]
    pub redirect_listen: Option<SocketAddr>,
    pub hsts_max_age_s: u64,
}

impl Server {
    /// The files of certificate and key, where both are named.
    pub fn tls_files(&self) -> Option<(&Path, &Path)> {
        let both = !self.tls_cert.as_os_str().is_empty() && !self.tls_key.as_os_str().is_empty();
        both.then_some((&self.tls_cert, &self.tls_key))
    }

    /// What an operator should know who lets other machines come without encryption; a trusted proxy encrypts for us.
    pub fn warning(&self) -> Option<String> {
        let is_local = self.listen.ip().to_canonical().is_loopback();
        if is_local || self.tls_files().is_some() || !self.trusted_proxies.is_empty() {
            return None;
        }
        Some(format!(
            "server.listen {} takes connections from other machines, and nothing encrypts them: set server.tls_cert \
             and server.tls_key, or put a proxy before the service and name it in server.trusted_proxies",
            self.listen
        ))
    }

    /// What is wrong with the settings taken together, with the remedy.
    pub(super) fn check(&self) -> Result<(), String> {
        if !self.public_url.is_empty() && !is_origin(&self.public_url) {
            let remedy = "must be https:// or http:// and a host, such as https://yizhan.example.cn, without path or query";
            return Err(format!("server.public_url {remedy}; it is {:?}", self.public_url));
        }
        let named = [("server.tls_cert", &self.tls_cert), ("server.tls_key", &self.tls_key)];
        let [given, missing] =
            [false, true].map(|empty| named.iter().find(|(_, p)| p.as_os_str().is_empty() == empty));
        if let (Some((given, _)), Some((missing, _))) = (given, missing) {
            return Err(format!("{given} is set, but {missing} is not; TLS needs both files"));
        }
        let is_encrypted = self.tls_files().is_some() || self.public_url.starts_with("https:");
        if self.redirect_listen.is_some() && !is_encrypted {
            return Err("server.redirect_listen leads to https, but there is none: set server.tls_cert and \
                 server.tls_key, or an https server.public_url"
                .to_owned());
        }
        Ok(())
    }
}

/// Ranges; an empty text, as an empty variable of the environment gives it, is none.
fn networks<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Network>, D::Error> {
    let texts = Vec::<String>::deserialize(from)?;
    let read = |text: &String| text.parse().map_err(serde::de::Error::custom);
    texts.iter().filter(|text| !text.trim().is_empty()).map(read).collect()
}

/// Whether a text is a scheme and a host and nothing else.
fn is_origin(text: &str) -> bool {
    let Ok(uri) = text.parse::<Uri>() else { return false };
    let known = matches!(uri.scheme_str(), Some("http" | "https"));
    let alone = uri.path() == "/" && uri.query().is_none() && !text.contains(['#', '?']);
    known && alone && uri.authority().is_some_and(|a| is_host(a.as_str()))
}

fn address_or_nothing<'de, D: Deserializer<'de>>(from: D) -> Result<Option<SocketAddr>, D::Error> {
    let text = String::deserialize(from)?;
    let read = || {
        text.parse()
            .map_err(|_| serde::de::Error::custom(format!("{text:?} is no address such as 0.0.0.0:80")))
    };
    if text.is_empty() { Ok(None) } else { read().map(Some) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_has_no_path() {
        for right in ["https://yizhan.example.cn", "http://127.0.0.1:8080/", "https://[::1]:8443"] {
            assert!(is_origin(right), "{right}");
        }
        for wrong in [
            "yizhan.example.cn",
            "ftp://yizhan.example.cn",
            "https://",
            "https://a/b",
            "https://a/?b",
            "https://a?",
            "https://a#b",
            "https://user@a",
            "https://a b",
            "//a",
        ] {
            assert!(!is_origin(wrong), "{wrong}");
        }
    }
}
