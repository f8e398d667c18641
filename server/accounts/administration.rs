//! What administrators see and do of other people's accounts.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::actor::Actor;
use super::consents;
use super::invitations::{self, Invitation, Purpose};
use super::people::{self, NewAccount, check_count, check_name};
use super::role::{Grant, Permission, Role, Scope};
use super::sessions::store as sessions;
use super::store::{self, AccountRow, GrantRow};
use super::tokens;
use crate::app::App;
use crate::audit::{self, Entry, Object};
use crate::db::Tx;
use crate::error::{Error, FieldError, Words};
use crate::ids::{AccountId, StationId};
use crate::notifications;
use crate::secrets::hash;

/// An account as it is listed.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Account {
    /// Its id.
    #[schema(value_type = String)]
    pub id: AccountId,
    /// Raised by each change.
    pub version: i64,
    /// What the person signs in with.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// The union or office that he works for.
    pub unit: Option<String>,
    /// His roles, and where they hold.
    #[schema(value_type = Vec<Object>)]
    pub grants: Vec<Grant>,
    /// The stations that he keeps.
    #[schema(value_type = Vec<String>)]
    pub stations: Vec<StationId>,
    /// Whether he may not sign in.
    pub blocked: bool,
    /// Whether he uses one-time codes.
    pub totp: bool,
    /// Whether he must change his password first.
    pub must_change_password: bool,
    /// When he last signed in.
    pub last_login: Option<DateTime<FixedOffset>>,
    /// When the account was made.
    pub created: DateTime<FixedOffset>,
}

/// An account that is asked for.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AccountAsked {
    /// What the person will sign in with.
    pub login: String,
    /// His name.
    pub name: String,
    /// The union or office that he works for.
    pub unit: Option<String>,
    /// His roles, and where they hold.
    #[schema(value_type = Vec<Object>)]
    pub grants: Vec<Grant>,
    /// The stations that he keeps.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub stations: Vec<StationId>,
}

/// A change of an account; what is absent stays.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AccountChange {
    /// His name.
    pub name: Option<String>,
    /// The union or office that he works for.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub unit: Option<Option<String>>,
    /// His roles, and where they hold.
    #[schema(value_type = Option<Vec<Object>>)]
    pub grants: Option<Vec<Grant>>,
    /// The stations that he keeps.
    #[schema(value_type = Option<Vec<String>>)]
    pub stations: Option<Vec<StationId>>,
    /// Whether he may not sign in.
    pub blocked: Option<bool>,
}

/// Tells null from absent.
fn present<'de, T: Deserialize<'de>, D: serde::Deserializer<'de>>(from: D) -> Result<Option<T>, D::Error> {
    T::deserialize(from).map(Some)
}

/// An account with the link for its person.
#[derive(Debug, Serialize, ToSchema)]
pub struct Invited {
    /// The account.
    pub account: Account,
    /// The link.
    pub invitation: Invitation,
}

/// Every account that the actor may see, by login.
pub async fn list(app: &App, actor: &Actor) -> Result<Vec<Account>, Error> {
    let (grants, stations) = (store::grants(&app.db, None).await?, store::stations(&app.db, None).await?);
    let mut found = Vec::new();
    for row in store::all(&app.db).await? {
        let granted = grants.iter().filter(|g| g.account_id == row.id).filter_map(GrantRow::grant).collect();
        let kept = stations.iter().filter(|s| s.account_id == row.id);
        let kept = kept.filter_map(|s| s.station_id.parse().ok()).collect();
        let account = account(app, row, granted, kept)?;
        if may(actor, Permission::AccountSee, &account.grants) {
            found.push(account);
        }
    }
    Ok(found)
}

/// One account.
///
/// # Errors
/// [`Error::NotFound`] where there is none, or the actor may not see it.
pub async fn find(app: &App, actor: &Actor, id: AccountId) -> Result<Account, Error> {
    let none = || Error::NotFound("account");
    let row =
        store::find(&app.db, &id.to_string()).await?.filter(|a| a.erased_ms.is_none()).ok_or_else(none)?;
    let grants = super::service::grants_of(&app.db, &row.id).await?;
    let stations = store::stations(&app.db, Some(&row.id)).await?;
    let stations = stations.into_iter().filter_map(|s| s.station_id.parse().ok()).collect();
    let account = account(app, row, grants, stations)?;
    if may(actor, Permission::AccountSee, &account.grants) { Ok(account) } else { Err(none()) }
}

fn account(
    app: &App,
    row: AccountRow,
    grants: Vec<Grant>,
    stations: Vec<StationId>,
) -> Result<Account, Error> {
    let zone = app.config.zone();
    Ok(Account {
        id: row.account_id()?,
        version: row.version,
        login: row.login,
        name: row.name,
        unit: row.unit,
        grants,
        stations,
        blocked: row.blocked,
        totp: row.totp_sealed.is_some(),
        must_change_password: row.must_change_password,
        last_login: row.last_login_ms.map(|ms| zone.from_ms(ms)),
        created: zone.from_ms(row.created_ms),
    })
}

/// Whether the actor has a permission over an account: over every scope of its grants. An account without
/// grants belongs to whoever has the permission anywhere.
fn may(actor: &Actor, permission: Permission, grants: &[Grant]) -> bool {
    actor.may_anywhere(permission) && grants.iter().all(|g| actor.may_scope(permission, &g.scope))
}

/// Makes an account and the link by which its person sets his password.
///
/// # Errors
/// [`Error::Refused`] where a field breaks a rule or grants more than the actor has.
pub async fn add(app: &App, actor: &Actor, asked: AccountAsked) -> Result<Invited, Error> {
    let AccountAsked { login, name, unit, grants, stations } = asked;
    let new = NewAccount { login, name, unit, grants, stations, password: None };
    people::check(&new)?;
    within_reach(app, actor, &new.grants, &new.stations).await?;
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    // The invitation comes first, because the audit entry is the last statement.
    let id = AccountId::new(now);
    people::insert(&mut tx, id, &new, now).await?;
    let invitation = invitations::invite(&mut tx, app, Purpose::New, Some(id), now).await?;
    people::record_added(&mut tx, actor, id, &new, now).await?;
    tx.commit().await?;
    Ok(Invited { account: find(app, actor, id).await?, invitation })
}

/// Nobody hands out what he has not: each grant lies within the actor's own, and so does each station.
async fn within_reach(
    app: &App,
    actor: &Actor,
    grants: &[Grant],
    stations: &[StationId],
) -> Result<(), Error> {
    let mut told = Vec::new();
    for (i, grant) in grants.iter().enumerate() {
        let beyond = grant.role.permissions().iter().any(|p| !actor.may_scope(*p, &grant.scope));
        if beyond || !actor.may_scope(Permission::AccountManage, &grant.scope) {
            let zh = "超出您自己的权限或地区，不能授予。";
            let en = "goes beyond your own permissions or districts";
            told.push(FieldError::new(format!("grants[{i}]"), "not_yours", zh, en));
        }
    }
    for (i, station) in stations.iter().enumerate() {
        let district = store::district_of(&app.db, &station.to_string()).await?;
        let district = district.and_then(|code| code.parse().ok());
        if !actor.may(Permission::AccountManage, district) {
            let zh = "没有这个驿站，或者不在您的地区。";
            let en = "there is no such station in your districts";
            told.push(FieldError::new(format!("stations[{i}]"), "not_found", zh, en));
        }
    }
    if told.is_empty() { Ok(()) } else { Err(Error::Refused(told)) }
}

/// Changes an account of a version.
///
/// # Errors
/// [`Error::Stale`], [`Error::Refused`], and [`Error::Conflict`] where the last administrator would go.
pub async fn change(
    app: &App,
    actor: &Actor,
    id: AccountId,
    version: i64,
    change: AccountChange,
) -> Result<Account, Error> {
    let old = managed(app, actor, id).await?;
    let (grants, stations) = (change.grants.clone(), change.stations.clone());
    let (grants, stations) = (grants.unwrap_or(old.grants.clone()), stations.unwrap_or(old.stations.clone()));
    check_change(&change)?;
    within_reach(app, actor, &grants, &stations).await?;
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let row = store::find_in(&mut tx, &id.to_string()).await?.ok_or(Error::NotFound("account"))?;
    let row = AccountRow {
        name: change.name.clone().unwrap_or(row.name.clone()),
        unit: change.unit.clone().unwrap_or(row.unit.clone()),
        blocked: change.blocked.unwrap_or(row.blocked),
        ..row
    };
    if !store::change(&mut tx, &row, version, now.timestamp_millis()).await? {
        return Err(Error::Stale { version: row.version });
    }
    people::set_rights(&mut tx, &row.id, &grants, &stations).await?;
    if row.blocked {
        sessions::end_all(&mut tx, &row.id, "").await?;
    }
    keep_an_administrator(&mut tx).await?;
    let detail = json!({ "grants": grants, "stations": stations, "blocked": row.blocked });
    record(&mut tx, app, actor, id, "account.change", detail).await?;
    tx.commit().await?;
    find(app, actor, id).await
}

fn check_change(change: &AccountChange) -> Result<(), Error> {
    let name = change.name.as_ref().and_then(|name| check_name("name", name));
    let unit = change.unit.iter().flatten().find_map(|unit| check_name("unit", unit));
    let grants = change.grants.as_ref().and_then(|g| check_count("grants", g.len()));
    let stations = change.stations.as_ref().and_then(|s| check_count("stations", s.len()));
    let told: Vec<_> = [name, unit, grants, stations].into_iter().flatten().collect();
    if told.is_empty() { Ok(()) } else { Err(Error::Refused(told)) }
}

/// An account that the actor manages.
async fn managed(app: &App, actor: &Actor, id: AccountId) -> Result<Account, Error> {
    let account = find(app, actor, id).await?;
    if may(actor, Permission::AccountManage, &account.grants) { Ok(account) } else { Err(Error::Forbidden) }
}

/// Somebody must stay who can manage everything.
async fn keep_an_administrator(tx: &mut Tx) -> Result<(), Error> {
    if store::administrators(tx, Role::Admin.as_str(), Scope::everywhere().as_str()).await? > 0 {
        return Ok(());
    }
    let detail = Words::new(
        "这是最后一位全市管理员，请先指定另一位。",
        "This is the last administrator of everything; appoint another one first.",
    );
    Err(Error::Conflict { code: "last_administrator", detail })
}

/// Gives somebody a new start who has lost his password or his phone: his sessions, one-time codes and tokens end,
/// his lock is lifted, and the link lets him set a new password.
pub async fn reset(app: &App, actor: &Actor, id: AccountId) -> Result<Invitation, Error> {
    let account = managed(app, actor, id).await?;
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let row = store::find_in(&mut tx, &id.to_string()).await?.ok_or(Error::NotFound("account"))?;
    let row = AccountRow { password: None, totp_sealed: None, totp_offered: None, totp_step: None, ..row };
    store::set_credentials(&mut tx, &row, now.timestamp_millis()).await?;
    let withdrawn = forget_ways_in(&mut tx, &row.id).await?;
    sessions::forgive(&mut tx, &hash(&format!("login:{}", account.login)), 0).await?;
    let invitation = invitations::invite(&mut tx, app, Purpose::Reset, Some(id), now).await?;
    tokens::record_withdrawn(&mut tx, actor, &withdrawn, now).await?;
    record(&mut tx, app, actor, id, "account.reset", json!({})).await?;
    tx.commit().await?;
    Ok(invitation)
}

/// Ends every way into an account; gives the tokens that were withdrawn, which the caller records last.
async fn forget_ways_in(tx: &mut Tx, id: &str) -> Result<Vec<String>, Error> {
    sessions::end_all(tx, id, "").await?;
    sessions::forget_devices(tx, id).await?;
    sessions::set_codes(tx, id, &[]).await?;
    Ok(tokens::store::withdraw_all(tx, id).await?)
}

/// Erases a person: name, login and every way in go; what he did stays in the log under his account's id.
pub async fn erase(app: &App, actor: &Actor, id: AccountId, reason: &str) -> Result<(), Error> {
    if let Some(wrong) = check_name("reason", reason) {
        return Err(Error::Refused(vec![wrong]));
    }
    managed(app, actor, id).await?;
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let account = id.to_string();
    let withdrawn = forget_ways_in(&mut tx, &account).await?;
    invitations::store::withdraw(&mut tx, &account, now.timestamp_millis()).await?;
    people::set_rights(&mut tx, &account, &[], &[]).await?;
    notifications::forget_person(&mut tx, id).await?;
    store::erase(&mut tx, &account, now.timestamp_millis()).await?;
    keep_an_administrator(&mut tx).await?;
    tokens::record_withdrawn(&mut tx, actor, &withdrawn, now).await?;
    // The reason may name the person, so the log keeps that there was one and not its words.
    record(&mut tx, app, actor, id, "person.erase", json!({})).await?;
    tx.commit().await?;
    Ok(())
}

/// Everything that is kept of a person, for whoever manages his account.
///
/// # Errors
/// [`Error::NotFound`] where the actor may not see it, [`Error::Forbidden`] where he may not manage it.
pub async fn export(app: &App, actor: &Actor, id: AccountId) -> Result<Value, Error> {
    let account = managed(app, actor, id).await?;
    let zone = app.config.zone();
    let sessions = sessions::of(&app.db, &id.to_string()).await?;
    let session = |s: sessions::SessionTimes| json!({ "created": zone.from_ms(s.created_ms), "seen": zone.from_ms(s.seen_ms), "ends": zone.from_ms(s.ends_ms) });
    let tokens = tokens::list(&app.db, id, zone).await?;
    Ok(json!({
        "account": account,
        "sessions": sessions.into_iter().map(session).collect::<Vec<_>>(),
        "tokens": tokens,
        "consents": consents::given(&app.db, id, zone).await?,
        "notifications": notifications::of_person(app, id).await?,
        "actions": audit::of_person(&app.db, id, zone).await?,
        "exported": zone.stamp(app.clock.now()),
    }))
}

async fn record(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    id: AccountId,
    action: &'static str,
    detail: Value,
) -> Result<(), Error> {
    let entry = Entry { action, object: Object::account(id), district: None, detail };
    audit::record(tx, actor, app.clock.now(), &entry).await
}
