//! All SQL on the audit log.

use futures_util::TryStreamExt;
use futures_util::stream::BoxStream;
use sqlx::{FromRow, Row};

use super::head::Head;
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

row! {
    /// A row of `audit_head`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct HeadRow {
        pub(super) seq: i64,
        pub(super) hash: String,
        pub(super) at_ms: i64,
        pub(super) signer: String,
        pub(super) signature: String,
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

const CHAIN: &str = "SELECT seq, hash FROM audit_chain WHERE one = 1";

/// The end of the chain as it is noted; `None` where the note is gone or cannot be read.
pub(super) async fn chain(tx: &mut Tx) -> Result<Option<ChainRow>, DbError> {
    let rows = in_tx!(tx, c => all(sqlx::query(CHAIN).fetch(c)).await)?;
    Ok(rows.into_iter().next().flatten())
}

const HEADS: &str = "SELECT seq, hash, at_ms, signer, signature FROM audit_head ORDER BY seq";

/// Every signed head in order; `None` stands for one that cannot be read.
pub(super) async fn heads(tx: &mut Tx) -> Result<Vec<Option<HeadRow>>, DbError> {
    in_tx!(tx, c => all(sqlx::query(HEADS).fetch(c)).await)
}

const LAST_HEAD: &str =
    "SELECT seq, hash, at_ms, signer, signature FROM audit_head ORDER BY seq DESC LIMIT 1";

/// The head that was signed last.
pub(super) async fn last_head(tx: &mut Tx) -> Result<Option<HeadRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(LAST_HEAD).fetch_optional(c).await)
}

const HASH_OF: &str = "SELECT hash FROM audit WHERE seq = $1";

/// The hash of an entry.
pub(super) async fn hash_of(tx: &mut Tx, seq: i64) -> Result<Option<String>, DbError> {
    in_tx!(tx, c => sqlx::query_scalar(HASH_OF).bind(seq).fetch_optional(c).await)
}

const ADD_HEAD: &str = "INSERT INTO audit_head (seq, hash, at_ms, signer, signature)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (seq) DO NOTHING";

/// Adds a signed head, unless another server was faster.
pub(super) async fn add_head(tx: &mut Tx, head: &Head) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD_HEAD)
        .bind(head.seq)
        .bind(&head.hash)
        .bind(head.at_ms)
        .bind(&head.signer)
        .bind(&head.signature)
        .execute(c).await.map(drop))
}

const EACH: &str =
    "SELECT seq, at_ms, account_id, via, action, object_kind, object_id, district, detail, hash
    FROM audit
    ORDER BY seq";

/// Hands over every entry in order, without holding them all; `None` stands for one that cannot be read.
pub(super) async fn each(
    tx: &mut Tx,
    sink: &mut (dyn FnMut(Option<AuditRow>) + Send),
) -> Result<(), DbError> {
    in_tx!(tx, c => stream(sqlx::query(EACH).fetch(c), sink).await)
}

async fn all<R: Row, T>(rows: BoxStream<'_, sqlx::Result<R>>) -> sqlx::Result<Vec<Option<T>>>
where
    T: for<'r> FromRow<'r, R> + Send,
{
    let mut found = Vec::new();
    stream(rows, &mut |row| found.push(row)).await?;
    Ok(found)
}

/// SQLite keeps a value of any type in any column, so a row may be there and not be readable.
async fn stream<R: Row, T>(
    mut rows: BoxStream<'_, sqlx::Result<R>>,
    sink: &mut (dyn FnMut(Option<T>) + Send),
) -> sqlx::Result<()>
where
    T: for<'r> FromRow<'r, R> + Send,
{
    while let Some(row) = rows.try_next().await? {
        sink(T::from_row(&row).ok());
    }
    Ok(())
}

row! {
    /// An entry as it is read, with the name of its account.
    #[derive(Debug)]
    pub(super) struct ListedRow {
        pub(super) seq: i64,
        pub(super) at_ms: i64,
        pub(super) account_id: Option<String>,
        pub(super) name: Option<String>,
        pub(super) via: String,
        pub(super) action: String,
        pub(super) object_kind: String,
        pub(super) object_id: String,
        pub(super) district: Option<String>,
        pub(super) detail: String,
        pub(super) hash: String,
    }
}

/// Which entries are asked for; `None` is any.
#[derive(Debug, Clone)]
pub(super) struct Question {
    pub(super) account: Option<String>,
    /// An action, or its part before a point.
    pub(super) action: Option<String>,
    /// A kind of objects; without an id, an id besides.
    pub(super) kind: Option<String>,
    pub(super) id: Option<String>,
    /// The beginning of a district code.
    pub(super) district: Option<String>,
    pub(super) from_ms: Option<i64>,
    pub(super) to_ms: Option<i64>,
    pub(super) before: Option<i64>,
    /// Beginnings of district codes of 2, 4 or 6 digits, each between commas.
    pub(super) scopes: Option<String>,
    /// Whether what has no district is reached.
    pub(super) nowhere: bool,
    pub(super) limit: i64,
}

const LIST: &str =
    "SELECT a.seq, a.at_ms, a.account_id, p.name, a.via, a.action, a.object_kind, a.object_id, a.district,
        a.detail, a.hash
    FROM audit a LEFT JOIN account p ON p.id = a.account_id AND p.erased_ms IS NULL
    WHERE ($1 IS NULL OR a.account_id = $1)
        AND ($2 IS NULL OR a.action = $2 OR substr(a.action, 1, length($2) + 1) = $2 || '.')
        AND ($3 IS NULL OR a.object_kind = $3 OR ($4 IS NULL AND a.object_id = $3))
        AND ($4 IS NULL OR a.object_id = $4)
        AND ($5 IS NULL OR substr(a.district, 1, length($5)) = $5)
        AND ($6 IS NULL OR a.at_ms >= $6)
        AND ($7 IS NULL OR a.at_ms < $7)
        AND ($8 IS NULL OR a.seq < $8)
        AND ($9 IS NULL
            OR (a.district IS NULL AND $10)
            OR $9 LIKE '%,' || substr(a.district, 1, 2) || ',%'
            OR $9 LIKE '%,' || substr(a.district, 1, 4) || ',%'
            OR $9 LIKE '%,' || a.district || ',%')
    ORDER BY a.seq DESC
    LIMIT $11";

/// Entries, newest first.
pub(super) async fn list(tx: &mut Tx, q: &Question) -> Result<Vec<ListedRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(LIST)
        .bind(&q.account)
        .bind(&q.action)
        .bind(&q.kind)
        .bind(&q.id)
        .bind(&q.district)
        .bind(q.from_ms)
        .bind(q.to_ms)
        .bind(q.before)
        .bind(&q.scopes)
        .bind(q.nowhere)
        .bind(q.limit)
        .fetch_all(c).await)
}
