//! All SQL on rounds and their stops.

use crate::db::{Built, Db, DbError, Tx, Value};
use crate::{bound, in_tx, on, row};

row! {
    /// A row of `inspection_round` with its inspector's name and how far it is.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in crate::inspections) struct RoundRow {
        pub(in crate::inspections) id: String,
        pub(in crate::inspections) version: i64,
        pub(in crate::inspections) name: String,
        pub(in crate::inspections) scope: String,
        pub(in crate::inspections) first_day: String,
        pub(in crate::inspections) last_day: String,
        pub(in crate::inspections) inspector_id: Option<String>,
        pub(in crate::inspections) inspector_name: Option<String>,
        pub(in crate::inspections) note: Option<String>,
        pub(in crate::inspections) created_ms: i64,
        pub(in crate::inspections) closed_ms: Option<i64>,
        pub(in crate::inspections) stops: i64,
        pub(in crate::inspections) done: i64,
    }
}

row! {
    /// A stop of a round with the last inspection made there in it.
    #[derive(Debug, Clone, PartialEq)]
    pub(in crate::inspections) struct StopRow {
        pub(in crate::inspections) station_id: String,
        pub(in crate::inspections) rank: i64,
        pub(in crate::inspections) name: String,
        pub(in crate::inspections) code: Option<String>,
        pub(in crate::inspections) district: Option<String>,
        pub(in crate::inspections) address: Option<String>,
        pub(in crate::inspections) lon: f64,
        pub(in crate::inspections) lat: f64,
        pub(in crate::inspections) inspection_id: Option<String>,
        pub(in crate::inspections) at_ms: Option<i64>,
        pub(in crate::inspections) is_open: Option<bool>,
    }
}

/// What is written of a round.
#[derive(Debug, Clone)]
pub(super) struct NewRound<'a> {
    pub(super) id: &'a str,
    pub(super) name: &'a str,
    pub(super) scope: &'a str,
    pub(super) first_day: String,
    pub(super) last_day: String,
    pub(super) inspector_id: Option<String>,
    pub(super) note: Option<&'a str>,
    pub(super) account_id: Option<String>,
    pub(super) created_ms: i64,
}

/// The columns that every reading statement lists, once.
macro_rules! round {
    ($($rest:expr),+) => {
        concat!(
            "SELECT r.id AS id, r.version AS version, r.name AS name, r.scope AS scope, r.first_day AS first_day,
                r.last_day AS last_day, r.inspector_id AS inspector_id, a.name AS inspector_name, r.note AS note,
                r.created_ms AS created_ms, r.closed_ms AS closed_ms,
                (SELECT COUNT(*) FROM inspection_stop s WHERE s.round_id = r.id) AS stops,
                (SELECT COUNT(*) FROM inspection_stop s WHERE s.round_id = r.id AND EXISTS (SELECT 1
                    FROM inspection i WHERE i.round_id = r.id AND i.station_id = s.station_id)) AS done
            FROM inspection_round r
            LEFT JOIN account a ON a.id = r.inspector_id ",
            $($rest),+
        )
    };
}

const LIST: &str = round!(
    "WHERE ($1 = '' OR r.id < $1) AND ($2 = 'all' OR ($2 = 'closed') = (r.closed_ms IS NOT NULL))
    ORDER BY r.id DESC LIMIT $3"
);

/// Rounds before one of them, the newest first; `state` is `open`, `closed` or `all`.
pub(super) async fn list(db: &Db, before: &str, state: &str, limit: i64) -> Result<Vec<RoundRow>, DbError> {
    on!(db, pool => sqlx::query_as(LIST).bind(before).bind(state).bind(limit).fetch_all(pool).await)
}

const FIND: &str = round!("WHERE r.id = $1");

/// One round.
pub(super) async fn find(db: &Db, id: &str) -> Result<Option<RoundRow>, DbError> {
    on!(db, pool => sqlx::query_as(FIND).bind(id).fetch_optional(pool).await)
}

/// One round as a transaction sees it.
pub(in crate::inspections) async fn find_in(tx: &mut Tx, id: &str) -> Result<Option<RoundRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(FIND).bind(id).fetch_optional(c).await)
}

const STOPS: &str = "SELECT t.station_id AS station_id, t.rank AS rank, s.name AS name, s.code AS code,
        s.district AS district, s.address AS address, s.lon AS lon, s.lat AS lat, i.id AS inspection_id,
        i.at_ms AS at_ms, i.is_open AS is_open
    FROM inspection_stop t
    JOIN station s ON s.id = t.station_id
    LEFT JOIN inspection i ON i.id = (SELECT MAX(x.id) FROM inspection x
        WHERE x.round_id = t.round_id AND x.station_id = t.station_id)
    WHERE t.round_id = $1
    ORDER BY t.rank";

/// The stops of a round in the order of the walk.
pub(super) async fn stops(db: &Db, round: &str) -> Result<Vec<StopRow>, DbError> {
    on!(db, pool => sqlx::query_as(STOPS).bind(round).fetch_all(pool).await)
}

const IS_STOP: &str = "SELECT COUNT(*) FROM inspection_stop WHERE round_id = $1 AND station_id = $2";

/// Whether a station belongs to a round.
pub(in crate::inspections) async fn is_stop(
    tx: &mut Tx,
    round: &str,
    station: &str,
) -> Result<bool, DbError> {
    let found: i64 =
        in_tx!(tx, c => sqlx::query_scalar(IS_STOP).bind(round).bind(station).fetch_one(c).await)?;
    Ok(found > 0)
}

const ADD: &str = "INSERT INTO inspection_round
        (id, version, name, scope, first_day, last_day, inspector_id, note, account_id, created_ms)
    VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9)";

/// Writes a new round.
pub(super) async fn add(tx: &mut Tx, r: &NewRound<'_>) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD)
        .bind(r.id).bind(r.name).bind(r.scope).bind(&r.first_day).bind(&r.last_day).bind(&r.inspector_id)
        .bind(r.note).bind(&r.account_id).bind(r.created_ms)
        .execute(c).await.map(drop))
}

const CHANGE: &str =
    "UPDATE inspection_round SET version = version + 1, name = $2, first_day = $3, last_day = $4,
        inspector_id = $5, note = $6
    WHERE id = $1";

/// Writes what can be changed of a round.
pub(super) async fn change(tx: &mut Tx, r: &NewRound<'_>) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(CHANGE)
        .bind(r.id).bind(r.name).bind(&r.first_day).bind(&r.last_day).bind(&r.inspector_id).bind(r.note)
        .execute(c).await.map(drop))
}

const CLOSE: &str = "UPDATE inspection_round SET version = version + 1, closed_ms = $2 WHERE id = $1";

/// Notes that a round is over.
pub(super) async fn close(tx: &mut Tx, id: &str, now_ms: i64) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(CLOSE).bind(id).bind(now_ms).execute(c).await.map(drop))
}

const NO_STOPS: &str = "DELETE FROM inspection_stop WHERE round_id = $1";
const PUT_STOPS: &str = "INSERT INTO inspection_stop (round_id, station_id, rank) VALUES ";

/// Puts stops, in the order of the walk, in the place of those that there are.
pub(super) async fn put_stops(tx: &mut Tx, round: &str, stations: &[String]) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(NO_STOPS).bind(round).execute(c).await.map(drop))?;
    if stations.is_empty() {
        return Ok(());
    }
    let values = |(station, rank): (&String, i64)| -> [Value; 3] {
        [round.into(), station.as_str().into(), rank.into()]
    };
    let mut sql = Built::new(PUT_STOPS);
    sql.rows(stations.iter().zip(1..).map(values));
    let (text, values) = sql.finish();
    in_tx!(tx, c => bound!(sqlx::query(text), values).execute(c).await.map(drop))
}
