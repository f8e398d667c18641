//! All SQL on observations.

use super::model::Observation;
use crate::db::{Db, DbError, Tx};
use crate::{in_tx, on, row};

const PUT: &str = "INSERT INTO observation (station_id, hour_ms, source, object_id, is_open, is_posted)
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (station_id, hour_ms, source, object_id)
    DO UPDATE SET
        is_open = CASE
            WHEN observation.is_posted = excluded.is_posted THEN observation.is_open AND excluded.is_open
            WHEN excluded.is_posted THEN excluded.is_open
            ELSE observation.is_open END,
        is_posted = (observation.is_posted OR excluded.is_posted)";

/// Writes an observation of an hour.
pub(super) async fn put(tx: &mut Tx, hour_ms: i64, o: &Observation) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(PUT)
        .bind(o.station.to_string()).bind(hour_ms).bind(o.source.as_str()).bind(&o.object)
        .bind(o.is_open).bind(o.is_posted)
        .execute(c).await.map(drop))
}

const REMOVE: &str = "DELETE FROM observation WHERE source = $1 AND object_id = $2";

/// Removes what one report or inspection said.
pub(super) async fn remove(tx: &mut Tx, source: &str, object: &str) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(REMOVE).bind(source).bind(object).execute(c).await.map(drop))
}

row! {
    /// An hour within the posted ones, and whether everybody who looked found the station open.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct HourRow {
        pub(super) station_id: String,
        pub(super) hour_ms: i64,
        pub(super) open: i64,
    }
}

const HOURS: &str =
    "SELECT station_id, hour_ms, CAST(MIN(CASE WHEN is_open THEN 1 ELSE 0 END) AS BIGINT) AS open
    FROM observation
    WHERE is_posted AND hour_ms >= $1 AND hour_ms < $2
    GROUP BY station_id, hour_ms";

/// The hours from one instant to another in which any station was looked at.
pub(super) async fn hours(db: &Db, from_ms: i64, to_ms: i64) -> Result<Vec<HourRow>, DbError> {
    on!(db, pool => sqlx::query_as(HOURS).bind(from_ms).bind(to_ms).fetch_all(pool).await)
}

const HOURS_OF: &str =
    "SELECT station_id, hour_ms, CAST(MIN(CASE WHEN is_open THEN 1 ELSE 0 END) AS BIGINT) AS open
    FROM observation
    WHERE station_id = $1 AND is_posted AND hour_ms >= $2 AND hour_ms < $3
    GROUP BY station_id, hour_ms";

/// The same hours of one station.
pub(super) async fn hours_of(
    db: &Db,
    station: &str,
    from_ms: i64,
    to_ms: i64,
) -> Result<Vec<HourRow>, DbError> {
    on!(db, pool => sqlx::query_as(HOURS_OF).bind(station).bind(from_ms).bind(to_ms).fetch_all(pool).await)
}

const VISITS: &str = "SELECT CAST(COALESCE(SUM(visits), 0) AS BIGINT)
    FROM visit_count
    WHERE station_id = $1 AND hour_ms >= $2 AND hour_ms <= $3";

/// How many said that they are there, in the hours that begin between two instants, both included.
pub(super) async fn visits(db: &Db, station: &str, from_ms: i64, to_ms: i64) -> Result<i64, DbError> {
    on!(db, pool => sqlx::query_scalar(VISITS).bind(station).bind(from_ms).bind(to_ms).fetch_one(pool).await)
}
