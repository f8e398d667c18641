//! All SQL on findings.

use crate::accounts::Reach;
use crate::db::{Built, Db, DbError, Tx};
use crate::{bound, in_tx, on, row};

row! {
    /// A row of `finding` with its station.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in crate::inspections) struct FindingRow {
        pub(in crate::inspections) id: String,
        pub(in crate::inspections) version: i64,
        pub(in crate::inspections) inspection_id: String,
        pub(in crate::inspections) station_id: String,
        pub(in crate::inspections) station_name: String,
        pub(in crate::inspections) station_code: Option<String>,
        pub(in crate::inspections) district: Option<String>,
        pub(in crate::inspections) kind: String,
        pub(in crate::inspections) facility: Option<String>,
        pub(in crate::inspections) text: String,
        pub(in crate::inspections) picture_id: Option<String>,
        pub(in crate::inspections) due: String,
        pub(in crate::inspections) state: String,
        pub(in crate::inspections) fixed_ms: Option<i64>,
        pub(in crate::inspections) checked_by: Option<String>,
        pub(in crate::inspections) ended_ms: Option<i64>,
        pub(in crate::inspections) reason: Option<String>,
        pub(in crate::inspections) created_ms: i64,
    }
}

row! {
    /// How many findings there are.
    #[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
    pub(super) struct CountRow {
        pub(super) open: i64,
        pub(super) overdue: i64,
        pub(super) fixed: i64,
    }
}

row! {
    /// How many findings a station has.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct StationRow {
        pub(super) station_id: String,
        pub(super) open: i64,
        pub(super) overdue: i64,
        pub(super) fixed: i64,
    }
}

/// Which findings.
#[derive(Debug, Clone, Default)]
pub(super) struct Wanted<'q> {
    /// In one of these states; any where there is none.
    pub(super) states: Vec<&'static str>,
    /// Of stations whose district begins so.
    pub(super) district: Option<&'q str>,
    /// Of this station.
    pub(super) station: Option<String>,
    /// Found in this round.
    pub(super) round: Option<String>,
    /// To be put right still, with a day before this one.
    pub(super) overdue_on: Option<String>,
    /// Behind this one in the order by day and id.
    pub(super) after: Option<(&'q str, String)>,
    pub(super) limit: i64,
}

const SELECT: &str = "SELECT f.id AS id, f.version AS version, f.inspection_id AS inspection_id,
        f.station_id AS station_id, s.name AS station_name, s.code AS station_code, s.district AS district,
        f.kind AS kind, f.facility AS facility, f.text AS text, f.picture_id AS picture_id, f.due AS due,
        f.state AS state, f.fixed_ms AS fixed_ms, f.checked_by AS checked_by, f.ended_ms AS ended_ms,
        f.reason AS reason, f.created_ms AS created_ms
    FROM finding f
    JOIN station s ON s.id = f.station_id
    WHERE TRUE";

/// Findings within reach, by their day.
pub(super) async fn list(
    db: &Db,
    reach: &Reach,
    nowhere: bool,
    q: &Wanted<'_>,
) -> Result<Vec<FindingRow>, DbError> {
    let mut sql = Built::new(SELECT);
    reached(&mut sql, reach, nowhere);
    one_of(&mut sql, " AND f.state IN (", q.states.iter().copied());
    if let Some(district) = q.district {
        sql.push(" AND s.district LIKE ").value(format!("{district}%"));
    }
    if let Some(station) = &q.station {
        sql.push(" AND f.station_id = ").value(station.as_str());
    }
    if let Some(round) = &q.round {
        sql.push(" AND f.inspection_id IN (SELECT id FROM inspection WHERE round_id = ")
            .value(round.as_str());
        sql.push(")");
    }
    if let Some(today) = &q.overdue_on {
        sql.push(" AND f.state = 'open' AND f.due < ").value(today.as_str());
    }
    if let Some((due, id)) = &q.after {
        sql.push(" AND (f.due, f.id) > (").value(*due).push(", ").value(id.as_str()).push(")");
    }
    sql.push(" ORDER BY f.due, f.id LIMIT ").value(q.limit);
    let (text, values) = sql.finish();
    on!(db, pool => bound!(sqlx::query_as(text), values).fetch_all(pool).await)
}

const FIND: &str = " AND f.id = ";

/// One finding as a transaction sees it.
pub(in crate::inspections) async fn find_in(tx: &mut Tx, id: &str) -> Result<Option<FindingRow>, DbError> {
    let mut sql = Built::new(SELECT);
    sql.push(FIND).value(id);
    let (text, values) = sql.finish();
    in_tx!(tx, c => bound!(sqlx::query_as(text), values).fetch_optional(c).await)
}

/// One finding.
pub(super) async fn find(db: &Db, id: &str) -> Result<Option<FindingRow>, DbError> {
    let mut sql = Built::new(SELECT);
    sql.push(FIND).value(id);
    let (text, values) = sql.finish();
    on!(db, pool => bound!(sqlx::query_as(text), values).fetch_optional(pool).await)
}

/// Counts by state, of which the text before and after the present day.
macro_rules! before_today {
    () => {
        "CAST(COALESCE(SUM(CASE WHEN f.state = 'open' THEN 1 ELSE 0 END), 0) AS BIGINT) AS open,
        CAST(COALESCE(SUM(CASE WHEN f.state = 'fixed' THEN 1 ELSE 0 END), 0) AS BIGINT) AS fixed,
        CAST(COALESCE(SUM(CASE WHEN f.state = 'open' AND f.due < "
    };
}
macro_rules! after_today {
    () => {
        " THEN 1 ELSE 0 END), 0) AS BIGINT) AS overdue FROM finding f "
    };
}

const COUNT: &str = concat!("SELECT ", before_today!());
const WAITING: &str =
    concat!(after_today!(), "JOIN station s ON s.id = f.station_id WHERE f.state IN ('open', 'fixed')");

/// How many findings wait within reach.
pub(super) async fn counts(db: &Db, reach: &Reach, nowhere: bool, today: &str) -> Result<CountRow, DbError> {
    let mut sql = Built::new(COUNT);
    sql.value(today).push(WAITING);
    reached(&mut sql, reach, nowhere);
    let (text, values) = sql.finish();
    on!(db, pool => bound!(sqlx::query_as(text), values).fetch_one(pool).await)
}

const BY_STATION: &str = concat!(
    "SELECT f.station_id AS station_id, ",
    before_today!(),
    "$1",
    after_today!(),
    "WHERE f.state IN ('open', 'fixed') GROUP BY f.station_id"
);

/// How many findings wait at each station that has any.
pub(super) async fn by_station(db: &Db, today: &str) -> Result<Vec<StationRow>, DbError> {
    on!(db, pool => sqlx::query_as(BY_STATION).bind(today).fetch_all(pool).await)
}

const STEP: &str =
    "UPDATE finding SET version = version + 1, state = $2, due = $3, fixed_ms = $4, checked_by = $5,
        ended_ms = $6, reason = $7
    WHERE id = $1";

/// Writes what a step changes.
pub(in crate::inspections) async fn step(tx: &mut Tx, f: &FindingRow) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(STEP)
        .bind(&f.id).bind(&f.state).bind(&f.due).bind(f.fixed_ms).bind(&f.checked_by).bind(f.ended_ms).bind(&f.reason)
        .execute(c).await.map(drop))
}

const ADD: &str =
    "INSERT INTO finding (id, version, inspection_id, station_id, kind, facility, text, picture_id, due,
        state, created_ms)
    VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8, 'open', $9)";

/// A finding that is to be written.
#[derive(Debug, Clone)]
pub(in crate::inspections) struct NewFinding<'a> {
    pub(in crate::inspections) id: String,
    pub(in crate::inspections) inspection_id: &'a str,
    pub(in crate::inspections) station_id: &'a str,
    pub(in crate::inspections) kind: &'static str,
    pub(in crate::inspections) facility: Option<&'static str>,
    pub(in crate::inspections) text: &'a str,
    pub(in crate::inspections) picture_id: Option<String>,
    pub(in crate::inspections) due: String,
    pub(in crate::inspections) created_ms: i64,
}

/// Writes a new finding.
pub(in crate::inspections) async fn add(tx: &mut Tx, f: &NewFinding<'_>) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD)
        .bind(&f.id).bind(f.inspection_id).bind(f.station_id).bind(f.kind).bind(f.facility).bind(f.text)
        .bind(&f.picture_id).bind(&f.due).bind(f.created_ms)
        .execute(c).await.map(drop))
}

const LATER: &str = "SELECT MAX(id) FROM inspection WHERE station_id = $1 AND at_ms >= $2 AND id > $3";

/// The last inspection of a station after something was said to be fixed, other than the one that found it.
pub(super) async fn later_inspection(
    tx: &mut Tx,
    station: &str,
    since_ms: i64,
    found_by: &str,
) -> Result<Option<String>, DbError> {
    in_tx!(tx, c => sqlx::query_scalar(LATER).bind(station).bind(since_ms).bind(found_by).fetch_one(c).await)
}

const INSPECTED: &str = "SELECT DISTINCT station_id FROM inspection WHERE at_ms >= $1";

/// The stations that were inspected since.
pub(super) async fn inspected_since(db: &Db, since_ms: i64) -> Result<Vec<String>, DbError> {
    on!(db, pool => sqlx::query_scalar(INSPECTED).bind(since_ms).fetch_all(pool).await)
}

fn reached(sql: &mut Built, reach: &Reach, nowhere: bool) {
    if reach.is_everywhere() {
        return;
    }
    sql.push(" AND (FALSE");
    for prefix in &reach.prefixes {
        sql.push(" OR s.district LIKE ").value(format!("{prefix}%"));
    }
    if nowhere {
        sql.push(" OR s.district IS NULL");
    }
    let ids: Vec<String> = reach.stations.iter().map(ToString::to_string).collect();
    one_of(sql, " OR s.id IN (", ids.iter().map(String::as_str));
    sql.push(")");
}

fn one_of<'a>(sql: &mut Built, begin: &'static str, values: impl Iterator<Item = &'a str>) {
    let mut before = begin;
    let mut any = false;
    for value in values {
        sql.push(before).value(value);
        (before, any) = (", ", true);
    }
    if any {
        sql.push(")");
    }
}
