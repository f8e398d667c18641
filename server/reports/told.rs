//! Reports as workers and as staff are told of them.

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::Serialize;
use utoipa::ToSchema;

use super::desk::{Found, Page};
use super::model::{Action, Filed, Kind, LOCKED_DAYS, LOCKED_MARKS, ReportState, Verdict};
use super::service::{Tracked, Unions};
use super::store::{EventRow, ReportRow, code};
use crate::calendar::clock::{DueDay, days};
use crate::error::Error;
use crate::ids::{Adcode, StationId};
use crate::language::Language;
use crate::stations::Snapshot;
use crate::stations::model::FacilityCode;

/// A report that was taken in.
#[derive(Serialize, ToSchema)]
#[schema(as = FiledReport)]
pub(super) struct ToldFiled {
    /// What one names it by.
    number: String,
    /// What opens it. It is told once and cannot be told again.
    receipt: String,
    /// The last day for the answer.
    due: NaiveDate,
    /// Whether a notice on holidays that is yet to come may move that day.
    due_provisional: bool,
    /// The union that answers.
    owner: String,
}

impl ToldFiled {
    pub(super) fn new(filed: Filed, language: Language) -> Self {
        Self {
            due: filed.deadline.due,
            due_provisional: filed.deadline.provisional,
            owner: filed.owner.of(language).to_owned(),
            number: filed.number,
            receipt: filed.receipt,
        }
    }
}

/// A station by its name.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ReportedStation {
    id: StationId,
    name: String,
    /// The official number.
    #[schema(required)]
    code: Option<String>,
    #[schema(required)]
    district: Option<Adcode>,
}

impl ReportedStation {
    fn of(row: &ReportRow) -> Result<Self, Error> {
        let (name, code) = (row.station_name.clone(), row.station_code.clone());
        Ok(Self { id: row.station()?, name, code, district: row.adcode() })
    }
}

/// What became of a report, for whoever sent it. It names days, never hours.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TrackedReport)]
pub(super) struct ToldTracked {
    number: String,
    station: ReportedStation,
    kind: Kind,
    #[schema(required)]
    facility: Option<FacilityCode>,
    state: ReportState,
    /// The union that answers.
    owner: String,
    /// The last day for the answer.
    due: NaiveDate,
    due_provisional: bool,
    #[schema(required)]
    verdict: Option<Verdict>,
    #[schema(required)]
    answer: Option<String>,
    /// What was done, the first first.
    timeline: Vec<PublicStep>,
    /// How the last day came to be.
    days: Vec<DueDay>,
}

/// One thing that was done with a report.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReportStep)]
struct PublicStep {
    /// On which day.
    at: NaiveDate,
    action: Action,
}

impl ToldTracked {
    pub(super) fn new(tracked: &Tracked, language: Language) -> Result<Self, Error> {
        let (row, case) = (&tracked.report, tracked.case()?);
        let step = |(at, action): &(NaiveDate, Action)| PublicStep { at: *at, action: *action };
        Ok(Self {
            number: row.number.clone(),
            station: ReportedStation::of(row)?,
            kind: case.kind,
            facility: case.facility,
            state: case.state,
            owner: tracked.owner.of(language).to_owned(),
            due: tracked.deadline.due,
            due_provisional: tracked.deadline.provisional,
            verdict: case.verdict,
            answer: row.answer.clone(),
            timeline: case.steps.iter().map(step).collect(),
            days: days(&tracked.deadline.days, language),
        })
    }
}

/// A report as staff see it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Report {
    id: String,
    /// The version that a change names in `If-Match`.
    pub(super) version: i64,
    number: String,
    station: ReportedStation,
    kind: Kind,
    #[schema(required)]
    facility: Option<FacilityCode>,
    /// What the worker wrote.
    #[schema(required)]
    text: Option<String>,
    /// Whether there is a photo.
    photo: bool,
    state: ReportState,
    #[schema(required)]
    verdict: Option<Verdict>,
    #[schema(required)]
    answer: Option<String>,
    /// Who sees to it; null: the district's union.
    #[schema(required)]
    owner: Option<Owner>,
    /// The union that answers.
    union: String,
    /// The last day for the answer.
    due: NaiveDate,
    due_provisional: bool,
    /// Whether it is open after its last day.
    overdue: bool,
    /// When it came in.
    created: DateTime<FixedOffset>,
    #[schema(required)]
    answered: Option<DateTime<FixedOffset>>,
    /// How many open reports there are of the same station, kind and facility.
    together: i64,
}

/// Who sees to a report.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReportOwner)]
struct Owner {
    id: String,
    /// Null: the account is erased.
    #[schema(required)]
    name: Option<String>,
}

/// In which language, as of which day.
pub(super) struct Telling<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) language: Language,
    pub(super) today: NaiveDate,
}

impl Report {
    fn new(row: &ReportRow, unions: &Unions, telling: &Telling<'_>) -> Result<Self, Error> {
        let (state, due) = (code(&row.state)?, row.due_day()?);
        let stamp = |ms: i64| telling.snapshot.zone().from_ms(ms);
        let owner = |id: &String| Owner { id: id.clone(), name: row.owner_name.clone() };
        Ok(Self {
            id: row.id.clone(),
            version: row.version,
            number: row.number.clone(),
            station: ReportedStation::of(row)?,
            kind: code(&row.kind)?,
            facility: row.facility.as_deref().map(code).transpose()?,
            text: row.text.clone(),
            photo: row.picture_id.is_some(),
            state,
            verdict: row.verdict.as_deref().map(code).transpose()?,
            answer: row.answer.clone(),
            owner: row.owner_id.as_ref().map(owner),
            union: unions.of(telling.snapshot.city(), row.adcode()).of(telling.language).to_owned(),
            due,
            due_provisional: row.due_provisional,
            overdue: state == ReportState::Open && due < telling.today,
            created: stamp(row.created_ms),
            answered: row.answered_ms.map(stamp),
            together: row.together,
        })
    }
}

/// A page of reports.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReportPage)]
pub(super) struct Reports {
    /// Open ones by their last day, the first first; answered and mixed ones the other way round.
    items: Vec<Report>,
    /// The cursor of the next page, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(super) next: Option<String>,
    counts: ToldCounts,
}

/// How many there are of the kind, district and station asked for, whatever state, owner and lateness.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReportCounts)]
struct ToldCounts {
    open: i64,
    /// Open after the last day.
    overdue: i64,
    /// Open on the last day.
    today: i64,
    /// Open and nobody's yet.
    unowned: i64,
    answered: i64,
}

impl Reports {
    pub(super) fn new(page: &Page, telling: &Telling<'_>) -> Result<Self, Error> {
        let items = page.rows.iter().map(|row| Report::new(row, &page.unions, telling));
        let c = &page.counts;
        Ok(Self {
            items: items.collect::<Result<_, _>>()?,
            next: page.next.as_ref().map(|(due, id)| format!("{due}.{id}")),
            counts: ToldCounts {
                open: c.open,
                overdue: c.overdue,
                today: c.today,
                unowned: c.unowned,
                answered: c.answered,
            },
        })
    }
}

/// A report with all that belongs to it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ReportDetail {
    #[serde(flatten)]
    pub(super) report: Report,
    /// What was done, the first first.
    timeline: Vec<StaffStep>,
    /// How the last day came to be.
    days: Vec<DueDay>,
    /// The other open reports of the same station, kind and facility.
    group: Vec<Report>,
    locked: Locked,
    /// Who could take it over.
    hands: Vec<Owner>,
    /// What whoever asks may do: take, hand, answer, redact.
    allowed: Vec<&'static str>,
}

/// How often the station was reported locked of late and found so.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LockedDoors)]
struct Locked {
    times: i64,
    /// So many mark the station.
    marks_at: i64,
    /// Within so many days.
    days: i64,
}

/// One thing that was done with a report, and by whom.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReportEvent)]
struct StaffStep {
    at: DateTime<FixedOffset>,
    action: Action,
    /// Null: the worker himself.
    #[schema(required)]
    by: Option<Owner>,
    #[schema(required)]
    note: Option<String>,
}

impl ReportDetail {
    pub(super) fn new(found: &Found, telling: &Telling<'_>) -> Result<Self, Error> {
        let row = &found.report;
        let step = |e: &EventRow| {
            let by = e.account_id.clone().map(|id| Owner { id, name: e.account_name.clone() });
            let at = telling.snapshot.zone().from_ms(e.at_ms);
            Ok::<_, Error>(StaffStep { at, action: code(&e.action)?, by, note: e.note.clone() })
        };
        let group = found.group.iter().map(|other| Report::new(other, &found.unions, telling));
        let hand = |(id, name): &(crate::ids::AccountId, String)| Owner {
            id: id.to_string(),
            name: Some(name.clone()),
        };
        let allowed = [
            ("take", found.may_answer && row.state == ReportState::Open.as_str()),
            ("hand", found.may_answer && row.state == ReportState::Open.as_str()),
            ("answer", found.may_answer && row.state == ReportState::Open.as_str()),
            ("redact", found.may_answer && (row.text.is_some() || row.picture_id.is_some())),
        ];
        Ok(Self {
            report: Report::new(row, &found.unions, telling)?,
            timeline: found.events.iter().map(step).collect::<Result<_, _>>()?,
            days: days(&found.deadline.days, telling.language),
            group: group.collect::<Result<_, _>>()?,
            locked: Locked { times: found.locked, marks_at: LOCKED_MARKS, days: LOCKED_DAYS },
            hands: found.hands.iter().map(hand).collect(),
            allowed: allowed.into_iter().filter(|(_, may)| *may).map(|(deed, _)| deed).collect(),
        })
    }
}
