//! All SQL on sessions.

use crate::accounts::Reach;
use crate::db::{Built, Db, DbError, Tx};
use crate::{bound, in_tx, on, row};

row! {
    /// A row of `grievance_session`, with how many cases were raised.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct SessionRow {
        pub(super) id: String,
        pub(super) version: i64,
        pub(super) kind: String,
        pub(super) date: String,
        pub(super) leader: String,
        pub(super) unit: Option<String>,
        pub(super) district: Option<String>,
        pub(super) departments: String,
        pub(super) minutes: Option<String>,
        pub(super) account_id: Option<String>,
        pub(super) changed_ms: i64,
        pub(super) cases: i64,
    }
}

/// The reading statements list the same columns, once.
macro_rules! select {
    ($rest:expr) => {
        concat!(
            "SELECT s.id, s.version, s.kind, s.date, s.leader, s.unit, s.district, s.departments, s.minutes,
                s.account_id, s.changed_ms,
                (SELECT CAST(COUNT(*) AS BIGINT) FROM grievance g WHERE g.session_id = s.id) AS cases
            FROM grievance_session s ",
            $rest
        )
    };
}

const ADD: &str =
    "INSERT INTO grievance_session (id, version, kind, date, leader, unit, district, departments, minutes, account_id,
        changed_ms)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";

/// Writes a new session.
pub(super) async fn add(tx: &mut Tx, r: &SessionRow) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD)
        .bind(&r.id).bind(r.version).bind(&r.kind).bind(&r.date).bind(&r.leader).bind(&r.unit).bind(&r.district)
        .bind(&r.departments).bind(&r.minutes).bind(&r.account_id).bind(r.changed_ms)
        .execute(c).await.map(drop))
}

const SAVE: &str = "UPDATE grievance_session SET version = version + 1, kind = $3, date = $4, leader = $5, unit = $6,
    district = $7, departments = $8, minutes = $9, account_id = $10, changed_ms = $11 WHERE id = $1 AND version = $2";

/// Writes a change; false where somebody was faster.
pub(super) async fn save(tx: &mut Tx, r: &SessionRow) -> Result<bool, DbError> {
    let saved = in_tx!(tx, c => sqlx::query(SAVE)
        .bind(&r.id).bind(r.version).bind(&r.kind).bind(&r.date).bind(&r.leader).bind(&r.unit).bind(&r.district)
        .bind(&r.departments).bind(&r.minutes).bind(&r.account_id).bind(r.changed_ms)
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(saved == 1)
}

const FIND: &str = select!("WHERE s.id = $1");

/// One session.
pub(super) async fn find(db: &Db, id: &str) -> Result<Option<SessionRow>, DbError> {
    on!(db, pool => sqlx::query_as(FIND).bind(id).fetch_optional(pool).await)
}

/// Where a page begins: the day of the session before, and its id.
pub(super) type Cursor = (String, String);

/// Sessions that somebody reaches, the latest first; one more than asked for where there is another page.
pub(super) async fn page(
    db: &Db,
    reach: &Reach,
    after: Option<&Cursor>,
    limit: usize,
) -> Result<Vec<SessionRow>, DbError> {
    let mut sql = Built::new(select!("WHERE TRUE"));
    if !reach.is_everywhere() {
        sql.push(" AND (FALSE");
        for prefix in &reach.prefixes {
            sql.push(" OR s.district LIKE ").value(format!("{prefix}%"));
        }
        if reach.covers(crate::ids::StationId(uuid::Uuid::nil()), None) {
            sql.push(" OR s.district IS NULL");
        }
        sql.push(")");
    }
    if let Some((date, id)) = after {
        sql.push(" AND (s.date, s.id) < (").value(date.as_str()).push(", ").value(id.as_str()).push(")");
    }
    sql.push(" ORDER BY s.date DESC, s.id DESC LIMIT ");
    sql.value(i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1));
    let (text, values) = sql.finish();
    on!(db, pool => bound!(sqlx::query_as(text), values).fetch_all(pool).await)
}
