//! Adding and changing accounts.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::actor::Actor;
use super::role::Grant;
use super::store::{self, AccountRow};
use crate::audit::{self, Entry, Object};
use crate::db::{Db, DbError, Tx};
use crate::error::{Error, FieldError};
use crate::ids::{AccountId, StationId};

/// An account that is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAccount {
    /// What one signs in with: 3 to 40 of a-z, 0-9, `.`, `-`, `_`.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// The union or office that he works for.
    pub unit: Option<String>,
    /// What he may do, and where.
    pub grants: Vec<Grant>,
    /// The stations that he keeps.
    pub stations: Vec<StationId>,
    /// The hash of a first password, where it is known already.
    pub password: Option<String>,
}

/// Adds an account with its audit entry, inside a transaction that the caller commits.
///
/// # Errors
/// [`Error::Refused`] where the login is taken.
pub async fn add(
    tx: &mut Tx,
    actor: &Actor,
    new: &NewAccount,
    now: DateTime<Utc>,
) -> Result<AccountId, Error> {
    let id = AccountId::new(now);
    insert(tx, id, new, now).await?;
    record_added(tx, actor, id, new, now).await?;
    Ok(id)
}

/// Adds an account without its audit entry, which the caller adds last.
pub(super) async fn insert(
    tx: &mut Tx,
    id: AccountId,
    new: &NewAccount,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let row = AccountRow {
        id: id.to_string(),
        version: 1,
        login: new.login.to_lowercase(),
        name: new.name.clone(),
        unit: new.unit.clone(),
        password: new.password.clone(),
        must_change_password: false,
        blocked: false,
        totp_sealed: None,
        totp_offered: None,
        totp_step: None,
        last_login_ms: None,
        erased_ms: None,
        created_ms: now.timestamp_millis(),
    };
    store::add(tx, &row).await.map_err(taken)?;
    set_rights(tx, &row.id, &new.grants, &new.stations).await
}

/// Records that an account was added.
pub(super) async fn record_added(
    tx: &mut Tx,
    actor: &Actor,
    id: AccountId,
    new: &NewAccount,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let detail = json!({ "grants": new.grants, "stations": new.stations });
    let entry = Entry { action: "account.add", object: Object::account(id), district: None, detail };
    audit::record(tx, actor, now, &entry).await
}

/// Replaces what an account may do.
pub(super) async fn set_rights(
    tx: &mut Tx,
    id: &str,
    grants: &[Grant],
    stations: &[StationId],
) -> Result<(), Error> {
    let grants: Vec<_> = grants.iter().map(|g| (g.role.to_string(), g.scope.to_string())).collect();
    let stations: Vec<_> = stations.iter().map(ToString::to_string).collect();
    store::set_grants(tx, id, &grants).await?;
    store::set_stations(tx, id, &stations).await?;
    Ok(())
}

fn taken(error: DbError) -> Error {
    match error {
        DbError::Unique(_) => Error::Refused(vec![FieldError::new(
            "login",
            "taken",
            "这个账号名已经有人用了，请换一个。",
            "somebody has this login already; choose another",
        )]),
        other => other.into(),
    }
}

/// Adds an account in a transaction of its own.
pub async fn register(
    db: &Db,
    actor: &Actor,
    new: &NewAccount,
    now: DateTime<Utc>,
) -> Result<AccountId, Error> {
    let mut tx = db.begin().await?;
    let id = add(&mut tx, actor, new, now).await?;
    tx.commit().await?;
    Ok(id)
}

/// The fewest and the most characters of a login.
const LOGIN_CHARS: std::ops::RangeInclusive<usize> = 3..=40;
/// The most characters of a name or a unit.
const NAME_CHARS: usize = 60;
/// The most grants, and the most stations, of an account.
const MOST_RIGHTS: usize = 100;

/// Whether an account's texts and numbers are within their bounds.
///
/// # Errors
/// [`Error::Refused`] with each field that is not.
pub fn check(new: &NewAccount) -> Result<(), Error> {
    let mut told = Vec::new();
    let is_plain =
        |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '_' | '@');
    let login = new.login.to_lowercase();
    if !LOGIN_CHARS.contains(&login.chars().count()) || !login.chars().all(is_plain) {
        let zh = "要 3 到 40 个字符：小写字母、数字、. - _ @。";
        told.push(FieldError::new("login", "bad_login", zh, "must be 3 to 40 of a-z, 0-9, . - _ @"));
    }
    told.extend(check_name("name", &new.name));
    told.extend(new.unit.as_ref().and_then(|unit| check_name("unit", unit)));
    told.extend(check_count("grants", new.grants.len()));
    told.extend(check_count("stations", new.stations.len()));
    if told.is_empty() { Ok(()) } else { Err(Error::Refused(told)) }
}

pub(super) fn check_name(field: &str, text: &str) -> Option<FieldError> {
    let chars = text.trim().chars().count();
    let fine = (1..=NAME_CHARS).contains(&chars) && !text.chars().any(char::is_control);
    let zh = format!("要写 1 到 {NAME_CHARS} 个字。");
    let en = format!("must have 1 to {NAME_CHARS} characters");
    (!fine).then(|| FieldError::new(field, "bad_length", zh, en))
}

pub(super) fn check_count(field: &str, count: usize) -> Option<FieldError> {
    let zh = format!("最多 {MOST_RIGHTS} 项。");
    (count > MOST_RIGHTS).then(|| FieldError::new(field, "too_many", zh, format!("at most {MOST_RIGHTS}")))
}
