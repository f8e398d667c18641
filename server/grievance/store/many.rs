//! SQL on many cases at once, whatever their state.

use super::case::{GrievanceRow, columns};
use crate::db::{Built, Db, DbError, Value};
use crate::{bound, on};

/// The cases of these ids, in no order.
pub(in super::super) async fn by_ids(db: &Db, ids: &[String]) -> Result<Vec<GrievanceRow>, DbError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Built::new(concat!("SELECT ", columns!(), " FROM grievance WHERE id IN "));
    sql.row(ids.iter().map(|id| Value::from(id.as_str())));
    let (text, values) = sql.finish();
    on!(db, pool => bound!(sqlx::query_as(text), values).fetch_all(pool).await)
}
