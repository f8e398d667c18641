//! The row of a case.

use crate::db::{Db, DbError, Tx};
use crate::{in_tx, on, row};

row! {
    /// A row of `grievance`.
    #[derive(Debug, Clone, Default, PartialEq, Eq)]
    pub(in super::super) struct GrievanceRow {
        pub(in super::super) id: String,
        pub(in super::super) version: i64,
        pub(in super::super) number: String,
        pub(in super::super) filing_key: String,
        pub(in super::super) filing_print: String,
        pub(in super::super) receipt: String,
        pub(in super::super) channel: String,
        pub(in super::super) kind: String,
        pub(in super::super) identity: String,
        pub(in super::super) category: String,
        pub(in super::super) urgency: String,
        pub(in super::super) subject: Option<String>,
        pub(in super::super) unit: Option<String>,
        pub(in super::super) district: Option<String>,
        pub(in super::super) station_id: Option<String>,
        pub(in super::super) report_number: Option<String>,
        pub(in super::super) session_id: Option<String>,
        pub(in super::super) entered_by: Option<String>,
        pub(in super::super) may_publish: bool,
        pub(in super::super) state: String,
        pub(in super::super) round: i64,
        pub(in super::super) returns: i64,
        pub(in super::super) supervision: i64,
        pub(in super::super) department_id: Option<String>,
        pub(in super::super) handler_id: Option<String>,
        pub(in super::super) proposer_id: Option<String>,
        pub(in super::super) parent_id: Option<String>,
        pub(in super::super) extension_days: Option<i64>,
        pub(in super::super) call_tries: i64,
        pub(in super::super) call_days: i64,
        pub(in super::super) call_day: Option<String>,
        pub(in super::super) has_appealed: bool,
        pub(in super::super) received_ms: i64,
        pub(in super::super) dispatched_ms: Option<i64>,
        pub(in super::super) accepted_ms: Option<i64>,
        pub(in super::super) answered_ms: Option<i64>,
        pub(in super::super) outcome: Option<String>,
        pub(in super::super) called_back_ms: Option<i64>,
        pub(in super::super) is_reached: Option<bool>,
        pub(in super::super) is_solved: Option<bool>,
        pub(in super::super) grade: Option<String>,
        pub(in super::super) closed_ms: Option<i64>,
        pub(in super::super) archived_ms: Option<i64>,
        pub(in super::super) retain_until: Option<String>,
        pub(in super::super) due_ms: i64,
        pub(in super::super) is_provisional: bool,
        pub(in super::super) clock: String,
        pub(in super::super) step_due_ms: Option<i64>,
        pub(in super::super) step_clock: Option<String>,
        pub(in super::super) calendar: String,
        pub(in super::super) ring_key: Option<String>,
        pub(in super::super) case_key: Option<String>,
        pub(in super::super) text: Option<String>,
        pub(in super::super) summary: Option<String>,
        pub(in super::super) contact: Option<String>,
        pub(in super::super) contact_hash: Option<String>,
        pub(in super::super) mail_hash: Option<String>,
        pub(in super::super) erased_ms: Option<i64>,
    }
}

/// The columns of a case, in the order of [`GrievanceRow`].
macro_rules! columns {
    () => {
        "id, version, number, filing_key, filing_print, receipt, channel, kind, identity, category, urgency, subject, \
         unit, district, station_id, report_number, session_id, entered_by, may_publish, state, round, returns, \
         supervision, department_id, handler_id, proposer_id, parent_id, extension_days, call_tries, call_days, \
         call_day, has_appealed, received_ms, dispatched_ms, accepted_ms, answered_ms, outcome, called_back_ms, \
         is_reached, is_solved, grade, closed_ms, archived_ms, retain_until, due_ms, is_provisional, clock, \
         step_due_ms, step_clock, calendar, ring_key, case_key, text, summary, contact, contact_hash, mail_hash, \
         erased_ms"
    };
}
pub(in super::super) use columns;

macro_rules! select {
    ($rest:expr) => {
        concat!("SELECT ", columns!(), " FROM grievance ", $rest)
    };
}

const NEXT_NUMBER: &str = "INSERT INTO grievance_counter (year, last) VALUES ($1, 1)
    ON CONFLICT (year) DO UPDATE SET last = grievance_counter.last + 1 RETURNING last";

/// The next number of a year. A transaction that is not committed gives it back, so there are no gaps.
pub(in super::super) async fn counted(tx: &mut Tx, year: i32) -> Result<i64, DbError> {
    in_tx!(tx, c => sqlx::query_scalar(NEXT_NUMBER).bind(i64::from(year)).fetch_one(c).await)
}

const ADD: &str = concat!(
    "INSERT INTO grievance (",
    columns!(),
    ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
    $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46,
    $47, $48, $49, $50, $51, $52, $53, $54, $55, $56, $57, $58)"
);

/// Writes a new case.
pub(in super::super) async fn add(tx: &mut Tx, r: &GrievanceRow) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD)
        .bind(&r.id).bind(r.version).bind(&r.number).bind(&r.filing_key).bind(&r.filing_print).bind(&r.receipt)
        .bind(&r.channel).bind(&r.kind).bind(&r.identity).bind(&r.category).bind(&r.urgency).bind(&r.subject)
        .bind(&r.unit).bind(&r.district).bind(&r.station_id).bind(&r.report_number).bind(&r.session_id)
        .bind(&r.entered_by).bind(r.may_publish).bind(&r.state).bind(r.round).bind(r.returns).bind(r.supervision)
        .bind(&r.department_id).bind(&r.handler_id).bind(&r.proposer_id).bind(&r.parent_id).bind(r.extension_days)
        .bind(r.call_tries).bind(r.call_days).bind(&r.call_day).bind(r.has_appealed).bind(r.received_ms)
        .bind(r.dispatched_ms).bind(r.accepted_ms).bind(r.answered_ms).bind(&r.outcome).bind(r.called_back_ms)
        .bind(r.is_reached).bind(r.is_solved).bind(&r.grade).bind(r.closed_ms).bind(r.archived_ms)
        .bind(&r.retain_until).bind(r.due_ms).bind(r.is_provisional).bind(&r.clock).bind(r.step_due_ms)
        .bind(&r.step_clock).bind(&r.calendar).bind(&r.ring_key).bind(&r.case_key).bind(&r.text).bind(&r.summary)
        .bind(&r.contact).bind(&r.contact_hash).bind(&r.mail_hash).bind(r.erased_ms)
        .execute(c).await.map(drop))
}

const SAVE: &str = "UPDATE grievance SET version = version + 1, category = $3, urgency = $4, subject = $5, unit = $6,
    district = $7, state = $8, round = $9, returns = $10, supervision = $11, department_id = $12, handler_id = $13,
    proposer_id = $14, parent_id = $15, extension_days = $16, call_tries = $17, call_days = $18, call_day = $19,
    has_appealed = $20, dispatched_ms = $21, accepted_ms = $22, answered_ms = $23, outcome = $24,
    called_back_ms = $25, is_reached = $26, is_solved = $27, grade = $28, closed_ms = $29, archived_ms = $30,
    retain_until = $31, due_ms = $32, is_provisional = $33, clock = $34, step_due_ms = $35, step_clock = $36,
    calendar = $37, summary = $38
    WHERE id = $1 AND version = $2";

/// Writes what steps may change of a case, where it still has the row's version; false where it has not. Its key is not
/// among that: a step must not put back a wrapping that the operator has just renewed.
pub(in super::super) async fn save(tx: &mut Tx, r: &GrievanceRow) -> Result<bool, DbError> {
    let saved = in_tx!(tx, c => sqlx::query(SAVE)
        .bind(&r.id).bind(r.version).bind(&r.category).bind(&r.urgency).bind(&r.subject).bind(&r.unit)
        .bind(&r.district).bind(&r.state).bind(r.round).bind(r.returns).bind(r.supervision).bind(&r.department_id)
        .bind(&r.handler_id).bind(&r.proposer_id).bind(&r.parent_id).bind(r.extension_days).bind(r.call_tries)
        .bind(r.call_days).bind(&r.call_day).bind(r.has_appealed).bind(r.dispatched_ms).bind(r.accepted_ms)
        .bind(r.answered_ms).bind(&r.outcome).bind(r.called_back_ms).bind(r.is_reached).bind(r.is_solved)
        .bind(&r.grade).bind(r.closed_ms).bind(r.archived_ms).bind(&r.retain_until).bind(r.due_ms)
        .bind(r.is_provisional).bind(&r.clock).bind(r.step_due_ms).bind(&r.step_clock).bind(&r.calendar)
        .bind(&r.summary)
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(saved == 1)
}

const FIND: &str = select!("WHERE id = $1");

/// A case.
pub(in super::super) async fn find(db: &Db, id: &str) -> Result<Option<GrievanceRow>, DbError> {
    on!(db, pool => sqlx::query_as(FIND).bind(id).fetch_optional(pool).await)
}

/// A case as a transaction sees it.
pub(in super::super) async fn find_in(tx: &mut Tx, id: &str) -> Result<Option<GrievanceRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(FIND).bind(id).fetch_optional(c).await)
}

const BY_NUMBER: &str = select!("WHERE number = $1");

/// A case by its number.
pub(in super::super) async fn by_number(db: &Db, number: &str) -> Result<Option<GrievanceRow>, DbError> {
    on!(db, pool => sqlx::query_as(BY_NUMBER).bind(number).fetch_optional(pool).await)
}

const BY_FILING_KEY: &str = select!("WHERE filing_key = $1");

/// The case that was filed with a key.
pub(in super::super) async fn by_filing_key(db: &Db, key: &str) -> Result<Option<GrievanceRow>, DbError> {
    on!(db, pool => sqlx::query_as(BY_FILING_KEY).bind(key).fetch_optional(pool).await)
}

const CHILDREN: &str = select!("WHERE parent_id = $1 AND state = 'merged' ORDER BY number");

/// The cases that were merged into one and are not answered.
pub(in super::super) async fn children(tx: &mut Tx, id: &str) -> Result<Vec<GrievanceRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(CHILDREN).bind(id).fetch_all(c).await)
}
