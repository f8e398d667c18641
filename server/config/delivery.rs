//! `[delivery]`: by which ways messages leave the service, and what is wrong with them.

#![expect(missing_docs, reason = "config.default.toml documents every key")]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use axum::http::{HeaderName, HeaderValue, Uri};
use serde::{Deserialize, Serialize};

use super::Secret;
use crate::delivery::{Channel, Template, is_mail_address};
use crate::network::Network;

/// `[delivery]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delivery {
    pub file: PathBuf,
    pub allow_hosts: Vec<String>,
    pub allow_networks: Vec<Network>,
    pub timeout_s: u64,
    pub mail: Mail,
    pub http: Vec<HttpAdapter>,
}

/// `[delivery.mail]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    pub host: String,
    pub port: u16,
    pub tls: MailTls,
    pub from: String,
    pub user: String,
    pub password: Secret,
}

/// How the connection to the mail server is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MailTls {
    /// Not at all.
    None,
    /// It begins in the clear and is encrypted before anything is said.
    StartTls,
    /// From the first byte.
    Tls,
}

/// `[[delivery.http]]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HttpAdapter {
    pub name: String,
    pub channel: Channel,
    pub url: Secret,
    #[serde(default)]
    pub method: Method,
    #[serde(default)]
    pub headers: BTreeMap<String, Secret>,
    pub body: String,
    #[serde(default)]
    pub ok_text: String,
}

/// The verb of an adapter's request.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    #[default]
    Post,
    Put,
}

/// Headers that the request has by itself.
const OWN_HEADERS: [&str; 5] =
    ["host", "content-length", "transfer-encoding", "connection", "idempotency-key"];

impl Delivery {
    /// The most seconds that another server may take; a message is given up well within a job's time.
    const MOST_SECONDS: u64 = 20;

    /// How long another server may take.
    pub fn timeout(&self) -> Duration {
        Duration::from_secs(self.timeout_s)
    }

    /// What is wrong with the settings, with the remedy. Nothing secret is in it.
    pub(super) fn check(&self) -> Result<(), String> {
        if !(1..=Self::MOST_SECONDS).contains(&self.timeout_s) {
            return Err(format!("delivery.timeout_s: 1 to {}", Self::MOST_SECONDS));
        }
        self.mail.check()?;
        let mut names = Vec::new();
        for adapter in &self.http {
            let fault = |what: String| format!("delivery.http {:?}: {what}", adapter.name);
            if adapter.name.is_empty() || names.contains(&&adapter.name) {
                return Err(fault("each adapter has a name of its own".to_owned()));
            }
            names.push(&adapter.name);
            adapter.check(&self.allow_hosts).map_err(fault)?;
        }
        Ok(())
    }
}

impl Mail {
    fn check(&self) -> Result<(), String> {
        if self.host.is_empty() {
            return Ok(());
        }
        if !is_mail_address(&self.from) {
            return Err("delivery.mail.from must be an address such as yizhan@example.cn".to_owned());
        }
        if self.user.is_empty() != self.password.reveal().is_empty() {
            return Err("delivery.mail.user and delivery.mail.password: set both or none".to_owned());
        }
        if self.tls == MailTls::None && !self.user.is_empty() {
            let remedy = "the password would travel in the clear; use \"starttls\" or \"tls\"";
            return Err(format!("delivery.mail.tls is \"none\": {remedy}"));
        }
        Ok(())
    }
}

impl HttpAdapter {
    /// Where requests go: scheme and authority are there.
    pub fn uri(&self) -> Option<Uri> {
        let uri: Uri = self.url.reveal().parse().ok()?;
        let plain = uri.authority().is_some_and(|a| !a.as_str().contains('@'));
        (plain && matches!(uri.scheme_str(), Some("http" | "https"))).then_some(uri)
    }

    /// The headers of the settings.
    pub fn header_map(&self) -> Result<Vec<(HeaderName, HeaderValue)>, String> {
        let read = |(name, value): (&String, &Secret)| {
            let fault = || format!("the header {name:?} cannot be sent");
            let parsed = name.parse::<HeaderName>().map_err(|_| fault())?;
            let mut value = HeaderValue::from_str(value.reveal()).map_err(|_| fault())?;
            value.set_sensitive(true);
            if OWN_HEADERS.contains(&parsed.as_str()) { Err(fault()) } else { Ok((parsed, value)) }
        };
        self.headers.iter().map(read).collect()
    }

    fn check(&self, allowed: &[String]) -> Result<(), String> {
        if self.channel == Channel::Mail {
            return Err("channel must be \"sms\" or \"wechat\"; mail is set in [delivery.mail]".to_owned());
        }
        let uri = self.uri().ok_or("url must be https:// or http:// and a host, without user")?;
        let host = uri.host().unwrap_or_default();
        if !allowed.iter().any(|a| a.eq_ignore_ascii_case(host)) {
            return Err(format!("its host {host:?} is not in delivery.allow_hosts"));
        }
        self.header_map()?;
        Template::read(&self.body).map(drop)
    }
}
