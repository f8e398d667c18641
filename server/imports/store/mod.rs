//! All SQL on imports.

pub(super) mod memory;
pub(super) mod parked;

use crate::db::{Built, Db, DbError, Tx};
use crate::{bound, in_tx, on, row};

row! {
    /// A row of `import`, with the name of whoever sent the file.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct ImportRow {
        pub(super) id: String,
        pub(super) version: i64,
        pub(super) account_id: Option<String>,
        pub(super) account_name: Option<String>,
        pub(super) file_name: String,
        pub(super) row_count: i64,
        pub(super) state: String,
        pub(super) district: Option<String>,
        pub(super) options: String,
        pub(super) corrections: String,
        pub(super) outcome: Option<String>,
        pub(super) failed: Option<String>,
        pub(super) created_ms: i64,
        pub(super) committed_ms: Option<i64>,
    }
}

/// An import as it begins.
#[derive(Debug, Clone)]
pub(super) struct NewImport {
    pub(super) id: String,
    pub(super) account_id: Option<String>,
    pub(super) file_name: String,
    pub(super) file_hash: String,
    pub(super) row_count: i64,
    pub(super) district: Option<String>,
    pub(super) options: String,
    pub(super) corrections: String,
    pub(super) created_ms: i64,
}

/// The columns that every reading statement below lists, once.
macro_rules! columns {
    () => {
        "SELECT i.id, i.version, i.account_id, a.name AS account_name, i.file_name, i.row_count, i.state, i.district,
            i.options, i.corrections, i.outcome, i.failed, i.created_ms, i.committed_ms
         FROM import i LEFT JOIN account a ON a.id = i.account_id "
    };
}

const ADD: &str =
    "INSERT INTO import (id, version, account_id, file_name, file_hash, row_count, state, district,
        options, corrections, created_ms, changed_ms)
    VALUES ($1, 1, $2, $3, $4, $5, 'planned', $6, $7, $8, $9, $9)";
const ADD_FILE: &str = "INSERT INTO import_file (import_id, file, sheet) VALUES ($1, $2, $3)";

/// Keeps a new import with its file and the sheet that was read from it.
pub(super) async fn add(tx: &mut Tx, i: &NewImport, file: &[u8], sheet: &[u8]) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD)
        .bind(&i.id).bind(&i.account_id).bind(&i.file_name).bind(&i.file_hash).bind(i.row_count)
        .bind(&i.district).bind(&i.options).bind(&i.corrections).bind(i.created_ms)
        .execute(c).await.map(drop))?;
    in_tx!(tx, c => sqlx::query(ADD_FILE).bind(&i.id).bind(file).bind(sheet).execute(c).await.map(drop))
}

const FIND: &str = concat!(columns!(), "WHERE i.id = $1");

/// One import.
pub(super) async fn find(db: &Db, id: &str) -> Result<Option<ImportRow>, DbError> {
    on!(db, pool => sqlx::query_as(FIND).bind(id).fetch_optional(pool).await)
}

/// One import as a transaction sees it.
pub(super) async fn find_in(tx: &mut Tx, id: &str) -> Result<Option<ImportRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(FIND).bind(id).fetch_optional(c).await)
}

const SAME: &str = concat!(
    columns!(),
    "WHERE i.file_hash = $1 AND i.state IN ('committed', 'undone') ORDER BY i.committed_ms DESC LIMIT 1"
);

/// The last import of the same file that was carried out.
pub(super) async fn of_file(db: &Db, hash: &str) -> Result<Option<ImportRow>, DbError> {
    on!(db, pool => sqlx::query_as(SAME).bind(hash).fetch_optional(pool).await)
}

/// Which imports somebody may see: his own, and those of his districts.
#[derive(Debug, Clone)]
pub(super) struct Within {
    pub(super) account: Option<String>,
    /// Beginnings of district codes; an empty one is everywhere.
    pub(super) prefixes: Vec<String>,
}

const LIST: &str = concat!(columns!(), "WHERE i.state <> 'discarded'");

/// A page of imports, the newest first.
pub(super) async fn list(
    db: &Db,
    within: &Within,
    state: Option<&str>,
    before: Option<&str>,
    limit: i64,
) -> Result<Vec<ImportRow>, DbError> {
    let mut sql = Built::new(LIST);
    sql.push(" AND (i.account_id = ").value(within.account.clone());
    for prefix in &within.prefixes {
        match prefix.as_str() {
            "" => sql.push(" OR TRUE"),
            prefix => sql.push(" OR i.district LIKE ").value(format!("{prefix}%")),
        };
    }
    sql.push(")");
    if let Some(state) = state {
        sql.push(" AND i.state = ").value(state);
    }
    if let Some(before) = before {
        sql.push(" AND i.id < ").value(before);
    }
    sql.push(" ORDER BY i.id DESC LIMIT ").value(limit);
    let (text, values) = sql.finish();
    on!(db, pool => bound!(sqlx::query_as(text), values).fetch_all(pool).await)
}

const SHEET: &str = "SELECT sheet FROM import_file WHERE import_id = $1";

/// The sheet that was read from a file, gzipped JSON.
pub(super) async fn sheet(db: &Db, id: &str) -> Result<Option<Vec<u8>>, DbError> {
    on!(db, pool => sqlx::query_scalar(SHEET).bind(id).fetch_optional(pool).await)
}

const CHANGE: &str = "UPDATE import SET version = version + 1, district = $1, options = $2, corrections = $3,
        failed = NULL, changed_ms = $4
    WHERE id = $5 AND version = $6 AND state = 'planned'";

/// Changes what people say of an import that is planned; false where it is not that version any more.
pub(super) async fn change(
    tx: &mut Tx,
    id: &str,
    version: i64,
    [district, options, corrections]: [Option<String>; 3],
    now_ms: i64,
) -> Result<bool, DbError> {
    let changed = in_tx!(tx, c => sqlx::query(CHANGE).bind(district).bind(options).bind(corrections).bind(now_ms)
        .bind(id).bind(version).execute(c).await.map(|done| done.rows_affected()))?;
    Ok(changed == 1)
}

const MOVE: &str = "UPDATE import SET version = version + 1, state = $1, failed = $2, changed_ms = $3
    WHERE id = $4 AND version = $5 AND state = $6";

/// A step from one state to another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Move<'a> {
    pub(super) from: &'a str,
    pub(super) to: &'a str,
    pub(super) failed: Option<&'a str>,
}

/// Takes a step; false where the import is not that version in that state any more.
pub(super) async fn step(
    tx: &mut Tx,
    id: &str,
    version: i64,
    step: Move<'_>,
    now_ms: i64,
) -> Result<bool, DbError> {
    let moved = in_tx!(tx, c => sqlx::query(MOVE).bind(step.to).bind(step.failed).bind(now_ms).bind(id).bind(version)
        .bind(step.from).execute(c).await.map(|done| done.rows_affected()))?;
    Ok(moved == 1)
}

const DONE: &str = "UPDATE import SET outcome = $1, committed_ms = $2 WHERE id = $3";

/// Notes what a commit did.
pub(super) async fn done(tx: &mut Tx, id: &str, outcome: &str, now_ms: i64) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(DONE).bind(outcome).bind(now_ms).bind(id).execute(c).await.map(drop))
}

const FORGET_FILE: &str = "DELETE FROM import_file WHERE import_id = $1";

/// Deletes the file of an import.
pub(super) async fn forget_file(tx: &mut Tx, id: &str) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(FORGET_FILE).bind(id).execute(c).await.map(drop))
}

const RECOVER: &str =
    "UPDATE import SET version = version + 1, state = 'planned', failed = 'interrupted', changed_ms = $1
    WHERE state = 'committing'";

/// Takes back every commit that did not end.
///
/// One that another server is carrying out just now takes its row with one of its last statements, so it either
/// commits before this or finds itself taken back and does nothing.
pub(super) async fn recover(tx: &mut Tx, now_ms: i64) -> Result<u64, DbError> {
    in_tx!(tx, c => sqlx::query(RECOVER).bind(now_ms).execute(c).await.map(|done| done.rows_affected()))
}

row! {
    /// A row of `import_station`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct StationRow {
        pub(super) import_id: String,
        pub(super) station_id: String,
        pub(super) row_number: i64,
        pub(super) version_before: Option<i64>,
        pub(super) version_after: i64,
    }
}

const ADD_STATION: &str =
    "INSERT INTO import_station (import_id, station_id, row_number, version_before, version_after)
    VALUES ($1, $2, $3, $4, $5)";

/// Notes what an import did to a station.
pub(super) async fn add_station(tx: &mut Tx, s: &StationRow) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD_STATION).bind(&s.import_id).bind(&s.station_id).bind(s.row_number)
        .bind(s.version_before).bind(s.version_after).execute(c).await.map(drop))
}

const STATIONS_OF: &str = "SELECT import_id, station_id, row_number, version_before, version_after
    FROM import_station WHERE import_id = $1 ORDER BY row_number, station_id";

/// What an import did to each station.
pub(super) async fn stations_of(tx: &mut Tx, id: &str) -> Result<Vec<StationRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(STATIONS_OF).bind(id).fetch_all(c).await)
}

const CHANGED: &str = "SELECT i.station_id FROM import_station i JOIN station s ON s.id = i.station_id
    WHERE i.import_id = $1 AND s.version <> i.version_after ORDER BY i.row_number, i.station_id LIMIT $2";

/// The stations of an import that somebody wrote since.
pub(super) async fn changed_since(db: &Db, id: &str, limit: usize) -> Result<Vec<String>, DbError> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    on!(db, pool => sqlx::query_scalar(CHANGED).bind(id).bind(limit).fetch_all(pool).await)
}
