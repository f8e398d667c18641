//! All SQL on reports.

mod list;

use chrono::NaiveDate;

pub(super) use self::list::{CountsRow, Cursor, Wanted, Within, counts, page};
use crate::db::{Db, DbError, Tx};
use crate::error::Error;
use crate::ids::{Adcode, StationId};
use crate::{in_tx, on, row};

/// A report that is written for the first time.
pub(super) struct NewRow {
    pub(super) id: String,
    pub(super) number: String,
    pub(super) receipt: String,
    pub(super) station_id: String,
    pub(super) district: Option<String>,
    pub(super) kind: String,
    pub(super) facility: Option<String>,
    pub(super) text: Option<String>,
    pub(super) picture_id: Option<String>,
    pub(super) due: String,
    pub(super) due_provisional: bool,
    pub(super) created_ms: i64,
}

row! {
    /// A row of `report` with the names of its station and its owner, and without its receipt.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct ReportRow {
        pub(super) id: String,
        pub(super) version: i64,
        pub(super) number: String,
        pub(super) station_id: String,
        pub(super) station_name: String,
        pub(super) station_code: Option<String>,
        pub(super) district: Option<String>,
        pub(super) kind: String,
        pub(super) facility: Option<String>,
        pub(super) text: Option<String>,
        pub(super) picture_id: Option<String>,
        pub(super) state: String,
        pub(super) verdict: Option<String>,
        pub(super) answer: Option<String>,
        pub(super) owner_id: Option<String>,
        pub(super) owner_name: Option<String>,
        pub(super) due: String,
        pub(super) due_provisional: bool,
        pub(super) created_ms: i64,
        pub(super) answered_ms: Option<i64>,
        pub(super) together: i64,
    }
}

impl ReportRow {
    /// The district of its station.
    pub(super) fn adcode(&self) -> Option<Adcode> {
        self.district.as_deref()?.parse().ok()
    }

    /// Its station.
    pub(super) fn station(&self) -> Result<StationId, Error> {
        self.station_id.parse().map_err(|e| Error::Internal(format!("station {}: {e}", self.station_id)))
    }

    /// The last day for its answer.
    pub(super) fn due_day(&self) -> Result<NaiveDate, Error> {
        self.due.parse().map_err(|e| Error::Internal(format!("day {:?}: {e}", self.due)))
    }
}

/// Reads a code that the table holds.
pub(super) fn code<T: std::str::FromStr>(text: &str) -> Result<T, Error> {
    text.parse().map_err(|_| Error::Internal(format!("a report with the code {text:?}")))
}

row! {
    /// A row of `report_event` with the name of whoever did it.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct EventRow {
        pub(super) id: String,
        pub(super) report_id: String,
        pub(super) at_ms: i64,
        pub(super) account_id: Option<String>,
        pub(super) account_name: Option<String>,
        pub(super) action: String,
        pub(super) note: Option<String>,
    }
}

row! {
    /// A report and the hash of its receipt.
    pub(super) struct ReceiptRow { pub(super) id: String, pub(super) receipt: String }
}

row! {
    /// How often a station was locked.
    pub(super) struct LockedRow { pub(super) station_id: String, pub(super) times: i64 }
}

row! {
    /// When a report was to be answered, and was.
    pub(super) struct DueRow {
        pub(super) station_id: String,
        pub(super) state: String,
        pub(super) due: String,
        pub(super) answered_ms: Option<i64>,
    }
}

const ADD: &str =
    "INSERT INTO report (id, version, number, receipt, station_id, district, kind, facility, text,
        picture_id, state, due, due_provisional, created_ms)
    VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9, 'open', $10, $11, $12)";

/// Writes a new report. A number that is taken is a unique violation.
pub(super) async fn add(tx: &mut Tx, r: &NewRow) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD)
        .bind(&r.id).bind(&r.number).bind(&r.receipt).bind(&r.station_id).bind(&r.district).bind(&r.kind)
        .bind(&r.facility).bind(&r.text).bind(&r.picture_id).bind(&r.due).bind(r.due_provisional)
        .bind(r.created_ms)
        .execute(c).await.map(drop))
}

const COUNT: &str = "SELECT COUNT(*) FROM report WHERE station_id = $1 AND created_ms >= $2";

/// How many reports a station has had since an instant.
pub(super) async fn count_since(tx: &mut Tx, station: &str, since_ms: i64) -> Result<i64, DbError> {
    in_tx!(tx, c => sqlx::query_scalar(COUNT).bind(station).bind(since_ms).fetch_one(c).await)
}

const ADD_EVENT: &str = "INSERT INTO report_event (id, report_id, at_ms, account_id, action, note)
    VALUES ($1, $2, $3, $4, $5, $6)";

/// Notes what was done with a report.
pub(super) async fn add_event(tx: &mut Tx, e: &EventRow) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD_EVENT)
        .bind(&e.id).bind(&e.report_id).bind(e.at_ms).bind(&e.account_id).bind(&e.action).bind(&e.note)
        .execute(c).await.map(drop))
}

/// The columns that every statement which reads reports lists, once.
macro_rules! reports {
    ($($rest:expr),*) => {
        concat!(
            "SELECT r.id, r.version, r.number, r.station_id, s.name AS station_name, s.code AS station_code,
                r.district, r.kind, r.facility, r.text, r.picture_id, r.state, r.verdict, r.answer, r.owner_id,
                a.name AS owner_name, r.due, r.due_provisional, r.created_ms, r.answered_ms,
                (SELECT COUNT(*) FROM report o
                 WHERE o.station_id = r.station_id AND o.kind = r.kind AND o.state = 'open'
                   AND COALESCE(o.facility, '') = COALESCE(r.facility, '')) AS together
            FROM report r
            JOIN station s ON s.id = r.station_id
            LEFT JOIN account a ON a.id = r.owner_id
            WHERE ",
            $($rest),*
        )
    };
}
pub(super) use reports;

const FIND: &str = reports!("r.id = $1");

/// One report.
pub(super) async fn find(db: &Db, id: &str) -> Result<Option<ReportRow>, DbError> {
    on!(db, pool => sqlx::query_as(FIND).bind(id).fetch_optional(pool).await)
}

/// One report as a transaction sees it.
pub(super) async fn find_in(tx: &mut Tx, id: &str) -> Result<Option<ReportRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(FIND).bind(id).fetch_optional(c).await)
}

const GROUP: &str = reports!(
    "r.station_id = $1 AND r.kind = $2 AND COALESCE(r.facility, '') = $3 AND r.state = 'open'
    ORDER BY r.created_ms, r.id"
);

/// The open reports of the same station, kind and facility, itself among them where it is open.
pub(super) async fn group(db: &Db, of: &ReportRow) -> Result<Vec<ReportRow>, DbError> {
    let facility = of.facility.as_deref().unwrap_or_default();
    on!(db, pool => sqlx::query_as(GROUP).bind(&of.station_id).bind(&of.kind).bind(facility)
        .fetch_all(pool).await)
}

/// The same as a transaction sees it.
pub(super) async fn group_in(tx: &mut Tx, of: &ReportRow) -> Result<Vec<ReportRow>, DbError> {
    let facility = of.facility.as_deref().unwrap_or_default();
    in_tx!(tx, c => sqlx::query_as(GROUP).bind(&of.station_id).bind(&of.kind).bind(facility)
        .fetch_all(c).await)
}

const RECEIPT: &str = "SELECT id, receipt FROM report WHERE number = $1";

/// The report of a number, with the hash of its receipt.
pub(super) async fn receipt(db: &Db, number: &str) -> Result<Option<ReceiptRow>, DbError> {
    on!(db, pool => sqlx::query_as(RECEIPT).bind(number).fetch_optional(pool).await)
}

const EVENTS: &str =
    "SELECT e.id, e.report_id, e.at_ms, e.account_id, a.name AS account_name, e.action, e.note
    FROM report_event e
    LEFT JOIN account a ON a.id = e.account_id
    WHERE e.report_id = $1
    ORDER BY e.at_ms, e.id";

/// What was done with a report, the first first.
pub(super) async fn events(db: &Db, report: &str) -> Result<Vec<EventRow>, DbError> {
    on!(db, pool => sqlx::query_as(EVENTS).bind(report).fetch_all(pool).await)
}

const OWN: &str = "UPDATE report SET owner_id = $3, version = version + 1 WHERE id = $1 AND version = $2";

/// Gives a report of a version to somebody; `false` where it has another version by now.
pub(super) async fn own(tx: &mut Tx, id: &str, version: i64, owner: &str) -> Result<bool, DbError> {
    let done = in_tx!(tx, c => sqlx::query(OWN).bind(id).bind(version).bind(owner)
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(done > 0)
}

const ANSWER: &str = "UPDATE report
    SET state = 'answered', verdict = $3, answer = $4, answered_ms = $5,
        owner_id = COALESCE(owner_id, $6), version = version + 1
    WHERE id = $1 AND version = $2";

/// What is answered to a report.
pub(super) struct Given<'a> {
    pub(super) verdict: &'static str,
    pub(super) answer: &'a str,
    pub(super) at_ms: i64,
    pub(super) by: Option<&'a str>,
}

/// Answers a report of a version; `false` where it has another version by now.
pub(super) async fn answer(tx: &mut Tx, id: &str, version: i64, given: &Given<'_>) -> Result<bool, DbError> {
    let done = in_tx!(tx, c => sqlx::query(ANSWER)
        .bind(id).bind(version).bind(given.verdict).bind(given.answer).bind(given.at_ms).bind(given.by)
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(done > 0)
}

const REDACT: &str = "UPDATE report SET text = NULL, picture_id = NULL, version = version + 1
    WHERE id = $1 AND version = $2";

/// Takes away what a worker wrote and showed; `false` where it has another version by now.
pub(super) async fn redact(tx: &mut Tx, id: &str, version: i64) -> Result<bool, DbError> {
    let done = in_tx!(tx, c => sqlx::query(REDACT).bind(id).bind(version)
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(done > 0)
}

const LOCKED: &str = "SELECT station_id, COUNT(*) AS times
    FROM report
    WHERE kind = 'locked' AND verdict = 'confirmed' AND created_ms >= $2 AND ($1 = '' OR station_id = $1)
    GROUP BY station_id";

/// How often a station, or each where the id is empty, was reported locked since an instant and found so.
pub(super) async fn locked(db: &Db, station: &str, since_ms: i64) -> Result<Vec<LockedRow>, DbError> {
    on!(db, pool => sqlx::query_as(LOCKED).bind(station).bind(since_ms).fetch_all(pool).await)
}

row! {
    /// A report of a locked door by its number.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct NumberRow {
        pub(super) station_id: String,
        pub(super) number: String,
    }
}

const LOCKED_NUMBERS: &str = "SELECT station_id, number
    FROM report
    WHERE kind = 'locked' AND verdict = 'confirmed' AND created_ms >= $1
    ORDER BY created_ms, id";

/// The numbers of the reports of locked doors that were found so, since an instant.
pub(super) async fn locked_numbers(db: &Db, since_ms: i64) -> Result<Vec<NumberRow>, DbError> {
    on!(db, pool => sqlx::query_as(LOCKED_NUMBERS).bind(since_ms).fetch_all(pool).await)
}

const DUES: &str = "SELECT station_id, state, due, answered_ms
    FROM report
    WHERE created_ms >= $2 AND ($1 = '' OR station_id = $1)";

/// The reports of a station, or of each where the id is empty, since an instant.
pub(super) async fn dues(db: &Db, station: &str, since_ms: i64) -> Result<Vec<DueRow>, DbError> {
    on!(db, pool => sqlx::query_as(DUES).bind(station).bind(since_ms).fetch_all(pool).await)
}
