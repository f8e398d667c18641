//! SQL on the versions of stations, their confirmations, and the city's rule of approval.

use crate::db::{Built, Db, DbError, Tx, Value};
use crate::{bound, in_tx, on, row};

row! {
    /// A row of `station_version`, with the name of whoever wrote it.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct VersionRow {
        pub(super) version: i64,
        pub(super) at_ms: i64,
        pub(super) account_id: Option<String>,
        pub(super) account_name: Option<String>,
        pub(super) via: String,
        pub(super) action: String,
        pub(super) reason: Option<String>,
        pub(super) status: String,
        pub(super) facts: String,
    }
}

/// A version that is to be kept.
#[derive(Debug, Clone)]
pub(super) struct NewVersion {
    pub(super) station_id: String,
    pub(super) version: i64,
    pub(super) at_ms: i64,
    pub(super) account_id: Option<String>,
    pub(super) via: String,
    pub(super) action: String,
    pub(super) reason: Option<String>,
    pub(super) status: String,
    pub(super) facts: String,
}

/// So many rows are written by one statement. More save PostgreSQL further round trips; SQLite looks for each
/// argument among all of a statement's, which would take longer than it saves.
pub(super) const ROWS: usize = 10;

const KEEP: &str = "INSERT INTO station_version
    (station_id, version, at_ms, account_id, via, action, reason, status, facts) VALUES ";
const KEPT: &str = " ON CONFLICT (station_id, version) DO NOTHING";

/// Keeps versions, at most [`ROWS`]; one that is kept already stays as it is.
pub(super) async fn keep(tx: &mut Tx, versions: &[NewVersion]) -> Result<(), DbError> {
    let values = |v: &NewVersion| -> [Value; 9] {
        let v = v.clone();
        [
            v.station_id.into(),
            v.version.into(),
            v.at_ms.into(),
            v.account_id.into(),
            v.via.into(),
            v.action.into(),
            v.reason.into(),
            v.status.into(),
            v.facts.into(),
        ]
    };
    insert(tx, KEEP, versions.iter().map(values), KEPT).await
}

const NOTE: &str = "INSERT INTO station_change (revision, station_id) VALUES ";
const NOTED: &str = " ON CONFLICT (revision, station_id) DO NOTHING";

/// Notes that a revision touched stations, at most [`ROWS`].
pub(super) async fn note_changes(tx: &mut Tx, revision: i64, stations: &[String]) -> Result<(), DbError> {
    let values = |id: &String| -> [Value; 2] { [revision.into(), id.as_str().into()] };
    insert(tx, NOTE, stations.iter().map(values), NOTED).await
}

async fn insert<const N: usize>(
    tx: &mut Tx,
    begin: &'static str,
    rows: impl Iterator<Item = [Value; N]>,
    end: &'static str,
) -> Result<(), DbError> {
    let mut rows = rows.peekable();
    if rows.peek().is_none() {
        return Ok(());
    }
    let mut sql = Built::new(begin);
    sql.rows(rows).push(end);
    let (text, values) = sql.finish();
    in_tx!(tx, c => bound!(sqlx::query(text), values).execute(c).await.map(drop))
}

/// The columns of a version that every reading statement below lists, once.
macro_rules! columns {
    () => {
        "SELECT v.version, v.at_ms, v.account_id, a.name AS account_name, v.via, v.action, v.reason, v.status, v.facts
         FROM station_version v LEFT JOIN account a ON a.id = v.account_id "
    };
}

const VERSIONS: &str =
    concat!(columns!(), "WHERE v.station_id = $1 AND v.version < $2 ORDER BY v.version DESC LIMIT $3");

/// The versions of a station before one of them, newest first.
pub(super) async fn versions(
    db: &Db,
    station: &str,
    before: i64,
    limit: i64,
) -> Result<Vec<VersionRow>, DbError> {
    on!(db, pool => sqlx::query_as(VERSIONS).bind(station).bind(before).bind(limit).fetch_all(pool).await)
}

const CHANGES_SINCE: &str =
    "SELECT at_ms FROM station_version WHERE station_id = $1 AND at_ms > $2 ORDER BY version";

/// When a station was changed after an instant, the first first.
pub(super) async fn changes_since(db: &Db, station: &str, since_ms: i64) -> Result<Vec<i64>, DbError> {
    on!(db, pool => sqlx::query_scalar(CHANGES_SINCE).bind(station).bind(since_ms).fetch_all(pool).await)
}

const VERSION: &str = concat!(columns!(), "WHERE v.station_id = $1 AND v.version = $2");

/// One version of a station as a transaction sees it.
pub(super) async fn version(tx: &mut Tx, station: &str, version: i64) -> Result<Option<VersionRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(VERSION).bind(station).bind(version).fetch_optional(c).await)
}

const CONFIRM: &str = "INSERT INTO confirmation (id, station_id, account_id, how, note, at_ms)
    VALUES ($1, $2, $3, $4, $5, $6)";

/// Keeps who confirmed a station, and how.
pub(super) async fn confirm(
    tx: &mut Tx,
    id: &str,
    station: &str,
    account: Option<String>,
    how: &str,
    note: Option<&str>,
    now_ms: i64,
) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(CONFIRM).bind(id).bind(station).bind(account).bind(how).bind(note).bind(now_ms)
        .execute(c).await.map(drop))
}
