//! A station as staff see it: every fact, where it is in its life, and what may be done with it.

use chrono::{DateTime, FixedOffset};
use serde::Serialize;
use serde_json::Value;
use spatial::Datum;
use utoipa::ToSchema;

use super::desk::Desk;
use super::history::{FieldChange, changes};
use super::store::VersionRow;
use super::transitions::{Allowed, allowed};
use crate::error::Error;
use crate::ids::StationId;
use crate::language::Language;
use crate::stations::model::{Facts, Station, Status};
use crate::stations::query::Frame;
use crate::stations::snapshot::{Moment, Snapshot};
use crate::stations::state::State;
use crate::time::Zone;

/// A station of the registry.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RegistryRecord)]
pub struct Record {
    id: StationId,
    /// The version that a change names in `If-Match`.
    version: i64,
    status: Status,
    /// Whether it belongs to the demonstration registry and is no real place.
    demonstration: bool,
    #[serde(flatten)]
    facts: Facts,
    /// Stars, 1 to 5.
    #[schema(required)]
    rating: Option<u8>,
    /// When somebody last confirmed the facts.
    #[schema(required)]
    last_confirmed: Option<DateTime<FixedOffset>>,
    created: DateTime<FixedOffset>,
    changed: DateTime<FixedOffset>,
    /// The state at present, of a public station.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    state: Option<StateNow>,
    /// What whoever asks may do with it now.
    allowed: Vec<Allowed>,
    /// Whether doors that were found locked mark it.
    #[schema(required)]
    marked: Option<Marked>,
}

/// A station whose doors were found locked too often of late.
#[derive(Debug, Serialize, ToSchema)]
struct Marked {
    /// How many reports of the last 30 days staff found to be so.
    locked_reports: i64,
}

/// The state of a public station at present.
#[derive(Debug, Serialize, ToSchema)]
struct StateNow {
    state: State,
    /// When it changes next.
    #[schema(required)]
    until: Option<DateTime<FixedOffset>>,
    /// When it opens next, while it is not open.
    #[schema(required)]
    opens_at: Option<DateTime<FixedOffset>>,
    /// When it closes, while it is open.
    #[schema(required)]
    closes_at: Option<DateTime<FixedOffset>>,
    /// The reason of the notice in force.
    #[schema(required)]
    notice: Option<String>,
}

impl Record {
    /// A station as whoever works at the desk sees it. `snapshot` knows its state.
    pub fn new(desk: &Desk, station: Station, snapshot: &Snapshot) -> Self {
        let allowed = allowed(station.status, desk.approval, |p| desk.may(p, &station));
        let stamp = |at: DateTime<FixedOffset>| desk.zone.stamp(at);
        Self {
            id: station.id,
            version: station.version,
            status: station.status,
            demonstration: station.demonstration,
            rating: station.rating,
            last_confirmed: station.last_confirmed.map(stamp),
            created: stamp(station.created),
            changed: stamp(station.changed),
            state: state_now(desk, station.id, snapshot),
            allowed,
            marked: None,
            facts: station.facts,
        }
    }

    /// The same, marked by so many doors found locked.
    #[must_use]
    pub fn marked(self, locked_reports: Option<i64>) -> Self {
        Self { marked: locked_reports.map(|locked_reports| Marked { locked_reports }), ..self }
    }

    /// Its version.
    pub fn version(&self) -> i64 {
        self.version
    }

    /// Which station.
    pub fn id(&self) -> StationId {
        self.id
    }
}

fn state_now(desk: &Desk, id: StationId, snapshot: &Snapshot) -> Option<StateNow> {
    let entry = snapshot.public(id)?;
    let at = desk.zone.stamp(desk.now);
    let frame = Frame { at, out_crs: Datum::Wgs84, language: Language::ZhCn };
    let now = snapshot.feature(entry, &frame, &Moment::new(at, desk.zone), None).properties;
    Some(StateNow {
        state: now.state,
        until: now.state_until,
        opens_at: now.opens_at,
        closes_at: now.closes_at,
        notice: now.notice.map(str::to_owned),
    })
}

/// A page of a station's history.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StationHistory)]
pub struct History {
    /// The versions, newest first.
    pub items: Vec<Version>,
    /// The cursor of the next page, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub next: Option<String>,
}

/// One version of a station, and what it changed.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StationVersion)]
pub struct Version {
    /// Its number.
    pub version: i64,
    /// When it was written.
    pub at: DateTime<FixedOffset>,
    /// By whom; null for the operator's commands and the service itself.
    #[schema(required)]
    pub by: Option<Person>,
    /// How: session, token, command or system.
    pub via: String,
    /// What was done, such as `patch` or `publish`.
    pub action: String,
    /// Why.
    #[schema(required)]
    pub reason: Option<String>,
    /// Where the station was in its life since.
    pub status: Status,
    /// What changed, in the order of the fields' names.
    pub changes: Vec<FieldChange>,
}

/// Somebody of the staff.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StaffPerson)]
pub struct Person {
    /// The account.
    pub id: String,
    /// The name.
    #[schema(required)]
    pub name: Option<String>,
}

/// Makes versions of rows, newest first; the last row only serves as what was there before.
pub(super) fn versions(rows: Vec<VersionRow>, limit: usize, zone: Zone) -> Result<Vec<Version>, Error> {
    let read: Vec<(Status, Facts)> = rows.iter().map(facts_of).collect::<Result<_, _>>()?;
    let before = |i: usize| read.get(i + 1).map(|(status, facts)| (*status, facts));
    let of = |(i, row): (usize, VersionRow)| {
        let (status, facts) = &read[i];
        Version {
            version: row.version,
            at: zone.from_ms(row.at_ms),
            by: row.account_id.map(|id| Person { id, name: row.account_name }),
            via: row.via,
            action: row.action,
            reason: row.reason,
            status: *status,
            changes: changes(before(i), (*status, facts)),
        }
    };
    Ok(rows.into_iter().enumerate().take(limit).map(of).collect())
}

fn facts_of(row: &VersionRow) -> Result<(Status, Facts), Error> {
    let wrong = |what: String| Error::Internal(format!("version {}: {what}", row.version));
    let status = row.status.parse().map_err(|e: crate::code::UnknownCode| wrong(e.to_string()))?;
    let facts = serde_json::from_str::<Value>(&row.facts).and_then(serde_json::from_value);
    Ok((status, facts.map_err(|e| wrong(e.to_string()))?))
}
