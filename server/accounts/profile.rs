//! What somebody who is signed in sees and changes of himself.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, TimeDelta};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use super::actor::Actor;
use super::password;
use super::role::{Grant, Permission};
use super::service::{self, LONGEST};
use super::sessions::attempts;
use super::sessions::service::{began, others};
use super::sessions::store::{self as sessions, SessionTimes};
use super::store::{self, AccountRow};
use super::totp::{self, SharedSecret, plain_recovery_code};
use crate::app::App;
use crate::audit::{self, Entry, Object};
use crate::city::settings::{self, Settings};
use crate::error::{Error, FieldError};
use crate::ids::{AccountId, Adcode, StationId};
use crate::secrets::hash;
use crate::time::Zone;

/// For so long after a sign-in nobody is asked for the password again.
const FRESH: TimeDelta = TimeDelta::minutes(15);

/// Who is signed in, what he may do, and what the pages of staff need to know of the city.
#[derive(Debug, Serialize, ToSchema)]
pub struct Session {
    /// Who.
    pub account: Person,
    /// His roles.
    #[schema(value_type = Vec<Object>)]
    pub grants: Vec<Grant>,
    /// For each permission the beginnings of the district codes where he has it; empty text is everywhere.
    #[schema(value_type = Object)]
    pub permissions: BTreeMap<Permission, Vec<String>>,
    /// The stations that he keeps.
    #[schema(value_type = Vec<String>)]
    pub stations: Vec<StationId>,
    /// Steps that he must take before anything else.
    pub must: Vec<&'static str>,
    /// When the session ends at the latest.
    pub ends: DateTime<FixedOffset>,
    /// His other sessions, the one used last first.
    pub others: Vec<OtherSession>,
    /// The city's words and rules.
    pub city: Settings,
    /// The year whose notice on holidays somebody should load: this year, or from 1 November the next. Null: none.
    #[schema(required)]
    pub calendar_awaits: Option<i32>,
    /// The districts.
    pub districts: Vec<DistrictName>,
}

/// A session of the same person elsewhere.
#[derive(Debug, Serialize, ToSchema)]
pub struct OtherSession {
    /// When he signed in there.
    pub began: DateTime<FixedOffset>,
    /// When it was last used.
    pub last_used: DateTime<FixedOffset>,
}

/// A person by his account.
#[derive(Debug, Serialize, ToSchema)]
pub struct Person {
    /// The account's id.
    #[schema(value_type = String)]
    pub id: AccountId,
    /// What he signs in with.
    pub login: String,
    /// His name.
    pub name: String,
    /// The union or office that he works for.
    pub unit: Option<String>,
    /// Whether he uses one-time codes.
    pub totp: bool,
}

/// A district by its names.
#[derive(Debug, Serialize, ToSchema)]
pub struct DistrictName {
    /// Its code.
    #[schema(value_type = String)]
    pub adcode: Adcode,
    /// In Chinese.
    pub name: String,
    /// In English.
    pub name_en: String,
}

/// A shared secret that is offered, until a code of it confirms that the phone has it.
#[derive(Debug, Serialize, ToSchema)]
pub struct OfferedTotp {
    /// To be typed.
    pub secret: String,
    /// To be opened.
    pub uri: String,
    /// To be photographed: an SVG picture.
    pub qr_svg: String,
}

/// Who is signed in, by the session of a secret.
pub async fn session(app: &App, actor: &Actor, secret: &str) -> Result<Session, Error> {
    let row = own(app, actor).await?;
    let (zone, now) = (app.config.zone(), app.clock.now());
    let began = began(&app.db, secret).await?.unwrap_or(now);
    let others = others(&app.db, row.account_id()?, secret, now).await?;
    let snapshot = app.registry.snapshot();
    let district = |d: &crate::city::District| DistrictName {
        adcode: d.adcode,
        name: d.name.clone(),
        name_en: d.name_en.clone(),
    };
    let permissions = Permission::ALL.iter().filter(|p| actor.may_anywhere(**p));
    let needs_totp = app.config.accounts.totp.is_required();
    Ok(Session {
        grants: service::grants_of(&app.db, &row.id).await?,
        permissions: permissions.map(|p| (*p, actor.reach(*p).prefixes)).collect(),
        stations: actor.own_stations().to_vec(),
        must: service::steps_due(&row, needs_totp),
        ends: zone.stamp(began + LONGEST),
        others: others.into_iter().map(|other| OtherSession::of(&other, zone)).collect(),
        city: settings::load(&app.db, &app.config).await?.1,
        calendar_awaits: app.awaited_calendar(),
        districts: snapshot.city().districts.iter().map(district).collect(),
        account: Person {
            id: row.account_id()?,
            totp: row.totp_sealed.is_some(),
            login: row.login,
            name: row.name,
            unit: row.unit,
        },
    })
}

impl OtherSession {
    fn of(times: &SessionTimes, zone: Zone) -> Self {
        Self { began: zone.from_ms(times.created_ms), last_used: zone.from_ms(times.seen_ms) }
    }
}

async fn own(app: &App, actor: &Actor) -> Result<AccountRow, Error> {
    let id = actor.account.ok_or(Error::Forbidden)?;
    store::find(&app.db, &id.to_string()).await?.ok_or(Error::NotFound("account"))
}

/// Changes the own password. Every other session of the account ends.
///
/// # Errors
/// [`Error::Refused`] where the old one is wrong or the new one is easily guessed.
pub async fn change_password(
    app: &App,
    actor: &Actor,
    session: &str,
    old: String,
    new: String,
) -> Result<(), Error> {
    let row = own(app, actor).await?;
    prove(app, &row, old, "old").await?;
    let near = password::near(app, &row.login).await?;
    password::check("new", &new, near).await?;
    let kept = password::hash(new).await?;
    let row = AccountRow { password: Some(kept), must_change_password: false, ..row };
    write(app, actor, &row, "account.change_password", session, None).await
}

/// Whoever has found an open session shall not take the account over: the password is asked for again, and
/// wrong ones are counted as at the sign-in.
async fn prove(app: &App, row: &AccountRow, given: String, field: &str) -> Result<(), Error> {
    let now = app.clock.now();
    let subject = hash(&format!("prove:{}", row.id));
    attempts::count(&app.db, &subject, now).await?;
    if password::verify(given, row.password.clone()).await? {
        return attempts::forgive(&app.db, &subject, now).await;
    }
    Err(Error::Refused(vec![FieldError::new(field, "wrong", "密码不对。", "is wrong")]))
}

/// Whoever has found an open session shall not make himself a way in that outlives it: unless its owner signed in just
/// now, the password is asked for again.
///
/// # Errors
/// [`Error::Refused`] where it is missing or wrong.
pub async fn prove_again(
    app: &App,
    actor: &Actor,
    session: &str,
    given: Option<String>,
) -> Result<(), Error> {
    let began = began(&app.db, session).await?;
    if began.is_some_and(|began| app.clock.now() - began < FRESH) {
        return Ok(());
    }
    let (zh, en) = ("登录有一阵子了，请再输一次密码。", "is asked for again: the sign-in was a while ago");
    let missing = || FieldError::new("password", "missing", zh, en);
    let row = own(app, actor).await?;
    prove(app, &row, given.ok_or_else(missing)?, "password").await
}

/// Offers a shared secret for one-time codes.
pub async fn offer_totp(app: &App, actor: &Actor) -> Result<OfferedTotp, Error> {
    let row = own(app, actor).await?;
    if row.totp_sealed.is_some() {
        let detail = crate::error::Words::new(
            "已经绑定了动态码；要换手机，请先解除。",
            "One-time codes are enrolled already; remove them first to change the phone.",
        );
        return Err(Error::Conflict { code: "totp_enrolled", detail });
    }
    let secret = SharedSecret::new()?;
    let issuer = settings::load(&app.db, &app.config).await?.1.union_name;
    let fault = || Error::Internal("a one-time secret has no picture".to_owned());
    let uri = secret.uri(&issuer, &row.login).ok_or_else(fault)?;
    let qr_svg = totp::qr_svg(&uri).ok_or_else(fault)?;
    let row = AccountRow { totp_offered: Some(secret.seal(&app.secrets, row.account_id()?)?), ..row };
    let mut tx = app.db.begin().await?;
    store::set_credentials(&mut tx, &row, app.clock.now().timestamp_millis()).await?;
    tx.commit().await?;
    Ok(OfferedTotp { secret: secret.typed(), uri, qr_svg })
}

/// Takes an offered secret into use, shown by a code of it, and gives the recovery codes.
///
/// # Errors
/// [`Error::Refused`] where nothing is offered or the code is wrong.
pub async fn confirm_totp(app: &App, actor: &Actor, session: &str, code: &str) -> Result<Vec<String>, Error> {
    let row = own(app, actor).await?;
    let wrong = || {
        let zh = "动态码不对。请看手机上现在的 6 位数字，并检查手机时间。";
        Error::Refused(vec![FieldError::new("code", "wrong", zh, "is wrong; check the phone's clock")])
    };
    let offered = row.totp_offered.clone().ok_or_else(wrong)?;
    let secret = SharedSecret::open(&offered, &app.secrets, row.account_id()?)?;
    let step = secret.step_of(code, app.clock.now()).ok_or_else(wrong)?;
    let codes = totp::recovery_codes()?;
    let row = AccountRow { totp_sealed: Some(offered), totp_offered: None, totp_step: Some(step), ..row };
    write(app, actor, &row, "account.enrol_totp", session, Some(&codes)).await?;
    Ok(codes)
}

/// Removes the own one-time codes.
pub async fn drop_totp(app: &App, actor: &Actor, session: &str, given: String) -> Result<(), Error> {
    let row = own(app, actor).await?;
    prove(app, &row, given, "password").await?;
    let row = AccountRow { totp_sealed: None, totp_offered: None, totp_step: None, ..row };
    write(app, actor, &row, "account.drop_totp", session, Some(&[])).await
}

/// Stores credentials, ends the account's other sessions, and records it. `codes` replaces the recovery codes.
async fn write(
    app: &App,
    actor: &Actor,
    row: &AccountRow,
    action: &'static str,
    session: &str,
    codes: Option<&[String]>,
) -> Result<(), Error> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    store::set_credentials(&mut tx, row, now.timestamp_millis()).await?;
    if let Some(codes) = codes {
        let hashes: Vec<_> = codes.iter().map(|code| hash(&plain_recovery_code(code))).collect();
        sessions::set_codes(&mut tx, &row.id, &hashes).await?;
    }
    sessions::end_all(&mut tx, &row.id, &hash(session)).await?;
    let entry =
        Entry { action, object: Object::account(row.account_id()?), district: None, detail: json!({}) };
    audit::record(&mut tx, actor, now, &entry).await?;
    tx.commit().await?;
    Ok(())
}
