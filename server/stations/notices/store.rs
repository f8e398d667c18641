//! All SQL on notices and regimes.

use crate::db::{Db, DbError, Tx};
use crate::{in_tx, on, row};

row! {
    /// A row of `notice`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in crate::stations) struct NoticeRow {
        pub(in crate::stations) id: String,
        pub(in crate::stations) version: i64,
        pub(in crate::stations) station_id: Option<String>,
        pub(in crate::stations) area: Option<String>,
        pub(in crate::stations) reach: Option<String>,
        pub(in crate::stations) facility: Option<String>,
        pub(in crate::stations) effect: String,
        pub(in crate::stations) from_ms: i64,
        pub(in crate::stations) to_ms: Option<i64>,
        pub(in crate::stations) reason: String,
        pub(in crate::stations) account_id: Option<String>,
        pub(in crate::stations) created_ms: i64,
        pub(in crate::stations) withdrawn_ms: Option<i64>,
    }
}

row! {
    /// A row of `regime`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in crate::stations) struct RegimeRow {
        pub(in crate::stations) id: String,
        pub(in crate::stations) version: i64,
        pub(in crate::stations) kind: String,
        pub(in crate::stations) districts: String,
        pub(in crate::stations) hours: String,
        pub(in crate::stations) facility: Option<String>,
        pub(in crate::stations) from_ms: i64,
        pub(in crate::stations) to_ms: Option<i64>,
        pub(in crate::stations) reason: String,
        pub(in crate::stations) account_id: Option<String>,
        pub(in crate::stations) created_ms: i64,
        pub(in crate::stations) ended_ms: Option<i64>,
    }
}

row! {
    /// What decides whether a station belongs to a region.
    #[derive(Debug, Clone, PartialEq)]
    pub(super) struct PlaceRow {
        pub(super) id: String,
        pub(super) district: Option<String>,
        pub(super) lon: f64,
        pub(super) lat: f64,
        pub(super) facilities: String,
    }
}

/// The columns that every reading statement on notices lists, once.
macro_rules! notice {
    ($($rest:expr),+) => {
        concat!(
            "SELECT id, version, station_id, area, reach, facility, effect, from_ms, to_ms, reason, account_id,
                created_ms, withdrawn_ms
            FROM notice ",
            $($rest),+
        )
    };
}

/// The columns that every reading statement on regimes lists, once.
macro_rules! regime {
    ($($rest:expr),+) => {
        concat!(
            "SELECT id, version, kind, districts, hours, facility, from_ms, to_ms, reason, account_id, created_ms,
                ended_ms
            FROM regime ",
            $($rest),+
        )
    };
}

/// Not over at an instant: neither run out nor withdrawn.
macro_rules! lasting {
    ($instant:literal) => {
        concat!(
            "(to_ms IS NULL OR to_ms > ",
            $instant,
            ") AND (withdrawn_ms IS NULL OR withdrawn_ms > ",
            $instant,
            ")"
        )
    };
}

const OF_STATIONS: &str =
    notice!("WHERE station_id IS NOT NULL AND ", lasting!("$1"), " ORDER BY station_id, from_ms, id");

/// The notices of single stations that are not over at `since_ms`, by station.
pub(in crate::stations) async fn of_stations(db: &Db, since_ms: i64) -> Result<Vec<NoticeRow>, DbError> {
    on!(db, pool => sqlx::query_as(OF_STATIONS).bind(since_ms).fetch_all(pool).await)
}

const OF_STATION: &str = notice!("WHERE station_id = $2 AND ", lasting!("$1"), " ORDER BY from_ms, id");

/// One station's own notices that are not over at `since_ms`.
pub(in crate::stations) async fn of_station(
    db: &Db,
    station: &str,
    since_ms: i64,
) -> Result<Vec<NoticeRow>, DbError> {
    on!(db, pool => sqlx::query_as(OF_STATION).bind(since_ms).bind(station).fetch_all(pool).await)
}

const OF_AREAS: &str = notice!("WHERE area IS NOT NULL AND ", lasting!("$1"), " ORDER BY from_ms, id");

/// The notices of areas that are not over at `since_ms`.
pub(super) async fn of_areas(db: &Db, since_ms: i64) -> Result<Vec<NoticeRow>, DbError> {
    on!(db, pool => sqlx::query_as(OF_AREAS).bind(since_ms).fetch_all(pool).await)
}

const REGIMES: &str = regime!(
    "WHERE (to_ms IS NULL OR to_ms > $1) AND (ended_ms IS NULL OR ended_ms > $1) ORDER BY from_ms, id"
);

/// The regimes that are not over at `since_ms`.
pub(super) async fn regimes(db: &Db, since_ms: i64) -> Result<Vec<RegimeRow>, DbError> {
    on!(db, pool => sqlx::query_as(REGIMES).bind(since_ms).fetch_all(pool).await)
}

const ADD: &str =
    "INSERT INTO notice (id, version, station_id, area, reach, facility, effect, from_ms, to_ms,
        reason, account_id, created_ms)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";

/// Writes a new notice.
pub(super) async fn add(tx: &mut Tx, n: &NoticeRow) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD)
        .bind(&n.id).bind(n.version).bind(&n.station_id).bind(&n.area).bind(&n.reach).bind(&n.facility)
        .bind(&n.effect).bind(n.from_ms).bind(n.to_ms).bind(&n.reason).bind(&n.account_id).bind(n.created_ms)
        .execute(c).await.map(drop))
}

const ADD_REGIME: &str = "INSERT INTO regime (id, version, kind, districts, hours, facility, from_ms, to_ms,
        reason, account_id, created_ms)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";

/// Writes a new regime.
pub(super) async fn add_regime(tx: &mut Tx, r: &RegimeRow) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD_REGIME)
        .bind(&r.id).bind(r.version).bind(&r.kind).bind(&r.districts).bind(&r.hours).bind(&r.facility)
        .bind(r.from_ms).bind(r.to_ms).bind(&r.reason).bind(&r.account_id).bind(r.created_ms)
        .execute(c).await.map(drop))
}

const FIND: &str = notice!("WHERE id = $1");

/// One notice as a transaction sees it.
pub(super) async fn find_in(tx: &mut Tx, id: &str) -> Result<Option<NoticeRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(FIND).bind(id).fetch_optional(c).await)
}

const FIND_REGIME: &str = regime!("WHERE id = $1");

/// One regime as a transaction sees it.
pub(super) async fn find_regime_in(tx: &mut Tx, id: &str) -> Result<Option<RegimeRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(FIND_REGIME).bind(id).fetch_optional(c).await)
}

const WITHDRAW: &str = "UPDATE notice SET withdrawn_ms = $2, version = version + 1 WHERE id = $1";

/// Notes that a notice counts no more.
pub(super) async fn withdraw(tx: &mut Tx, id: &str, now_ms: i64) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(WITHDRAW).bind(id).bind(now_ms).execute(c).await.map(drop))
}

const END: &str = "UPDATE regime SET ended_ms = $2, version = version + 1 WHERE id = $1";

/// Notes that a regime counts no more.
pub(super) async fn end(tx: &mut Tx, id: &str, now_ms: i64) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(END).bind(id).bind(now_ms).execute(c).await.map(drop))
}

const PLACE: &str = "SELECT id, district, lon, lat, facilities FROM station WHERE id = $1";

/// One station, public or not.
pub(super) async fn place(tx: &mut Tx, id: &str) -> Result<Option<PlaceRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(PLACE).bind(id).fetch_optional(c).await)
}

const PLACES: &str = "SELECT id, district, lon, lat, facilities
    FROM station
    WHERE status IN ('open', 'suspended')
      AND lon BETWEEN $1 AND $2
      AND lat BETWEEN $3 AND $4
    ORDER BY id";

/// The public stations within a rectangle, west, east, south, north.
pub(super) async fn places(tx: &mut Tx, rectangle: [f64; 4]) -> Result<Vec<PlaceRow>, DbError> {
    let [west, east, south, north] = rectangle;
    in_tx!(tx, c => sqlx::query_as(PLACES).bind(west).bind(east).bind(south).bind(north).fetch_all(c).await)
}
