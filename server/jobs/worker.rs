//! Taking due jobs one by one: claim, do, mark; a failure is tried again after growing waits.

use std::time::Duration;

use chrono::TimeDelta;
use tokio::sync::watch;
use tokio::time::timeout;

use super::model::{State, Taken, Way};
use super::store::{self, JobRow};
use super::work::OfTheService;
use crate::app::App;
use crate::db::Tx;
use crate::error::Error;
use crate::secrets::{hex, random};

/// How often a server looks whether something is due.
const LOOK: Duration = Duration::from_secs(2);
/// How often the numbers of jobs are measured.
const MEASURE: Duration = Duration::from_mins(1);
/// How long one try may take.
const LONGEST: Duration = Duration::from_mins(1);
/// A claim that was not ended in this time has ended with its server. It is longer than any try.
pub const GIVEN_UP: TimeDelta = TimeDelta::minutes(10);
/// How often a job is tried before it has failed; the waits between come to 18 hours.
pub const MOST_TRIES: i64 = 8;
/// How many jobs are looked up at once.
const PART: i64 = 20;
/// The most characters of a fault that are kept.
const FAULT_CHARS: usize = 300;

/// What kinds of jobs there are and what each does. The service has one; tests have their own.
pub trait Work: Clone + Send + Sync + 'static {
    /// The kinds that are done in one way. A job of another kind is left to a newer server.
    fn kinds(&self, way: Way) -> &'static [&'static str];

    /// Does a job within the transaction that marks it done. It writes through `tx` only, and what it records
    /// in the audit log comes last.
    fn transact(&self, app: &App, tx: &mut Tx, job: &Taken)
    -> impl Future<Output = Result<(), Error>> + Send;

    /// Does a job that talks to the network. After a crash it is called again.
    fn call(&self, app: &App, job: &Taken) -> impl Future<Output = Result<(), Error>> + Send;

    /// Writes what has to be written when a job has failed for good, in the transaction that marks it so.
    fn given_up(&self, app: &App, tx: &mut Tx, job: &Taken)
    -> impl Future<Output = Result<(), Error>> + Send;
}

/// Does what is due, until the service stops. Calls have a task of their own, so that a slow receiver holds up
/// no deadline.
pub async fn keep(app: App, stop: watch::Receiver<bool>) {
    let [here, out] = Way::ALL.map(|way| keep_doing(&app, way, stop.clone()));
    tokio::join!(here, out, keep_measuring(&app, stop.clone()));
}

async fn keep_doing(app: &App, way: Way, mut stop: watch::Receiver<bool>) {
    while timeout(LOOK, stop.wait_for(|s| *s)).await.is_err() {
        if let Err(error) = run_way(app, OfTheService, way, &stop).await {
            tracing::error!(%error, "due jobs cannot be taken");
        }
    }
}

/// Does everything that is due now, and says how many tries that were.
pub async fn run_due(app: &App) -> Result<usize, Error> {
    run_due_by(app, OfTheService).await
}

/// Does everything that is due now of other work than the service's own.
pub async fn run_due_by(app: &App, work: impl Work) -> Result<usize, Error> {
    let (_going, stop) = watch::channel(false);
    let mut tried = 0;
    for way in Way::ALL {
        tried += run_way(app, work.clone(), way, &stop).await?;
    }
    Ok(tried)
}

/// Does what is due in one way until nothing is left or the service stops.
async fn run_way(app: &App, work: impl Work, way: Way, stop: &watch::Receiver<bool>) -> Result<usize, Error> {
    let kinds = work.kinds(way);
    let mut tried = 0;
    loop {
        let now = app.clock.now();
        let gone_ms = (now - GIVEN_UP).timestamp_millis();
        let due = match kinds {
            [] => Vec::new(),
            kinds => store::due(&app.db, kinds, now.timestamp_millis(), gone_ms, PART).await?,
        };
        if due.is_empty() {
            return Ok(tried);
        }
        for id in due {
            if *stop.borrow() {
                return Ok(tried);
            }
            tried += usize::from(run_one(app, &work, way, &id).await?);
        }
    }
}

/// A job together with the claim to it.
struct Claimed {
    job: Taken,
    claim: String,
}

/// Tries one job; false where another server was faster.
async fn run_one(app: &App, work: &impl Work, way: Way, id: &str) -> Result<bool, Error> {
    let Some(Claimed { job, claim }) = claim(app, id).await? else { return Ok(false) };
    let outcome = if job.tries > MOST_TRIES {
        Err(Error::Internal("its servers ended while they were at it".to_owned()))
    } else {
        apart(app, work, way, &job, &claim).await
    };
    let told = if outcome.is_ok() { "done" } else { "failed" };
    let labels = [("kind", job.kind.clone()), ("outcome", told.to_owned())];
    metrics::counter!("yizhan_job_tries_total", &labels).increment(1);
    if let Err(error) = outcome {
        failed(app, work, &job, &claim, &error).await?;
    }
    Ok(true)
}

async fn claim(app: &App, id: &str) -> Result<Option<Claimed>, Error> {
    let now = app.clock.now();
    let claim = hex(&random::<16>()?);
    let mut tx = app.db.begin().await?;
    let gone_ms = (now - GIVEN_UP).timestamp_millis();
    let row = store::claim(&mut tx, id, &claim, now.timestamp_millis(), gone_ms).await?;
    tx.commit().await?;
    Ok(row.map(read).transpose()?.map(|job| Claimed { job, claim }))
}

fn read(row: JobRow) -> Result<Taken, Error> {
    let broken = |e: String| Error::Internal(format!("job {}: {e}", row.id));
    Ok(Taken {
        id: row.id.parse().map_err(|e: uuid::Error| broken(e.to_string()))?,
        payload: serde_json::from_str(&row.payload).map_err(|e| broken(e.to_string()))?,
        kind: row.kind,
        key: row.job_key,
        object_type: row.object_type,
        object_id: row.object_id,
        tries: row.tries,
    })
}

/// Does a job in a task of its own, so that a panic ends the try and not the worker.
async fn apart(app: &App, work: &impl Work, way: Way, job: &Taken, claim: &str) -> Result<(), Error> {
    let (app, work, job, claim) = (app.clone(), work.clone(), job.clone(), claim.to_owned());
    let task = tokio::spawn(async move {
        let done = async {
            match way {
                Way::Transact => transact(&app, &work, &job, &claim).await,
                Way::Call => call(&app, &work, &job, &claim).await,
            }
        };
        timeout(LONGEST, done).await.unwrap_or(Err(Error::TimedOut))
    });
    task.await?
}

/// The mark comes first: it holds the row until the commit, so that nobody else does the same meanwhile.
async fn transact(app: &App, work: &impl Work, job: &Taken, claim: &str) -> Result<(), Error> {
    let mut tx = app.db.begin().await?;
    let now_ms = app.clock.now().timestamp_millis();
    if !store::end(&mut tx, &job.id.to_string(), claim, State::Done.as_str(), now_ms, None).await? {
        return Ok(tx.rollback().await?);
    }
    work.transact(app, &mut tx, job).await?;
    Ok(tx.commit().await?)
}

async fn call(app: &App, work: &impl Work, job: &Taken, claim: &str) -> Result<(), Error> {
    work.call(app, job).await?;
    let now_ms = app.clock.now().timestamp_millis();
    let mut tx = app.db.begin().await?;
    store::end(&mut tx, &job.id.to_string(), claim, State::Done.as_str(), now_ms, None).await?;
    Ok(tx.commit().await?)
}

/// Lets a job wait for its next try, or gives it up after the last one.
async fn failed(app: &App, work: &impl Work, job: &Taken, claim: &str, error: &Error) -> Result<(), Error> {
    let (id, now) = (job.id.to_string(), app.clock.now());
    let fault: String = error.to_string().chars().take(FAULT_CHARS).collect();
    let mut tx = app.db.begin().await?;
    if job.tries < MOST_TRIES {
        tracing::warn!(job = id, kind = job.kind, tries = job.tries, %error, "a job is tried again");
        let next_ms = (now + wait(job.tries)).timestamp_millis();
        if store::wait_again(&mut tx, &id, claim, next_ms, &fault).await? {
            return Ok(tx.commit().await?);
        }
        // A newer one of the same key waits, and this one is not needed any more.
        store::end(&mut tx, &id, claim, State::Done.as_str(), now.timestamp_millis(), Some(&fault)).await?;
        return Ok(tx.commit().await?);
    }
    tracing::error!(job = id, kind = job.kind, %error, "a job has failed");
    let state = State::Failed.as_str();
    if store::end(&mut tx, &id, claim, state, now.timestamp_millis(), Some(&fault)).await? {
        work.given_up(app, &mut tx, job).await?;
    }
    Ok(tx.commit().await?)
}

/// How long a job waits after its n-th try: one minute, then three times as long each time.
pub fn wait(tries: i64) -> TimeDelta {
    let power = u32::try_from(tries.clamp(1, MOST_TRIES) - 1).unwrap_or(0);
    TimeDelta::minutes(3_i64.pow(power))
}

async fn keep_measuring(app: &App, mut stop: watch::Receiver<bool>) {
    loop {
        match store::counts(&app.db).await {
            Ok(counts) => measure(&counts),
            Err(error) => tracing::warn!(%error, "jobs cannot be counted"),
        }
        if timeout(MEASURE, stop.wait_for(|s| *s)).await.is_ok() {
            return;
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "gauges are floats, and the numbers stay below 2^52")]
fn measure(counts: &[store::Count]) {
    for state in State::ALL.iter().filter(|s| **s != State::Done) {
        let found = counts.iter().find(|count| count.state == state.as_str());
        let jobs = found.map_or(0, |count| count.jobs) as f64;
        metrics::gauge!("yizhan_jobs", "state" => state.as_str()).set(jobs);
    }
}
