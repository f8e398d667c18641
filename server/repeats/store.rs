//! SQL on the keys of requests.

use super::{Answer, Key};
use crate::db::{DbError, Tx};
use crate::{in_tx, row};

row! {
    /// A row of `idempotency`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct KeyRow {
        pub(super) fingerprint: String,
        pub(super) done: bool,
        pub(super) status: Option<i64>,
        pub(super) headers: Option<String>,
        pub(super) body: Option<String>,
    }
}

impl KeyRow {
    /// The answer, once it is kept.
    pub(super) fn answer(&self) -> Option<Answer> {
        let status = self.status?.try_into().ok()?;
        let headers = serde_json::from_str(self.headers.as_deref()?).ok()?;
        Some(Answer { status, headers, body: self.body.clone()? })
    }
}

const FORGET: &str = "DELETE FROM idempotency WHERE created_ms < $1";

/// Forgets keys from before an instant.
pub(super) async fn forget(tx: &mut Tx, before_ms: i64) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(FORGET).bind(before_ms).execute(c).await.map(drop))
}

const BEGIN: &str = "INSERT INTO idempotency (account_id, request_key, fingerprint, done, created_ms)
    VALUES ($1, $2, $3, FALSE, $4)
    ON CONFLICT (account_id, request_key) DO UPDATE SET created_ms = $4
      WHERE NOT idempotency.done AND idempotency.fingerprint = $3 AND idempotency.created_ms < $5";

/// Takes a key, also one whose request was abandoned undone; says whether it was free.
pub(super) async fn begin(
    tx: &mut Tx,
    key: &Key,
    fingerprint: &str,
    now_ms: i64,
    abandoned_ms: i64,
) -> Result<bool, DbError> {
    in_tx!(tx, c => sqlx::query(BEGIN)
        .bind(&key.owner)
        .bind(&key.name)
        .bind(fingerprint)
        .bind(now_ms)
        .bind(abandoned_ms)
        .execute(c).await.map(|done| done.rows_affected() == 1))
}

const FIND: &str = "SELECT fingerprint, done, status, headers, body
    FROM idempotency WHERE account_id = $1 AND request_key = $2";

/// What is known of a key.
pub(super) async fn find(tx: &mut Tx, key: &Key) -> Result<Option<KeyRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(FIND).bind(&key.owner).bind(&key.name).fetch_optional(c).await)
}

const DONE: &str = "UPDATE idempotency SET done = TRUE WHERE account_id = $1 AND request_key = $2";

/// Marks a key's request as done.
pub(super) async fn done(tx: &mut Tx, key: &Key) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(DONE).bind(&key.owner).bind(&key.name).execute(c).await.map(drop))
}

const ANSWER: &str = "UPDATE idempotency SET status = $3, headers = $4, body = $5
    WHERE account_id = $1 AND request_key = $2";

/// Keeps an answer.
pub(super) async fn answer(tx: &mut Tx, key: &Key, answer: &Answer) -> Result<(), DbError> {
    let headers = serde_json::json!(answer.headers).to_string();
    in_tx!(tx, c => sqlx::query(ANSWER)
        .bind(&key.owner)
        .bind(&key.name)
        .bind(i64::from(answer.status))
        .bind(&headers)
        .bind(&answer.body)
        .execute(c).await.map(drop))
}

const FREE: &str = "DELETE FROM idempotency WHERE account_id = $1 AND request_key = $2 AND NOT done";

/// Frees a key whose request wrote nothing.
pub(super) async fn free(tx: &mut Tx, key: &Key) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(FREE).bind(&key.owner).bind(&key.name).execute(c).await.map(drop))
}
