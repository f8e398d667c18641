//! SQL on the queue of reports, put together of constant pieces.

use super::{ReportRow, reports};
use crate::accounts::Reach;
use crate::db::{Built, Db, DbError};
use crate::{bound, on, row};

/// Which reports are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::reports) struct Wanted {
    /// Open or answered.
    pub(in crate::reports) state: Option<&'static str>,
    /// Of one kind.
    pub(in crate::reports) kind: Option<&'static str>,
    /// In districts whose code begins so.
    pub(in crate::reports) district: Option<String>,
    /// Of one station.
    pub(in crate::reports) station: Option<String>,
    /// Of one owner; an empty id: of nobody yet.
    pub(in crate::reports) owner: Option<String>,
    /// Open after the last day.
    pub(in crate::reports) overdue: bool,
}

/// Where a page begins: the last day and the id of the report before.
pub(in crate::reports) type Cursor = (String, String);

row! {
    /// How many reports are in which state.
    pub(in crate::reports) struct CountsRow {
        pub(in crate::reports) open: i64,
        pub(in crate::reports) overdue: i64,
        pub(in crate::reports) today: i64,
        pub(in crate::reports) unowned: i64,
        pub(in crate::reports) answered: i64,
    }
}

/// Whose reports are counted, and on which day.
pub(in crate::reports) struct Within<'a> {
    /// What the reader reaches.
    pub(in crate::reports) reach: &'a Reach,
    /// Today, year-month-day.
    pub(in crate::reports) today: &'a str,
}

const SELECT: &str = reports!("TRUE");

/// A page of reports by the last day, those due first where they are open; one more than asked for where there
/// is another page.
pub(in crate::reports) async fn page(
    db: &Db,
    within: &Within<'_>,
    wanted: &Wanted,
    after: Option<&Cursor>,
    limit: usize,
) -> Result<Vec<ReportRow>, DbError> {
    let is_open = wanted.state == Some("open");
    let (comparison, order) = if is_open { (">", "") } else { ("<", " DESC") };
    let mut sql = Built::new(SELECT);
    reached(&mut sql, within.reach);
    conditions(&mut sql, wanted);
    if let Some(state) = wanted.state {
        sql.push(" AND r.state = ").value(state);
    }
    if wanted.overdue {
        sql.push(" AND r.state = 'open' AND r.due < ").value(within.today);
    }
    match wanted.owner.as_deref() {
        Some("") => sql.push(" AND r.owner_id IS NULL"),
        Some(owner) => sql.push(" AND r.owner_id = ").value(owner),
        None => &mut sql,
    };
    if let Some((due, id)) = after {
        sql.push(" AND (r.due, r.id) ").push(comparison);
        sql.push(" (").value(due.as_str()).push(", ").value(id.as_str()).push(")");
    }
    sql.push(" ORDER BY r.due").push(order).push(", r.id").push(order);
    sql.push(" LIMIT ").value(i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1));
    let (text, values) = sql.finish();
    on!(db, pool => bound!(sqlx::query_as(text), values).fetch_all(pool).await)
}

/// How many rows fulfil a condition, as a column; or the beginning and the end of one around a value.
macro_rules! summed {
    ("end") => {
        " THEN 1 ELSE 0 END), 0) AS BIGINT)"
    };
    ($condition:literal, "begun") => {
        concat!("CAST(COALESCE(SUM(CASE WHEN ", $condition)
    };
    ($condition:literal, "") => {
        concat!("CAST(COALESCE(SUM(CASE WHEN ", $condition, " THEN 1 ELSE 0 END), 0) AS BIGINT)")
    };
}

/// How many there are, whatever state, owner and lateness are asked for.
pub(in crate::reports) async fn counts(
    db: &Db,
    within: &Within<'_>,
    wanted: &Wanted,
) -> Result<CountsRow, DbError> {
    let mut sql = Built::new("SELECT ");
    sql.push(summed!("r.state = 'open'", "")).push(" AS open, ");
    sql.push(summed!("r.state = 'open' AND r.due < ", "begun")).value(within.today);
    sql.push(summed!("end")).push(" AS overdue, ");
    sql.push(summed!("r.state = 'open' AND r.due = ", "begun")).value(within.today);
    sql.push(summed!("end")).push(" AS today, ");
    sql.push(summed!("r.state = 'open' AND r.owner_id IS NULL", "")).push(" AS unowned, ");
    sql.push(summed!("r.state = 'answered'", "")).push(" AS answered FROM report r WHERE TRUE");
    reached(&mut sql, within.reach);
    conditions(&mut sql, wanted);
    let (text, values) = sql.finish();
    on!(db, pool => bound!(sqlx::query_as(text), values).fetch_one(pool).await)
}

fn conditions(sql: &mut Built, wanted: &Wanted) {
    if let Some(kind) = wanted.kind {
        sql.push(" AND r.kind = ").value(kind);
    }
    if let Some(district) = &wanted.district {
        sql.push(" AND r.district LIKE ").value(format!("{district}%"));
    }
    if let Some(station) = &wanted.station {
        sql.push(" AND r.station_id = ").value(station.as_str());
    }
}

/// What somebody reaches: districts by the beginning of their code, and stations besides.
fn reached(sql: &mut Built, reach: &Reach) {
    if reach.is_everywhere() {
        return;
    }
    sql.push(" AND (FALSE");
    for prefix in &reach.prefixes {
        sql.push(" OR r.district LIKE ").value(format!("{prefix}%"));
    }
    if reach.covers(crate::ids::StationId(uuid::Uuid::nil()), None) {
        sql.push(" OR r.district IS NULL");
    }
    for station in &reach.stations {
        sql.push(" OR r.station_id = ").value(station.to_string());
    }
    sql.push(")");
}
