//! All SQL on categories and departments.

mod category;
mod department;

pub(super) use category::{
    RouteRow, SubjectRow, active_categories, category, proposed, routes, save_category, set_routes,
    set_subjects, subjects, subjects_in, uses,
};
pub(super) use department::{add_department, department, members, open_cases, save_department, set_members};

use crate::db::{Db, DbError, Tx};
use crate::{in_tx, on, row};

row! {
    /// A row of `grievance_category`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in super::super) struct CategoryRow {
        pub(in super::super) code: String,
        pub(in super::super) version: i64,
        pub(in super::super) name: String,
        pub(in super::super) name_en: String,
        pub(in super::super) urgency: String,
        pub(in super::super) is_confidential: bool,
        pub(in super::super) is_active: bool,
        pub(in super::super) place: i64,
        pub(in super::super) retain_years: Option<i64>,
    }
}

row! {
    /// A row of `department`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in super::super) struct DepartmentRow {
        pub(in super::super) id: String,
        pub(in super::super) version: i64,
        pub(in super::super) name: String,
        pub(in super::super) district: Option<String>,
        pub(in super::super) leader_id: Option<String>,
        pub(in super::super) is_active: bool,
    }
}

const HAS_CATEGORIES: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM grievance_category";

/// Whether there are any categories.
pub(super) async fn has_categories(tx: &mut Tx) -> Result<bool, DbError> {
    let count: i64 = in_tx!(tx, c => sqlx::query_scalar(HAS_CATEGORIES).fetch_one(c).await)?;
    Ok(count > 0)
}

const ADD_CATEGORY: &str =
    "INSERT INTO grievance_category (code, version, name, name_en, urgency, is_confidential,
        is_active, place, retain_years)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (code) DO NOTHING";

/// Writes a new category; false where its code is taken.
pub(super) async fn add_category(tx: &mut Tx, r: &CategoryRow) -> Result<bool, DbError> {
    let added = in_tx!(tx, c => sqlx::query(ADD_CATEGORY)
        .bind(&r.code).bind(r.version).bind(&r.name).bind(&r.name_en).bind(&r.urgency).bind(r.is_confidential)
        .bind(r.is_active).bind(r.place).bind(r.retain_years)
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(added == 1)
}

const CATEGORIES: &str =
    "SELECT code, version, name, name_en, urgency, is_confidential, is_active, place, retain_years
    FROM grievance_category ORDER BY place, code";

/// Every category, in their order.
pub(super) async fn categories(db: &Db) -> Result<Vec<CategoryRow>, DbError> {
    on!(db, pool => sqlx::query_as(CATEGORIES).fetch_all(pool).await)
}

const DEPARTMENTS: &str =
    "SELECT id, version, name, district, leader_id, is_active FROM department ORDER BY name, id";

/// Every department, by its name.
pub(super) async fn departments(db: &Db) -> Result<Vec<DepartmentRow>, DbError> {
    on!(db, pool => sqlx::query_as(DEPARTMENTS).fetch_all(pool).await)
}

const LEADER: &str = "SELECT leader_id FROM department WHERE id = $1";

/// The leader of a department, where there is the department.
pub(super) async fn leader(tx: &mut Tx, id: &str) -> Result<Option<Option<String>>, DbError> {
    in_tx!(tx, c => sqlx::query_scalar(LEADER).bind(id).fetch_optional(c).await)
}

const IS_MEMBER: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM department_member m
    JOIN department d ON d.id = m.department_id WHERE m.department_id = $1 AND m.account_id = $2 AND d.is_active";

/// Whether somebody works in a department that takes cases.
pub(super) async fn is_member(tx: &mut Tx, id: &str, account: &str) -> Result<bool, DbError> {
    let count: i64 =
        in_tx!(tx, c => sqlx::query_scalar(IS_MEMBER).bind(id).bind(account).fetch_one(c).await)?;
    Ok(count > 0)
}

const PEOPLE: &str =
    "SELECT DISTINCT a.id, a.name FROM account a JOIN department_member m ON m.account_id = a.id
    UNION SELECT a.id, a.name FROM account a JOIN account_grant g ON g.account_id = a.id";

/// The names of staff, by account.
pub(super) async fn people(db: &Db) -> Result<Vec<(String, String)>, DbError> {
    on!(db, pool => sqlx::query_as(PEOPLE).fetch_all(pool).await)
}
