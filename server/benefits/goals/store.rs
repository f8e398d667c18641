//! SQL on goals, what was reached, and reported savings.

use crate::benefits::model::Measure;
use crate::db::{Built, Db, DbError, Tx};
use crate::{bound, in_tx, on, row};

row! {
    /// A row of `benefit_goal`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct GoalRow {
        pub(super) id: String,
        pub(super) version: i64,
        pub(super) project: String,
        pub(super) measure: String,
        pub(super) target: i64,
        pub(super) from_day: String,
        pub(super) until_day: String,
    }
}

row! {
    /// A row of `reported_saving`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct SavingRow {
        pub(super) id: String,
        pub(super) version: i64,
        pub(super) source: String,
        pub(super) project: Option<String>,
        pub(super) district: Option<String>,
        pub(super) month: String,
        pub(super) persons: i64,
        pub(super) person_times: i64,
        pub(super) issued_fen: i64,
        pub(super) saved_fen: i64,
    }
}

const GOALS: &str = "SELECT id, version, project, measure, target, from_day, until_day FROM benefit_goal
    ORDER BY project, measure";

/// Every goal.
pub(super) async fn goals(db: &Db) -> Result<Vec<GoalRow>, DbError> {
    on!(db, pool => sqlx::query_as(GOALS).fetch_all(pool).await)
}

const GOAL: &str =
    "SELECT id, version, project, measure, target, from_day, until_day FROM benefit_goal WHERE id = $1";

/// A goal.
pub(super) async fn goal(tx: &mut Tx, id: &str) -> Result<Option<GoalRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(GOAL).bind(id).fetch_optional(c).await)
}

const ADD_GOAL: &str = "INSERT INTO benefit_goal (id, version, project, measure, target, from_day, until_day)
    VALUES ($1, 1, $2, $3, $4, $5, $6) ON CONFLICT (project, measure) DO NOTHING";

/// Writes a new goal; false where the project has one of this measure.
pub(super) async fn add_goal(tx: &mut Tx, r: &GoalRow) -> Result<bool, DbError> {
    in_tx!(tx, c => sqlx::query(ADD_GOAL)
        .bind(&r.id).bind(&r.project).bind(&r.measure).bind(r.target).bind(&r.from_day).bind(&r.until_day)
        .execute(c).await.map(|done| done.rows_affected() == 1))
}

const CHANGE_GOAL: &str = "UPDATE benefit_goal
    SET version = version + 1, target = $3, from_day = $4, until_day = $5 WHERE id = $1 AND version = $2";

/// Changes a goal; false where it is not this version any more.
pub(super) async fn change_goal(tx: &mut Tx, r: &GoalRow) -> Result<bool, DbError> {
    in_tx!(tx, c => sqlx::query(CHANGE_GOAL)
        .bind(&r.id).bind(r.version).bind(r.target).bind(&r.from_day).bind(&r.until_day)
        .execute(c).await.map(|done| done.rows_affected() == 1))
}

const DROP_GOAL: &str = "DELETE FROM benefit_goal WHERE id = $1 AND version = $2";

/// Takes a goal away; false where it is not this version any more.
pub(super) async fn drop_goal(tx: &mut Tx, id: &str, version: i64) -> Result<bool, DbError> {
    in_tx!(tx, c => sqlx::query(DROP_GOAL).bind(id).bind(version)
        .execute(c).await.map(|done| done.rows_affected() == 1))
}

const SAVINGS: &str =
    "SELECT id, version, source, project, district, month, persons, person_times, issued_fen,
        saved_fen
    FROM reported_saving ORDER BY month DESC, source";
const SAVING: &str =
    "SELECT id, version, source, project, district, month, persons, person_times, issued_fen,
        saved_fen
    FROM reported_saving WHERE id = $1";

/// Everything that was reported.
pub(super) async fn savings(db: &Db) -> Result<Vec<SavingRow>, DbError> {
    on!(db, pool => sqlx::query_as(SAVINGS).fetch_all(pool).await)
}

/// One report.
pub(super) async fn saving(tx: &mut Tx, id: &str) -> Result<Option<SavingRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(SAVING).bind(id).fetch_optional(c).await)
}

const ADD_SAVING: &str = "INSERT INTO reported_saving
        (id, version, source, project, district, month, persons, person_times, issued_fen, saved_fen)
    VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (source, month) DO NOTHING";

/// Writes a new report; false where this source has reported the month.
pub(super) async fn add_saving(tx: &mut Tx, r: &SavingRow) -> Result<bool, DbError> {
    in_tx!(tx, c => sqlx::query(ADD_SAVING)
        .bind(&r.id).bind(&r.source).bind(&r.project).bind(&r.district).bind(&r.month)
        .bind(r.persons).bind(r.person_times).bind(r.issued_fen).bind(r.saved_fen)
        .execute(c).await.map(|done| done.rows_affected() == 1))
}

const CHANGE_SAVING: &str = "UPDATE reported_saving SET version = version + 1, source = $3, project = $4,
        district = $5, month = $6, persons = $7, person_times = $8, issued_fen = $9, saved_fen = $10
    WHERE id = $1 AND version = $2
        AND NOT EXISTS (SELECT 1 FROM reported_saving o WHERE o.source = $3 AND o.month = $6 AND o.id <> $1)";

/// Writes a report anew; false where it is not this version any more, or the source has reported the month.
pub(super) async fn change_saving(tx: &mut Tx, r: &SavingRow) -> Result<bool, DbError> {
    in_tx!(tx, c => sqlx::query(CHANGE_SAVING)
        .bind(&r.id).bind(r.version).bind(&r.source).bind(&r.project).bind(&r.district).bind(&r.month)
        .bind(r.persons).bind(r.person_times).bind(r.issued_fen).bind(r.saved_fen)
        .execute(c).await.map(|done| done.rows_affected() == 1))
}

const DROP_SAVING: &str = "DELETE FROM reported_saving WHERE id = $1 AND version = $2";

/// Takes a report away; false where it is not this version any more.
pub(super) async fn drop_saving(tx: &mut Tx, id: &str, version: i64) -> Result<bool, DbError> {
    in_tx!(tx, c => sqlx::query(DROP_SAVING).bind(id).bind(version)
        .execute(c).await.map(|done| done.rows_affected() == 1))
}

/// From when to when something counts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span<'a> {
    /// The first and the last day.
    pub(super) days: (&'a str, &'a str),
    /// The first instant, and the first one after it.
    pub(super) ms: (i64, i64),
}

/// What was reached of a measure by a project within a span, reports of others left aside.
pub(super) async fn reached(
    db: &Db,
    measure: Measure,
    project: &str,
    span: Span<'_>,
) -> Result<i64, DbError> {
    let (text, values) = counting(measure, project, span).finish();
    on!(db, pool => bound!(sqlx::query_scalar(text), values).fetch_one(pool).await)
}

fn counting(measure: Measure, project: &str, span: Span<'_>) -> Built {
    let select = match measure {
        Measure::Cards => {
            "SELECT CAST(COUNT(*) AS BIGINT) FROM member_card x WHERE x.ended_ms IS NULL AND x.registered_ms "
        }
        Measure::Merchants => {
            "SELECT CAST(COUNT(*) AS BIGINT) FROM merchant x WHERE x.state = 'active' AND x.joined_on "
        }
        Measure::Offers => "SELECT CAST(COUNT(*) AS BIGINT) FROM offer x WHERE x.is_public AND x.created_ms ",
        Measure::Campaigns => {
            "SELECT CAST(COUNT(*) AS BIGINT) FROM campaign x WHERE x.state <> 'draft' AND x.opens_ms "
        }
        Measure::PersonTimes => {
            "SELECT CAST(COUNT(*) AS BIGINT) FROM redemption r JOIN campaign x ON x.id = r.campaign_id
                WHERE r.reversed_ms IS NULL AND r.at_ms "
        }
        Measure::IssuedFen => {
            "SELECT CAST(COALESCE(SUM(v.face_fen), 0) AS BIGINT) FROM voucher v
                JOIN campaign x ON x.id = v.campaign_id WHERE v.issued_ms "
        }
        Measure::SavedFen => {
            "SELECT CAST(COALESCE(SUM(r.amount_fen), 0) AS BIGINT) FROM redemption r
                JOIN campaign x ON x.id = r.campaign_id WHERE r.reversed_ms IS NULL AND r.at_ms "
        }
    };
    let mut sql = Built::new(select);
    if measure == Measure::Merchants {
        sql.push("BETWEEN ").value(span.days.0).push(" AND ").value(span.days.1);
    } else {
        sql.push(">= ").value(span.ms.0);
        let until = match measure {
            Measure::Cards => " AND x.registered_ms < ",
            Measure::Offers => " AND x.created_ms < ",
            Measure::Campaigns => " AND x.opens_ms < ",
            Measure::IssuedFen => " AND v.issued_ms < ",
            _ => " AND r.at_ms < ",
        };
        sql.push(until).value(span.ms.1);
    }
    if ![Measure::Cards, Measure::Merchants, Measure::Offers].contains(&measure) {
        sql.push(" AND x.project = ").value(project);
    }
    sql
}

row! {
    /// What others reported, in all.
    #[derive(Debug, Clone, Default, PartialEq, Eq)]
    pub(in super::super) struct ReportedRow {
        pub(in super::super) persons: i64,
        pub(in super::super) person_times: i64,
        pub(in super::super) issued_fen: i64,
        pub(in super::super) saved_fen: i64,
    }
}

/// What others reported from one month to another, both included: of a project or all, and of districts that begin
/// so or all.
pub(in super::super) async fn reported(
    db: &Db,
    (first, last): (&str, &str),
    project: Option<&str>,
    prefixes: Option<&[String]>,
) -> Result<ReportedRow, DbError> {
    let mut sql = Built::new(
        "SELECT CAST(COALESCE(SUM(persons), 0) AS BIGINT) AS persons,
            CAST(COALESCE(SUM(person_times), 0) AS BIGINT) AS person_times,
            CAST(COALESCE(SUM(issued_fen), 0) AS BIGINT) AS issued_fen,
            CAST(COALESCE(SUM(saved_fen), 0) AS BIGINT) AS saved_fen
        FROM reported_saving WHERE month BETWEEN ",
    );
    sql.value(first).push(" AND ").value(last);
    if let Some(project) = project {
        sql.push(" AND project = ").value(project);
    }
    if let Some(prefixes) = prefixes {
        sql.push(" AND (1 = 0");
        for prefix in prefixes {
            sql.push(" OR district LIKE ").value(format!("{prefix}%"));
        }
        sql.push(")");
    }
    let (text, values) = sql.finish();
    on!(db, pool => bound!(sqlx::query_as(text), values).fetch_one(pool).await)
}
