//! Changing the registry. Each function is one transaction with one revision.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use serde_json::json;

use super::import::Action;
use super::life::write::{Deed, Write, write, write_at};
use super::model::{Facts, Station, Status};
use super::search::searchable;
use super::store;
use crate::accounts::Actor;
use crate::audit::{self, Entry, Object};
use crate::calendar::CalendarDay;
use crate::city::{self, districts::NewDistricts};
use crate::db::Db;
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
        created: now.fixed_offset(),
        changed: now.fixed_offset(),
    }
}

pub use super::bring::{Bringing, BroughtIn, TakenBack, Wrote, bring_in, place, take_back};

/// What a long write tells of itself: how many stations are written.
pub type Progress<'a> = &'a (dyn Fn(usize) + Sync);

/// Stores stations, new or changed, as the operator, all or none, and returns the revision that shows them.
///
/// Each becomes the version after the registered one, whatever its own version says.
pub async fn put_all(db: &Db, stations: &[Station], now: DateTime<Utc>) -> Result<i64, Error> {
    let mut tx = db.begin().await?;
    let mut writes = Vec::with_capacity(stations.len());
    for new in stations {
        let old = store::find_in(&mut tx, &new.id.to_string()).await?;
        let old = old.map(|row| row.station(UTC)).transpose()?;
        writes.push(Write { old, new: new.clone() });
    }
    let actor = Actor::command();
    let deed = Deed { actor: &actor, action: "put", reason: None, now };
    let raised = write(&mut tx, writes, &deed, &|_| {}).await?;
    let entry = of_registry("station.put", json!({ "stations": stations.len(), "revision": raised }));
    audit::record(&mut tx, &actor, now, &entry).await?;
    tx.commit().await?;
    match raised {
        Some(revision) => Ok(revision),
        None => Ok(store::revision(db).await?),
    }
}

/// So many stations become findable in one transaction.
const FOUND_BY: i64 = 500;

/// Writes what stations are found by, where they were written before that was kept. No fact changes.
pub async fn fill_search(db: &Db) -> Result<(), Error> {
    loop {
        let rows = store::unsearchable(db, FOUND_BY).await?;
        if rows.is_empty() {
            return Ok(());
        }
        let mut tx = db.begin().await?;
        for row in rows {
            let station = row.station(UTC)?;
            let found_by = searchable(&station.facts);
            store::set_search(&mut tx, &station.id.to_string(), found_by.text()).await?;
        }
        tx.commit().await?;
    }
}

/// The zone of times that are only compared and written back.
const UTC: Zone = Zone(chrono_tz::UTC);

/// The audit entry of a write that touches many stations at once.
fn of_registry(action: &'static str, detail: serde_json::Value) -> Entry {
    Entry { action, object: Object::new("registry", "stations"), district: None, detail }
}

/// What tells whether anything in the registry was written since: versions only grow, and no real station is ever
/// deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    pub(super) revision: i64,
    /// How many stations there are, and the sum of their versions.
    pub(super) stations: (i64, i64),
}

/// The stamp of the registry as it is now.
pub async fn stamp(db: &Db) -> Result<Stamp, Error> {
    let (revision, stations) = store::stamp(db).await?;
    Ok(Stamp { revision, stations })
}

/// Every registered station as of a revision.
#[derive(Debug)]
pub struct Registered {
    /// The revision.
    pub revision: i64,
    /// The stations, public or not, by id.
    pub stations: Vec<Station>,
}

impl Registered {
    /// The registry that was read.
    pub fn stamp(&self) -> Stamp {
        let sum = self.stations.iter().map(|s| s.version).sum();
        Stamp {
            revision: self.revision,
            stations: (i64::try_from(self.stations.len()).unwrap_or(i64::MAX), sum),
        }
    }
}

/// Reads every registered station, for an import to compare with.
pub async fn registered(db: &Db, zone: Zone) -> Result<Registered, Error> {
    let revision = store::revision(db).await?;
    let rows = store::all(db).await?;
    let stations = rows.into_iter().map(|row| row.station(zone)).collect::<Result<_, _>>()?;
    Ok(Registered { revision, stations })
}

/// Carries out a planned import as the operator: all of it in one revision, or nothing.
///
/// Returns the revision, or `None` where there is nothing that the public sees.
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
    let actor = Actor::command();
    let mut tx = db.begin().await?;
    let how = Bringing { actor: &actor, publish, now };
    let done = match bring_in(&mut tx, registered, actions, how, progress).await {
        Ok(done) if !done.wrote.is_empty() => done,
        nothing => {
            tx.rollback().await?;
            return nothing.map(|_| None);
        }
    };
    audit::record(&mut tx, &actor, now, &of_registry("station.import", done.detail(publish))).await?;
    tx.commit().await?;
    Ok(done.revision)
}

/// Loads the State Council's notices of whole years and returns these years. Every running server follows.
pub async fn load_calendar(
    db: &Db,
    days: Vec<CalendarDay>,
    now: DateTime<Utc>,
) -> Result<BTreeSet<i32>, Error> {
    let mut tx = db.begin().await?;
    let revision = store::raise_revision(&mut tx).await?;
    let years = city::replace_years(&mut tx, days).await?;
    store::note_change(&mut tx, revision, store::EVERY_STATION).await?;
    let object = Object::new("calendar", "days");
    let entry = Entry { action: "calendar.load", object, district: None, detail: json!({ "years": years }) };
    audit::record(&mut tx, &Actor::command(), now, &entry).await?;
    tx.commit().await?;
    Ok(years)
}

/// Puts other districts in place of all. Every running server follows.
pub async fn load_districts(db: &Db, districts: &NewDistricts, now: DateTime<Utc>) -> Result<i64, Error> {
    let mut tx = db.begin().await?;
    let revision = store::raise_revision(&mut tx).await?;
    city::districts::replace_districts(&mut tx, districts).await?;
    store::note_change(&mut tx, revision, store::EVERY_STATION).await?;
    let (object, detail) = (Object::new("city", "districts"), json!({ "districts": districts.len() }));
    let entry = Entry { action: "districts.load", object, district: None, detail };
    audit::record(&mut tx, &Actor::command(), now, &entry).await?;
    tx.commit().await?;
    Ok(revision)
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
    let revision = store::raise_revision(&mut tx).await?;
    store::remove_demonstration(&mut tx).await?;
    let actor = Actor::command();
    let deed = Deed { actor: &actor, action: "demo", reason: None, now };
    let writes = stations.iter().map(|new| Write { old: None, new: new.clone() }).collect();
    write_at(&mut tx, Some(revision), writes, &deed, &|_| {}).await?;
    for id in &old {
        store::note_change(&mut tx, revision, id).await?;
    }
    let action = if stations.is_empty() { "demo.remove" } else { "demo.load" };
    let entry = of_registry(action, json!({ "removed": old.len(), "loaded": stations.len() }));
    audit::record(&mut tx, &actor, now, &entry).await?;
    tx.commit().await?;
    Ok(old.len())
}
