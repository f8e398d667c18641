//! SQL on departments and who works in them.

use super::DepartmentRow;
use crate::db::{Db, DbError, Tx};
use crate::{in_tx, on};

const DEPARTMENT: &str =
    "SELECT id, version, name, district, leader_id, is_active FROM department WHERE id = $1";

/// A department as a transaction sees it.
pub(in super::super) async fn department(tx: &mut Tx, id: &str) -> Result<Option<DepartmentRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(DEPARTMENT).bind(id).fetch_optional(c).await)
}

const ADD: &str = "INSERT INTO department (id, version, name, district, leader_id, is_active)
    VALUES ($1, $2, $3, $4, $5, $6)";

/// Writes a new department.
pub(in super::super) async fn add_department(tx: &mut Tx, r: &DepartmentRow) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD)
        .bind(&r.id).bind(r.version).bind(&r.name).bind(&r.district).bind(&r.leader_id).bind(r.is_active)
        .execute(c).await.map(drop))
}

const SAVE: &str = "UPDATE department SET version = version + 1, name = $3, district = $4, leader_id = $5,
    is_active = $6 WHERE id = $1 AND version = $2";

/// Writes a change; false where somebody was faster.
pub(in super::super) async fn save_department(tx: &mut Tx, r: &DepartmentRow) -> Result<bool, DbError> {
    let saved = in_tx!(tx, c => sqlx::query(SAVE)
        .bind(&r.id).bind(r.version).bind(&r.name).bind(&r.district).bind(&r.leader_id).bind(r.is_active)
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(saved == 1)
}

const DROP_MEMBERS: &str = "DELETE FROM department_member WHERE department_id = $1";
const ADD_MEMBER: &str = "INSERT INTO department_member (department_id, account_id) VALUES ($1, $2)";

/// Replaces who works in a department.
pub(in super::super) async fn set_members(tx: &mut Tx, id: &str, members: &[String]) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(DROP_MEMBERS).bind(id).execute(c).await.map(drop))?;
    for member in members {
        in_tx!(tx, c => sqlx::query(ADD_MEMBER).bind(id).bind(member).execute(c).await.map(drop))?;
    }
    Ok(())
}

const MEMBERS: &str =
    "SELECT department_id, account_id FROM department_member ORDER BY department_id, account_id";

/// Who works where: pairs of department and account.
pub(in super::super) async fn members(db: &Db) -> Result<Vec<(String, String)>, DbError> {
    on!(db, pool => sqlx::query_as(MEMBERS).fetch_all(pool).await)
}

const OPEN_CASES: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM grievance g
    WHERE g.state NOT IN ('declined', 'merged', 'closed', 'archived', 'withdrawn')
      AND (g.department_id = $1 OR EXISTS (SELECT 1 FROM grievance_task t
        WHERE t.grievance_id = g.id AND t.round = g.round AND t.department_id = $1 AND t.done_ms IS NULL))";

/// How many open cases a department leads, or has something to do for.
pub(in super::super) async fn open_cases(tx: &mut Tx, id: &str) -> Result<i64, DbError> {
    in_tx!(tx, c => sqlx::query_scalar(OPEN_CASES).bind(id).fetch_one(c).await)
}
