//! SQL on categories that staff write, rules of routing and subjects.

use super::CategoryRow;
use crate::db::{Db, DbError, Tx};
use crate::{in_tx, on, row};

const CATEGORY: &str =
    "SELECT code, version, name, name_en, urgency, is_confidential, is_active, place, retain_years
    FROM grievance_category WHERE code = $1";

/// A category as a transaction sees it.
pub(in super::super) async fn category(tx: &mut Tx, code: &str) -> Result<Option<CategoryRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(CATEGORY).bind(code).fetch_optional(c).await)
}

const SAVE: &str =
    "UPDATE grievance_category SET version = version + 1, name = $3, name_en = $4, urgency = $5,
    is_confidential = $6, is_active = $7, place = $8, retain_years = $9 WHERE code = $1 AND version = $2";

/// Writes a change; false where somebody was faster.
pub(in super::super) async fn save_category(tx: &mut Tx, r: &CategoryRow) -> Result<bool, DbError> {
    let saved = in_tx!(tx, c => sqlx::query(SAVE)
        .bind(&r.code).bind(r.version).bind(&r.name).bind(&r.name_en).bind(&r.urgency).bind(r.is_confidential)
        .bind(r.is_active).bind(r.place).bind(r.retain_years)
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(saved == 1)
}

const ACTIVE: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM grievance_category WHERE is_active";

/// How many categories a case may have.
pub(in super::super) async fn active_categories(tx: &mut Tx) -> Result<i64, DbError> {
    in_tx!(tx, c => sqlx::query_scalar(ACTIVE).fetch_one(c).await)
}

row! {
    /// A row of `grievance_route`; an empty category or district stands for every one.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in super::super) struct RouteRow {
        pub(in super::super) category: String,
        pub(in super::super) district: String,
        pub(in super::super) department_id: String,
    }
}

const ROUTES: &str =
    "SELECT category, district, department_id FROM grievance_route ORDER BY category, district";

/// The rules of routing.
pub(in super::super) async fn routes(db: &Db) -> Result<Vec<RouteRow>, DbError> {
    on!(db, pool => sqlx::query_as(ROUTES).fetch_all(pool).await)
}

const DROP_ROUTES: &str = "DELETE FROM grievance_route";
const ADD_ROUTE: &str = "INSERT INTO grievance_route (category, district, department_id) VALUES ($1, $2, $3)";

/// Replaces the rules of routing.
pub(in super::super) async fn set_routes(tx: &mut Tx, rows: &[RouteRow]) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(DROP_ROUTES).execute(c).await.map(drop))?;
    for r in rows {
        in_tx!(tx, c => sqlx::query(ADD_ROUTE).bind(&r.category).bind(&r.district).bind(&r.department_id)
            .execute(c).await.map(drop))?;
    }
    Ok(())
}

const PROPOSED: &str = "SELECT d.id, d.name FROM grievance_route r JOIN department d ON d.id = r.department_id
    WHERE d.is_active AND r.category IN ($1, '') AND r.district IN ($2, '')
    ORDER BY CASE WHEN r.category <> '' THEN 0 ELSE 1 END, CASE WHEN r.district <> '' THEN 0 ELSE 1 END LIMIT 1";

/// The department that the most specific rule proposes, by id and name; the category counts before the district.
pub(in super::super) async fn proposed(
    db: &Db,
    category: &str,
    district: &str,
) -> Result<Option<(String, String)>, DbError> {
    on!(db, pool => sqlx::query_as(PROPOSED).bind(category).bind(district).fetch_optional(pool).await)
}

row! {
    /// A row of `grievance_subject`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in super::super) struct SubjectRow {
        pub(in super::super) code: String,
        pub(in super::super) name: String,
        pub(in super::super) is_theme: bool,
        pub(in super::super) measures: Option<String>,
        pub(in super::super) is_active: bool,
    }
}

const SUBJECTS: &str =
    "SELECT code, name, is_theme, measures, is_active FROM grievance_subject ORDER BY code";

/// The closed list of subjects.
pub(in super::super) async fn subjects(db: &Db) -> Result<Vec<SubjectRow>, DbError> {
    on!(db, pool => sqlx::query_as(SUBJECTS).fetch_all(pool).await)
}

/// The same as a transaction sees it.
pub(in super::super) async fn subjects_in(tx: &mut Tx) -> Result<Vec<SubjectRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(SUBJECTS).fetch_all(c).await)
}

const USES: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM grievance WHERE subject = $1";

/// How many cases have a subject.
pub(in super::super) async fn uses(tx: &mut Tx, code: &str) -> Result<i64, DbError> {
    in_tx!(tx, c => sqlx::query_scalar(USES).bind(code).fetch_one(c).await)
}

const DROP_SUBJECTS: &str = "DELETE FROM grievance_subject";
const ADD_SUBJECT: &str =
    "INSERT INTO grievance_subject (code, name, is_theme, measures, is_active) VALUES ($1, $2, $3, $4, $5)";

/// Replaces the list of subjects.
pub(in super::super) async fn set_subjects(tx: &mut Tx, rows: &[SubjectRow]) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(DROP_SUBJECTS).execute(c).await.map(drop))?;
    for r in rows {
        in_tx!(tx, c => sqlx::query(ADD_SUBJECT)
            .bind(&r.code).bind(&r.name).bind(r.is_theme).bind(&r.measures).bind(r.is_active)
            .execute(c).await.map(drop))?;
    }
    Ok(())
}
