//! SQL on many cases at once, whatever their state.

use super::case::{GrievanceRow, columns};
use super::page::{Wanted, Within, narrow};
use crate::db::{Built, Db, DbError, Value};
use crate::{bound, on, row};

fn among(sql: &mut Built, ids: &[String]) {
    sql.row(ids.iter().map(|id| Value::from(id.as_str())));
}

/// The cases of these ids, in no order.
pub(in super::super) async fn by_ids(db: &Db, ids: &[String]) -> Result<Vec<GrievanceRow>, DbError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Built::new(concat!("SELECT ", columns!(), " FROM grievance WHERE id IN "));
    among(&mut sql, ids);
    let (text, values) = sql.finish();
    on!(db, pool => bound!(sqlx::query_as(text), values).fetch_all(pool).await)
}

/// The cases asked for in the order of their numbers, from the one after a number on; one more than asked for where
/// there are more.
pub(in super::super) async fn by_number_from(
    db: &Db,
    within: &Within<'_>,
    wanted: &Wanted,
    after: Option<&str>,
    limit: usize,
) -> Result<Vec<GrievanceRow>, DbError> {
    let mut sql = Built::new(concat!("SELECT ", columns!(), " FROM grievance g WHERE TRUE"));
    narrow(&mut sql, within, wanted);
    if let Some(after) = after {
        sql.push(" AND g.number > ").value(after);
    }
    sql.push(" ORDER BY g.number LIMIT ").value(i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1));
    let (text, values) = sql.finish();
    on!(db, pool => bound!(sqlx::query_as(text), values).fetch_all(pool).await)
}

row! {
    /// The highest level at which a case was ever supervised.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in super::super) struct LevelRow {
        pub(in super::super) grievance_id: String,
        pub(in super::super) level: i64,
    }
}

/// The highest level of each case that was ever supervised.
pub(in super::super) async fn levels(db: &Db, ids: &[String]) -> Result<Vec<LevelRow>, DbError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Built::new(
        "SELECT grievance_id, MAX(level) AS level FROM grievance_supervision WHERE grievance_id IN ",
    );
    among(&mut sql, ids);
    sql.push(" GROUP BY grievance_id");
    let (text, values) = sql.finish();
    on!(db, pool => bound!(sqlx::query_as(text), values).fetch_all(pool).await)
}
