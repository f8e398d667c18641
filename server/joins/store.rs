//! All SQL on requests to join.

use crate::db::{Db, DbError, Tx};
use crate::{in_tx, on, row};

row! {
    /// A row of `join_request`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct JoinRow {
        pub(super) id: String,
        pub(super) version: i64,
        pub(super) number: String,
        pub(super) station_id: Option<String>,
        pub(super) district: Option<String>,
        pub(super) person: Option<String>,
        pub(super) phone_hash: Option<String>,
        pub(super) trade: Option<String>,
        pub(super) consent_version: i64,
        pub(super) state: String,
        pub(super) note: Option<String>,
        pub(super) account_id: Option<String>,
        pub(super) created_ms: i64,
        pub(super) changed_ms: i64,
    }
}

/// The reading statements list the same columns, once.
macro_rules! select {
    ($($rest:expr),+) => {
        concat!(
            "SELECT id, version, number, station_id, district, person, phone_hash, trade, consent_version, state,
                note, account_id, created_ms, changed_ms
            FROM join_request ",
            $($rest),+
        )
    };
}

const ADD: &str =
    "INSERT INTO join_request (id, version, number, station_id, district, person, phone_hash, trade,
        consent_version, state, created_ms, changed_ms)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";

/// Writes a new request.
pub(super) async fn add(tx: &mut Tx, r: &JoinRow) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD)
        .bind(&r.id).bind(r.version).bind(&r.number).bind(&r.station_id).bind(&r.district).bind(&r.person)
        .bind(&r.phone_hash).bind(&r.trade).bind(r.consent_version).bind(&r.state)
        .bind(r.created_ms).bind(r.changed_ms)
        .execute(c).await.map(drop))
}

const FIND: &str = select!("WHERE id = $1");

/// One request as a transaction sees it.
pub(super) async fn find_in(tx: &mut Tx, id: &str) -> Result<Option<JoinRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(FIND).bind(id).fetch_optional(c).await)
}

/// One request.
pub(super) async fn find(db: &Db, id: &str) -> Result<Option<JoinRow>, DbError> {
    on!(db, pool => sqlx::query_as(FIND).bind(id).fetch_optional(pool).await)
}

const PAGE: &str = select!(
    "WHERE ($1 = '' OR id < $1) AND ($2 = '' OR state = $2) AND ($3 = '' OR phone_hash = $3)
    ORDER BY id DESC LIMIT $4"
);

/// Requests from a cursor on, the newest first; empty texts ask for all.
pub(super) async fn page(
    db: &Db,
    before: &str,
    state: &str,
    phone_hash: &str,
    most: i64,
) -> Result<Vec<JoinRow>, DbError> {
    on!(db, pool => sqlx::query_as(PAGE).bind(before).bind(state).bind(phone_hash).bind(most)
        .fetch_all(pool).await)
}

const CHANGE: &str = "UPDATE join_request
    SET version = version + 1, state = $3, note = $4, account_id = $5, changed_ms = $6
    WHERE id = $1 AND version = $2";

/// Writes a change of staff; false where somebody else was faster.
pub(super) async fn change(tx: &mut Tx, r: &JoinRow) -> Result<bool, DbError> {
    in_tx!(tx, c => sqlx::query(CHANGE)
        .bind(&r.id).bind(r.version).bind(&r.state).bind(&r.note).bind(&r.account_id).bind(r.changed_ms)
        .execute(c).await.map(|done| done.rows_affected() == 1))
}

const SAME_PHONE: &str =
    "SELECT CAST(COUNT(*) AS BIGINT) FROM join_request WHERE phone_hash = $1 AND id <> $2";

/// How many other requests have the same number.
pub(super) async fn same_phone(db: &Db, phone_hash: &str, id: &str) -> Result<i64, DbError> {
    on!(db, pool => sqlx::query_scalar(SAME_PHONE).bind(phone_hash).bind(id).fetch_one(pool).await)
}

const ERASE: &str = "UPDATE join_request
    SET person = NULL, phone_hash = NULL, note = NULL, state = 'erased', version = version + 1, changed_ms = $2
    WHERE id = $1 AND state <> 'erased'";

/// Takes away what names a person; false where that was done before.
pub(super) async fn erase(tx: &mut Tx, id: &str, now_ms: i64) -> Result<bool, DbError> {
    in_tx!(tx, c => sqlx::query(ERASE).bind(id).bind(now_ms)
        .execute(c).await.map(|done| done.rows_affected() == 1))
}

const ERASE_OLD: &str = "UPDATE join_request
    SET person = NULL, phone_hash = NULL, note = NULL, state = 'erased', version = version + 1, changed_ms = $3
    WHERE (state IN ('joined', 'declined') AND changed_ms < $1) OR (state <> 'erased' AND created_ms < $2)";

/// Erases what was settled or came long ago, and says how many.
pub(super) async fn erase_old(
    tx: &mut Tx,
    settled_ms: i64,
    created_ms: i64,
    now_ms: i64,
) -> Result<u64, DbError> {
    in_tx!(tx, c => sqlx::query(ERASE_OLD).bind(settled_ms).bind(created_ms).bind(now_ms)
        .execute(c).await.map(|done| done.rows_affected()))
}
