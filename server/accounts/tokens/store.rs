//! SQL on tokens.

use crate::db::{Db, DbError, Tx};
use crate::{in_tx, on, row};

row! {
    /// A row of `token`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in crate::accounts) struct TokenRow {
        pub(in crate::accounts) id: String,
        pub(in crate::accounts) account_id: String,
        pub(in crate::accounts) name: String,
        pub(in crate::accounts) hash: String,
        pub(in crate::accounts) permissions: String,
        pub(in crate::accounts) scope: String,
        pub(in crate::accounts) created_ms: i64,
        pub(in crate::accounts) expires_ms: i64,
        pub(in crate::accounts) last_used_ms: Option<i64>,
    }
}

const BY_HASH: &str =
    "SELECT id, account_id, name, hash, permissions, scope, created_ms, expires_ms, last_used_ms
    FROM token WHERE hash = $1";

/// The token of a secret's hash.
pub(in crate::accounts) async fn by_hash(db: &Db, hash: &str) -> Result<Option<TokenRow>, DbError> {
    on!(db, pool => sqlx::query_as(BY_HASH).bind(hash).fetch_optional(pool).await)
}

const OF: &str = "SELECT id, account_id, name, hash, permissions, scope, created_ms, expires_ms, last_used_ms
    FROM token WHERE account_id = $1 ORDER BY id";

/// The tokens of an account, oldest first.
pub(in crate::accounts) async fn of(db: &Db, account: &str) -> Result<Vec<TokenRow>, DbError> {
    on!(db, pool => sqlx::query_as(OF).bind(account).fetch_all(pool).await)
}

const ADD: &str = "INSERT INTO token (id, account_id, name, hash, permissions, scope, created_ms, expires_ms)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

/// Adds a token.
pub(super) async fn add(tx: &mut Tx, row: &TokenRow) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD)
        .bind(&row.id)
        .bind(&row.account_id)
        .bind(&row.name)
        .bind(&row.hash)
        .bind(&row.permissions)
        .bind(&row.scope)
        .bind(row.created_ms)
        .bind(row.expires_ms)
        .execute(c).await.map(drop))
}

const USED: &str = "UPDATE token SET last_used_ms = $2 WHERE id = $1";

/// Notes that a token is in use.
pub(in crate::accounts) async fn used(tx: &mut Tx, id: &str, now_ms: i64) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(USED).bind(id).bind(now_ms).execute(c).await.map(drop))
}

const DROP: &str = "DELETE FROM token WHERE id = $1 AND account_id = $2";

/// Withdraws a token of an account; says whether it was there.
pub(super) async fn withdraw(tx: &mut Tx, id: &str, account: &str) -> Result<bool, DbError> {
    in_tx!(tx, c => sqlx::query(DROP).bind(id).bind(account).execute(c).await
        .map(|done| done.rows_affected() == 1))
}

const DROP_ALL: &str = "DELETE FROM token WHERE account_id = $1 RETURNING id";

/// Withdraws every token of an account; gives their ids.
pub(in crate::accounts) async fn withdraw_all(tx: &mut Tx, account: &str) -> Result<Vec<String>, DbError> {
    in_tx!(tx, c => sqlx::query_scalar(DROP_ALL).bind(account).fetch_all(c).await)
}
