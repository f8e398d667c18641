//! All SQL on what the schedule has begun and ended.

use crate::db::{DbError, Tx};
use crate::in_tx;

const BEGIN: &str = "INSERT INTO scheduled_run (name, due, begun_ms) VALUES ($1, $2, $3)
    ON CONFLICT (name, due) DO UPDATE SET begun_ms = $3
      WHERE scheduled_run.ended_ms IS NULL AND scheduled_run.begun_ms < $4";

/// Takes a piece of work that nobody has begun, or that was given up; says whether it was free.
pub(super) async fn begin(
    tx: &mut Tx,
    name: &str,
    due: &str,
    now_ms: i64,
    given_up_ms: i64,
) -> Result<bool, DbError> {
    in_tx!(tx, c => sqlx::query(BEGIN).bind(name).bind(due).bind(now_ms).bind(given_up_ms)
        .execute(c).await.map(|done| done.rows_affected() == 1))
}

const IS_EMPTY: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM scheduled_run";

/// Whether nothing was ever begun.
pub(super) async fn is_empty(tx: &mut Tx) -> Result<bool, DbError> {
    let begun: i64 = in_tx!(tx, c => sqlx::query_scalar(IS_EMPTY).fetch_one(c).await)?;
    Ok(begun == 0)
}

const END: &str = "UPDATE scheduled_run SET ended_ms = $3 WHERE name = $1 AND due = $2";

/// Notes that a piece of work is done.
pub(super) async fn end(tx: &mut Tx, name: &str, due: &str, now_ms: i64) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(END).bind(name).bind(due).bind(now_ms).execute(c).await.map(drop))
}

const FORGET: &str = "DELETE FROM scheduled_run WHERE begun_ms < $1";

/// Forgets what was done long ago.
pub(super) async fn forget(tx: &mut Tx, before_ms: i64) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(FORGET).bind(before_ms).execute(c).await.map(drop))
}
