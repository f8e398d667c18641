//! Settings: the default file, then the operator's file, then the environment, then the flags.

#![expect(missing_docs, reason = "config.default.toml documents every key")]

mod benefits;
mod delivery;
mod grievance;
mod map;
mod poster;
mod server;
mod template;

use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, Utc};
use config::{Environment, File, FileFormat};
use serde::{Deserialize, Serialize};

pub use benefits::Benefits;
pub use delivery::{Delivery, HttpAdapter, Mail, MailTls, Method as HttpMethod};
pub use grievance::{Grievance, MOST_RETAIN_YEARS, TimeLimit};
pub use map::{Map, MapDatum, MapKind};
pub use poster::Poster;
pub use server::Server;

use crate::time::{Clock, Zone};

const DEFAULTS: &str = include_str!("config.default.toml");

/// All settings. What each means stands beside its default in `config.default.toml`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub storage: Storage,
    pub secrets: Secrets,
    pub accounts: Accounts,
    pub joins: Joins,
    pub delivery: Delivery,
    pub server: Server,
    pub city: City,
    pub web: Web,
    pub map: Map,
    pub poster: Poster,
    pub embed: Embed,
    pub walk: Walk,
    pub reports: Reports,
    pub grievance: Grievance,
    pub benefits: Benefits,
    pub limits: Limits,
    pub import: Import,
    pub log: Log,
    pub clock: ClockSetting,
}

/// `[storage]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Storage {
    pub data: PathBuf,
    pub database_url: Secret,
}

/// `[secrets]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Secrets {
    pub key: Secret,
    pub ring: Secret,
}

/// `[accounts]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accounts {
    pub totp: SecondFactor,
}

/// `[joins]`
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Joins {
    pub settled_days: u32,
    pub most_days: u32,
}

/// Whether everybody must use one-time codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SecondFactor {
    /// Everybody who signs in.
    Required,
    /// Whoever likes.
    Optional,
}

impl SecondFactor {
    /// Whether everybody must.
    pub fn is_required(self) -> bool {
        self == Self::Required
    }
}

/// `[city]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct City {
    pub name_zh: String,
    pub name_en: String,
    pub zone: chrono_tz::Tz,
}

/// `[web]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Web {
    pub dir: PathBuf,
    pub watch: bool,
}

/// `[embed]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Embed {
    pub sites: Vec<String>,
}

/// `[walk]`
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Walk {
    pub speed_m_s: f64,
    pub ride_speed_m_s: f64,
    pub detour: f64,
}

/// `[reports]`
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reports {
    pub locked_days: u32,
    pub days: u32,
    pub station_daily: i64,
}

/// `[limits]`
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    pub body_bytes: usize,
    pub bodies_bytes: usize,
    pub header_buffer_bytes: usize,
    pub headers: usize,
    pub header_read_s: u64,
    pub request_s: u64,
    pub connection_s: u64,
    pub connections: usize,
    pub drain_s: u64,
    pub offline_stations: usize,
    pub import_bytes: u64,
    pub import_cells: usize,
    pub import_memory_bytes: u64,
    pub import_time_s: u64,
}

/// `[import]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Import {
    pub reader: PathBuf,
}

/// `[log]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    pub level: String,
    pub format: LogFormat,
}

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// One JSON object a line.
    Json,
    /// For a person at a terminal.
    Text,
}

/// `[clock]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockSetting {
    pub fixed: String,
}

/// A setting that may hold a password: printed as `…`.
#[derive(Clone, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// The text itself, for whoever connects with it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.0.is_empty() { "" } else { "…" })
    }
}

impl Serialize for Secret {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(if self.0.is_empty() { "" } else { "…" })
    }
}

/// The flags that every command takes; each wins over file and environment.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    /// `--config`
    pub file: Option<PathBuf>,
    /// `--data`
    pub data: Option<PathBuf>,
    /// `--database-url` or `DATABASE_URL`
    pub database_url: Option<String>,
    /// `--listen`
    pub listen: Option<String>,
    /// `--admin-listen`
    pub admin_listen: Option<String>,
}

impl Config {
    /// Reads the settings. The error names the key and what it should be.
    pub fn load(overrides: &Overrides) -> Result<Self, config::ConfigError> {
        let mut builder = config::Config::builder().add_source(File::from_str(DEFAULTS, FileFormat::Toml));
        if let Some(file) = &overrides.file {
            builder = builder.add_source(File::from(file.as_path()).format(FileFormat::Toml));
        }
        let environment = Environment::with_prefix("YIZHAN").prefix_separator("__").separator("__");
        // A list in an environment variable is parted by blanks, which no address holds.
        let mut lists = environment.try_parsing(true).list_separator(" ");
        for key in [
            "server.trusted_proxies",
            "map.urls",
            "map.subdomains",
            "embed.sites",
            "grievance.shifts",
            "delivery.allow_hosts",
            "delivery.allow_networks",
        ] {
            lists = lists.with_list_parse_key(key);
        }
        builder = builder
            .add_source(lists)
            .set_override_option("storage.data", overrides.data.as_deref().and_then(Path::to_str))?
            .set_override_option("storage.database_url", overrides.database_url.clone())?
            .set_override_option("server.listen", overrides.listen.clone())?
            .set_override_option("server.admin_listen", overrides.admin_listen.clone())?;
        let config: Self = builder.build()?.try_deserialize()?;
        config.clock()?;
        config.server.check().map_err(config::ConfigError::Message)?;
        config.embed.check().map_err(config::ConfigError::Message)?;
        config.reports.check().map_err(config::ConfigError::Message)?;
        config.delivery.check().map_err(config::ConfigError::Message)?;
        config.grievance.check().map_err(config::ConfigError::Message)?;
        config.benefits.check().map_err(config::ConfigError::Message)?;
        config.map.check().map_err(config::ConfigError::Message)?;
        config.poster.check().map_err(config::ConfigError::Message)?;
        Ok(config)
    }

    /// The database: the URL given, or the SQLite file of the data folder.
    pub fn database_url(&self) -> String {
        match self.storage.database_url.reveal() {
            "" => format!("sqlite:{}", self.storage.data.join("yizhan.db").display()),
            url => url.to_owned(),
        }
    }

    /// The clock of the settings.
    pub fn clock(&self) -> Result<Clock, config::ConfigError> {
        if self.clock.fixed.is_empty() {
            return Ok(Clock::System);
        }
        let fixed = DateTime::parse_from_rfc3339(&self.clock.fixed);
        let wrong = |e| config::ConfigError::Message(format!("clock.fixed is no RFC 3339 instant: {e}"));
        fixed.map(|t| Clock::Fixed(t.with_timezone(&Utc))).map_err(wrong)
    }

    /// The city's zone.
    pub fn zone(&self) -> Zone {
        Zone(self.city.zone)
    }
}

impl Embed {
    /// Whether each site can stand in a header as the origin of a page.
    fn check(&self) -> Result<(), String> {
        let rest =
            |site: &str| site.strip_prefix("https://").or(site.strip_prefix("http://")).map(str::to_owned);
        let is_host = |host: &str| {
            let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':' | b'*');
            !host.is_empty() && host.bytes().all(allowed)
        };
        match self.sites.iter().find(|site| *site != "*" && !rest(site).is_some_and(|host| is_host(&host))) {
            Some(site) => {
                Err(format!("embed.sites: {site:?} is no site; write it as \"https://www.example.cn\""))
            }
            None => Ok(()),
        }
    }
}

impl Reports {
    /// The most working days that an answer may take: half a year.
    const MOST_DAYS: u32 = 125;

    /// Whether workers get an answer at all, and a station its reports.
    fn check(&self) -> Result<(), String> {
        let days = 1..=Self::MOST_DAYS;
        if !days.contains(&self.locked_days) || !days.contains(&self.days) {
            return Err(format!("reports.locked_days and reports.days: 1 to {}", Self::MOST_DAYS));
        }
        if self.station_daily < 1 { Err("reports.station_daily: 1 or more".to_owned()) } else { Ok(()) }
    }
}

impl Limits {
    /// Time to answer a request.
    pub fn request(&self) -> Duration {
        Duration::from_secs(self.request_s)
    }
}
