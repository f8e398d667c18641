//! Pages of the registry, its queues, and what an export takes.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::store::{self, QueueRow};
use super::{CONFIRMED_DAYS, Cursor, Key, SortKey, StaffFilter, StaffQuery, Within};
use crate::accounts::{Actor, Permission};
use crate::db::Db;
use crate::error::Error;
use crate::ids::StationId;
use crate::inspections::service::{self as inspections, FindingCounts};
use crate::reports::{Queue, service as reports};
use crate::stations::model::{Station, Status};
use crate::stations::notices;
use crate::stations::snapshot::{Moment, Snapshot};
use crate::stations::store::StationRow;
use crate::time::Zone;

/// A page of the registry.
#[derive(Debug)]
pub struct Page {
    /// The stations in their order.
    pub stations: Vec<Station>,
    /// Where the next page begins.
    pub next: Option<Cursor>,
    /// How many stations the filter chooses.
    pub total: i64,
    /// How many it chooses of each status, whatever statuses it names.
    pub counts: BTreeMap<Status, i64>,
}

/// A page of what somebody may see. `snapshot` knows the states at an instant.
pub async fn page(
    db: &Db,
    actor: &Actor,
    query: &StaffQuery,
    snapshot: &Snapshot,
    now: DateTime<Utc>,
) -> Result<Page, Error> {
    let reach = actor.reach(Permission::StationSee);
    let (within, ids) = (Within::of(&reach), only(db, &query.filter, snapshot, now).await?);
    let mut rows = store::page(db, query, &within, ids.as_deref()).await?;
    let counted = store::counts(db, &query.filter, &within, ids.as_deref()).await?;
    let next = (rows.len() > query.limit).then(|| rows.truncate(query.limit));
    let next = next.and(rows.last()).map(|row| cursor(query.sort, row));
    let mut counts: BTreeMap<Status, i64> = Status::ALL.iter().map(|s| (*s, 0)).collect();
    for row in counted {
        let status = row.status.parse().map_err(|e| Error::Internal(format!("{e}")))?;
        counts.insert(status, row.stations);
    }
    let wanted = |status: &Status| query.filter.statuses.is_empty() || query.filter.statuses.contains(status);
    let total = counts.iter().filter(|(status, _)| wanted(status)).map(|(_, n)| n).sum();
    Ok(Page { stations: read(rows, snapshot.zone())?, next, total, counts })
}

/// Every station that a filter chooses of what somebody reaches with a permission, by id.
pub async fn all(
    db: &Db,
    actor: &Actor,
    permission: Permission,
    filter: &StaffFilter,
    snapshot: &Snapshot,
    now: DateTime<Utc>,
) -> Result<Vec<Station>, Error> {
    let reach = actor.reach(permission);
    let ids = only(db, filter, snapshot, now).await?;
    let rows = store::all(db, filter, &Within::of(&reach), ids.as_deref()).await?;
    read(rows, snapshot.zone())
}

fn read(rows: Vec<StationRow>, zone: Zone) -> Result<Vec<Station>, Error> {
    rows.into_iter().map(|row| row.station(zone)).collect()
}

/// The ids of the stations that have what the table of stations does not say, as JSON; none where nothing of that
/// is asked for.
async fn only(
    db: &Db,
    filter: &StaffFilter,
    snapshot: &Snapshot,
    now: DateTime<Utc>,
) -> Result<Option<String>, Error> {
    let marked = if filter.marked { Some(reports::marked(db, now).await?) } else { None };
    let is_marked = |id: &StationId| marked.as_ref().is_none_or(|marked| marked.contains_key(id));
    let ids: Vec<StationId> = match (&marked, filter.states.is_empty()) {
        (None, true) => return Ok(None),
        (Some(marked), true) => marked.keys().copied().collect(),
        (_, false) => {
            let moment = Moment::new(now, snapshot.zone());
            let chosen = snapshot.entries().filter(|e| filter.states.contains(&e.state(&moment).state));
            chosen.map(|e| e.station.id).filter(is_marked).collect()
        }
    };
    serde_json::to_string(&ids).map(Some).map_err(|e| Error::Internal(e.to_string()))
}

fn cursor(sort: SortKey, row: &StationRow) -> Cursor {
    let key = match sort {
        SortKey::Code => Key::Text(row.code.clone().unwrap_or_default()),
        SortKey::Name => Key::Text(row.name.clone()),
        SortKey::Status => Key::Number(rank(&row.status)),
        SortKey::Changed => Key::Number(row.changed_ms),
        SortKey::Confirmed => Key::Number(row.last_confirmed_ms.unwrap_or(0)),
    };
    Cursor { key, id: row.id.clone() }
}

/// The place of a status in a station's life, which is the order of its vocabulary.
fn rank(status: &str) -> i64 {
    Status::ALL.iter().zip(0..).find(|(s, _)| s.as_str() == status).map_or(0, |(_, rank)| rank)
}

/// What waits for somebody.
#[derive(Debug)]
pub struct Queues {
    /// Waiting for a check.
    pub submitted: Waiting,
    /// Waiting to be published.
    pub checked: Waiting,
    /// Sent back, waiting to be mended.
    pub rejected: Waiting,
    /// Public, and not confirmed for [`CONFIRMED_DAYS`].
    pub unconfirmed: i64,
    /// Notices in force, those of an area included.
    pub notices: usize,
    /// Public, with hours that nobody is certain of.
    pub unknown_hours: i64,
    /// Marked by doors found locked, within what he may see.
    pub marked: i64,
    /// Reports that wait for an answer.
    pub reports: Queue,
    /// Findings of inspections that wait.
    pub findings: FindingCounts,
}

/// A queue.
#[derive(Debug)]
pub struct Waiting {
    /// How many.
    pub count: i64,
    /// Since when the one that was changed first waits.
    pub oldest: Option<DateTime<chrono::FixedOffset>>,
}

/// The queues within what somebody may see.
pub async fn queues(
    db: &Db,
    actor: &Actor,
    snapshot: &Snapshot,
    now: DateTime<Utc>,
) -> Result<Queues, Error> {
    let zone = snapshot.zone();
    let reach = actor.reach(Permission::StationSee);
    let within = Within::of(&reach);
    let of = |statuses: &[Status]| StaffFilter { statuses: statuses.to_vec(), ..StaffFilter::default() };
    let waiting =
        |row: QueueRow| Waiting { count: row.stations, oldest: row.oldest_ms.map(|ms| zone.from_ms(ms)) };
    let public = of(&[Status::Open, Status::Suspended]);
    let before = Some(now - TimeDelta::days(CONFIRMED_DAYS));
    let unconfirmed = StaffFilter { confirmed_before: before, ..public.clone() };
    let unknown = StaffFilter { unknown_hours: true, ..public };
    let marked = only(db, &StaffFilter { marked: true, ..StaffFilter::default() }, snapshot, now).await?;
    let marked = store::counts(db, &StaffFilter::default(), &within, marked.as_deref()).await?;
    Ok(Queues {
        submitted: waiting(store::queue(db, &of(&[Status::Submitted]), &within).await?),
        checked: waiting(store::queue(db, &of(&[Status::Checked]), &within).await?),
        rejected: waiting(store::queue(db, &of(&[Status::Rejected]), &within).await?),
        unconfirmed: store::queue(db, &unconfirmed, &within).await?.stations,
        notices: notices::in_force(db, snapshot, actor, now).await?,
        unknown_hours: store::queue(db, &unknown, &within).await?.stations,
        marked: marked.iter().map(|row| row.stations).sum(),
        reports: crate::reports::queue(db, actor, zone, now).await?,
        findings: inspections::counts(db, actor, zone, now).await?,
    })
}
