//! All SQL on the audit log.

use crate::db::{DbError, Tx};
use crate::{in_tx, row};

row! {
    /// The end of the chain.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct ChainRow {
        pub(super) seq: i64,
        pub(super) hash: String,
    }
}

row! {
    /// A row of `audit`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct AuditRow {
        pub(super) seq: i64,
        pub(super) at_ms: i64,
        pub(super) account_id: Option<String>,
        pub(super) via: String,
        pub(super) action: String,
        pub(super) object_kind: String,
        pub(super) object_id: String,
        pub(super) district: Option<String>,
        pub(super) detail: String,
        pub(super) hash: String,
    }
}

/// An update, because it locks the row on both engines until the transaction ends.
const LOCK: &str = "UPDATE audit_chain SET seq = seq WHERE one = 1 RETURNING seq, hash";

/// The end of the chain, held until the transaction ends.
pub(super) async fn lock_chain(tx: &mut Tx) -> Result<ChainRow, DbError> {
    in_tx!(tx, c => sqlx::query_as(LOCK).fetch_one(c).await)
}

const ADD: &str =
    "INSERT INTO audit (seq, at_ms, account_id, via, action, object_kind, object_id, district, detail, hash)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
const MOVE: &str = "UPDATE audit_chain SET seq = $1, hash = $2 WHERE one = 1";

/// Adds a row at the end of the chain.
pub(super) async fn add(tx: &mut Tx, row: &AuditRow) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD)
        .bind(row.seq)
        .bind(row.at_ms)
        .bind(&row.account_id)
        .bind(&row.via)
        .bind(&row.action)
        .bind(&row.object_kind)
        .bind(&row.object_id)
        .bind(&row.district)
        .bind(&row.detail)
        .bind(&row.hash)
        .execute(c).await.map(drop))?;
    in_tx!(tx, c => sqlx::query(MOVE).bind(row.seq).bind(&row.hash).execute(c).await.map(drop))
}
