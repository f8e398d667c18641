//! SQL of what the clock does: alarms that were told, cases to be reckoned anew, cases for the archive.

use crate::db::{Db, DbError, Tx};
use crate::{in_tx, on, row};

const LOCK: &str = "UPDATE grievance SET version = version WHERE id = $1";

/// Holds a case until the end of the transaction; false where there is none.
pub(in super::super) async fn lock(tx: &mut Tx, id: &str) -> Result<bool, DbError> {
    let held = in_tx!(tx, c => sqlx::query(LOCK).bind(id).execute(c).await.map(|done| done.rows_affected()))?;
    Ok(held == 1)
}

row! {
    /// A row of `grievance_alarm` without its case.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in super::super) struct AlarmRow {
        pub(in super::super) alarm: String,
        pub(in super::super) due_ms: i64,
    }
}

const ALARMS: &str = "SELECT alarm, due_ms FROM grievance_alarm WHERE grievance_id = $1";

/// What was told of a case's deadlines.
pub(in super::super) async fn alarms(tx: &mut Tx, id: &str) -> Result<Vec<AlarmRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(ALARMS).bind(id).fetch_all(c).await)
}

const ADD_ALARM: &str = "INSERT INTO grievance_alarm (grievance_id, alarm, due_ms) VALUES ($1, $2, $3)
    ON CONFLICT DO NOTHING";

/// Notes that something is told; false where it was told before.
pub(in super::super) async fn add_alarm(
    tx: &mut Tx,
    id: &str,
    alarm: &str,
    due_ms: i64,
) -> Result<bool, DbError> {
    let added = in_tx!(tx, c => sqlx::query(ADD_ALARM).bind(id).bind(alarm).bind(due_ms)
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(added == 1)
}

const RECKONED_OTHERWISE: &str = "SELECT id FROM grievance WHERE calendar <> $1 AND id > $2
    AND state NOT IN ('closed', 'declined', 'merged', 'withdrawn', 'archived') ORDER BY id LIMIT $3";

/// Open cases after an id whose deadlines were reckoned in another way.
pub(in super::super) async fn reckoned_otherwise(
    db: &Db,
    calendar: &str,
    after: &str,
    most: i64,
) -> Result<Vec<String>, DbError> {
    on!(db, pool => sqlx::query_scalar(RECKONED_OTHERWISE).bind(calendar).bind(after).bind(most)
        .fetch_all(pool).await)
}

const SAVE_CALENDAR: &str = "UPDATE grievance SET calendar = $2 WHERE id = $1";

/// Notes that the deadlines of a case are the same by another calendar.
pub(in super::super) async fn save_calendar(tx: &mut Tx, id: &str, calendar: &str) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(SAVE_CALENDAR).bind(id).bind(calendar).execute(c).await.map(drop))
}

const MOVE_TASKS: &str = "UPDATE grievance_task SET due_ms = $3
    WHERE grievance_id = $1 AND done_ms IS NULL AND (due_ms = $2 OR due_ms > $3)";

/// Moves open tasks with their case: those that were due with it, and those that would be due after it.
pub(in super::super) async fn move_tasks(
    tx: &mut Tx,
    id: &str,
    old_ms: i64,
    new_ms: i64,
) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(MOVE_TASKS).bind(id).bind(old_ms).bind(new_ms).execute(c).await.map(drop))
}

const OVER: &str = "SELECT id FROM grievance g WHERE supervision = 0 AND case_key IS NOT NULL AND id > $2
    AND ((state = 'closed' AND closed_ms < $1)
      OR (state IN ('declined', 'withdrawn')
        AND (SELECT MAX(e.at_ms) FROM grievance_event e WHERE e.grievance_id = g.id) < $1))
    ORDER BY id LIMIT $3";

/// Cases after an id that ended before an instant and are not supervised.
pub(in super::super) async fn over(
    db: &Db,
    before_ms: i64,
    after: &str,
    most: i64,
) -> Result<Vec<String>, DbError> {
    on!(db, pool => sqlx::query_scalar(OVER).bind(before_ms).bind(after).bind(most).fetch_all(pool).await)
}
