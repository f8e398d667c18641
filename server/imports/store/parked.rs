//! SQL on rows that wait for a pin.

use super::Within;
use crate::db::{Built, Db, DbError, Tx};
use crate::{bound, in_tx, on, row};

row! {
    /// A row of `parked_station` that waits still.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in crate::imports) struct ParkedRow {
        pub(in crate::imports) id: String,
        pub(in crate::imports) version: i64,
        pub(in crate::imports) import_id: Option<String>,
        pub(in crate::imports) row_number: Option<i64>,
        pub(in crate::imports) row_key: String,
        pub(in crate::imports) district: Option<String>,
        pub(in crate::imports) facts: String,
        pub(in crate::imports) account_id: Option<String>,
        pub(in crate::imports) created_ms: i64,
    }
}

/// The columns that every reading statement below lists, once.
macro_rules! columns {
    () => {
        "SELECT id, version, import_id, row_number, row_key, district, facts, account_id, created_ms
         FROM parked_station WHERE ended_ms IS NULL"
    };
}

const LIST: &str = columns!();

/// A page of rows that wait, the newest first.
pub(in crate::imports) async fn list(
    db: &Db,
    within: &Within,
    district: Option<&str>,
    before: Option<&str>,
    limit: i64,
) -> Result<Vec<ParkedRow>, DbError> {
    let mut sql = Built::new(LIST);
    sql.push(" AND (account_id = ").value(within.account.clone());
    for prefix in &within.prefixes {
        match prefix.as_str() {
            "" => sql.push(" OR TRUE"),
            prefix => sql.push(" OR district LIKE ").value(format!("{prefix}%")),
        };
    }
    sql.push(")");
    if let Some(district) = district {
        sql.push(" AND district = ").value(district);
    }
    if let Some(before) = before {
        sql.push(" AND id < ").value(before);
    }
    sql.push(" ORDER BY id DESC LIMIT ").value(limit);
    let (text, values) = sql.finish();
    on!(db, pool => bound!(sqlx::query_as(text), values).fetch_all(pool).await)
}

const FIND: &str = concat!(columns!(), " AND id = $1");

/// One row that waits, as a transaction sees it.
pub(in crate::imports) async fn find(tx: &mut Tx, id: &str) -> Result<Option<ParkedRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(FIND).bind(id).fetch_optional(c).await)
}

const END: &str = "UPDATE parked_station SET version = version + 1, station_id = $1, ended_ms = $2
    WHERE id = $3 AND version = $4 AND ended_ms IS NULL";

/// Ends the waiting of a row, with the station that it became or none; false where it is not that version any more.
pub(in crate::imports) async fn end(
    tx: &mut Tx,
    id: &str,
    version: i64,
    station: Option<&str>,
    now_ms: i64,
) -> Result<bool, DbError> {
    let ended = in_tx!(tx, c => sqlx::query(END).bind(station).bind(now_ms).bind(id).bind(version)
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(ended == 1)
}

/// A row that waits for a pin, as it begins.
#[derive(Debug, Clone)]
pub(in crate::imports) struct NewParked {
    pub(in crate::imports) id: String,
    pub(in crate::imports) import_id: String,
    pub(in crate::imports) row_number: i64,
    pub(in crate::imports) row_key: String,
    pub(in crate::imports) district: Option<String>,
    pub(in crate::imports) facts: String,
    pub(in crate::imports) account_id: Option<String>,
    pub(in crate::imports) created_ms: i64,
}

const PARK: &str = "INSERT INTO parked_station
        (id, version, import_id, row_number, row_key, district, facts, account_id, created_ms)
    SELECT $1, 1, $2, $3, $4, $5, $6, $7, $8
    WHERE NOT EXISTS (SELECT 1 FROM parked_station WHERE row_key = $4 AND ended_ms IS NULL)";

/// Puts a row aside; false where the same row waits already.
pub(in crate::imports) async fn park(tx: &mut Tx, p: &NewParked) -> Result<bool, DbError> {
    let added = in_tx!(tx, c => sqlx::query(PARK).bind(&p.id).bind(&p.import_id).bind(p.row_number).bind(&p.row_key)
        .bind(&p.district).bind(&p.facts).bind(&p.account_id).bind(p.created_ms)
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(added == 1)
}

const UNPARK: &str = "DELETE FROM parked_station WHERE import_id = $1 AND ended_ms IS NULL";

/// Takes back the rows of an import that wait still.
pub(in crate::imports) async fn unpark(tx: &mut Tx, id: &str) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(UNPARK).bind(id).execute(c).await.map(drop))
}
