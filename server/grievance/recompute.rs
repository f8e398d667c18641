//! Open cases under another calendar or other shifts: their deadlines computed anew, each change on record.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::clock;
use super::frame::Frame;
use super::history::{Happening, record_plain};
use super::store::{self, GrievanceRow};
use super::workflow::{Action, Case};
use crate::accounts::Actor;
use crate::app::App;
use crate::audit::{self, Entry, Object};
use crate::config::Config;
use crate::db::{Db, Tx};
use crate::error::Error;

/// Cases that are looked up at once. Each is written in a transaction of its own, so that nobody waits long.
const BATCH: i64 = 200;

/// Computes the deadlines of open cases anew where this server counts in another way than it did the last time, or
/// has just begun; returns how many changed.
///
/// # Errors
/// Those of the database; what was written before stays.
pub async fn if_changed(app: &App, last: &mut Option<String>) -> Result<usize, Error> {
    let frame = Frame::of(app);
    let version = frame.clock().version();
    if last.as_ref() == Some(&version) {
        return Ok(0);
    }
    let changed = all(&app.db, &frame).await?;
    *last = Some(version);
    Ok(changed)
}

/// The same right after a calendar was loaded into a database.
///
/// # Errors
/// Those of the database.
pub async fn loaded(db: &Db, config: &Config, now: DateTime<Utc>) -> Result<usize, Error> {
    all(db, &Frame::loaded(db, config, now).await?).await
}

async fn all(db: &Db, frame: &Frame) -> Result<usize, Error> {
    let (version, mut after, mut changed) = (frame.clock().version(), String::new(), 0);
    loop {
        let ids = store::reckoned_otherwise(db, &version, &after, BATCH).await?;
        let Some(last) = ids.last() else { return Ok(changed) };
        after.clone_from(last);
        for id in &ids {
            changed += usize::from(one(db, frame, id).await?);
        }
    }
}

async fn one(db: &Db, frame: &Frame, id: &str) -> Result<bool, Error> {
    let mut tx = db.begin().await?;
    let done = recomputed(&mut tx, frame, id).await;
    super::acting::ended(tx, done).await
}

/// Computes one case anew; false where nothing changes but the version of the calendar.
async fn recomputed(tx: &mut Tx, frame: &Frame, id: &str) -> Result<bool, Error> {
    let version = frame.clock().version();
    store::lock(tx, id).await?;
    let Some(old) = store::find_in(tx, id).await?.filter(|row| row.calendar != version) else {
        return Ok(false);
    };
    let case = old.case(&store::tasks_in(tx, id).await?)?;
    let mut new = old.clone();
    new.take_clocks(&case, &frame.clock(), frame.now)?;
    if case.clock.is_paused() {
        // Of a clock that stands still the due instant moves with the present; it is written when it runs on.
        (new.due_ms, new.is_provisional) = (old.due_ms, old.is_provisional);
    }
    let told = |row: &GrievanceRow| (row.due_ms, row.step_due_ms, row.is_provisional);
    if told(&old) == told(&new) {
        store::save_calendar(tx, id, &version).await?;
        return Ok(false);
    }
    write(tx, frame, &case, (&old, &new)).await?;
    Ok(true)
}

async fn write(
    tx: &mut Tx,
    frame: &Frame,
    case: &Case,
    (old, new): (&GrievanceRow, &GrievanceRow),
) -> Result<(), Error> {
    if !store::save(tx, new).await? {
        return Err(Error::Stale { version: new.version + 1 });
    }
    store::save_round(tx, &new.round_row(case)).await?;
    store::move_tasks(tx, &new.id, old.due_ms, new.due_ms).await?;
    let detail = detail(frame, old, new);
    let happening = Happening {
        action: Action::Recompute,
        account: None,
        from: Some(&old.state),
        at: frame.now,
        detail: detail.clone(),
        words: None,
        sent_key: None,
    };
    record_plain(tx, new, &happening).await?;
    clock::set(tx, new, case, frame).await?;
    let object = Object::new("grievance", &new.id);
    let mut told = json!({ "number": new.number });
    if let (Value::Object(told), Value::Object(detail)) = (&mut told, detail) {
        told.extend(detail);
    }
    let entry = Entry { action: "grievance.recompute", object, district: new.adcode(), detail: told };
    audit::record(tx, &Actor::system(), frame.now, &entry).await
}

/// The days before and after, and by which calendar.
fn detail(frame: &Frame, old: &GrievanceRow, new: &GrievanceRow) -> Value {
    let day = |ms: i64| frame.zone.from_ms(ms).date_naive().to_string();
    json!({
        "due": { "old": day(old.due_ms), "new": day(new.due_ms) },
        "step": { "old": old.step_due_ms.map(day), "new": new.step_due_ms.map(day) },
        "provisional": { "old": old.is_provisional, "new": new.is_provisional },
        "calendar": { "old": old.calendar, "new": new.calendar },
    })
}
