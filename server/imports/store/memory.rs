//! SQL on what is remembered of decisions.

use crate::db::{Db, DbError, Tx};
use crate::{in_tx, on, row};

row! {
    /// A row of `column_mapping`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in crate::imports) struct ColumnRow {
        pub(in crate::imports) heading: String,
        pub(in crate::imports) fields: String,
    }
}

row! {
    /// A row of `duplicate_decision`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in crate::imports) struct DecisionRow {
        pub(in crate::imports) row_key: String,
        pub(in crate::imports) station_id: String,
        pub(in crate::imports) decision: String,
    }
}

const COLUMNS: &str = "SELECT heading, fields FROM column_mapping ORDER BY heading";

/// What every heading fed.
pub(in crate::imports) async fn columns(db: &Db) -> Result<Vec<ColumnRow>, DbError> {
    on!(db, pool => sqlx::query_as(COLUMNS).fetch_all(pool).await)
}

const DECISIONS: &str =
    "SELECT row_key, station_id, decision FROM duplicate_decision ORDER BY decided_ms, row_key, station_id";

/// Every decision.
pub(in crate::imports) async fn decisions(db: &Db) -> Result<Vec<DecisionRow>, DbError> {
    on!(db, pool => sqlx::query_as(DECISIONS).fetch_all(pool).await)
}

const KEEP_COLUMN: &str =
    "INSERT INTO column_mapping (heading, fields, account_id, changed_ms) VALUES ($1, $2, $3, $4)
    ON CONFLICT (heading) DO UPDATE SET fields = excluded.fields, account_id = excluded.account_id,
        changed_ms = excluded.changed_ms";

/// Remembers what a heading feeds.
pub(in crate::imports) async fn keep_column(
    tx: &mut Tx,
    row: &ColumnRow,
    account: Option<&str>,
    now_ms: i64,
) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(KEEP_COLUMN).bind(&row.heading).bind(&row.fields).bind(account).bind(now_ms)
        .execute(c).await.map(drop))
}

const KEEP_DECISION: &str = "INSERT INTO duplicate_decision (row_key, station_id, decision, account_id, decided_ms)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (row_key, station_id) DO UPDATE SET decision = excluded.decision, account_id = excluded.account_id,
        decided_ms = excluded.decided_ms";

/// Remembers what was decided of a row and a station.
pub(in crate::imports) async fn keep_decision(
    tx: &mut Tx,
    row: &DecisionRow,
    account: Option<&str>,
    now_ms: i64,
) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(KEEP_DECISION).bind(&row.row_key).bind(&row.station_id).bind(&row.decision)
        .bind(account).bind(now_ms).execute(c).await.map(drop))
}
