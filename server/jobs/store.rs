//! All SQL on jobs.

use crate::db::{Built, Db, DbError, Tx, Value};
use crate::{bound, in_tx, on, row};

row! {
    /// A row of `job`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct JobRow {
        pub(super) id: String,
        pub(super) kind: String,
        pub(super) job_key: String,
        pub(super) object_type: String,
        pub(super) object_id: String,
        pub(super) run_ms: i64,
        pub(super) payload: String,
        pub(super) state: String,
        pub(super) tries: i64,
        pub(super) ended_ms: Option<i64>,
        pub(super) fault: Option<String>,
    }
}

/// The statements that give whole rows name the same columns, once.
macro_rules! columns {
    ($before:expr, $after:expr) => {
        concat!(
            $before,
            " id, kind, job_key, object_type, object_id, run_ms, payload, state, tries, ended_ms, fault ",
            $after
        )
    };
}

const ENQUEUE: &str =
    "INSERT INTO job (id, kind, job_key, object_type, object_id, run_ms, payload, state, tries)
    VALUES ($1, $2, $3, $4, $5, $6, $7, 'waiting', 0)
    ON CONFLICT (kind, job_key) WHERE state = 'waiting' DO UPDATE
      SET object_type = $4, object_id = $5, run_ms = $6, payload = $7, tries = 0, fault = NULL
    RETURNING id";

/// Writes a waiting job, in place of one with the same key; returns the id of the one that is there now.
pub(super) async fn enqueue(tx: &mut Tx, r: &JobRow) -> Result<String, DbError> {
    in_tx!(tx, c => sqlx::query_scalar(ENQUEUE)
        .bind(&r.id).bind(&r.kind).bind(&r.job_key).bind(&r.object_type).bind(&r.object_id)
        .bind(r.run_ms).bind(&r.payload)
        .fetch_one(c).await)
}

const CANCEL: &str = "DELETE FROM job
    WHERE kind = $1 AND object_type = $2 AND object_id = $3 AND state = 'waiting'";

/// Takes away what waits of a kind for an object, and says how many.
pub(super) async fn cancel(
    tx: &mut Tx,
    kind: &str,
    object_type: &str,
    object_id: &str,
) -> Result<u64, DbError> {
    in_tx!(tx, c => sqlx::query(CANCEL).bind(kind).bind(object_type).bind(object_id)
        .execute(c).await.map(|done| done.rows_affected()))
}

/// What some kinds of jobs have due: the longest due first. A claim from before `gone_ms` has lost its server.
pub(super) async fn due(
    db: &Db,
    kinds: &[&'static str],
    now_ms: i64,
    gone_ms: i64,
    most: i64,
) -> Result<Vec<String>, DbError> {
    let mut sql = Built::new("SELECT id FROM job WHERE kind IN ");
    sql.row(kinds.iter().map(|kind| Value::from(*kind)));
    sql.push(" AND ((state = 'waiting' AND run_ms <= ").value(now_ms);
    sql.push(") OR (state = 'running' AND claimed_ms < ").value(gone_ms);
    sql.push(")) ORDER BY run_ms, id LIMIT ").value(most);
    let (text, values) = sql.finish();
    on!(db, pool => bound!(sqlx::query_scalar(text), values).fetch_all(pool).await)
}

const CLAIM: &str = columns!(
    "UPDATE job SET state = 'running', claim = $2, claimed_ms = $3, tries = tries + 1
    WHERE id = $1
      AND ((state = 'waiting' AND run_ms <= $3) OR (state = 'running' AND claimed_ms < $4))
    RETURNING",
    ""
);

/// Claims a job that is still due; nothing where another server was faster.
pub(super) async fn claim(
    tx: &mut Tx,
    id: &str,
    claim: &str,
    now_ms: i64,
    gone_ms: i64,
) -> Result<Option<JobRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(CLAIM).bind(id).bind(claim).bind(now_ms).bind(gone_ms)
        .fetch_optional(c).await)
}

const END: &str = "UPDATE job SET state = $3, claim = NULL, ended_ms = $4, fault = $5
    WHERE id = $1 AND state = 'running' AND claim = $2";

/// Ends a claimed job, done or failed; false where the claim was lost to another server.
pub(super) async fn end(
    tx: &mut Tx,
    id: &str,
    claim: &str,
    state: &str,
    now_ms: i64,
    fault: Option<&str>,
) -> Result<bool, DbError> {
    in_tx!(tx, c => sqlx::query(END).bind(id).bind(claim).bind(state).bind(now_ms).bind(fault)
        .execute(c).await.map(|done| done.rows_affected() == 1))
}

const WAIT_AGAIN: &str = "UPDATE job SET state = 'waiting', claim = NULL, run_ms = $3, fault = $4
    WHERE id = $1 AND state = 'running' AND claim = $2
      AND NOT EXISTS (SELECT 1 FROM job AS newer
        WHERE newer.kind = job.kind AND newer.job_key = job.job_key AND newer.state = 'waiting')";

/// Lets a claimed job wait for its next try; false where a newer one of its key waits, or the claim was lost.
pub(super) async fn wait_again(
    tx: &mut Tx,
    id: &str,
    claim: &str,
    run_ms: i64,
    fault: &str,
) -> Result<bool, DbError> {
    in_tx!(tx, c => sqlx::query(WAIT_AGAIN).bind(id).bind(claim).bind(run_ms).bind(fault)
        .execute(c).await.map(|done| done.rows_affected() == 1))
}

const RETRY: &str = "UPDATE job SET state = 'waiting', run_ms = $2, tries = 0, ended_ms = NULL
    WHERE id = $1 AND state = 'failed'
      AND NOT EXISTS (SELECT 1 FROM job AS newer
        WHERE newer.kind = job.kind AND newer.job_key = job.job_key AND newer.state = 'waiting')";

/// Lets a failed job begin anew; false where it has not failed, or a newer one of its key waits.
pub(super) async fn retry(tx: &mut Tx, id: &str, now_ms: i64) -> Result<bool, DbError> {
    in_tx!(tx, c => sqlx::query(RETRY).bind(id).bind(now_ms)
        .execute(c).await.map(|done| done.rows_affected() == 1))
}

const FIND: &str = columns!("SELECT", "FROM job WHERE id = $1");

/// One job.
pub(super) async fn find(db: &Db, id: &str) -> Result<Option<JobRow>, DbError> {
    on!(db, pool => sqlx::query_as(FIND).bind(id).fetch_optional(pool).await)
}

const PAGE: &str = columns!(
    "SELECT",
    "FROM job WHERE ($1 = '' OR id < $1) AND ($2 = '' OR state = $2) ORDER BY id DESC LIMIT $3"
);

/// Jobs from a cursor on, the newest first; empty texts ask for all.
pub(super) async fn page(db: &Db, before: &str, state: &str, most: i64) -> Result<Vec<JobRow>, DbError> {
    on!(db, pool => sqlx::query_as(PAGE).bind(before).bind(state).bind(most).fetch_all(pool).await)
}

row! {
    /// How many jobs are in a state.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct Count {
        pub(super) state: String,
        pub(super) jobs: i64,
    }
}

const COUNTS: &str =
    "SELECT state, CAST(COUNT(*) AS BIGINT) AS jobs FROM job WHERE state <> 'done' GROUP BY state";

/// How many jobs are in each state but the done ones.
pub(super) async fn counts(db: &Db) -> Result<Vec<Count>, DbError> {
    on!(db, pool => sqlx::query_as(COUNTS).fetch_all(pool).await)
}

const FORGET: &str = "DELETE FROM job WHERE state = 'done' AND ended_ms < $1";

/// Forgets what was done long ago, and says how many.
pub(super) async fn forget(tx: &mut Tx, before_ms: i64) -> Result<u64, DbError> {
    in_tx!(tx, c => sqlx::query(FORGET).bind(before_ms).execute(c).await.map(|done| done.rows_affected()))
}
