//! SQL on the answers to claims and redemptions.

use crate::db::{Db, DbError, Tx};
use crate::{in_tx, on, row};

row! {
    /// A row of `benefit_request`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct RequestRow {
        pub(super) fingerprint: String,
        pub(super) status: i64,
        pub(super) body: String,
    }
}

const FIND: &str =
    "SELECT fingerprint, status, body FROM benefit_request WHERE owner = $1 AND request_key = $2";

/// What is kept under a key.
pub(super) async fn find(db: &Db, owner: &str, key: &str) -> Result<Option<RequestRow>, DbError> {
    on!(db, pool => sqlx::query_as(FIND).bind(owner).bind(key).fetch_optional(pool).await)
}

/// What is kept under a key that is known to be taken.
pub(super) async fn find_in(tx: &mut Tx, owner: &str, key: &str) -> Result<RequestRow, DbError> {
    in_tx!(tx, c => sqlx::query_as(FIND).bind(owner).bind(key).fetch_one(c).await)
}

const BEGIN: &str = "INSERT INTO benefit_request (owner, request_key, fingerprint, status, body, made_ms)
    VALUES ($1, $2, $3, 0, '', $4) ON CONFLICT (owner, request_key) DO NOTHING";

/// Takes a key; false where it is taken. While another transaction holds it, this one waits.
pub(super) async fn begin(
    tx: &mut Tx,
    owner: &str,
    key: &str,
    fingerprint: &str,
    now_ms: i64,
) -> Result<bool, DbError> {
    in_tx!(tx, c => sqlx::query(BEGIN)
        .bind(owner).bind(key).bind(fingerprint).bind(now_ms)
        .execute(c).await.map(|done| done.rows_affected() == 1))
}

const ANSWER: &str =
    "UPDATE benefit_request SET status = $3, body = $4 WHERE owner = $1 AND request_key = $2";

/// Keeps an answer.
pub(super) async fn answer(
    tx: &mut Tx,
    owner: &str,
    key: &str,
    status: i64,
    body: &str,
) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ANSWER)
        .bind(owner).bind(key).bind(status).bind(body).execute(c).await.map(drop))
}

const FREE: &str = "DELETE FROM benefit_request WHERE owner = $1 AND request_key = $2";

/// Frees a key.
pub(super) async fn free(tx: &mut Tx, owner: &str, key: &str) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(FREE).bind(owner).bind(key).execute(c).await.map(drop))
}

const FORGET: &str = "DELETE FROM benefit_request WHERE made_ms < $1";

/// Forgets what was kept before an instant.
pub(super) async fn forget(tx: &mut Tx, before_ms: i64) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(FORGET).bind(before_ms).execute(c).await.map(drop))
}
