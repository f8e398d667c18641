//! Photos and files of cases, sealed.

use crate::db::{Db, DbError, Tx};
use crate::{in_tx, on, row};

row! {
    /// A row of `grievance_attachment` without its content.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in super::super) struct AttachmentRow {
        pub(in super::super) id: String,
        pub(in super::super) event_id: Option<String>,
        pub(in super::super) media_type: String,
        pub(in super::super) bytes: i64,
    }
}

row! {
    /// A file that no case has named yet.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in super::super) struct Waiting {
        pub(in super::super) id: String,
        pub(in super::super) since_ms: i64,
        pub(in super::super) ring_key: String,
        pub(in super::super) own_key: String,
        pub(in super::super) content: Vec<u8>,
    }
}

const ADD: &str = "INSERT INTO grievance_attachment (id, type, bytes, waiting_ms, ring_key, own_key, content)
    VALUES ($1, $2, $3, $4, $5, $6, $7)";

/// Writes a file that no case has named yet.
pub(in super::super) async fn add(
    tx: &mut Tx,
    w: &Waiting,
    media_type: &str,
    bytes: i64,
) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD)
        .bind(&w.id).bind(media_type).bind(bytes).bind(w.since_ms).bind(&w.ring_key).bind(&w.own_key)
        .bind(&w.content[..])
        .execute(c).await.map(drop))
}

const COUNT: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM grievance_attachment WHERE grievance_id IS NULL";

/// How many files wait to be named.
pub(in super::super) async fn waiting(tx: &mut Tx) -> Result<i64, DbError> {
    in_tx!(tx, c => sqlx::query_scalar(COUNT).fetch_one(c).await)
}

const SWEEP: &str = "DELETE FROM grievance_attachment WHERE grievance_id IS NULL AND waiting_ms < $1";

/// Removes what nobody named.
pub(in super::super) async fn sweep(tx: &mut Tx, before_ms: i64) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(SWEEP).bind(before_ms).execute(c).await.map(drop))
}

const WAITING: &str =
    "SELECT id, waiting_ms AS since_ms, ring_key, own_key, content FROM grievance_attachment
    WHERE id = $1 AND grievance_id IS NULL AND waiting_ms >= $2";

const CLAIM: &str = "UPDATE grievance_attachment SET grievance_id = $2, event_id = $3, waiting_ms = NULL,
    ring_key = NULL, own_key = NULL, content = $4 WHERE id = $1 AND grievance_id IS NULL";

/// A file that waits and is not too old.
pub(in super::super) async fn attachment(
    tx: &mut Tx,
    id: &str,
    since_ms: i64,
) -> Result<Option<Waiting>, DbError> {
    in_tx!(tx, c => sqlx::query_as(WAITING).bind(id).bind(since_ms).fetch_optional(c).await)
}

/// Gives a file, sealed anew, to an event of a case; false where another has it.
pub(in super::super) async fn claim(
    tx: &mut Tx,
    id: &str,
    case: &str,
    event: &str,
    content: &[u8],
) -> Result<bool, DbError> {
    let done = in_tx!(tx, c => sqlx::query(CLAIM)
        .bind(id).bind(case).bind(event).bind(content)
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(done == 1)
}

const OF_CASE: &str = "SELECT id, event_id, type AS media_type, bytes FROM grievance_attachment WHERE grievance_id = $1 ORDER BY id";

/// The files of a case.
pub(in super::super) async fn attachments(db: &Db, case: &str) -> Result<Vec<AttachmentRow>, DbError> {
    on!(db, pool => sqlx::query_as(OF_CASE).bind(case).fetch_all(pool).await)
}

const CONTENT: &str = "SELECT content FROM grievance_attachment WHERE id = $1 AND grievance_id = $2";

/// The sealed content of a file of a case.
pub(in super::super) async fn content(db: &Db, id: &str, case: &str) -> Result<Option<Vec<u8>>, DbError> {
    on!(db, pool => sqlx::query_scalar(CONTENT).bind(id).bind(case).fetch_optional(pool).await)
}
