//! Recognising who asks.

use chrono::{DateTime, TimeDelta, Utc};

use super::actor::{Actor, Via};
use super::role::{Grant, Permission};
use super::sessions::store as sessions;
use super::store::{self, AccountRow, GrantRow};
use super::tokens::store as tokens;
use crate::db::Db;
use crate::error::Error;
use crate::ids::{AccountId, Adcode, StationId};
use crate::secrets::hash;

/// A session ends when it is not used for so long.
pub const IDLE: TimeDelta = TimeDelta::minutes(30);
/// A session ends so long after it began, used or not.
pub const LONGEST: TimeDelta = TimeDelta::hours(12);
/// Use is noted no more often than this, so that reading does not write each time.
const NOTED: TimeDelta = TimeDelta::minutes(1);

/// Somebody who is signed in.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// What he may do.
    pub actor: Actor,
    /// Steps that he must take before anything else.
    pub must: Vec<&'static str>,
}

impl SignedIn {
    /// Refuses whoever has not taken a step that is due.
    pub fn ready(&self) -> Result<(), Error> {
        self.must.first().map_or(Ok(()), |step| Err(Error::Must(step)))
    }
}

/// Who has a session, by its secret.
///
/// # Errors
/// [`Error::Unauthenticated`] where there is none, it is over, or its account is blocked.
pub async fn by_session(
    db: &Db,
    secret: &str,
    needs_totp: bool,
    now: DateTime<Utc>,
) -> Result<SignedIn, Error> {
    let none = || Error::Unauthenticated("not_signed_in");
    let hash = hash(secret);
    let session = sessions::find(db, &hash).await?.ok_or_else(none)?;
    let now_ms = now.timestamp_millis();
    if now_ms >= session.ends_ms || now_ms >= session.seen_ms + IDLE.num_milliseconds() {
        return Err(none());
    }
    let account = store::find(db, &session.account_id).await?.filter(is_active).ok_or_else(none)?;
    if now_ms >= session.seen_ms + NOTED.num_milliseconds() {
        let mut tx = db.begin().await?;
        sessions::seen(&mut tx, &hash, now_ms).await?;
        tx.commit().await?;
    }
    let actor = actor_of(db, &account, Via::Session).await?;
    Ok(SignedIn { actor, must: steps_due(&account, needs_totp) })
}

/// Which program has a token: it may do what the token names, as far as its person may.
///
/// # Errors
/// [`Error::Unauthenticated`] where the token is unknown, over or withdrawn, or its account is blocked.
pub async fn by_token(db: &Db, secret: &str, now: DateTime<Utc>) -> Result<SignedIn, Error> {
    let none = || Error::Unauthenticated("bad_token");
    let now_ms = now.timestamp_millis();
    let token =
        tokens::by_hash(db, &hash(secret)).await?.filter(|t| now_ms < t.expires_ms).ok_or_else(none)?;
    let account = store::find(db, &token.account_id).await?.filter(is_active).ok_or_else(none)?;
    if token.last_used_ms.is_none_or(|last| now_ms >= last + NOTED.num_milliseconds()) {
        let mut tx = db.begin().await?;
        tokens::used(&mut tx, &token.id, now_ms).await?;
        tx.commit().await?;
    }
    let permissions: Vec<Permission> = serde_json::from_str(&token.permissions).map_err(|_| none())?;
    let scope = token.scope.parse().map_err(|_| none())?;
    let person = actor_of(db, &account, Via::Token).await?;
    Ok(SignedIn { actor: person.limited(&permissions, &scope), must: Vec::new() })
}

fn is_active(account: &AccountRow) -> bool {
    !account.blocked && account.erased_ms.is_none()
}

/// Whether an account is there and neither blocked nor erased.
pub async fn is_open(db: &Db, id: AccountId) -> Result<bool, Error> {
    Ok(store::find(db, &id.to_string()).await?.is_some_and(|account| is_active(&account)))
}

/// What a person must do before anything else.
pub(super) fn steps_due(account: &AccountRow, needs_totp: bool) -> Vec<&'static str> {
    let change = account.must_change_password.then_some("must_change_password");
    let enrol = (needs_totp && account.totp_sealed.is_none()).then_some("must_enrol_totp");
    change.into_iter().chain(enrol).collect()
}

/// What an account may do, as far as it is granted.
pub(super) async fn actor_of(db: &Db, account: &AccountRow, via: Via) -> Result<Actor, Error> {
    let grants = grants_of(db, &account.id).await?;
    let stations = store::stations(db, Some(&account.id)).await?;
    let stations = stations.into_iter().filter_map(|s| s.station_id.parse().ok()).collect();
    Ok(Actor::person(account.account_id()?, via, &grants, stations))
}

/// What is granted to an account.
pub(super) async fn grants_of(db: &Db, id: &str) -> Result<Vec<Grant>, Error> {
    Ok(store::grants(db, Some(id)).await?.iter().filter_map(GrantRow::grant).collect())
}

/// What the owner of an account may do.
pub async fn actor(db: &Db, id: AccountId) -> Result<Actor, Error> {
    let account = store::find(db, &id.to_string()).await?.ok_or(Error::NotFound("account"))?;
    actor_of(db, &account, Via::Command).await
}

/// Whoever can sign in and may do something at a station of a district, with their names, by name.
pub async fn holders(
    db: &Db,
    permission: Permission,
    station: StationId,
    district: Option<Adcode>,
) -> Result<Vec<(AccountId, String)>, Error> {
    let (grants, stations) = (store::grants(db, None).await?, store::stations(db, None).await?);
    let mut found = Vec::new();
    for account in store::all(db).await?.into_iter().filter(is_active) {
        let own = grants.iter().filter(|g| g.account_id == account.id);
        let own: Vec<Grant> = own.filter_map(GrantRow::grant).collect();
        let kept = stations.iter().filter(|s| s.account_id == account.id);
        let kept = kept.filter_map(|s| s.station_id.parse().ok()).collect();
        let id = account.account_id()?;
        if Actor::person(id, Via::System, &own, kept).may_station(permission, station, district) {
            found.push((id, account.name));
        }
    }
    found.sort_by(|a, b| a.1.cmp(&b.1));
    Ok(found)
}

/// The account of a login, unless it is erased.
pub async fn by_login(db: &Db, login: &str) -> Result<Option<AccountId>, Error> {
    let found = store::by_login(db, &login.to_lowercase()).await?.filter(|a| a.erased_ms.is_none());
    found.map(|account| account.account_id()).transpose()
}

/// Everybody whose account is active and who has a permission in a district; without one, in the whole city.
/// Keepers are not among them: their permissions hold at stations.
pub async fn holders_in(
    db: &Db,
    permission: Permission,
    district: Option<Adcode>,
) -> Result<Vec<AccountId>, Error> {
    let grants = store::grants(db, None).await?;
    let holds = |id: &str| {
        grants.iter().filter(|g| g.account_id == id).filter_map(GrantRow::grant).any(|g| {
            !g.role.is_of_stations() && g.role.permissions().contains(&permission) && g.scope.covers(district)
        })
    };
    let accounts = store::all(db).await?;
    accounts.iter().filter(|a| is_active(a) && holds(&a.id)).map(AccountRow::account_id).collect()
}
