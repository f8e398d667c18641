//! Erasing a case: its key, its words, its contact and its files; what it counts for stays.

use chrono::{NaiveDate, TimeDelta};
use serde_json::json;

use super::person::must_not_name;
use super::store;
use crate::accounts::{Actor, Permission};
use crate::app::App;
use crate::audit::{self, Entry, Object};
use crate::db::Tx;
use crate::error::{Error, Words};
use crate::grievance::acting::{ended, erased};
use crate::grievance::desk::{reached, reason};
use crate::grievance::model::State;
use crate::grievance::record::read;
use crate::grievance::store::{GrievanceRow, find};
use crate::ids::GrievanceId;

/// So many cases are erased between two looks at the table.
const PART: i64 = 100;

/// A case that was erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erased {
    /// Its number.
    pub number: String,
    /// The day of the erasure.
    pub day: NaiveDate,
    /// From this day on no backup holds its key any more.
    pub final_on: NaiveDate,
}

/// Erases a case for good.
///
/// # Errors
/// [`Error::NotFound`] where it is not the actor's to see, [`Error::Forbidden`] where he keeps no secrets of its
/// district, [`Error::Refused`] without a reason or where that names the reporter, and [`Error::Conflict`] while it is
/// open or where it was erased before.
pub(super) async fn erase(app: &App, actor: &Actor, id: GrievanceId, why: &str) -> Result<Erased, Error> {
    let (row, ..) = reached(app, actor, id).await?;
    if !actor.may(Permission::GrievanceCustody, row.adcode()) {
        return Err(Error::Forbidden);
    }
    let why = reason(why)?;
    match (row.key(&app.keys), row.contact.as_deref()) {
        (Ok(Some(key)), Some(sealed)) => must_not_name(&key.open_contact(sealed)?, why)?,
        // A case whose key is lost can be erased all the same.
        (Ok(_) | Err(Error::Conflict { .. }), _) => {}
        (Err(error), _) => return Err(error),
    }
    let mut tx = app.db.begin().await?;
    let done = erase_in(app, actor, &mut tx, &row, why).await;
    ended(tx, done).await
}

/// Erases a case that is over, in a transaction whose last statement is the audit entry.
pub(super) async fn erase_in(
    app: &App,
    actor: &Actor,
    tx: &mut Tx,
    row: &GrievanceRow,
    why: &str,
) -> Result<Erased, Error> {
    if row.erased_ms.is_some() {
        return Err(erased());
    }
    if read::<State>(&row.state)?.is_open() {
        return Err(still_open());
    }
    let now = app.clock.now();
    if !store::erase(tx, &row.id, now.timestamp_millis()).await? {
        return Err(erased());
    }
    let day = app.config.zone().local(now).date();
    let final_on = day + TimeDelta::days(app.config.grievance.backup_days.into());
    let detail = json!({ "number": row.number, "reason": why, "final_on": final_on });
    let object = Object::new("grievance", &row.id);
    let entry = Entry { action: "grievance.erase", object, district: row.adcode(), detail };
    audit::record(tx, actor, now, &entry).await?;
    Ok(Erased { number: row.number.clone(), day, final_on })
}

fn still_open() -> Error {
    let detail = Words::new(
        "这件诉求还没办结，销毁后就没法办了。请先办结、不予受理或由反映人撤回。",
        "it is still open and could not be worked on; close, decline or let its reporter withdraw it first",
    );
    Error::Conflict { code: "still_open", detail }
}

/// Erases the archived cases that were kept as long as they must be.
pub async fn forget_old(app: &App) -> Result<(), Error> {
    let today = app.config.zone().local(app.clock.now()).date().to_string();
    loop {
        let ids = store::expired(&app.db, &today, PART).await?;
        let is_last = i64::try_from(ids.len()).unwrap_or(PART) < PART;
        for id in ids {
            forget(app, &id).await?;
        }
        if is_last {
            return Ok(());
        }
    }
}

async fn forget(app: &App, id: &str) -> Result<(), Error> {
    let Some(row) = find(&app.db, id).await? else { return Ok(()) };
    let mut tx = app.db.begin().await?;
    let done = erase_in(app, &Actor::system(), &mut tx, &row, "retention").await.map(drop);
    // Somebody else was faster: another server, or a custodian.
    let done = done.or_else(|error| match error {
        Error::Conflict { code: "erased", .. } => Ok(()),
        other => Err(other),
    });
    ended(tx, done).await
}
