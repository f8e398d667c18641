//! What the clock does with a case: one waiting job for the next of its deadlines, and what happens when it is due.
//!
//! Every step sets the job anew, in its own transaction. What is told of a deadline stands in `grievance_alarm`, so
//! that it is told once for each due instant, whatever dies and whoever is faster; a deadline that moves is told
//! anew. Nothing in the job's row is finer than the deadlines themselves.

mod alarm;
mod ring;

use serde_json::Value;

use super::frame::Frame;
use super::store::{self, AlarmRow, GrievanceRow};
use super::workflow::Case;
use crate::audit::Object;
use crate::db::Tx;
use crate::error::Error;
use crate::jobs::{self, Job};

pub use ring::ring;

use alarm::{Set, alarms};

/// The kind of the job that waits for the next deadline of a case.
pub const KIND: &str = "grievance_clock";

/// Sets the job of a case for what comes next; takes it back where nothing does.
pub(super) async fn set(tx: &mut Tx, row: &GrievanceRow, case: &Case, frame: &Frame) -> Result<(), Error> {
    let object = Object::new("grievance", &row.id);
    let told = store::alarms(tx, &row.id).await?;
    match pending(case, frame, &told).into_iter().map(|set| set.at).min() {
        Some(run_at) => {
            let job = Job { kind: KIND, key: row.id.clone(), object, run_at, payload: Value::Null };
            jobs::enqueue(tx, &job).await.map(drop)
        }
        None => jobs::cancel(tx, KIND, &object).await.map(drop),
    }
}

/// What is set for a case and was not told yet.
fn pending(case: &Case, frame: &Frame, told: &[AlarmRow]) -> Vec<Set> {
    let is_told = |set: &Set| {
        told.iter().any(|row| row.alarm == set.alarm.as_str() && row.due_ms == set.due.timestamp_millis())
    };
    alarms(case, frame).into_iter().filter(|set| !is_told(set)).collect()
}
