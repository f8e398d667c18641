//! SQL on the registry as staff search it, put together of constant pieces.

use super::{Key, SortKey, StaffFilter, StaffQuery, Within};
use crate::db::{Built, Db, DbError};
use crate::stations::model::Status;
use crate::stations::store::{StationRow, columns};
use crate::{bound, on, row};

row! {
    /// How many stations have a status.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct CountRow {
        pub(super) status: String,
        pub(super) stations: i64,
    }
}

row! {
    /// A queue: how many, and when the oldest was put there.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct QueueRow {
        pub(super) stations: i64,
        pub(super) oldest_ms: Option<i64>,
    }
}

/// What a station is sorted by, as an expression that is never NULL.
fn key(sort: SortKey) -> &'static str {
    match sort {
        SortKey::Code => "COALESCE(code, '')",
        SortKey::Name => "name",
        SortKey::Status => {
            "CAST(CASE status WHEN 'draft' THEN 0 WHEN 'submitted' THEN 1 WHEN 'checked' THEN 2
                WHEN 'rejected' THEN 3 WHEN 'open' THEN 4 WHEN 'suspended' THEN 5 ELSE 6 END AS BIGINT)"
        }
        SortKey::Changed => "changed_ms",
        SortKey::Confirmed => "COALESCE(last_confirmed_ms, 0)",
    }
}

const SELECT: &str = concat!("SELECT ", columns!(), " FROM station WHERE TRUE");

/// A page of stations, one more than asked for where there is another page.
pub(super) async fn page(
    db: &Db,
    query: &StaffQuery,
    within: &Within<'_>,
    ids: Option<&str>,
) -> Result<Vec<StationRow>, DbError> {
    let mut sql = Built::new(SELECT);
    conditions(&mut sql, db, &query.filter, within, ids);
    statuses(&mut sql, &query.filter.statuses);
    let (comparison, order) = if query.descending { ("<", " DESC") } else { (">", "") };
    if let Some(after) = &query.after {
        sql.push(" AND (").push(key(query.sort)).push(", id) ").push(comparison).push(" (");
        match &after.key {
            Key::Text(text) => sql.value(text.as_str()),
            Key::Number(number) => sql.value(*number),
        };
        sql.push(", ").value(after.id.as_str()).push(")");
    }
    sql.push(" ORDER BY ").push(key(query.sort)).push(order).push(", id").push(order);
    sql.push(" LIMIT ").value(i64::try_from(query.limit).unwrap_or(i64::MAX).saturating_add(1));
    let (text, values) = sql.finish();
    on!(db, pool => bound!(sqlx::query_as(text), values).fetch_all(pool).await)
}

/// Every station that a filter chooses, by id, for an export.
pub(super) async fn all(
    db: &Db,
    filter: &StaffFilter,
    within: &Within<'_>,
    ids: Option<&str>,
) -> Result<Vec<StationRow>, DbError> {
    let mut sql = Built::new(SELECT);
    conditions(&mut sql, db, filter, within, ids);
    statuses(&mut sql, &filter.statuses);
    sql.push(" ORDER BY id");
    let (text, values) = sql.finish();
    on!(db, pool => bound!(sqlx::query_as(text), values).fetch_all(pool).await)
}

const COUNT: &str = "SELECT status, COUNT(*) AS stations FROM station WHERE TRUE";

/// How many stations of each status a filter chooses, whatever statuses it names.
pub(super) async fn counts(
    db: &Db,
    filter: &StaffFilter,
    within: &Within<'_>,
    ids: Option<&str>,
) -> Result<Vec<CountRow>, DbError> {
    let mut sql = Built::new(COUNT);
    conditions(&mut sql, db, filter, within, ids);
    sql.push(" GROUP BY status");
    let (text, values) = sql.finish();
    on!(db, pool => bound!(sqlx::query_as(text), values).fetch_all(pool).await)
}

const QUEUE: &str = "SELECT COUNT(*) AS stations, MIN(changed_ms) AS oldest_ms FROM station WHERE TRUE";

/// How many stations wait, and since when the one that was changed first does.
pub(super) async fn queue(db: &Db, filter: &StaffFilter, within: &Within<'_>) -> Result<QueueRow, DbError> {
    let mut sql = Built::new(QUEUE);
    conditions(&mut sql, db, filter, within, None);
    statuses(&mut sql, &filter.statuses);
    let (text, values) = sql.finish();
    on!(db, pool => bound!(sqlx::query_as(text), values).fetch_one(pool).await)
}

/// Every condition but the statuses. `ids` is a JSON array of the only stations that count.
fn conditions(sql: &mut Built, db: &Db, filter: &StaffFilter, within: &Within<'_>, ids: Option<&str>) {
    reached(sql, within);
    if let Some(district) = &filter.district {
        sql.push(" AND district LIKE ").value(format!("{district}%"));
    }
    for word in &filter.words {
        like(sql, " AND search", word);
    }
    one_of(sql, " AND host IN (", filter.hosts.iter().map(|h| h.as_str()));
    for facility in &filter.facilities {
        like(sql, " AND facilities", &format!("\"code\":\"{facility}\""));
    }
    if let Some(build) = filter.build {
        sql.push(" AND build = ").value(build.as_str());
    }
    if let Some(form) = filter.form {
        sql.push(" AND form = ").value(form.as_str());
    }
    if !filter.access.is_empty() {
        sql.push(" AND (FALSE");
        for access in &filter.access {
            like(sql, " OR access", &format!("\"{access}\""));
        }
        sql.push(")");
    }
    if let Some(demonstration) = filter.demonstration {
        sql.push(" AND demonstration = ").value(demonstration);
    }
    if let Some(before) = filter.confirmed_before {
        sql.push(" AND (last_confirmed_ms IS NULL OR last_confirmed_ms < ")
            .value(before.timestamp_millis())
            .push(")");
    }
    if filter.unknown_hours {
        sql.push(" AND hours IS NULL");
    }
    if let Some(ids) = ids {
        let (list, end) = match db {
            Db::Sqlite { .. } => (" AND id IN (SELECT value FROM json_each(", "))"),
            Db::Postgres(_) => (" AND id IN (SELECT jsonb_array_elements_text(CAST(", " AS jsonb)))"),
        };
        sql.push(list).value(ids).push(end);
    }
}

fn statuses(sql: &mut Built, statuses: &[Status]) {
    one_of(sql, " AND status IN (", statuses.iter().map(|s| s.as_str()));
}

/// What somebody reaches: districts by the beginning of their code, and stations besides.
fn reached(sql: &mut Built, within: &Within<'_>) {
    if within.reach.is_everywhere() {
        return;
    }
    sql.push(" AND (FALSE");
    for prefix in &within.reach.prefixes {
        sql.push(" OR district LIKE ").value(format!("{prefix}%"));
    }
    if within.nowhere {
        sql.push(" OR district IS NULL");
    }
    let ids: Vec<String> = within.reach.stations.iter().map(ToString::to_string).collect();
    one_of(sql, " OR station.id IN (", ids.iter().map(String::as_str));
    sql.push(")");
}

fn one_of<'a>(sql: &mut Built, begin: &'static str, values: impl Iterator<Item = &'a str>) {
    let mut before = begin;
    let mut any = false;
    for value in values {
        sql.push(before).value(value);
        (before, any) = (", ", true);
    }
    if any {
        sql.push(")");
    }
}

/// A column that holds a text, whatever signs that mean something to LIKE are in it.
fn like(sql: &mut Built, column: &'static str, text: &str) {
    let escaped = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    sql.push(column).push(" LIKE ").value(format!("%{escaped}%")).push(" ESCAPE '\\'");
}
