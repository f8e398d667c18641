//! Cases as reporters and staff are told of them.

mod filed;
mod tracked;
mod whole;

use chrono::{DateTime, FixedOffset};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

pub(super) use filed::{ReceiptKey, ToldCategories, ToldFiled};
pub(super) use tracked::shows_files;
pub(crate) use tracked::{ToldMessage, ToldStep, ToldTracked};
pub(super) use whole::{ToldContact, ToldWhole};

use super::desk::{Names, Page, Seen};
use super::frame::Frame;
use super::model::{Desk, Identity, State};
use super::record::read;
use super::store::{AttachmentRow, Cursor};
use super::workflow::Owner;
use crate::calendar::Due;
use crate::error::Error;
use crate::language::Language;
use crate::time::Zone;

/// With what a case is told.
pub(super) struct Telling<'a> {
    /// The names of departments, categories and people.
    pub(super) names: &'a Names,
    /// By what time is counted.
    pub(super) frame: &'a Frame,
    /// The reader's language.
    pub(super) language: Language,
}

/// A category, department or person by name.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Named)]
pub(crate) struct Named {
    /// Its code or id.
    pub(crate) id: String,
    /// Its name.
    pub(crate) name: String,
}

impl Named {
    /// Something with its name.
    pub(super) fn new(id: &str, name: &str) -> Self {
        Self { id: id.to_owned(), name: name.to_owned() }
    }

    /// Its name.
    pub(super) fn name(&self) -> &str {
        &self.name
    }
}

/// An instant, or of an anonymous reporter the day alone.
pub(super) fn when(ms: i64, identity: Identity, zone: Zone) -> String {
    let at = zone.from_ms(ms);
    if identity == Identity::Anonymous { at.date_naive().to_string() } else { at.to_rfc3339() }
}

/// A file of a case.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GrievanceFile)]
pub(crate) struct ToldFile {
    pub(crate) id: String,
    /// `image/jpeg` or `application/pdf`.
    pub(crate) r#type: String,
    /// How many bytes.
    pub(crate) bytes: i64,
}

impl ToldFile {
    /// The files of one event; of none: those of no event.
    pub(super) fn of(files: &[AttachmentRow], event: &str) -> Vec<Self> {
        let own = files.iter().filter(|file| file.event_id.as_deref() == Some(event));
        own.map(|f| Self { id: f.id.clone(), r#type: f.media_type.clone(), bytes: f.bytes }).collect()
    }
}

/// That a case was erased.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GrievanceErased)]
pub(crate) struct ToldErased {
    /// The day of the erasure.
    day: String,
    /// From this day on no backup holds its key any more.
    final_on: String,
}

impl ToldErased {
    /// Tells it, where it was.
    pub(super) fn of(erased_ms: Option<i64>, frame: &Frame) -> Option<Self> {
        let (day, final_on) = frame.erased(erased_ms?);
        Some(Self { day: day.to_string(), final_on: final_on.to_string() })
    }
}

/// Until when something is due, and how it stands.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GrievanceDue)]
pub(super) struct ToldStanding {
    /// The last instant that is in time.
    at: DateTime<FixedOffset>,
    /// on_time, due_today or overdue.
    standing: String,
    /// The working time that is left, or by how much it is late.
    left: String,
    /// Whether the clock stands still.
    paused: bool,
    /// Whether a notice on holidays that is yet to come may move it.
    provisional: bool,
}

impl ToldStanding {
    /// Tells it.
    pub(super) fn of(due: &Due, t: &Telling<'_>) -> Self {
        let state = t.frame.clock().state(due, t.frame.now);
        Self {
            at: t.frame.zone.stamp(due.at),
            standing: state.standing.to_string(),
            left: state.words.of(t.language).to_owned(),
            paused: due.paused,
            provisional: due.provisional,
        }
    }
}

/// A case as the queue tells it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GrievanceInList)]
pub(super) struct ToldRow {
    id: String,
    version: i64,
    number: String,
    channel: String,
    kind: String,
    category: Named,
    urgency: String,
    identity: String,
    state: String,
    state_words: String,
    /// How often it was begun, from 1 on.
    round: i64,
    #[schema(required)]
    district: Option<String>,
    #[schema(required)]
    unit: Option<String>,
    #[schema(required)]
    subject: Option<String>,
    /// The matter in one line, where intake wrote one.
    #[schema(required)]
    summary: Option<String>,
    #[schema(required)]
    department: Option<Named>,
    #[schema(required)]
    handler: Option<Named>,
    /// Who has the next move: a desk, or a person.
    waiting_for: Waiting,
    /// When it came; of an anonymous one the day.
    received: String,
    due: ToldStanding,
    /// Until when the next step is to be done.
    #[schema(required)]
    step_due: Option<ToldStanding>,
    /// The level of the open supervision; 0: none.
    supervision: i64,
}

/// Who has the next move.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GrievanceWaiting)]
pub(super) struct Waiting {
    /// intake, reporter, handler, referee, caller, supervisor or archivist; null: nobody.
    #[schema(required)]
    desk: Option<&'static str>,
    /// The same for people, or the person's name.
    name: String,
    /// The person.
    #[schema(required)]
    person: Option<String>,
}

impl ToldRow {
    /// Tells one.
    pub(super) fn of(seen: &Seen, t: &Telling<'_>) -> Result<Self, Error> {
        let (row, case) = (&seen.row, &seen.case);
        let clock = t.frame.clock();
        let state: State = read(&row.state)?;
        let named = |id: &Option<String>, name: Option<String>| {
            id.clone().map(|id| Named { name: name.unwrap_or_else(|| id.clone()), id })
        };
        Ok(Self {
            id: row.id.clone(),
            version: row.version,
            number: row.number.clone(),
            channel: row.channel.clone(),
            kind: row.kind.clone(),
            category: category(&row.category, t),
            urgency: row.urgency.clone(),
            identity: row.identity.clone(),
            state: row.state.clone(),
            state_words: state.words().of(t.language).to_owned(),
            round: row.round,
            district: row.district.clone(),
            unit: row.unit.clone(),
            subject: row.subject.clone(),
            summary: seen.summary.clone(),
            department: named(&row.department_id, t.names.department(row.department_id.as_deref())),
            handler: named(&row.handler_id, t.names.person(row.handler_id.as_deref())),
            waiting_for: waiting(case.owner(), t),
            received: when(row.received_ms, case.identity, t.frame.zone),
            due: ToldStanding::of(&clock.due(&case.clock, t.frame.now), t),
            step_due: case.step.as_ref().map(|step| ToldStanding::of(&clock.due(step, t.frame.now), t)),
            supervision: row.supervision,
        })
    }
}

/// A category by its name.
pub(super) fn category(code: &str, t: &Telling<'_>) -> Named {
    let (zh, en) = t.names.category(code);
    Named { id: code.to_owned(), name: t.language.of(&zh, &en).to_owned() }
}

/// Somebody of staff by his name.
pub(super) fn person(id: Option<&str>, t: &Telling<'_>) -> Option<Named> {
    id.map(|id| Named { id: id.to_owned(), name: t.names.person(Some(id)).unwrap_or_else(|| id.to_owned()) })
}

/// A department by its name.
pub(super) fn department(id: &str, t: &Telling<'_>) -> Named {
    Named { id: id.to_owned(), name: t.names.department(Some(id)).unwrap_or_else(|| id.to_owned()) }
}

fn waiting(owner: Owner, t: &Telling<'_>) -> Waiting {
    let desk = |desk: Desk| Waiting {
        desk: Some(desk.as_str()),
        name: desk.words().of(t.language).to_owned(),
        person: None,
    };
    match owner {
        Owner::Desk(one) => desk(one),
        Owner::Person(account) => {
            let id = account.to_string();
            let name = t.names.person(Some(&id)).unwrap_or_else(|| id.clone());
            Waiting { desk: Some(Desk::Handler.as_str()), name, person: Some(id) }
        }
        Owner::Nobody => Waiting { desk: None, name: String::new(), person: None },
    }
}

/// A page of the queue.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Grievances)]
pub(super) struct ToldPage {
    items: Vec<ToldRow>,
    /// How many there are in each state, whatever the page shows.
    counts: Vec<ToldCount>,
    /// The cursor of the next page.
    #[schema(required)]
    pub(super) next: Option<String>,
}

/// How many cases are in a state.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GrievanceCount)]
pub(super) struct ToldCount {
    state: String,
    cases: i64,
    /// How many of them are late.
    overdue: i64,
}

impl ToldPage {
    /// Tells a page.
    pub(super) fn of(page: &Page, t: &Telling<'_>) -> Result<Self, Error> {
        let count = |c: &super::store::CountRow| ToldCount {
            state: c.state.clone(),
            cases: c.cases,
            overdue: c.overdue,
        };
        Ok(Self {
            items: page.rows.iter().map(|seen| ToldRow::of(seen, t)).collect::<Result<_, _>>()?,
            counts: page.counts.iter().map(count).collect(),
            next: page.next.as_ref().map(written),
        })
    }
}

fn written((due_ms, id): &Cursor) -> String {
    format!("{due_ms}.{id}")
}

/// What the codes of an event were.
pub(super) fn detail(json: &str) -> Value {
    serde_json::from_str(json).unwrap_or(Value::Null)
}
