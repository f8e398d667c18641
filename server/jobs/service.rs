//! Writing jobs and taking them back, and what operators see and do of them.

use chrono::TimeDelta;
use serde_json::json;

use super::model::{Job, State};
use super::store::{self, JobRow};
use super::told::Told;
use crate::accounts::{Actor, Permission};
use crate::app::App;
use crate::audit::{self, Entry, Object};
use crate::db::Tx;
use crate::error::{Error, Words};
use crate::ids::JobId;

/// The most bytes of what is given with a job.
const PAYLOAD_BYTES: usize = 4096;
/// The most bytes of a key.
const KEY_BYTES: usize = 200;
/// How long a job that was done is remembered. A failed one stays until somebody retries it.
const REMEMBERED: TimeDelta = TimeDelta::days(40);

/// Writes a job in the transaction of its cause. Where one of the same kind and key waits, that one is moved to
/// the new time and payload; its id stays.
///
/// # Errors
/// [`Error::Internal`] where payload or key are longer than a job holds.
pub async fn enqueue(tx: &mut Tx, job: &Job) -> Result<JobId, Error> {
    let payload = job.payload.to_string();
    if payload.len() > PAYLOAD_BYTES || job.key.len() > KEY_BYTES {
        return Err(Error::Internal(format!("a job {} is too large", job.kind)));
    }
    let row = JobRow {
        id: JobId::new(job.run_at).to_string(),
        kind: job.kind.to_owned(),
        job_key: job.key.clone(),
        object_type: job.object.kind.to_owned(),
        object_id: job.object.id.clone(),
        run_ms: job.run_at.timestamp_millis(),
        payload,
        state: State::Waiting.to_string(),
        tries: 0,
        ended_ms: None,
        fault: None,
    };
    let id = store::enqueue(tx, &row).await?;
    id.parse().map_err(|e| Error::Internal(format!("job {id}: {e}")))
}

/// Takes back what waits of a kind for an object, and says how many jobs that were. One that a server is at
/// just now is not among them: its handler finds the object as it is.
pub async fn cancel(tx: &mut Tx, kind: &str, object: &Object) -> Result<u64, Error> {
    Ok(store::cancel(tx, kind, object.kind, &object.id).await?)
}

/// What is asked of the list.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// Only those that have come so far.
    pub state: Option<State>,
    /// At most how many.
    pub limit: usize,
    /// Only those before this one.
    pub before: Option<JobId>,
}

/// Jobs by when they were due at first, the latest first, and the cursor of the next page.
pub async fn list(app: &App, actor: &Actor, query: &Query) -> Result<(Vec<Told>, Option<JobId>), Error> {
    actor.must_in_city(Permission::JobManage)?;
    let before = query.before.map(|id| id.to_string()).unwrap_or_default();
    let state = query.state.map(State::as_str).unwrap_or_default();
    let most = i64::try_from(query.limit).unwrap_or(i64::MAX).saturating_add(1);
    let rows = store::page(&app.db, &before, state, most).await?;
    let has_more = rows.len() > query.limit;
    let told: Vec<_> = rows
        .into_iter()
        .take(query.limit)
        .map(|row| Told::of(app.config.zone(), row))
        .collect::<Result<_, _>>()?;
    let next = told.last().filter(|_| has_more).map(|job| job.id);
    Ok((told, next))
}

/// Lets a job that has failed begin anew at once.
///
/// # Errors
/// [`Error::Conflict`] where it has not failed, or a newer one of its key waits.
pub async fn retry(app: &App, actor: &Actor, id: JobId) -> Result<Told, Error> {
    actor.must_in_city(Permission::JobManage)?;
    let row = store::find(&app.db, &id.to_string()).await?.ok_or(Error::NotFound("job"))?;
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    if !store::retry(&mut tx, &row.id, now.timestamp_millis()).await? {
        tx.rollback().await?;
        return Err(not_failed());
    }
    let detail = json!({ "kind": row.kind });
    let entry = Entry { action: "job.retry", object: Object::new("job", id), district: None, detail };
    audit::record(&mut tx, actor, now, &entry).await?;
    tx.commit().await?;
    let row = store::find(&app.db, &row.id).await?.ok_or(Error::NotFound("job"))?;
    Told::of(app.config.zone(), row)
}

fn not_failed() -> Error {
    let zh = "只有失败的任务可以重试；同一件事也没有更新的任务在等待。";
    let en = "Only a failed job can be retried, and only while no newer one for the same thing waits.";
    Error::Conflict { code: "not_failed", detail: Words::new(zh, en) }
}

/// Forgets what was done more than 40 days ago.
pub async fn forget_old(app: &App) -> Result<(), Error> {
    let before_ms = (app.clock.now() - REMEMBERED).timestamp_millis();
    let mut tx = app.db.begin().await?;
    store::forget(&mut tx, before_ms).await?;
    Ok(tx.commit().await?)
}
