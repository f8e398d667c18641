//! Tasks, supervisions and rounds of a case.

use crate::db::{Db, DbError, Tx};
use crate::{in_tx, on, row};

row! {
    /// A row of `grievance_task`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in super::super) struct TaskRow {
        pub(in super::super) id: String,
        pub(in super::super) grievance_id: String,
        pub(in super::super) round: i64,
        pub(in super::super) department_id: String,
        pub(in super::super) handler_id: String,
        pub(in super::super) due_ms: i64,
        pub(in super::super) done_ms: Option<i64>,
        pub(in super::super) words: String,
        pub(in super::super) answer: Option<String>,
    }
}

const ADD_TASK: &str =
    "INSERT INTO grievance_task (id, grievance_id, round, department_id, handler_id, due_ms, done_ms, words, answer)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

/// Writes a task.
pub(in super::super) async fn add_task(tx: &mut Tx, r: &TaskRow) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD_TASK)
        .bind(&r.id).bind(&r.grievance_id).bind(r.round).bind(&r.department_id).bind(&r.handler_id).bind(r.due_ms)
        .bind(r.done_ms).bind(&r.words).bind(&r.answer)
        .execute(c).await.map(drop))
}

const DROP_OPEN_TASKS: &str =
    "DELETE FROM grievance_task WHERE grievance_id = $1 AND round = $2 AND done_ms IS NULL";

/// Removes the tasks of a round that are not done.
pub(in super::super) async fn drop_open_tasks(tx: &mut Tx, id: &str, round: i64) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(DROP_OPEN_TASKS).bind(id).bind(round).execute(c).await.map(drop))
}

const FINISH_TASK: &str =
    "UPDATE grievance_task SET done_ms = $2, answer = $3 WHERE id = $1 AND done_ms IS NULL";

/// Notes that a task is done.
pub(in super::super) async fn finish_task(
    tx: &mut Tx,
    id: &str,
    done_ms: i64,
    answer: &str,
) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(FINISH_TASK).bind(id).bind(done_ms).bind(answer).execute(c).await.map(drop))
}

const TASKS: &str =
    "SELECT id, grievance_id, round, department_id, handler_id, due_ms, done_ms, words, answer
    FROM grievance_task WHERE grievance_id = $1 ORDER BY round, id";

/// The tasks of a case, of every round.
pub(in super::super) async fn tasks(db: &Db, id: &str) -> Result<Vec<TaskRow>, DbError> {
    on!(db, pool => sqlx::query_as(TASKS).bind(id).fetch_all(pool).await)
}

/// The same as a transaction sees them.
pub(in super::super) async fn tasks_in(tx: &mut Tx, id: &str) -> Result<Vec<TaskRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(TASKS).bind(id).fetch_all(c).await)
}

row! {
    /// A row of `grievance_supervision`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in super::super) struct SupervisionRow {
        pub(in super::super) id: String,
        pub(in super::super) grievance_id: String,
        pub(in super::super) level: i64,
        pub(in super::super) account_id: Option<String>,
        pub(in super::super) begun_ms: i64,
        pub(in super::super) signed_by: Option<String>,
        pub(in super::super) ended_ms: Option<i64>,
    }
}

const ADD_SUPERVISION: &str = "INSERT INTO grievance_supervision (id, grievance_id, level, account_id, begun_ms) VALUES ($1, $2, $3, $4, $5)";

/// Writes a supervision that begins.
pub(in super::super) async fn add_supervision(tx: &mut Tx, r: &SupervisionRow) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD_SUPERVISION)
        .bind(&r.id).bind(&r.grievance_id).bind(r.level).bind(&r.account_id).bind(r.begun_ms)
        .execute(c).await.map(drop))
}

const END_SUPERVISIONS: &str = "UPDATE grievance_supervision SET signed_by = $2, ended_ms = $3 WHERE grievance_id = $1 AND ended_ms IS NULL";

/// Ends the supervisions of a case.
pub(in super::super) async fn end_supervisions(
    tx: &mut Tx,
    id: &str,
    by: Option<&str>,
    ended_ms: i64,
) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(END_SUPERVISIONS).bind(id).bind(by).bind(ended_ms).execute(c).await.map(drop))
}

const SUPERVISIONS: &str = "SELECT id, grievance_id, level, account_id, begun_ms, signed_by, ended_ms
    FROM grievance_supervision WHERE grievance_id = $1 ORDER BY begun_ms, level";

/// The supervisions of a case.
pub(in super::super) async fn supervisions(db: &Db, id: &str) -> Result<Vec<SupervisionRow>, DbError> {
    on!(db, pool => sqlx::query_as(SUPERVISIONS).bind(id).fetch_all(pool).await)
}

row! {
    /// A row of `grievance_round`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in super::super) struct RoundRow {
        pub(in super::super) grievance_id: String,
        pub(in super::super) round: i64,
        pub(in super::super) department_id: Option<String>,
        pub(in super::super) handler_id: Option<String>,
        pub(in super::super) begun_ms: i64,
        pub(in super::super) due_ms: i64,
        pub(in super::super) answered_ms: Option<i64>,
        pub(in super::super) outcome: Option<String>,
        pub(in super::super) called_back_ms: Option<i64>,
        pub(in super::super) is_reached: Option<bool>,
        pub(in super::super) is_solved: Option<bool>,
        pub(in super::super) grade: Option<String>,
    }
}

const SAVE_ROUND: &str =
    "INSERT INTO grievance_round (grievance_id, round, department_id, handler_id, begun_ms, due_ms, answered_ms,
        outcome, called_back_ms, is_reached, is_solved, grade)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
    ON CONFLICT (grievance_id, round) DO UPDATE SET department_id = excluded.department_id,
        handler_id = excluded.handler_id, due_ms = excluded.due_ms, answered_ms = excluded.answered_ms,
        outcome = excluded.outcome, called_back_ms = excluded.called_back_ms, is_reached = excluded.is_reached,
        is_solved = excluded.is_solved, grade = excluded.grade";

/// Writes what a round has come to so far.
pub(in super::super) async fn save_round(tx: &mut Tx, r: &RoundRow) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(SAVE_ROUND)
        .bind(&r.grievance_id).bind(r.round).bind(&r.department_id).bind(&r.handler_id).bind(r.begun_ms)
        .bind(r.due_ms).bind(r.answered_ms).bind(&r.outcome).bind(r.called_back_ms).bind(r.is_reached)
        .bind(r.is_solved).bind(&r.grade)
        .execute(c).await.map(drop))
}

const ROUNDS: &str =
    "SELECT grievance_id, round, department_id, handler_id, begun_ms, due_ms, answered_ms, outcome,
        called_back_ms, is_reached, is_solved, grade
    FROM grievance_round WHERE grievance_id = $1 ORDER BY round";

/// The rounds of a case.
pub(in super::super) async fn rounds(db: &Db, id: &str) -> Result<Vec<RoundRow>, DbError> {
    on!(db, pool => sqlx::query_as(ROUNDS).bind(id).fetch_all(pool).await)
}
