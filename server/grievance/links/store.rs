//! All SQL on links of cases.

use crate::db::{Db, DbError, Tx};
use crate::{in_tx, on, row};

row! {
    /// A row of `grievance_link`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct LinkRow {
        pub(super) grievance_id: String,
        pub(super) kind: String,
        pub(super) object: String,
        pub(super) note: Option<String>,
        pub(super) account_id: Option<String>,
        pub(super) at_ms: i64,
    }
}

const LINKS: &str = "SELECT grievance_id, kind, object, note, account_id, at_ms FROM grievance_link
    WHERE grievance_id = $1 ORDER BY at_ms, kind, object";

/// The links of a case, the first first.
pub(super) async fn links(db: &Db, case: &str) -> Result<Vec<LinkRow>, DbError> {
    on!(db, pool => sqlx::query_as(LINKS).bind(case).fetch_all(pool).await)
}

const COUNT: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM grievance_link WHERE grievance_id = $1";

/// How many links a case has.
pub(super) async fn count(tx: &mut Tx, case: &str) -> Result<i64, DbError> {
    in_tx!(tx, c => sqlx::query_scalar(COUNT).bind(case).fetch_one(c).await)
}

const ADD: &str = "INSERT INTO grievance_link (grievance_id, kind, object, note, account_id, at_ms)
    VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (grievance_id, kind, object) DO NOTHING";

/// Writes a link; false where the case has it.
pub(super) async fn add(tx: &mut Tx, r: &LinkRow) -> Result<bool, DbError> {
    let added = in_tx!(tx, c => sqlx::query(ADD)
        .bind(&r.grievance_id).bind(&r.kind).bind(&r.object).bind(&r.note).bind(&r.account_id).bind(r.at_ms)
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(added == 1)
}

const DROP: &str = "DELETE FROM grievance_link WHERE grievance_id = $1 AND kind = $2 AND object = $3";

/// Removes a link; false where the case has no such one.
pub(super) async fn remove(tx: &mut Tx, case: &str, kind: &str, object: &str) -> Result<bool, DbError> {
    let removed = in_tx!(tx, c => sqlx::query(DROP).bind(case).bind(kind).bind(object)
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(removed == 1)
}

const TOUCH: &str = "UPDATE grievance SET version = version + 1 WHERE id = $1 AND version = $2";

/// Makes the next version of a case, where it still has the one that was seen; says whether it had.
pub(super) async fn touch(tx: &mut Tx, case: &str, version: i64) -> Result<bool, DbError> {
    let touched = in_tx!(tx, c => sqlx::query(TOUCH).bind(case).bind(version)
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(touched == 1)
}
