//! A planned list into the registry, and back: what both write, in the caller's transaction.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde_json::json;

use super::import::Action;
use super::life::transitions::{after_edit, editor};
use super::life::write::{Deed, Write, kept, write};
use super::model::{Facts, Station, Status, same_place};
use super::service::{Progress, Registered, register};
use super::store;
use crate::accounts::{Actor, Permission};
use crate::db::Tx;
use crate::error::Error;
use crate::ids::StationId;
use crate::time::Zone;

/// Who brings a list in, and how.
#[derive(Debug, Clone, Copy)]
pub struct Bringing<'a> {
    /// Who.
    pub actor: &'a Actor,
    /// Whether the stations become public at once.
    pub publish: bool,
    /// When.
    pub now: DateTime<Utc>,
}

/// What a list did to one station.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wrote {
    /// The row.
    pub row: u32,
    /// The station.
    pub station: StationId,
    /// Its version before; none where the list made it.
    pub before: Option<i64>,
    /// Its version since.
    pub after: i64,
}

/// What a list did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BroughtIn {
    /// The revision that shows it; none where the public sees nothing of it.
    pub revision: Option<i64>,
    /// Each station that was written.
    pub wrote: Vec<Wrote>,
    /// The station of each row that is about one, written or not.
    pub stations: Vec<(u32, StationId)>,
}

impl BroughtIn {
    /// How many stations were made.
    pub fn created(&self) -> usize {
        self.wrote.iter().filter(|w| w.before.is_none()).count()
    }

    /// What the audit log keeps of it.
    pub fn detail(&self, publish: bool) -> serde_json::Value {
        let created = self.created();
        json!({ "created": created, "updated": self.wrote.len() - created, "published": publish })
    }
}

/// Writes what a plan has to do; the caller records the audit entry and commits.
///
/// # Errors
/// [`Error::Unavailable`] where the registry has changed since the plan was made; the transaction cannot go on then.
pub async fn bring_in(
    tx: &mut Tx,
    registered: &Registered,
    actions: Vec<Action>,
    how: Bringing<'_>,
    progress: Progress<'_>,
) -> Result<BroughtIn, Error> {
    let stamp = registered.stamp();
    if !store::is_unchanged(tx, stamp.revision, stamp.stations).await? {
        return Err(changed_since(registered.revision));
    }
    let known: HashMap<_, _> = registered.stations.iter().map(|s| (s.id, s)).collect();
    let (mut done, mut writes) = (BroughtIn::default(), Vec::new());
    for action in actions {
        let row = action.row();
        if let Action::Update { id, .. } | Action::Unchanged { id, .. } = &action {
            done.stations.push((row, *id));
        }
        let Some(write) = wish(action, &known, how.publish, how.now) else { continue };
        let (station, before) = (write.new.id, write.old.as_ref().map(|old| old.version));
        if before.is_none() {
            done.stations.push((row, station));
        }
        done.wrote.push(Wrote { row, station, before, after: before.unwrap_or(0) + 1 });
        writes.push(write);
    }
    if writes.is_empty() {
        return Ok(done);
    }
    let deed = Deed { actor: how.actor, action: "import", reason: None, now: how.now };
    done.revision = write(tx, writes, &deed, progress).await.map_err(overtaken)?;
    Ok(done)
}

fn changed_since(revision: i64) -> Error {
    Error::Unavailable { retry_s: 1, reason: format!("the registry changed since revision {revision}") }
}

/// The version that is gone is a station's, which whoever brings a list in never named.
fn overtaken(error: Error) -> Error {
    match error {
        Error::Stale { .. } => {
            Error::Unavailable { retry_s: 1, reason: "a station changed meanwhile".to_owned() }
        }
        other => other,
    }
}

/// What an action writes; `None` where it writes nothing.
fn wish(
    action: Action,
    known: &HashMap<StationId, &Station>,
    publish: bool,
    now: DateTime<Utc>,
) -> Option<Write> {
    let (id, facts) = match action {
        Action::Create { facts, .. } => {
            let status = if publish { Status::Open } else { Status::Draft };
            return Some(Write { old: None, new: register(*facts, status, now) });
        }
        Action::Update { id, facts, .. } => (id, Some(*facts)),
        Action::Unchanged { id, .. } => (id, None),
        Action::Park { .. } => return None,
    };
    let old = *known.get(&id)?;
    let edited = if facts.is_some() { after_edit(old.status) } else { old.status };
    let status = if publish { published(edited) } else { edited };
    let is_same = facts.is_none() && status == old.status;
    let facts = facts.unwrap_or_else(|| old.facts.clone());
    (!is_same).then(|| Write { old: Some(old.clone()), new: Station { status, facts, ..old.clone() } })
}

/// The status after publishing: what was on its way is open, what was taken off the map stays off.
fn published(status: Status) -> Status {
    match status {
        Status::Draft | Status::Submitted | Status::Checked | Status::Open => Status::Open,
        Status::Rejected | Status::Suspended | Status::Retired => status,
    }
}

/// Writes one draft; the caller records the audit entry and commits.
///
/// # Errors
/// [`Error::Forbidden`] where the actor drafts nothing in its district, [`Error::Refused`] where its number is taken.
pub async fn place(tx: &mut Tx, actor: &Actor, facts: Facts, now: DateTime<Utc>) -> Result<Station, Error> {
    if !actor.may(Permission::StationDraft, facts.district) {
        return Err(Error::Forbidden);
    }
    let new = register(facts, Status::Draft, now);
    let deed = Deed { actor, action: "create", reason: None, now };
    write(tx, vec![Write { old: None, new: new.clone() }], &deed, &|_| {}).await?;
    Ok(new)
}

/// What taking a list back did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TakenBack {
    /// The revision that shows it; none where the public sees nothing of it.
    pub revision: Option<i64>,
    /// Stations that somebody wrote since; where there are any, nothing was written.
    pub changed: Vec<StationId>,
}

/// Takes back what a list wrote, while nothing came after it; the caller records the audit entry and commits.
///
/// What the list made is retired without its number, which is free again; what it changed has its former status
/// and facts, as a new version.
///
/// # Errors
/// [`Error::Forbidden`] where the actor may not write one of the stations, [`Error::Unavailable`] where somebody
/// writes one of them just now; the transaction cannot go on then.
pub async fn take_back(
    tx: &mut Tx,
    actor: &Actor,
    wrote: &[Wrote],
    zone: Zone,
    now: DateTime<Utc>,
) -> Result<TakenBack, Error> {
    store::hold_revision(tx).await?;
    let (mut done, mut writes) = (TakenBack::default(), Vec::with_capacity(wrote.len()));
    for wrote in wrote {
        let row = store::find_in(tx, &wrote.station.to_string()).await?.ok_or(Error::NotFound("station"))?;
        let old = row.station(zone)?;
        if old.version != wrote.after {
            done.changed.push(old.id);
            continue;
        }
        let new = former(tx, &old, wrote.before).await?;
        may_take_back(actor, &old, &new)?;
        writes.push(Write { old: Some(old), new });
    }
    if !done.changed.is_empty() || writes.is_empty() {
        return Ok(done);
    }
    // Numbers that are given back have to be free before they are taken again.
    writes.sort_by_key(|write| write.new.facts.code.is_some());
    let deed = Deed { actor, action: "import_undo", reason: None, now };
    done.revision = write(tx, writes, &deed, &|_| {}).await.map_err(overtaken)?;
    Ok(done)
}

/// A station as it was before a list.
async fn former(tx: &mut Tx, old: &Station, before: Option<i64>) -> Result<Station, Error> {
    let Some(version) = before else {
        let mut new = Station { status: Status::Retired, ..old.clone() };
        new.facts.code = None;
        return Ok(new);
    };
    let (status, mut facts) = kept(tx, old.id, version)
        .await?
        .ok_or_else(|| Error::Internal(format!("station {}: no version {version}", old.id)))?;
    if same_place(facts.position, old.facts.position) {
        facts.position = old.facts.position;
    }
    Ok(Station { status, facts, ..old.clone() })
}

fn may_take_back(actor: &Actor, old: &Station, new: &Station) -> Result<(), Error> {
    let needed = editor(old.status).ok_or(Error::Forbidden)?;
    let may =
        |permission| actor.may(permission, old.facts.district) && actor.may(permission, new.facts.district);
    let is_public = old.is_public() != new.is_public();
    let fine =
        may(Permission::StationImport) && may(needed) && (!is_public || may(Permission::StationPublish));
    if fine { Ok(()) } else { Err(Error::Forbidden) }
}
