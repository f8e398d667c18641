//! Inspections: what was seen at a station, told once. Station, observation, findings and pictures are written in
//! one transaction, so that an inspection is there whole or not at all.

use serde_json::json;

use super::ending::settled;
use super::findings::service::look_again;
use super::findings::store::{self as findings, NewFinding};
use super::rounds::store as rounds;
use super::store::{self, InspectionRow};
use super::told::{Inspection, Inspections};
use super::wish::{Checked, InspectionWish};
use crate::accounts::Permission;
use crate::audit::{self, Entry, Object};
use crate::db::{DbError, Tx};
use crate::error::{Error, FieldError};
use crate::ids::{FindingId, InspectionId, StationId};
use crate::observations::{self, Observation, Source};
use crate::pictures::{UsedFor, claim};
use crate::stations::Snapshot;
use crate::stations::life::desk::Desk;
use crate::stations::life::visit::Seen;
use crate::stations::model::FacilityCode;

pub use super::findings::service::{FindingCounts, Waiting, by_station as findings_by_station, counts};

/// An inspection is tried so often while others write the same station.
const TRIES: usize = 5;
/// So many inspections of a station are told.
const MOST_TOLD: i64 = 50;

/// What came of telling of an inspection.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) inspection: Inspection,
    /// Whether it was told before, under the same key.
    pub(super) is_repeated: bool,
    /// The revision that shows what it changed of the station.
    pub(super) revision: Option<i64>,
}

/// Writes an inspection, or finds it where it was told before.
pub(super) async fn tell(desk: &Desk, snapshot: &Snapshot, wish: &InspectionWish) -> Result<Told, Error> {
    for _ in 1..TRIES {
        match tell_once(desk, snapshot, wish).await {
            Err(Error::Stale { .. }) => {}
            other => return other,
        }
    }
    tell_once(desk, snapshot, wish).await
}

async fn tell_once(desk: &Desk, snapshot: &Snapshot, wish: &InspectionWish) -> Result<Told, Error> {
    if let Some(told) = told_before(desk, wish).await? {
        return Ok(told);
    }
    let checked = wish.checked(desk)?;
    let id = InspectionId::new(desk.now);
    let mut tx = desk.db.begin().await?;
    let done = tell_in(&mut tx, desk, snapshot, wish, &checked, id).await;
    settled(tx, done).await
}

async fn told_before(desk: &Desk, wish: &InspectionWish) -> Result<Option<Told>, Error> {
    let Some(row) = store::by_key(&desk.db, &wish.client_key).await? else { return Ok(None) };
    let account = desk.actor.account.map(|id| id.to_string());
    if row.account_id != account || row.station_id != wish.station_id.to_string() {
        let (zh, en) = ("这个 client_key 已经用于另一次巡查。", "this key was used for another inspection");
        return Err(Error::Refused(vec![FieldError::new("client_key", "key_reused", zh, en)]));
    }
    Ok(Some(Told { inspection: row.told(desk.zone)?, is_repeated: true, revision: None }))
}

async fn tell_in(
    tx: &mut Tx,
    desk: &Desk,
    snapshot: &Snapshot,
    wish: &InspectionWish,
    checked: &Checked,
    id: InspectionId,
) -> Result<Told, Error> {
    let seen = Seen { confirms: wish.confirms, broken: &checked.broken };
    let visited = desk.visited(tx, wish.station_id, seen).await?;
    let district = visited.station.facts.district;
    desk.actor.must_station(Permission::InspectionDo, wish.station_id, district)?;
    check_round(tx, wish).await?;
    let row = row(desk, wish, checked, id)?;
    match store::add(tx, &row).await {
        // The same inspection came twice at the same time, and the other one was faster: it is found next time.
        Err(DbError::Unique(_)) => return Err(Error::Stale { version: 0 }),
        done => done?,
    }
    observe(tx, snapshot, wish, id).await?;
    add_findings(tx, desk, &row, checked).await?;
    for (i, check) in wish.checks.iter().enumerate() {
        let field = format!("checks[{i}].finding");
        look_again(tx, desk, &field, (wish.station_id, id), (check.finding, check.fixed)).await?;
    }
    let detail = json!({
        "station": row.station_id, "round": row.round_id, "is_open": row.is_open, "confirms": wish.confirms,
        "findings": checked.findings.len(), "checks": wish.checks.len(), "version": visited.station.version,
    });
    let entry = Entry { action: "inspection.tell", object: Object::new("inspection", id), district, detail };
    audit::record(tx, &desk.actor, desk.now, &entry).await?;
    Ok(Told { inspection: row.told(desk.zone)?, is_repeated: false, revision: visited.revision })
}

/// Refuses a round that is not there or does not have the station. One that was closed meanwhile is no reason to
/// lose what was seen.
async fn check_round(tx: &mut Tx, wish: &InspectionWish) -> Result<(), Error> {
    let Some(round) = wish.round_id.map(|id| id.to_string()) else { return Ok(()) };
    let refused = |code, zh: &str, en: &str| Error::Refused(vec![FieldError::new("round_id", code, zh, en)]);
    if rounds::find_in(tx, &round).await?.is_none() {
        return Err(refused("unknown_round", "没有这一轮巡查。", "there is no such round"));
    }
    if !rounds::is_stop(tx, &round, &wish.station_id.to_string()).await? {
        return Err(refused(
            "not_a_stop",
            "这个站不在这一轮里。",
            "the station does not belong to the round",
        ));
    }
    Ok(())
}

fn row(
    desk: &Desk,
    wish: &InspectionWish,
    checked: &Checked,
    id: InspectionId,
) -> Result<InspectionRow, Error> {
    Ok(InspectionRow {
        id: id.to_string(),
        client_key: Some(wish.client_key.clone()),
        round_id: wish.round_id.map(|id| id.to_string()),
        station_id: wish.station_id.to_string(),
        account_id: desk.actor.account.map(|id| id.to_string()),
        at_ms: wish.at.timestamp_millis(),
        is_open: wish.is_open,
        answers: serde_json::to_string(&checked.answers).map_err(|e| Error::Internal(e.to_string()))?,
        note: checked.note.clone(),
    })
}

/// Whether the station was open counts for its promise, where its hours are certain.
async fn observe(
    tx: &mut Tx,
    snapshot: &Snapshot,
    wish: &InspectionWish,
    id: InspectionId,
) -> Result<(), Error> {
    let at = wish.at.to_utc();
    let Some(is_posted) = observations::is_posted(snapshot, wish.station_id, at) else { return Ok(()) };
    let seen = Observation {
        station: wish.station_id,
        at,
        source: Source::Inspection,
        object: id.to_string(),
        is_open: wish.is_open,
        is_posted,
    };
    observations::observe(tx, &seen).await
}

async fn add_findings(tx: &mut Tx, desk: &Desk, row: &InspectionRow, checked: &Checked) -> Result<(), Error> {
    for (i, found) in checked.findings.iter().enumerate() {
        let id = FindingId::new(desk.now).to_string();
        if let Some(photo) = found.photo {
            claim(tx, photo, UsedFor::Finding, &id, desk.now).await.map_err(|e| of_finding(i, e))?;
        }
        let new = NewFinding {
            id,
            inspection_id: &row.id,
            station_id: &row.station_id,
            kind: found.kind.as_str(),
            facility: found.facility.map(FacilityCode::as_str),
            text: &found.text,
            picture_id: found.photo.map(|id| id.to_string()),
            due: found.due.to_string(),
            created_ms: desk.now.timestamp_millis(),
        };
        findings::add(tx, &new).await?;
    }
    Ok(())
}

/// A refusal that names the finding.
fn of_finding(i: usize, error: Error) -> Error {
    let named = |fault: FieldError| FieldError { field: format!("findings[{i}].{}", fault.field), ..fault };
    match error {
        Error::Refused(faults) => Error::Refused(faults.into_iter().map(named).collect()),
        other => other,
    }
}

/// The last inspections of a station, where somebody may see it.
pub(super) async fn of_station(desk: &Desk, station: StationId) -> Result<Inspections, Error> {
    desk.find(station).await?;
    let rows = store::of_station(&desk.db, &station.to_string(), MOST_TOLD).await?;
    let items = rows.into_iter().map(|row| row.told(desk.zone)).collect::<Result<_, _>>()?;
    Ok(Inspections { items })
}
