//! SQL on lists of members on their way in.

use crate::db::{Db, DbError, Tx};
use crate::{in_tx, on, row};

row! {
    /// A row of `member_import`.
    #[derive(Clone, PartialEq, Eq)]
    pub(super) struct RosterRow {
        pub(super) id: String,
        pub(super) version: i64,
        pub(super) state: String,
        pub(super) file_name: String,
        pub(super) account_id: Option<String>,
        pub(super) district: Option<String>,
        pub(super) made_ms: i64,
        pub(super) options: String,
        pub(super) sheet: Option<String>,
        pub(super) outcome: Option<String>,
    }
}

const ADD: &str =
    "INSERT INTO member_import (id, version, state, file_name, account_id, district, made_ms, options,
        sheet)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

/// Keeps a list.
pub(super) async fn add(tx: &mut Tx, r: &RosterRow) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD)
        .bind(&r.id).bind(r.version).bind(&r.state).bind(&r.file_name).bind(&r.account_id).bind(&r.district)
        .bind(r.made_ms).bind(&r.options).bind(&r.sheet)
        .execute(c).await.map(drop))
}

const FIND: &str =
    "SELECT id, version, state, file_name, account_id, district, made_ms, options, sheet, outcome
    FROM member_import WHERE id = $1";

/// One list.
pub(super) async fn find(db: &Db, id: &str) -> Result<Option<RosterRow>, DbError> {
    on!(db, pool => sqlx::query_as(FIND).bind(id).fetch_optional(pool).await)
}

const END: &str = "UPDATE member_import
    SET version = version + 1, state = $3, ended_ms = $4, outcome = $5, sheet = NULL
    WHERE id = $1 AND version = $2 AND state = 'waiting'";

/// Notes what became of a list, and forgets what it said; false where it is no longer the version that was meant, or
/// waits no more.
pub(super) async fn end(
    tx: &mut Tx,
    (id, version): (&str, i64),
    state: &str,
    now_ms: i64,
    outcome: Option<&str>,
) -> Result<bool, DbError> {
    in_tx!(tx, c => sqlx::query(END)
        .bind(id).bind(version).bind(state).bind(now_ms).bind(outcome)
        .execute(c).await.map(|done| done.rows_affected() == 1))
}

const LOCK: &str = "UPDATE member_roster SET written = written + 1 WHERE id = 1";

/// Locks the roster until the transaction ends.
pub(super) async fn lock(tx: &mut Tx) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(LOCK).execute(c).await.map(drop))
}
