//! SQL on the queue of cases, put together of constant pieces.

use super::super::model::Clearance;
use super::case::{GrievanceRow, columns};
use crate::accounts::Reach;
use crate::db::{Built, Db, DbError, Value};
use crate::{bound, on, row};

/// Which cases are asked for. Empty lists and `None` ask for all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in super::super) struct Wanted {
    /// In one of these states.
    pub(in super::super) states: Vec<&'static str>,
    /// By one of these channels.
    pub(in super::super) channel: Option<&'static str>,
    /// Of one kind.
    pub(in super::super) kind: Option<&'static str>,
    /// Of one urgency.
    pub(in super::super) urgency: Option<&'static str>,
    /// Of one category.
    pub(in super::super) category: Option<String>,
    /// In districts whose code begins so.
    pub(in super::super) district: Option<String>,
    /// Led by one department.
    pub(in super::super) department: Option<String>,
    /// Handled by one person.
    pub(in super::super) handler: Option<String>,
    /// Of one session.
    pub(in super::super) session: Option<String>,
    /// In which somebody has the next move.
    pub(in super::super) waiting: Option<Awaiting>,
    /// Whose answer or next step was due before this.
    pub(in super::super) overdue_ms: Option<i64>,
    /// Whose answer or next step is due from the first instant up to the second.
    pub(in super::super) due_ms: Option<(i64, i64)>,
    /// That are supervised.
    pub(in super::super) supervised: bool,
    /// That came in from the first instant on and before the second.
    pub(in super::super) received_ms: Option<(i64, i64)>,
    /// That can be published, or are.
    pub(in super::super) clearance: Option<Clearance>,
    /// Whose number contains this.
    pub(in super::super) number: Option<String>,
}

/// Who has the next move: somebody at his desks, or as the one who handles a case or a part of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in super::super) struct Awaiting {
    /// His account.
    pub(in super::super) account: String,
    /// The states in which cases wait for his desks; with the caller's, those that he handled himself do not.
    pub(in super::super) states: Vec<&'static str>,
    /// Whether he decides on extensions.
    pub(in super::super) extensions: bool,
}

/// Whose cases are shown: of districts, and those somebody handles.
pub(in super::super) struct Within<'a> {
    /// What the reader reaches by his desks.
    pub(in super::super) reach: &'a Reach,
    /// His own account.
    pub(in super::super) account: Option<String>,
}

/// Where a page begins: when the case before is due, and its id.
pub(in super::super) type Cursor = (i64, String);

/// The states in which a clock runs towards an answer.
pub(super) const RUNNING: &str =
    " g.state IN ('submitted', 'dispatched', 'returned', 'accepted', 'in_progress')";
/// The states in which a next step is awaited.
pub(super) const AWAITED: &str = " g.state NOT IN ('closed', 'declined', 'merged', 'withdrawn', 'archived')";

/// A page of cases, those due first; one more than asked for where there is another page.
pub(in super::super) async fn page(
    db: &Db,
    within: &Within<'_>,
    wanted: &Wanted,
    after: Option<&Cursor>,
    limit: usize,
) -> Result<Vec<GrievanceRow>, DbError> {
    let mut sql = Built::new(concat!("SELECT ", columns!(), " FROM grievance g WHERE TRUE"));
    narrow(&mut sql, within, wanted);
    if let Some((due_ms, id)) = after {
        sql.push(" AND (g.due_ms, g.id) > (").value(*due_ms).push(", ").value(id.as_str()).push(")");
    }
    sql.push(" ORDER BY g.due_ms, g.id LIMIT ");
    sql.value(i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1));
    let (text, values) = sql.finish();
    on!(db, pool => bound!(sqlx::query_as(text), values).fetch_all(pool).await)
}

row! {
    /// How many cases are in one state.
    pub(in super::super) struct CountRow {
        pub(in super::super) state: String,
        pub(in super::super) cases: i64,
        pub(in super::super) overdue: i64,
    }
}

/// How many there are in each state, and how many of them are late.
pub(in super::super) async fn counts(
    db: &Db,
    within: &Within<'_>,
    wanted: &Wanted,
    now_ms: i64,
) -> Result<Vec<CountRow>, DbError> {
    let mut sql = Built::new("SELECT g.state, CAST(COUNT(*) AS BIGINT) AS cases, CAST(SUM(CASE WHEN ");
    late(&mut sql, now_ms);
    sql.push(" THEN 1 ELSE 0 END) AS BIGINT) AS overdue FROM grievance g WHERE TRUE");
    narrow(&mut sql, within, wanted);
    sql.push(" GROUP BY g.state");
    let (text, values) = sql.finish();
    on!(db, pool => bound!(sqlx::query_as(text), values).fetch_all(pool).await)
}

/// Whether the answer or the next step is late.
pub(super) fn late(sql: &mut Built, now_ms: i64) {
    sql.push(" ((").push(RUNNING).push(" AND g.due_ms < ").value(now_ms);
    sql.push(") OR (").push(AWAITED).push(" AND g.step_due_ms < ").value(now_ms).push("))");
}

/// Narrows to what is asked for within what somebody reaches.
pub(super) fn narrow(sql: &mut Built, within: &Within<'_>, wanted: &Wanted) {
    reached(sql, within);
    if !wanted.states.is_empty() {
        sql.push(" AND g.state IN ").row(wanted.states.iter().map(|state| Value::from(*state)));
    }
    for (column, value) in equal(wanted) {
        if let Some(value) = value {
            sql.push(column).value(value);
        }
    }
    if let Some(district) = &wanted.district {
        sql.push(" AND g.district LIKE ").value(format!("{district}%"));
    }
    if let Some(number) = &wanted.number {
        sql.push(" AND g.number LIKE ").value(format!("%{number}%"));
    }
    if wanted.supervised {
        sql.push(" AND g.supervision > 0");
    }
    if let Some(clearance) = wanted.clearance {
        sql.push(cleared(clearance));
    }
    if let Some(waiting) = &wanted.waiting {
        waits(sql, waiting);
    }
    times(sql, wanted);
}

/// What a publication asks for: that its reporter allowed it, that it is over, and that its category is not confidential.
fn cleared(clearance: Clearance) -> &'static str {
    match clearance {
        Clearance::Published => {
            " AND EXISTS (SELECT 1 FROM grievance_publication p WHERE p.grievance_id = g.id)"
        }
        Clearance::Ready => {
            " AND g.may_publish AND g.case_key IS NOT NULL AND g.state IN ('closed', 'archived')
              AND NOT EXISTS (SELECT 1 FROM grievance_publication p WHERE p.grievance_id = g.id)
              AND NOT EXISTS (SELECT 1 FROM grievance_category c WHERE c.code = g.category AND c.is_confidential)"
        }
    }
}

/// What has a person or a desk as its owner (`workflow::Case::owner`), and what is asked of somebody besides.
fn waits(sql: &mut Built, waiting: &Awaiting) {
    let account = waiting.account.as_str();
    sql.push(" AND ((g.state IN ('dispatched', 'accepted', 'in_progress') AND g.handler_id = ")
        .value(account);
    sql.push(") OR EXISTS (SELECT 1 FROM grievance_task t WHERE t.grievance_id = g.id AND t.done_ms IS NULL");
    sql.push(" AND t.round = g.round AND g.state IN ('accepted', 'in_progress') AND t.handler_id = ");
    sql.value(account).push(")");
    if !waiting.states.is_empty() {
        sql.push(" OR (g.state IN ").row(waiting.states.iter().map(|state| Value::from(*state)));
        sql.push(" AND NOT (g.state IN ('answered', 'called_back') AND COALESCE(g.handler_id, '') = ");
        sql.value(account).push("))");
    }
    if waiting.extensions {
        sql.push(" OR (g.extension_days IS NOT NULL AND g.state IN ('accepted', 'in_progress'))");
    }
    sql.push(")");
}

fn equal(wanted: &Wanted) -> [(&'static str, Option<&str>); 7] {
    [
        (" AND g.channel = ", wanted.channel),
        (" AND g.kind = ", wanted.kind),
        (" AND g.urgency = ", wanted.urgency),
        (" AND g.category = ", wanted.category.as_deref()),
        (" AND g.department_id = ", wanted.department.as_deref()),
        (" AND g.handler_id = ", wanted.handler.as_deref()),
        (" AND g.session_id = ", wanted.session.as_deref()),
    ]
}

fn times(sql: &mut Built, wanted: &Wanted) {
    if let Some(now_ms) = wanted.overdue_ms {
        sql.push(" AND");
        late(sql, now_ms);
    }
    if let Some((from_ms, to_ms)) = wanted.due_ms {
        sql.push(" AND ((").push(RUNNING).push(" AND g.due_ms >= ").value(from_ms);
        sql.push(" AND g.due_ms < ").value(to_ms).push(") OR (").push(AWAITED);
        sql.push(" AND g.step_due_ms >= ").value(from_ms);
        sql.push(" AND g.step_due_ms < ").value(to_ms).push("))");
    }
    if let Some((from_ms, to_ms)) = wanted.received_ms {
        sql.push(" AND g.received_ms >= ").value(from_ms).push(" AND g.received_ms < ").value(to_ms);
    }
}

/// Narrows to what somebody reaches: districts by the beginning of their code, and what he handles himself.
pub(in super::super) fn reached(sql: &mut Built, within: &Within<'_>) {
    if within.reach.is_everywhere() {
        return;
    }
    sql.push(" AND (FALSE");
    for prefix in &within.reach.prefixes {
        sql.push(" OR g.district LIKE ").value(format!("{prefix}%"));
    }
    if within.reach.covers(crate::ids::StationId(uuid::Uuid::nil()), None) {
        sql.push(" OR g.district IS NULL");
    }
    if let Some(account) = &within.account {
        sql.push(" OR g.handler_id = ").value(account.as_str());
        sql.push(
            " OR EXISTS (SELECT 1 FROM grievance_task t WHERE t.grievance_id = g.id AND t.handler_id = ",
        );
        sql.value(account.as_str()).push(")");
    }
    sql.push(")");
}
