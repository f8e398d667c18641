//! Sessions as staff are told of them.

use serde::Serialize;
use utoipa::ToSchema;

use super::raising::Raised;
use super::service::Session;
use super::store::{Cursor, SessionRow};
use crate::app::App;
use crate::error::{Error, FieldError};
use crate::grievance::desk::Names;
use crate::grievance::told::{Named, ToldFiled};
use crate::language::Language;

/// A session.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GrievanceSession)]
pub(super) struct ToldSession {
    id: String,
    /// The version that a change is meant for.
    pub(super) version: i64,
    /// reception_day, visit_day or livestream.
    kind: String,
    /// Its day.
    date: String,
    /// Who received or visited.
    leader: String,
    /// The departments that were there.
    departments: Vec<Named>,
    /// Where it was.
    #[schema(required)]
    unit: Option<String>,
    /// Its district; null: the city's.
    #[schema(required)]
    district: Option<String>,
    /// How many cases were raised; the queue lists them (`session=`).
    cases: i64,
}

impl ToldSession {
    /// Tells it.
    pub(super) fn of(row: SessionRow, names: &Names) -> Result<Self, Error> {
        let named = |id: crate::ids::DepartmentId| {
            let id = id.to_string();
            Named::new(&id, names.department(Some(&id)).as_deref().unwrap_or(&id))
        };
        Ok(Self {
            departments: row.department_ids()?.into_iter().map(named).collect(),
            id: row.id,
            version: row.version,
            kind: row.kind,
            date: row.date,
            leader: row.leader,
            unit: row.unit,
            district: row.district,
            cases: row.cases,
        })
    }
}

/// A session with what was said there.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GrievanceSessionWhole)]
pub(super) struct ToldWhole {
    #[serde(flatten)]
    pub(super) session: ToldSession,
    /// What was said.
    #[schema(required)]
    minutes: Option<String>,
}

impl ToldWhole {
    /// Tells it.
    pub(super) fn of(session: Session, names: &Names) -> Result<Self, Error> {
        Ok(Self { minutes: session.minutes, session: ToldSession::of(session.row, names)? })
    }
}

/// A page of sessions.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GrievanceSessions)]
pub(super) struct ToldPage {
    /// The latest first.
    items: Vec<ToldSession>,
    /// Where the next page begins.
    #[schema(required)]
    pub(super) next: Option<String>,
}

impl ToldPage {
    /// Tells it.
    pub(super) fn of(rows: Vec<SessionRow>, next: Option<Cursor>, names: &Names) -> Result<Self, Error> {
        let items = rows.into_iter().map(|row| ToldSession::of(row, names)).collect::<Result<_, _>>()?;
        Ok(Self { items, next: next.map(|(date, id)| format!("{date}.{id}")) })
    }
}

/// What became of each case of a request, in its order.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GrievancesRaised)]
pub(super) struct ToldRaised {
    items: Vec<ToldRow>,
}

/// What became of one case: it was filed, or `errors` says what is wrong.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GrievanceRaised)]
struct ToldRow {
    /// Its place in the request, from 1 on.
    row: usize,
    /// What whoever files a case is told.
    #[serde(flatten)]
    filed: Option<ToldFiled>,
    /// What is wrong with it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<ToldError>,
}

/// What is wrong with one field.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GrievanceRowError)]
struct ToldError {
    field: String,
    code: &'static str,
    /// What is wrong and how to mend it.
    detail: String,
}

impl ToldRaised {
    /// Tells it.
    pub(super) fn of(app: &App, origin: &str, raised: Vec<Raised>, language: Language) -> Self {
        let error = |error: FieldError| ToldError {
            detail: error.detail.of(language).to_owned(),
            field: error.field,
            code: error.code,
        };
        let told = |(place, one): (usize, Raised)| match one {
            Raised::Filed(filed) => ToldRow {
                row: place + 1,
                filed: Some(ToldFiled::new(app, origin, *filed, language)),
                errors: Vec::new(),
            },
            Raised::Refused(errors) => {
                ToldRow { row: place + 1, filed: None, errors: errors.into_iter().map(error).collect() }
            }
        };
        Self { items: raised.into_iter().enumerate().map(told).collect() }
    }
}
