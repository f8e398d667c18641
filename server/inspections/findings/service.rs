//! Lists of findings, and the steps by which they are put right and looked at again.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;

use super::store::{self, FindingRow, Wanted};
use super::told::{Counts, Finding, Findings};
use crate::accounts::{Actor, Permission};
use crate::audit::{self, Entry, Object};
use crate::db::{Db, Tx};
use crate::error::{Error, Words};
use crate::ids::{FindingId, InspectionId, PictureId, StationId};
use crate::inspections::ending::settled;
use crate::inspections::model::{FindingState, Step, check_due, wrong_state};
use crate::stations::life::desk::Desk;
use crate::stations::listing::Within;
use crate::time::Zone;

pub use super::told::Counts as FindingCounts;

/// The most findings of a page.
pub(in crate::inspections) const MAX_PAGE: usize = 200;

/// Which findings are asked for.
#[derive(Debug, Clone, Default)]
pub(in crate::inspections) struct Query {
    /// In one of these states; any where there is none.
    pub(in crate::inspections) states: Vec<FindingState>,
    /// Of stations whose district begins so.
    pub(in crate::inspections) district: Option<String>,
    /// Of this station.
    pub(in crate::inspections) station: Option<StationId>,
    /// Found in this round.
    pub(in crate::inspections) round: Option<crate::ids::RoundId>,
    /// Only late ones.
    pub(in crate::inspections) overdue: bool,
    /// At most how many.
    pub(in crate::inspections) limit: usize,
    /// Behind the one of this day and id.
    pub(in crate::inspections) after: Option<(NaiveDate, FindingId)>,
}

/// A page of the findings that somebody may see, with what waits in all.
pub(super) async fn list(desk: &Desk, query: &Query) -> Result<Findings, Error> {
    let reach = desk.actor.reach(Permission::StationSee);
    let nowhere = Within::of(&reach).nowhere;
    let today = today(desk.zone, desk.now);
    let after = query.after.as_ref().map(|(due, id)| (due.to_string(), id.to_string()));
    let wanted = Wanted {
        states: query.states.iter().map(|s| s.as_str()).collect(),
        district: query.district.as_deref(),
        station: query.station.map(|id| id.to_string()),
        round: query.round.map(|id| id.to_string()),
        overdue_on: query.overdue.then(|| today.to_string()),
        after: after.as_ref().map(|(due, id)| (due.as_str(), id.clone())),
        limit: i64::try_from(query.limit).unwrap_or(i64::MAX).saturating_add(1),
    };
    let mut rows = store::list(&desk.db, &reach, nowhere, &wanted).await?;
    let has_more = rows.len() > query.limit;
    rows.truncate(query.limit);
    let next = rows.last().filter(|_| has_more).map(|row| format!("{}.{}", row.due, row.id));
    let items = rows.iter().map(|row| row.told(desk.zone, today)).collect::<Result<_, _>>()?;
    Ok(Findings { items, next, counts: counts(&desk.db, &desk.actor, desk.zone, desk.now).await? })
}

/// How many findings wait that somebody may see.
pub async fn counts(db: &Db, actor: &Actor, zone: Zone, now: DateTime<Utc>) -> Result<Counts, Error> {
    let reach = actor.reach(Permission::StationSee);
    let nowhere = Within::of(&reach).nowhere;
    let row = store::counts(db, &reach, nowhere, &today(zone, now).to_string()).await?;
    Ok(Counts { open: row.open, overdue: row.overdue, recheck: row.fixed })
}

/// How many findings wait at a station.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Waiting {
    /// To be put right.
    pub open: i64,
    /// Of those, late.
    pub overdue: i64,
    /// Said to be put right, to be looked at again.
    pub fixed: i64,
}

/// How many findings wait at each station that has any, on a day of the city.
pub async fn by_station(db: &Db, today: NaiveDate) -> Result<HashMap<StationId, Waiting>, Error> {
    let rows = store::by_station(db, &today.to_string()).await?;
    let read = |row: store::StationRow| {
        let waiting = Waiting { open: row.open, overdue: row.overdue, fixed: row.fixed };
        Some((row.station_id.parse().ok()?, waiting))
    };
    Ok(rows.into_iter().filter_map(read).collect())
}

/// The stations that were inspected since.
pub(in crate::inspections) async fn inspected_since(
    db: &Db,
    since: DateTime<Utc>,
) -> Result<HashSet<StationId>, Error> {
    let ids = store::inspected_since(db, since.timestamp_millis()).await?;
    Ok(ids.iter().filter_map(|id| id.parse().ok()).collect())
}

/// The day of the city.
pub(in crate::inspections) fn today(zone: Zone, now: DateTime<Utc>) -> NaiveDate {
    zone.local(now).date()
}

/// The findings of some stations that wait, by their day.
pub(in crate::inspections) async fn waiting_at(
    desk: &Desk,
    stations: &HashSet<StationId>,
) -> Result<Vec<Finding>, Error> {
    let reach = desk.actor.reach(Permission::StationSee);
    let states = [FindingState::Open, FindingState::Fixed].iter().map(|s| s.as_str()).collect();
    let wanted = Wanted { states, limit: i64::MAX, ..Wanted::default() };
    let rows = store::list(&desk.db, &reach, Within::of(&reach).nowhere, &wanted).await?;
    let today = today(desk.zone, desk.now);
    let all: Vec<Finding> = rows.iter().map(|row| row.told(desk.zone, today)).collect::<Result<_, _>>()?;
    Ok(all.into_iter().filter(|f| stations.contains(&f.station.id)).collect())
}

/// The picture of a finding, where somebody may see it.
pub(super) async fn picture(desk: &Desk, id: FindingId) -> Result<PictureId, Error> {
    let row = store::find(&desk.db, &id.to_string()).await?.ok_or(Error::NotFound("finding"))?;
    let (station, district) = row.station()?;
    desk.actor.must_station(Permission::StationSee, station, district)?;
    let picture = row.picture_id.as_deref().and_then(|id| id.parse().ok());
    picture.ok_or(Error::NotFound("photo"))
}

/// What a step says besides its name.
#[derive(Debug, Clone, Default)]
pub(super) struct Said {
    /// A new day, where it is opened again.
    pub(super) due: Option<NaiveDate>,
    /// Why.
    pub(super) reason: Option<String>,
}

/// Takes a step with a finding.
pub(super) async fn step(
    desk: &Desk,
    id: FindingId,
    version: i64,
    step: Step,
    said: &Said,
) -> Result<Finding, Error> {
    let mut tx = desk.db.begin().await?;
    let done = step_in(&mut tx, desk, id, version, step, said).await;
    settled(tx, done).await
}

/// Whose step it is. That something is put right, whoever is there may say; that it is, an inspector.
fn needed(step: Step) -> Permission {
    match step {
        Step::Fixed => Permission::StationConfirm,
        Step::Verify | Step::Reopen => Permission::InspectionDo,
        Step::Drop => Permission::InspectionPlan,
    }
}

async fn step_in(
    tx: &mut Tx,
    desk: &Desk,
    id: FindingId,
    version: i64,
    step: Step,
    said: &Said,
) -> Result<Finding, Error> {
    let mut row = store::find_in(tx, &id.to_string()).await?.ok_or(Error::NotFound("finding"))?;
    let (station, district) = row.station()?;
    desk.actor.must_station(needed(step), station, district)?;
    if row.version != version {
        return Err(Error::Stale { version: row.version });
    }
    let after = step.from(row.state()?).ok_or(wrong_state(row.state()?))?;
    if matches!(step, Step::Verify | Step::Reopen) {
        let since_ms = row.fixed_ms.unwrap_or(row.created_ms);
        let seen = store::later_inspection(tx, &row.station_id, since_ms, &row.inspection_id).await?;
        row.checked_by = Some(seen.ok_or_else(unseen)?);
    }
    if let Some(due) = said.due {
        let seen = today(desk.zone, desk.now);
        check_due("due", &desk.city.calendar, seen, due).map_err(|fault| Error::Refused(vec![fault]))?;
        row.due = due.to_string();
    }
    if said.reason.is_some() {
        row.reason.clone_from(&said.reason);
    }
    move_on(&mut row, after, desk.now);
    store::step(tx, &row).await?;
    let detail = json!({ "station": row.station_id, "kind": row.kind, "due": row.due });
    let entry = Entry { action: step.audited(), object: Object::new("finding", id), district, detail };
    audit::record(tx, &desk.actor, desk.now, &entry).await?;
    let row = store::find_in(tx, &id.to_string()).await?.ok_or(Error::NotFound("finding"))?;
    row.told(desk.zone, today(desk.zone, desk.now))
}

fn move_on(row: &mut FindingRow, after: FindingState, now: DateTime<Utc>) {
    let now_ms = now.timestamp_millis();
    after.as_str().clone_into(&mut row.state);
    match after {
        FindingState::Open => (row.fixed_ms, row.ended_ms) = (None, None),
        FindingState::Fixed => row.fixed_ms = Some(now_ms),
        FindingState::Verified | FindingState::Dropped => row.ended_ms = Some(now_ms),
    }
}

/// Nobody was there since.
fn unseen() -> Error {
    let detail = Words::new(
        "报整改之后还没有人去看过；请先到站巡查一次，再复查。",
        "Nobody has inspected the station since; inspect it first, then say what was seen.",
    );
    Error::Conflict { code: "not_seen_again", detail }
}

/// What an inspection says of an earlier finding at its station: seen to be put right, or not.
///
/// # Errors
/// [`Error::Refused`] naming the field where there is no such finding at the station, or it waits no more.
pub(in crate::inspections) async fn look_again(
    tx: &mut Tx,
    desk: &Desk,
    field: &str,
    (station, inspection): (StationId, InspectionId),
    (id, is_fixed): (FindingId, bool),
) -> Result<(), Error> {
    let row = store::find_in(tx, &id.to_string()).await?.filter(|row| row.station_id == station.to_string());
    let Some(mut row) = row else {
        let (zh, en) = ("这个站没有这个问题。", "the station has no such finding");
        return Err(Error::Refused(vec![crate::error::FieldError::new(field, "unknown_finding", zh, en)]));
    };
    let state = row.state()?;
    let after = match (state, is_fixed) {
        (FindingState::Open | FindingState::Fixed, true) => FindingState::Verified,
        (FindingState::Open | FindingState::Fixed, false) => FindingState::Open,
        // Somebody else has settled it since the sheet was taken along; nothing is left to say.
        _ => return Ok(()),
    };
    row.checked_by = Some(inspection.to_string());
    move_on(&mut row, after, desk.now);
    Ok(store::step(tx, &row).await?)
}
