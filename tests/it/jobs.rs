//! Jobs have their effect once with two servers, survive restarts, are tried again, moved and cancelled.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::http::StatusCode;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use tokio::sync::Notify;
use yizhan::accounts::Role;
use yizhan::app::App;
use yizhan::audit::Object;
use yizhan::db::Tx;
use yizhan::error::Error;
use yizhan::in_tx;
use yizhan::jobs::{self, GIVEN_UP, Job, MOST_TRIES, Taken, Way, Work};

use crate::client::text;
use crate::harness::Town;
use crate::tables::{numbers, texts};

/// A kind that counts in the database, and one that counts in memory.
pub(crate) const COUNT: &str = "test_count";
const CALL: &str = "test_call";

/// Counts each effect; a try up to `fails` ends in a failure after its effect.
#[derive(Clone, Default)]
pub(crate) struct Counting {
    fails: i64,
    panics: bool,
    calls: Arc<AtomicUsize>,
    /// Where it is there, a call waits for it.
    answer: Option<Arc<Notify>>,
}

const EFFECT: &str = "INSERT INTO login_failure (subject, since_ms, failures) VALUES ($1, 0, 1)
    ON CONFLICT (subject) DO UPDATE SET failures = login_failure.failures + 1";

impl Work for Counting {
    fn kinds(&self, way: Way) -> &'static [&'static str] {
        match way {
            Way::Transact => &[COUNT],
            Way::Call => &[CALL],
        }
    }

    async fn transact(&self, _: &App, tx: &mut Tx, job: &Taken) -> Result<(), Error> {
        let key = job.key.clone();
        in_tx!(tx, c => sqlx::query(EFFECT).bind(key).execute(c).await.map(drop))?;
        assert!(!self.panics, "the handler panics");
        if job.tries <= self.fails { Err(Error::TimedOut) } else { Ok(()) }
    }

    async fn call(&self, _: &App, job: &Taken) -> Result<(), Error> {
        self.calls.fetch_add(1, Ordering::SeqCst);
        if let Some(answer) = &self.answer {
            answer.notified().await;
        }
        if job.tries <= self.fails { Err(Error::TimedOut) } else { Ok(()) }
    }

    async fn given_up(&self, _: &App, tx: &mut Tx, job: &Taken) -> Result<(), Error> {
        let key = format!("given up {}", job.key);
        Ok(in_tx!(tx, c => sqlx::query(EFFECT).bind(key).execute(c).await.map(drop))?)
    }
}

impl Town {
    /// Writes a job that is due so many minutes from now.
    pub(crate) async fn job(&self, kind: &'static str, key: &str, minutes: i64, payload: Value) -> String {
        let run_at = self.app.clock.now() + TimeDelta::minutes(minutes);
        let job = Job { kind, key: key.to_owned(), object: Object::new("case", key), run_at, payload };
        let mut tx = self.app.db.begin().await.unwrap();
        let id = jobs::enqueue(&mut tx, &job).await.unwrap();
        tx.commit().await.unwrap();
        id.to_string()
    }

    /// The service some time later.
    async fn after(&self, time: TimeDelta) -> Town {
        let then: DateTime<Utc> = self.app.clock.now() + time;
        self.at(&then.to_rfc3339()).await
    }
}

/// How often each key had its effect.
async fn effects(t: &Town) -> BTreeMap<String, i64> {
    let subjects = texts(&t.app.db, "SELECT subject FROM login_failure ORDER BY subject".to_owned()).await;
    let times = numbers(&t.app.db, "SELECT failures FROM login_failure ORDER BY subject").await;
    subjects.into_iter().zip(times).collect()
}

async fn states(t: &Town) -> Vec<String> {
    texts(&t.app.db, "SELECT state FROM job ORDER BY run_ms, id".to_owned()).await
}

async fn run(t: &Town, work: &Counting) -> usize {
    jobs::run_due_by(&t.app, work.clone()).await.unwrap()
}

both_engines! {
    async fn with_two_servers_each_has_its_effect_once(t: Town) {
        let other = t.at(crate::harness::NOW).await;
        let keys: Vec<_> = (10..40).map(|n| format!("case-{n}")).collect();
        for key in &keys {
            t.job(COUNT, key, 0, Value::Null).await;
        }
        let mut servers = tokio::task::JoinSet::new();
        for i in 0..6 {
            let app = if i % 2 == 0 { t.app.clone() } else { other.app.clone() };
            servers.spawn(async move { jobs::run_due_by(&app, Counting::default()).await.unwrap() });
        }
        assert_eq!(servers.join_all().await.into_iter().sum::<usize>(), keys.len());
        assert_eq!(effects(&t).await, keys.into_iter().map(|key| (key, 1)).collect());
    }

    async fn a_job_waits_for_its_time_and_survives_a_restart(t: Town) {
        t.job(COUNT, "a", 5, json!({ "round": 2 })).await;
        assert_eq!(run(&t, &Counting::default()).await, 0, "not yet");
        t.job("of_a_newer_server", "b", 0, Value::Null).await;
        let later = t.after(TimeDelta::minutes(5)).await;
        assert_eq!(run(&later, &Counting::default()).await, 1);
        assert_eq!((run(&later, &Counting::default()).await, effects(&t).await), (0, [("a".to_owned(), 1)].into()));
        assert_eq!(states(&t).await, ["waiting", "done"], "what is not known here is left");
    }

    async fn what_a_dead_server_was_at_is_taken_up_again(t: Town) {
        t.job(CALL, "a", 0, Value::Null).await;
        let answer = Arc::new(Notify::new());
        let silent = Counting { answer: Some(answer.clone()), ..Counting::default() };
        let (app, work) = (t.app.clone(), silent.clone());
        let hanging = tokio::spawn(async move { jobs::run_due_by(&app, work).await });
        while silent.calls.load(Ordering::SeqCst) == 0 {
            tokio::task::yield_now().await;
        }
        let working = Counting::default();
        let at_the_bound = t.after(GIVEN_UP).await;
        assert_eq!(run(&at_the_bound, &working).await, 0, "its server may still be at it");
        let beyond = t.after(GIVEN_UP + TimeDelta::milliseconds(1)).await;
        assert_eq!((run(&beyond, &working).await, working.calls.load(Ordering::SeqCst)), (1, 1), "at least once");
        answer.notify_one();
        assert_eq!(hanging.await.unwrap().unwrap(), 1, "the first server comes back to life");
        assert_eq!(states(&t).await, ["done"]);
    }

    async fn a_failure_takes_its_effect_back_and_is_tried_again(t: Town) {
        t.job(COUNT, "a", 0, Value::Null).await;
        let work = Counting { fails: 2, ..Counting::default() };
        assert_eq!((run(&t, &work).await, run(&t, &work).await), (1, 0), "it waits before the next try");
        assert_eq!((effects(&t).await, states(&t).await), (BTreeMap::new(), vec!["waiting".to_owned()]));
        let second = t.after(jobs::wait(1)).await;
        let panicking = Counting { panics: true, ..Counting::default() };
        assert_eq!((run(&second, &panicking).await, effects(&t).await), (1, BTreeMap::new()), "a panic is a failure");
        let third = second.after(jobs::wait(2)).await;
        assert_eq!((run(&third, &work).await, effects(&t).await), (1, [("a".to_owned(), 1)].into()));
        assert!(jobs::wait(1) < jobs::wait(2) && jobs::wait(2) < jobs::wait(3));
    }

    async fn a_job_that_has_failed_is_seen_and_retried(t: Town) {
        let id = t.job(COUNT, "a", 0, Value::Null).await;
        let (hopeless, mut at) = (Counting { fails: i64::MAX, ..Counting::default() }, t.clone());
        for n in 1..=MOST_TRIES {
            assert_eq!(run(&at, &hopeless).await, 1, "try {n}");
            at = at.after(jobs::wait(n)).await;
        }
        assert_eq!(run(&at, &hopeless).await, 0, "there is an end to it");
        assert_eq!(effects(&t).await, [("given up a".to_owned(), 1)].into());
        let admin = at.staff("admin", Role::Admin, "").await;
        let page = at.get("/api/v1/jobs?state=failed").by(&admin).json().await;
        let (items, one) = (page["items"].as_array().unwrap(), &page["items"][0]);
        assert_eq!((items.len(), text(&one["id"]), &one["tries"], text(&one["fault"])), (1, id.clone(), &json!(MOST_TRIES), "request timed out".into()));
        let path = format!("/api/v1/jobs/{id}/retry");
        let again = at.post(&path).by(&admin).send().await;
        assert_eq!((again.status, text(&again.json()["state"])), (StatusCode::OK, "waiting".into()));
        let twice = at.post(&path).by(&admin).send().await;
        assert_eq!((twice.status, text(&twice.json()["code"])), (StatusCode::CONFLICT, "not_failed".into()));
        assert_eq!((run(&at, &Counting::default()).await, effects(&t).await["a"]), (1, 1));
        let none = at.get("/api/v1/jobs?state=failed").by(&admin).json().await;
        assert_eq!(none["items"], json!([]));
    }

    async fn a_key_waits_once_and_is_moved(t: Town) {
        let first = t.job(COUNT, "a", 5, Value::Null).await;
        assert_eq!(t.job(COUNT, "a", 60, Value::Null).await, first, "the same job at another time");
        let between = t.after(TimeDelta::minutes(30)).await;
        assert_eq!(run(&between, &Counting::default()).await, 0);
        assert_eq!(t.job(COUNT, "a", 1, Value::Null).await, first);
        assert_eq!(run(&between, &Counting::default()).await, 1);
        assert_ne!(t.job(COUNT, "a", 1, Value::Null).await, first, "one that is done is not moved");
        assert_eq!((run(&between, &Counting::default()).await, effects(&t).await["a"]), (1, 2));
    }

    async fn what_is_cancelled_or_rolled_back_never_runs(t: Town) {
        for (key, kind) in [("a", COUNT), ("b", COUNT), ("a", CALL)] {
            t.job(kind, key, 0, Value::Null).await;
        }
        let mut tx = t.app.db.begin().await.unwrap();
        assert_eq!(jobs::cancel(&mut tx, COUNT, &Object::new("case", "a")).await.unwrap(), 1);
        tx.commit().await.unwrap();
        let mut tx = t.app.db.begin().await.unwrap();
        assert_eq!(jobs::cancel(&mut tx, COUNT, &Object::new("case", "b")).await.unwrap(), 1);
        tx.rollback().await.unwrap();
        let work = Counting::default();
        assert_eq!(run(&t, &work).await, 2);
        assert_eq!((effects(&t).await, work.calls.load(Ordering::SeqCst)), ([("b".to_owned(), 1)].into(), 1));
        let large = Job {
            kind: COUNT,
            key: "large".to_owned(),
            object: Object::new("case", "large"),
            run_at: t.app.clock.now(),
            payload: json!("x".repeat(5_000)),
        };
        let mut tx = t.app.db.begin().await.unwrap();
        assert!(jobs::enqueue(&mut tx, &large).await.is_err(), "a payload has a bound");
        tx.rollback().await.unwrap();
    }

    async fn what_was_done_is_forgotten_after_its_time(t: Town) {
        t.job(COUNT, "a", 0, Value::Null).await;
        t.job("of_a_newer_server", "b", 0, Value::Null).await;
        run(&t, &Counting::default()).await;
        t.after(TimeDelta::days(40)).await.forget().await;
        assert_eq!(states(&t).await.len(), 2);
        t.after(TimeDelta::days(40) + TimeDelta::seconds(1)).await.forget().await;
        assert_eq!(states(&t).await, ["waiting"], "what is not done is not forgotten");
    }
}

impl Town {
    async fn forget(&self) {
        jobs::forget_old(&self.app).await.unwrap();
    }
}
