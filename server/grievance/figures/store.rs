//! SQL on the rounds of cases, put together of constant pieces.

use crate::db::{Built, Db, DbError};
use crate::grievance::store::{Within, reached};
use crate::{bound, on, row};

row! {
    /// A round with what its case is told apart by.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in super::super) struct FigureRow {
        pub(in super::super) id: String,
        pub(in super::super) channel: String,
        pub(in super::super) category: String,
        pub(in super::super) district: Option<String>,
        pub(in super::super) subject: Option<String>,
        pub(in super::super) unit: Option<String>,
        pub(in super::super) received_ms: i64,
        pub(in super::super) round: i64,
        pub(in super::super) department_id: Option<String>,
        pub(in super::super) due_ms: i64,
        pub(in super::super) answered_ms: Option<i64>,
        pub(in super::super) called_back_ms: Option<i64>,
        pub(in super::super) is_solved: Option<bool>,
        pub(in super::super) grade: Option<String>,
        // The clock of a round that is not answered.
        pub(in super::super) clock: Option<String>,
    }
}

/// The times by which a round may count.
const TIMES: [(&str, &str); 4] = [
    (" OR (g.received_ms >= ", " AND g.received_ms < "),
    (" OR (r.due_ms >= ", " AND r.due_ms < "),
    (" OR (r.answered_ms >= ", " AND r.answered_ms < "),
    (" OR (r.called_back_ms >= ", " AND r.called_back_ms < "),
];

/// The rounds of which anything may count between two instants; one more than `most` where there are more.
pub(super) async fn rounds(
    db: &Db,
    within: &Within<'_>,
    (from_ms, to_ms): (i64, i64),
    most: usize,
) -> Result<Vec<FigureRow>, DbError> {
    let mut sql = Built::new(
        "SELECT g.id, g.channel, g.category, g.district, g.subject, g.unit, g.received_ms, r.round, r.department_id,
            r.due_ms, r.answered_ms, r.called_back_ms, r.is_solved, r.grade,
            CASE WHEN r.answered_ms IS NULL AND r.round = g.round THEN g.clock END AS clock
        FROM grievance_round r JOIN grievance g ON g.id = r.grievance_id WHERE (FALSE",
    );
    for (from, before) in TIMES {
        sql.push(from).value(from_ms).push(before).value(to_ms).push(")");
    }
    // By a calendar that was loaded since, an open clock may end on another day than the one noted.
    sql.push(" OR (r.answered_ms IS NULL AND r.round = g.round))");
    reached(&mut sql, within);
    sql.push(" ORDER BY g.id, r.round LIMIT ")
        .value(i64::try_from(most).unwrap_or(i64::MAX).saturating_add(1));
    let (text, values) = sql.finish();
    on!(db, pool => bound!(sqlx::query_as(text), values).fetch_all(pool).await)
}

row! {
    /// A subject of the closed list.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct SubjectRow {
        pub(super) code: String,
        pub(super) name: String,
        pub(super) is_theme: bool,
        pub(super) measures: Option<String>,
    }
}

const SUBJECTS: &str = "SELECT code, name, is_theme, measures FROM grievance_subject";

/// The subjects, in use or not.
pub(super) async fn subjects(db: &Db) -> Result<Vec<SubjectRow>, DbError> {
    on!(db, pool => sqlx::query_as(SUBJECTS).fetch_all(pool).await)
}
