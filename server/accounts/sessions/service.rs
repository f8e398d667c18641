//! Starting and ending sessions.

use chrono::{DateTime, Utc};

use super::store;
use crate::accounts::service::{IDLE, LONGEST};
use crate::db::Tx;
use crate::error::Error;
use crate::ids::AccountId;
use crate::secrets::{hash, hex, random};

/// The random bytes of a session's secret.
const SECRET_BYTES: usize = 32;

/// Starts a session for an account and returns its secret, of which the database keeps a hash. Sessions that
/// are over are forgotten on the way.
pub async fn start(tx: &mut Tx, account: AccountId, now: DateTime<Utc>) -> Result<String, Error> {
    let secret = hex(&random::<SECRET_BYTES>()?);
    let now_ms = now.timestamp_millis();
    store::end_old(tx, now_ms, now_ms - IDLE.num_milliseconds()).await?;
    store::add(tx, &hash(&secret), &account.to_string(), now_ms, (now + LONGEST).timestamp_millis()).await?;
    Ok(secret)
}
