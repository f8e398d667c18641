//! SQL on sessions, known browsers, failed sign-ins, tokens.

use crate::db::{Db, DbError, Tx};
use crate::{in_tx, on, row};

row! {
    /// A row of `session`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in crate::accounts) struct SessionRow {
        pub(in crate::accounts) account_id: String,
        pub(in crate::accounts) seen_ms: i64,
        pub(in crate::accounts) ends_ms: i64,
    }
}

const FIND: &str = "SELECT account_id, seen_ms, ends_ms FROM session WHERE hash = $1";

/// The session of a secret's hash.
pub(in crate::accounts) async fn find(db: &Db, hash: &str) -> Result<Option<SessionRow>, DbError> {
    on!(db, pool => sqlx::query_as(FIND).bind(hash).fetch_optional(pool).await)
}

const ADD: &str = "INSERT INTO session (hash, account_id, created_ms, seen_ms, ends_ms)
    VALUES ($1, $2, $3, $3, $4)";

/// Adds a session.
pub(in crate::accounts) async fn add(
    tx: &mut Tx,
    hash: &str,
    account: &str,
    now_ms: i64,
    ends_ms: i64,
) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD).bind(hash).bind(account).bind(now_ms).bind(ends_ms).execute(c).await.map(drop))
}

const SEEN: &str = "UPDATE session SET seen_ms = $2 WHERE hash = $1 AND seen_ms < $2";

/// Notes that a session is in use.
pub(in crate::accounts) async fn seen(tx: &mut Tx, hash: &str, now_ms: i64) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(SEEN).bind(hash).bind(now_ms).execute(c).await.map(drop))
}

const END: &str = "DELETE FROM session WHERE hash = $1";

/// Ends one session.
pub(in crate::accounts) async fn end(tx: &mut Tx, hash: &str) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(END).bind(hash).execute(c).await.map(drop))
}

const END_ALL: &str = "DELETE FROM session WHERE account_id = $1 AND hash <> $2";

/// Ends every session of an account but the one of a hash.
pub(in crate::accounts) async fn end_all(tx: &mut Tx, account: &str, but: &str) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(END_ALL).bind(account).bind(but).execute(c).await.map(drop))
}

const END_OLD: &str = "DELETE FROM session WHERE ends_ms < $1 OR seen_ms < $2";

/// Forgets sessions that are over, and those that nobody used since `idle_ms`.
pub(in crate::accounts) async fn end_old(tx: &mut Tx, now_ms: i64, idle_ms: i64) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(END_OLD).bind(now_ms).bind(idle_ms).execute(c).await.map(drop))
}
