//! Recognising who asks.

use chrono::{DateTime, TimeDelta, Utc};

use super::actor::{Actor, Via};
use super::role::Grant;
use super::sessions::store as sessions;
use super::store::{self, AccountRow};
use crate::db::Db;
use crate::error::Error;
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
pub async fn by_session(db: &Db, secret: &str, now: DateTime<Utc>) -> Result<SignedIn, Error> {
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
    signed_in(db, &account, Via::Session).await
}

/// Which program has a token.
///
/// # Errors
/// [`Error::Unauthenticated`] where the token is unknown, expired or withdrawn.
pub async fn by_token(_db: &Db, _secret: &str, _now: DateTime<Utc>) -> Result<SignedIn, Error> {
    Err(Error::Unauthenticated("bad_token"))
}

fn is_active(account: &AccountRow) -> bool {
    !account.blocked && account.erased_ms.is_none()
}

async fn signed_in(db: &Db, account: &AccountRow, via: Via) -> Result<SignedIn, Error> {
    let id = account.id.parse().map_err(|e| Error::Internal(format!("account {}: {e}", account.id)))?;
    let grants: Vec<Grant> = store::grants(db, Some(&account.id))
        .await?
        .into_iter()
        .filter_map(|g| Some(Grant { role: g.role.parse().ok()?, scope: g.scope.parse().ok()? }))
        .collect();
    let stations = store::stations(db, Some(&account.id)).await?;
    let stations = stations.into_iter().filter_map(|s| s.station_id.parse().ok()).collect();
    Ok(SignedIn { actor: Actor::person(id, via, &grants, stations), must: Vec::new() })
}
