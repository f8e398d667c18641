//! What happened to a case.

use crate::db::{Db, DbError, Tx};
use crate::{in_tx, on, row};

row! {
    /// A row of `grievance_event`, with the name of whoever did it.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in super::super) struct EventRow {
        pub(in super::super) id: String,
        pub(in super::super) grievance_id: String,
        pub(in super::super) place: i64,
        pub(in super::super) round: i64,
        pub(in super::super) at_ms: i64,
        pub(in super::super) action: String,
        pub(in super::super) account_id: Option<String>,
        pub(in super::super) account_name: Option<String>,
        pub(in super::super) from_state: Option<String>,
        pub(in super::super) to_state: String,
        pub(in super::super) is_public: bool,
        pub(in super::super) detail: String,
        pub(in super::super) words: Option<String>,
        pub(in super::super) sent_key: Option<String>,
    }
}

const ADD: &str =
    "INSERT INTO grievance_event (id, grievance_id, place, round, at_ms, action, account_id, from_state,
        to_state, is_public, detail, words, sent_key)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";

/// Writes an event.
pub(in super::super) async fn add_event(tx: &mut Tx, r: &EventRow) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD)
        .bind(&r.id).bind(&r.grievance_id).bind(r.place).bind(r.round).bind(r.at_ms).bind(&r.action)
        .bind(&r.account_id).bind(&r.from_state).bind(&r.to_state).bind(r.is_public).bind(&r.detail).bind(&r.words)
        .bind(&r.sent_key)
        .execute(c).await.map(drop))
}

const LAST_PLACE: &str =
    "SELECT CAST(COALESCE(MAX(place), 0) AS BIGINT) FROM grievance_event WHERE grievance_id = $1";

/// The place of a case's last event; 0: it has none.
pub(in super::super) async fn last_place(tx: &mut Tx, id: &str) -> Result<i64, DbError> {
    in_tx!(tx, c => sqlx::query_scalar(LAST_PLACE).bind(id).fetch_one(c).await)
}

macro_rules! select {
    ($rest:expr) => {
        concat!(
            "SELECT e.id, e.grievance_id, e.place, e.round, e.at_ms, e.action, e.account_id, a.name AS account_name,
                e.from_state, e.to_state, e.is_public, e.detail, e.words, e.sent_key
            FROM grievance_event e LEFT JOIN account a ON a.id = e.account_id ",
            $rest
        )
    };
}

const EVENTS: &str = select!("WHERE e.grievance_id = $1 ORDER BY e.place");

/// What happened to a case, the first first.
pub(in super::super) async fn events(db: &Db, id: &str) -> Result<Vec<EventRow>, DbError> {
    on!(db, pool => sqlx::query_as(EVENTS).bind(id).fetch_all(pool).await)
}

const BY_SENT_KEY: &str = select!("WHERE e.sent_key = $1");

/// What a reporter sent with a key.
pub(in super::super) async fn by_sent_key(db: &Db, key: &str) -> Result<Option<EventRow>, DbError> {
    on!(db, pool => sqlx::query_as(BY_SENT_KEY).bind(key).fetch_optional(pool).await)
}
