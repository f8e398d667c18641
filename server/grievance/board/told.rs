//! The board as it is told.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use serde::Serialize;
use utoipa::ToSchema;

use super::count::Counts;
use super::watch::Scope;
use crate::grievance::desk::Seen;
use crate::grievance::figures::{ToldPeriod, ToldRates};
use crate::grievance::store::BusyRow;
use crate::grievance::told::{Named, Telling, ToldStanding, department, person};

/// A category with its name.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CodedCategory)]
struct Coded {
    code: String,
    name: String,
}

/// A case that is due next: never its words.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GrievanceOnBoard)]
struct ToldDueCase {
    /// Its id; not on a wall.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    id: Option<String>,
    number: String,
    category: Coded,
    #[schema(required)]
    department: Option<Named>,
    /// Who handles it; not on a wall.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    handler: Option<Named>,
    due: ToldStanding,
}

/// The open cases of a department.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GrievancesOfDepartment)]
struct ToldDepartment {
    /// Its id; null: the cases that were not dispatched yet.
    #[schema(required)]
    id: Option<String>,
    #[schema(required)]
    name: Option<String>,
    open: i64,
    overdue: i64,
    due_today: i64,
}

/// A month of the trend.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GrievanceMonth)]
struct ToldMonth {
    /// Such as `2026-11`.
    month: String,
    received: i64,
    closed: i64,
}

/// How many cases of a category came in.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GrievanceCategoryCount)]
struct ToldCategory {
    code: String,
    name: String,
    count: i64,
}

/// The board.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GrievanceBoard)]
pub(super) struct ToldBoard {
    /// When it was counted.
    at: DateTime<FixedOffset>,
    /// The days of the rates: this year.
    period: ToldPeriod,
    rates: ToldRates,
    /// How many cases are in each state.
    states: BTreeMap<String, i64>,
    open: i64,
    /// Of which the answer or the next step is due today.
    due_today: i64,
    /// Of which the answer or the next step is late.
    overdue: i64,
    supervised: i64,
    /// What is due next, the latest first; at most 30.
    due: Vec<ToldDueCase>,
    /// Who has how many, those with the most first.
    departments: Vec<ToldDepartment>,
    /// The last twelve months.
    trend: Vec<ToldMonth>,
    /// The most frequent categories of the year.
    categories: Vec<ToldCategory>,
}

impl ToldBoard {
    /// Tells it.
    pub(super) fn of(counts: &Counts, scope: &Scope, t: &Telling<'_>) -> Self {
        let sum = |of: fn(&BusyRow) -> i64| counts.departments.iter().map(of).sum();
        let month = |m: &crate::grievance::store::MonthRow| ToldMonth {
            month: m.month.clone(),
            received: m.received,
            closed: m.closed,
        };
        let category = |c: &crate::grievance::store::CategoryCount| ToldCategory {
            name: coded(&c.category, t).name,
            code: c.category.clone(),
            count: c.cases,
        };
        Self {
            at: t.frame.zone.stamp(t.frame.now),
            period: counts.year.into(),
            rates: ToldRates::whole(&counts.rates, counts.year, t),
            states: counts.states.iter().map(|row| (row.state.clone(), row.cases)).collect(),
            open: sum(|row| row.open),
            due_today: sum(|row| row.due_today),
            overdue: sum(|row| row.overdue),
            supervised: sum(|row| row.supervised),
            due: counts.due.iter().map(|seen| due(seen, scope.is_wall, t)).collect(),
            departments: counts.departments.iter().map(|row| busy(row, t)).collect(),
            trend: counts.trend.iter().map(month).collect(),
            categories: counts.categories.iter().map(category).collect(),
        }
    }
}

fn coded(code: &str, t: &Telling<'_>) -> Coded {
    let (zh, en) = t.names.category(code);
    Coded { code: code.to_owned(), name: t.language.of(zh, en) }
}

fn due(seen: &Seen, is_wall: bool, t: &Telling<'_>) -> ToldDueCase {
    let (row, case) = (&seen.row, &seen.case);
    ToldDueCase {
        id: (!is_wall).then(|| row.id.clone()),
        number: row.number.clone(),
        category: coded(&row.category, t),
        department: row.department_id.as_deref().map(|id| department(id, t)),
        handler: person(row.handler_id.as_deref(), t).filter(|_| !is_wall),
        due: ToldStanding::of(&t.frame.clock().due(&case.clock, t.frame.now), t),
    }
}

fn busy(row: &BusyRow, t: &Telling<'_>) -> ToldDepartment {
    ToldDepartment {
        id: row.department_id.clone(),
        name: t.names.department(row.department_id.as_deref()),
        open: row.open,
        overdue: row.overdue,
        due_today: row.due_today,
    }
}
