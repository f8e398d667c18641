//! Lines of the ledger as they are told.

use chrono::{DateTime, FixedOffset};
use serde::Serialize;
use utoipa::ToSchema;

use super::service::Line;
use crate::error::Words;
use crate::grievance::told::{Named, Telling, category, department, person, when};

/// What came of calling back.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GrievanceCallBack)]
struct ToldCall {
    /// When.
    at: DateTime<FixedOffset>,
    /// Whether the reporter was reached.
    reached: bool,
    /// Whether he says that it is solved; null where he was not reached.
    #[schema(required)]
    solved: Option<bool>,
    /// The same in words.
    name: String,
}

/// A line of the ledger: the case as its last round stands.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GrievanceLedgerLine)]
pub(super) struct ToldLine {
    id: String,
    number: String,
    state: String,
    channel: String,
    kind: String,
    category: Named,
    #[schema(required)]
    unit: Option<String>,
    /// The matter in one line, for whoever may read the case.
    #[schema(required)]
    summary: Option<String>,
    /// When it came; of an anonymous one the day.
    received: String,
    #[schema(required)]
    dispatched: Option<DateTime<FixedOffset>>,
    #[schema(required)]
    department: Option<Named>,
    #[schema(required)]
    handler: Option<Named>,
    /// Until when it is to be answered, or was when it was answered.
    due: DateTime<FixedOffset>,
    #[schema(required)]
    accepted: Option<DateTime<FixedOffset>>,
    #[schema(required)]
    answered: Option<DateTime<FixedOffset>>,
    #[schema(required)]
    outcome: Option<String>,
    /// How often it was begun.
    rounds: i64,
    /// The working days by which this round was extended.
    extension: u32,
    /// The highest level at which it was supervised; 0: never.
    supervision: i64,
    #[schema(required)]
    call_back: Option<ToldCall>,
    #[schema(required)]
    grade: Option<String>,
    #[schema(required)]
    closed: Option<DateTime<FixedOffset>>,
    #[schema(required)]
    archived: Option<DateTime<FixedOffset>>,
}

/// What came of calling back, in words.
pub(super) fn call_words(is_reached: bool, is_solved: Option<bool>) -> Words {
    match (is_reached, is_solved) {
        (false, _) => Words::new("联系不上", "not reached"),
        (true, Some(true)) => Words::new("已解决", "solved"),
        (true, _) => Words::new("未解决", "not solved"),
    }
}

impl ToldLine {
    /// Tells one.
    pub(super) fn of(line: &Line, t: &Telling<'_>) -> Self {
        let (row, case) = (&line.seen.row, &line.seen.case);
        let stamp = |ms| t.frame.zone.from_ms(ms);
        let reached = row.is_reached.unwrap_or_default();
        let call = |at_ms| ToldCall {
            at: stamp(at_ms),
            reached,
            solved: row.is_solved,
            name: call_words(reached, row.is_solved).of(t.language).to_owned(),
        };
        Self {
            id: row.id.clone(),
            number: row.number.clone(),
            state: row.state.clone(),
            channel: row.channel.clone(),
            kind: row.kind.clone(),
            category: category(&row.category, t),
            unit: row.unit.clone(),
            summary: line.seen.summary.clone(),
            received: when(row.received_ms, case.identity, t.frame.zone),
            dispatched: row.dispatched_ms.map(stamp),
            department: row.department_id.as_deref().map(|id| department(id, t)),
            handler: person(row.handler_id.as_deref(), t),
            due: stamp(line.due_ms),
            accepted: row.accepted_ms.map(stamp),
            answered: row.answered_ms.map(stamp),
            outcome: row.outcome.clone(),
            rounds: row.round,
            extension: line.extension_days,
            supervision: line.level,
            call_back: row.called_back_ms.map(call),
            grade: row.grade.clone(),
            closed: row.closed_ms.map(stamp),
            archived: row.archived_ms.map(stamp),
        }
    }
}

/// A page of the ledger.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GrievanceLedger)]
pub(super) struct ToldLedger {
    /// The cases in the order of their numbers.
    pub(super) items: Vec<ToldLine>,
    /// The cursor of the next page.
    #[schema(required)]
    pub(super) next: Option<String>,
}

impl ToldLedger {
    /// Tells a page.
    pub(super) fn of(lines: &[Line], next: Option<String>, t: &Telling<'_>) -> Self {
        Self { items: lines.iter().map(|line| ToldLine::of(line, t)).collect(), next }
    }
}
