//! Starting and ending sessions.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::store::{self, SessionTimes};
use crate::accounts::Actor;
use crate::accounts::service::{IDLE, LONGEST};
use crate::audit::{self, Entry, Object};
use crate::db::{Db, Tx};
use crate::error::Error;
use crate::ids::AccountId;
use crate::secrets::{hash, hex, random};

/// The random bytes of a session's secret.
const SECRET_BYTES: usize = 32;

/// So many of somebody's sessions are told of: who has more sees that something is wrong.
const MOST_TOLD: i64 = 50;

/// Starts a session for an account and returns its secret, of which the database keeps a hash. Sessions that
/// are over are forgotten on the way.
pub async fn start(tx: &mut Tx, account: AccountId, now: DateTime<Utc>) -> Result<String, Error> {
    let secret = hex(&random::<SECRET_BYTES>()?);
    let now_ms = now.timestamp_millis();
    store::end_old(tx, now_ms, now_ms - IDLE.num_milliseconds()).await?;
    store::add(tx, &hash(&secret), &account.to_string(), now_ms, (now + LONGEST).timestamp_millis()).await?;
    Ok(secret)
}

/// When a session began.
pub async fn began(db: &Db, secret: &str) -> Result<Option<DateTime<Utc>>, Error> {
    let session = store::find(db, &hash(secret)).await?;
    Ok(session.and_then(|s| DateTime::from_timestamp_millis(s.ends_ms)).map(|ends| ends - LONGEST))
}

/// The other sessions of an account that one could still work in, at most [`MOST_TOLD`].
pub(in crate::accounts) async fn others(
    db: &Db,
    account: AccountId,
    secret: &str,
    now: DateTime<Utc>,
) -> Result<Vec<SessionTimes>, Error> {
    let (now_ms, idle_ms) = (now.timestamp_millis(), (now - IDLE).timestamp_millis());
    let (account, own) = (account.to_string(), hash(secret));
    Ok(store::others(db, &account, &own, (now_ms, idle_ms), MOST_TOLD).await?)
}

/// Ends every session of the actor but this one.
pub async fn end_others(db: &Db, actor: &Actor, secret: &str, now: DateTime<Utc>) -> Result<(), Error> {
    let account = actor.account.ok_or(Error::Forbidden)?;
    let mut tx = db.begin().await?;
    store::end_all(&mut tx, &account.to_string(), &hash(secret)).await?;
    record(&mut tx, actor, account, "session.end_others", now).await?;
    Ok(tx.commit().await?)
}

/// Ends a session of the actor.
pub async fn end(db: &Db, actor: &Actor, secret: &str, now: DateTime<Utc>) -> Result<(), Error> {
    let account = actor.account.ok_or(Error::Forbidden)?;
    let mut tx = db.begin().await?;
    store::end(&mut tx, &hash(secret)).await?;
    record(&mut tx, actor, account, "session.end", now).await?;
    Ok(tx.commit().await?)
}

async fn record(
    tx: &mut Tx,
    actor: &Actor,
    account: AccountId,
    action: &'static str,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let entry = Entry { action, object: Object::account(account), district: None, detail: json!({}) };
    audit::record(tx, actor, now, &entry).await?;
    Ok(())
}
