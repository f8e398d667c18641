//! SQL on the sessions of phones.

use crate::db::{Db, DbError, Tx};
use crate::{in_tx, on, row};

row! {
    /// A row of `phone_session`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct SessionRow {
        pub(super) phone_hash: String,
        pub(super) seen_ms: i64,
        pub(super) expires_ms: i64,
    }
}

row! {
    /// Whose a phone is now.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct WhoseRow {
        pub(super) member_id: Option<String>,
        pub(super) clerk_id: Option<String>,
    }
}

const FIND: &str = "SELECT phone_hash, seen_ms, expires_ms FROM phone_session WHERE secret_hash = $1";

/// A session by the hash of its secret.
pub(super) async fn find(db: &Db, secret_hash: &str) -> Result<Option<SessionRow>, DbError> {
    on!(db, pool => sqlx::query_as(FIND).bind(secret_hash).fetch_optional(pool).await)
}

const WHOSE: &str = "SELECT
    (SELECT id FROM member WHERE phone_hash = $1 AND state = 'active') AS member_id,
    (SELECT clerk.id FROM clerk JOIN merchant ON merchant.id = clerk.merchant_id
      WHERE clerk.phone_hash = $1 AND clerk.is_active AND merchant.state = 'active') AS clerk_id";

/// Whose a phone is; `None` where it is nobody's.
pub(super) async fn whose(db: &Db, phone_hash: &str) -> Result<Option<WhoseRow>, DbError> {
    let row: WhoseRow = on!(db, pool => sqlx::query_as(WHOSE).bind(phone_hash).fetch_one(pool).await)?;
    Ok(Some(row).filter(|row| row.member_id.is_some() || row.clerk_id.is_some()))
}

const SEEN: &str = "UPDATE phone_session SET seen_ms = $2, expires_ms = $3 WHERE secret_hash = $1";

/// Notes that a session was used.
pub(super) async fn seen(
    tx: &mut Tx,
    secret_hash: &str,
    now_ms: i64,
    expires_ms: i64,
) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(SEEN)
        .bind(secret_hash).bind(now_ms).bind(expires_ms).execute(c).await.map(drop))
}

const ADD: &str = "INSERT INTO phone_session (secret_hash, phone_hash, started_ms, seen_ms, expires_ms)
    VALUES ($1, $2, $3, $3, $4)";

/// Begins a session.
pub(super) async fn add(
    tx: &mut Tx,
    secret_hash: &str,
    phone_hash: &str,
    now_ms: i64,
    expires_ms: i64,
) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD)
        .bind(secret_hash).bind(phone_hash).bind(now_ms).bind(expires_ms).execute(c).await.map(drop))
}
