//! Where somebody wants to be told besides his inbox: addresses, channels for each group, language.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::model::Group;
use super::store::{self, SettingRow};
use crate::accounts::Actor;
use crate::app::App;
use crate::audit::{self, Entry, Object};
use crate::delivery::{self, Channel, is_mail_address};
use crate::error::{Error, FieldError};
use crate::ids::AccountId;
use crate::joins::digits_of;
use crate::language::Language;
use crate::seal::Seal;
use crate::secrets::Secrets;

/// What addresses are sealed for.
const PURPOSE: &str = "notification.address";

/// For each group the channels that were chosen.
pub(super) type Channels = BTreeMap<Group, Vec<Channel>>;

/// What somebody sets.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[schema(as = NotificationWish)]
#[serde(deny_unknown_fields)]
pub struct Wish {
    /// A mail address; none: no mail.
    pub mail: Option<String>,
    /// A phone number, for SMS and WeChat.
    pub phone: Option<String>,
    /// For each group of kinds (`work`, `deadline`, `news`) the channels: `mail`, `sms`, `wechat`.
    #[schema(value_type = BTreeMap<String, Vec<String>>)]
    #[serde(default)]
    pub channels: Channels,
    /// The language of messages: `zh-CN` or `en`.
    #[serde(default = "chinese")]
    pub language: String,
}

fn chinese() -> String {
    Language::ZhCn.tag().to_owned()
}

/// What is set.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = NotificationSettings)]
pub struct Settings {
    /// The mail address.
    pub mail: Option<String>,
    /// The phone number.
    pub phone: Option<String>,
    /// For each group of kinds the channels.
    #[schema(value_type = BTreeMap<String, Vec<String>>)]
    pub channels: Channels,
    /// The language of messages.
    pub language: String,
    /// When the last message could not be delivered by mail; none where it was.
    pub mail_failed: Option<DateTime<FixedOffset>>,
    /// When the last message could not be delivered to the phone.
    pub phone_failed: Option<DateTime<FixedOffset>>,
    /// The channels that this service has.
    #[schema(value_type = Vec<String>)]
    pub available: Vec<Channel>,
}

/// What somebody has set.
pub async fn find(app: &App, account: AccountId) -> Result<Settings, Error> {
    let row = store::setting(&app.db, &account.to_string()).await?;
    let zone = app.config.zone();
    let opened = |sealed: Option<&String>| sealed.map(|s| open(&app.secrets, s, account)).transpose();
    let all = Channel::ALL.iter().copied();
    Ok(Settings {
        mail: opened(row.as_ref().and_then(|r| r.mail.as_ref()))?,
        phone: opened(row.as_ref().and_then(|r| r.phone.as_ref()))?,
        channels: row.as_ref().map(channels).transpose()?.unwrap_or_default(),
        language: row.as_ref().map_or_else(chinese, |r| r.language.clone()),
        mail_failed: row.as_ref().and_then(|r| r.mail_failed_ms).map(|ms| zone.from_ms(ms)),
        phone_failed: row.as_ref().and_then(|r| r.phone_failed_ms).map(|ms| zone.from_ms(ms)),
        available: all.filter(|c| delivery::is_available(&app.config.delivery, *c)).collect(),
    })
}

/// Writes what somebody sets, in place of what he had set before. Addresses are sealed; the log names none.
///
/// # Errors
/// [`Error::Refused`] where an address is none, or a channel is chosen without its address.
pub async fn set(app: &App, actor: &Actor, account: AccountId, wish: Wish) -> Result<Settings, Error> {
    let wish = wish.read()?;
    let sealed = |text: Option<&String>| {
        let seal = Seal::new(&app.secrets, PURPOSE);
        text.map(|t| seal.close(t.as_bytes(), &account.to_string())).transpose()
    };
    let row = SettingRow {
        account_id: account.to_string(),
        mail: sealed(wish.mail.as_ref())?,
        phone: sealed(wish.phone.as_ref())?,
        channels: json!(wish.channels).to_string(),
        language: wish.language,
        mail_failed_ms: None,
        phone_failed_ms: None,
    };
    let detail = json!({ "channels": wish.channels });
    let object = Object::account(account);
    let entry = Entry { action: "notification.settings", object, district: None, detail };
    let mut tx = app.db.begin().await?;
    store::set(&mut tx, &row).await?;
    audit::record(&mut tx, actor, app.clock.now(), &entry).await?;
    tx.commit().await?;
    find(app, account).await
}

impl Wish {
    /// Checks what is wished; the number comes as its digits.
    fn read(self) -> Result<Self, Error> {
        let mut wrong = Vec::new();
        let given = |text: Option<String>| text.map(|t| t.trim().to_owned()).filter(|t| !t.is_empty());
        let (mail, phone) = (given(self.mail), given(self.phone));
        if mail.as_deref().is_some_and(|m| !is_mail_address(m)) {
            let zh = "请写邮箱地址，如 li@example.cn。";
            wrong.push(FieldError::new(
                "mail",
                "not_an_address",
                zh,
                "give an address such as li@example.cn",
            ));
        }
        let digits = phone.as_deref().and_then(digits_of);
        if phone.is_some() && digits.is_none() {
            let zh = "请写能打通的电话，如 13800138000。";
            wrong.push(FieldError::new("phone", "not_a_number", zh, "give a number such as 13800138000"));
        }
        let chosen = |wanted: &[Channel]| self.channels.values().flatten().any(|c| wanted.contains(c));
        if mail.is_none() && chosen(&[Channel::Mail]) {
            wrong.push(FieldError::new(
                "mail",
                "missing",
                "要用邮件提醒，请写邮箱。",
                "mail needs an address",
            ));
        }
        if phone.is_none() && chosen(&[Channel::Sms, Channel::Wechat]) {
            let zh = "要用短信或微信提醒，请写电话。";
            wrong.push(FieldError::new("phone", "missing", zh, "SMS and WeChat need a number"));
        }
        if !Language::ALL.iter().any(|l| l.tag() == self.language) {
            wrong.push(FieldError::new("language", "not_a_choice", "请选 zh-CN 或 en。", "zh-CN or en"));
        }
        if !wrong.is_empty() {
            return Err(Error::Refused(wrong));
        }
        let once = |mut list: Vec<Channel>| {
            list.sort_unstable();
            list.dedup();
            list
        };
        let channels = self.channels.into_iter().map(|(group, list)| (group, once(list))).collect();
        Ok(Self { mail, phone: digits, channels, language: self.language })
    }
}

/// The channels of a row.
pub(super) fn channels(row: &SettingRow) -> Result<Channels, Error> {
    serde_json::from_str(&row.channels)
        .map_err(|e| Error::Internal(format!("notification_setting {}: {e}", row.account_id)))
}

/// The address of a row for a channel, opened, and the language of its messages.
pub(super) fn address(
    secrets: &Secrets,
    row: &SettingRow,
    account: AccountId,
    channel: Channel,
) -> Result<Option<(String, Language)>, Error> {
    let sealed = match channel {
        Channel::Mail => row.mail.as_ref(),
        Channel::Sms | Channel::Wechat => row.phone.as_ref(),
    };
    let language = Language::ALL.into_iter().find(|l| l.tag() == row.language).unwrap_or_default();
    let opened = sealed.map(|s| open(secrets, s, account)).transpose()?;
    Ok(opened.map(|to| (to, language)))
}

fn open(secrets: &Secrets, sealed: &str, account: AccountId) -> Result<String, Error> {
    let bytes = Seal::new(secrets, PURPOSE).open(sealed, &account.to_string())?;
    String::from_utf8(bytes).map_err(|_| Error::Internal("an address is no text".to_owned()))
}
