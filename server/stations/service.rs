//! Changing the registry. Each function is one transaction with one revision.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};

use super::import::Action;
use super::model::{Facts, Station, Status};
use super::store::{self, StationRow};
use crate::calendar::CalendarDay;
use crate::city;
use crate::db::{Db, Tx};
use crate::error::Error;
use crate::ids::StationId;
use crate::time::Zone;

/// A new station with its facts; not yet stored.
pub fn register(facts: Facts, status: Status, now: DateTime<Utc>) -> Station {
    Station {
        id: StationId::new(now),
        version: 1,
        status,
        demonstration: false,
        facts,
        last_confirmed: None,
        rating: None,
    }
}

/// What a long write tells of itself: how many stations are written.
pub type Progress<'a> = &'a (dyn Fn(usize) + Sync);

/// Stores stations, new or changed, all or none, in one revision, and returns that revision.
pub async fn put_all(db: &Db, stations: &[Station], now: DateTime<Utc>) -> Result<i64, Error> {
    let mut tx = db.begin().await?;
    let revision = store::raise_revision(&mut tx).await?;
    write(&mut tx, revision, stations, now, &|_| {}).await?;
    tx.commit().await?;
    Ok(revision)
}

async fn write(
    tx: &mut Tx,
    revision: i64,
    stations: &[Station],
    now: DateTime<Utc>,
    progress: Progress<'_>,
) -> Result<(), Error> {
    for (done, station) in stations.iter().enumerate() {
        let row = StationRow::of(station)?;
        store::put(tx, &row, now.timestamp_millis()).await?;
        store::note_change(tx, revision, &row.id).await?;
        progress(done + 1);
    }
    Ok(())
}

/// Every registered station as of a revision.
#[derive(Debug)]
pub struct Registered {
    /// The revision.
    pub revision: i64,
    /// The stations, public or not, by id.
    pub stations: Vec<Station>,
}

/// Reads every registered station, for an import to compare with.
pub async fn registered(db: &Db, zone: Zone) -> Result<Registered, Error> {
    let revision = store::revision(db).await?;
    let rows = store::all(db).await?;
    let stations = rows.into_iter().map(|row| row.station(zone)).collect::<Result<_, _>>()?;
    Ok(Registered { revision, stations })
}

/// Carries out a planned import: all of it in one revision, or nothing.
///
/// Returns the revision, or `None` where there is nothing to write.
///
/// # Errors
/// [`Error::Unavailable`] where the registry has changed since the plan was made; plan again.
pub async fn carry_out(
    db: &Db,
    registered: &Registered,
    actions: Vec<Action>,
    publish: bool,
    now: DateTime<Utc>,
    progress: Progress<'_>,
) -> Result<Option<i64>, Error> {
    let known: HashMap<_, _> = registered.stations.iter().map(|s| (s.id, s)).collect();
    let stations: Vec<Station> =
        actions.into_iter().filter_map(|a| written(a, &known, publish, now)).collect();
    if stations.is_empty() {
        return Ok(None);
    }
    let mut tx = db.begin().await?;
    let revision = store::raise_revision(&mut tx).await?;
    if revision != registered.revision + 1 {
        tx.rollback().await?;
        let reason = format!("the registry changed since revision {}", registered.revision);
        return Err(Error::Unavailable { retry_s: 1, reason });
    }
    write(&mut tx, revision, &stations, now, progress).await?;
    tx.commit().await?;
    Ok(Some(revision))
}

/// The station that an action writes; `None` where it writes nothing.
fn written(
    action: Action,
    known: &HashMap<StationId, &Station>,
    publish: bool,
    now: DateTime<Utc>,
) -> Option<Station> {
    let (id, facts) = match action {
        Action::Create { facts, .. } => {
            let status = if publish { Status::Open } else { Status::Draft };
            return Some(register(*facts, status, now));
        }
        Action::Update { id, facts, .. } => (id, Some(*facts)),
        Action::Unchanged { id, .. } => (id, None),
    };
    let old = *known.get(&id)?;
    let status = if publish { published(old.status) } else { old.status };
    let is_same = facts.is_none() && status == old.status;
    let facts = facts.unwrap_or_else(|| old.facts.clone());
    (!is_same).then(|| Station { version: old.version + 1, status, facts, ..old.clone() })
}

/// The status after publishing: what was on its way is open, what was taken off the map stays off.
fn published(status: Status) -> Status {
    match status {
        Status::Draft | Status::Submitted | Status::Checked | Status::Open => Status::Open,
        Status::Rejected | Status::Suspended | Status::Retired => status,
    }
}

/// Loads the State Council's notices of whole years and returns these years. Every running server follows.
pub async fn load_calendar(db: &Db, days: Vec<CalendarDay>) -> Result<BTreeSet<i32>, Error> {
    let mut tx = db.begin().await?;
    let years = city::replace_years(&mut tx, days).await?;
    let revision = store::raise_revision(&mut tx).await?;
    store::note_change(&mut tx, revision, store::EVERY_STATION).await?;
    tx.commit().await?;
    Ok(years)
}

/// Replaces the demonstration registry by `stations`; an empty list removes it. Returns how many were removed.
pub async fn replace_demonstration(
    db: &Db,
    stations: &[Station],
    now: DateTime<Utc>,
) -> Result<usize, Error> {
    let mut tx = db.begin().await?;
    let old = store::demonstration(&mut tx).await?;
    if old.is_empty() && stations.is_empty() {
        tx.rollback().await?;
        return Ok(0);
    }
    store::remove_demonstration(&mut tx).await?;
    let revision = store::raise_revision(&mut tx).await?;
    write(&mut tx, revision, stations, now, &|_| {}).await?;
    for id in &old {
        store::note_change(&mut tx, revision, id).await?;
    }
    tx.commit().await?;
    Ok(old.len())
}
