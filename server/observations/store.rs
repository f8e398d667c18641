//! All SQL on observations.

use super::model::Observation;
use crate::db::{DbError, Tx};
use crate::in_tx;

const PUT: &str = "INSERT INTO observation (station_id, hour_ms, source, object_id, is_open, is_posted)
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (station_id, hour_ms, source, object_id)
    DO UPDATE SET is_open = (observation.is_open AND excluded.is_open)";

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
