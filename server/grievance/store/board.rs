//! SQL on what the board counts, put together of constant pieces.

use super::super::model::State;
use super::page::{AWAITED, RUNNING, Within, late, reached};
use crate::db::{Built, Db, DbError, Value};
use crate::{bound, on, row};

row! {
    /// How many open cases a department has.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in super::super) struct BusyRow {
        pub(in super::super) department_id: Option<String>,
        pub(in super::super) open: i64,
        pub(in super::super) overdue: i64,
        pub(in super::super) due_today: i64,
        pub(in super::super) supervised: i64,
    }
}

/// How many open cases each department has, those with the most first.
pub(in super::super) async fn busy(
    db: &Db,
    within: &Within<'_>,
    now_ms: i64,
    tomorrow_ms: i64,
) -> Result<Vec<BusyRow>, DbError> {
    let mut sql = Built::new("SELECT g.department_id, CAST(COUNT(*) AS BIGINT) AS open, CAST(SUM(CASE WHEN ");
    late(&mut sql, now_ms);
    sql.push(" THEN 1 ELSE 0 END) AS BIGINT) AS overdue, CAST(SUM(CASE WHEN NOT ");
    late(&mut sql, now_ms);
    sql.push(" AND ((").push(RUNNING).push(" AND g.due_ms < ").value(tomorrow_ms);
    sql.push(") OR (").push(AWAITED).push(" AND g.step_due_ms < ").value(tomorrow_ms);
    sql.push(
        ")) THEN 1 ELSE 0 END) AS BIGINT) AS due_today,
        CAST(SUM(CASE WHEN g.supervision > 0 THEN 1 ELSE 0 END) AS BIGINT) AS supervised
        FROM grievance g WHERE g.state IN ",
    );
    sql.row(State::ALL.iter().filter(|state| state.is_open()).map(|state| Value::from(state.as_str())));
    reached(&mut sql, within);
    sql.push(" GROUP BY g.department_id ORDER BY open DESC, g.department_id");
    let (text, values) = sql.finish();
    on!(db, pool => bound!(sqlx::query_as(text), values).fetch_all(pool).await)
}

row! {
    /// How many cases of a category came in.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in super::super) struct CategoryCount {
        pub(in super::super) category: String,
        pub(in super::super) cases: i64,
    }
}

/// The most frequent categories between two instants.
pub(in super::super) async fn by_category(
    db: &Db,
    within: &Within<'_>,
    (from_ms, to_ms): (i64, i64),
    most: i64,
) -> Result<Vec<CategoryCount>, DbError> {
    let mut sql = Built::new(
        "SELECT g.category, CAST(COUNT(*) AS BIGINT) AS cases FROM grievance g WHERE g.received_ms >= ",
    );
    sql.value(from_ms).push(" AND g.received_ms < ").value(to_ms);
    reached(&mut sql, within);
    sql.push(" GROUP BY g.category ORDER BY cases DESC, g.category LIMIT ").value(most);
    let (text, values) = sql.finish();
    on!(db, pool => bound!(sqlx::query_as(text), values).fetch_all(pool).await)
}

row! {
    /// What a month saw.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in super::super) struct MonthRow {
        pub(in super::super) month: String,
        pub(in super::super) received: i64,
        pub(in super::super) closed: i64,
    }
}

/// How many cases came in and were closed in each of these months, told by name and first and last instant.
pub(in super::super) async fn by_month(
    db: &Db,
    within: &Within<'_>,
    months: &[(String, i64, i64)],
) -> Result<Vec<MonthRow>, DbError> {
    let mut sql = Built::new("");
    let mut before = "SELECT CAST(";
    for (name, from_ms, to_ms) in months {
        sql.push(before).value(name.as_str());
        sql.push(" AS TEXT) AS month, CAST(COALESCE(SUM(CASE WHEN g.received_ms >= ").value(*from_ms);
        sql.push(" AND g.received_ms < ").value(*to_ms);
        sql.push(
            " THEN 1 ELSE 0 END), 0) AS BIGINT) AS received, CAST(COALESCE(SUM(CASE WHEN g.closed_ms >= ",
        );
        sql.value(*from_ms).push(" AND g.closed_ms < ").value(*to_ms);
        sql.push(" THEN 1 ELSE 0 END), 0) AS BIGINT) AS closed FROM grievance g WHERE TRUE");
        reached(&mut sql, within);
        before = " UNION ALL SELECT CAST(";
    }
    sql.push(" ORDER BY month");
    let (text, values) = sql.finish();
    on!(db, pool => bound!(sqlx::query_as(text), values).fetch_all(pool).await)
}

const STAMP: &str = "SELECT CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM grievance";

/// A number that every step with any case makes greater.
pub(in super::super) async fn stamp(db: &Db) -> Result<i64, DbError> {
    on!(db, pool => sqlx::query_scalar(STAMP).fetch_one(pool).await)
}
