//! SQL on the city's settings, which are one row.

use super::Settings;
use crate::db::{Db, DbError, Tx};
use crate::error::Error;
use crate::{in_tx, on, row};

row! {
    /// The row of `city_setting`.
    #[derive(Debug)]
    pub(super) struct SettingRow {
        pub(super) version: i64,
        pub(super) union_name: String,
        pub(super) name_zh: String,
        pub(super) name_en: String,
        pub(super) hotline: String,
        pub(super) approval: String,
    }
}

impl SettingRow {
    /// The settings; a row that cannot be read is a fault of the database.
    pub(super) fn settings(self) -> Result<Settings, Error> {
        let approval = self.approval.parse().map_err(|e| Error::Internal(format!("city_setting: {e}")))?;
        let Self { union_name, name_zh, name_en, hotline, .. } = self;
        Ok(Settings { union_name, name_zh, name_en, hotline, approval })
    }
}

const FIND: &str = "SELECT version, union_name, name_zh, name_en, hotline, approval
    FROM city_setting WHERE one = 1";

/// The row, once somebody has set it.
pub(super) async fn find(db: &Db) -> Result<Option<SettingRow>, DbError> {
    on!(db, pool => sqlx::query_as(FIND).fetch_optional(pool).await)
}

const ADD: &str = "INSERT INTO city_setting (one, version, union_name, name_zh, name_en, hotline, approval)
    VALUES (1, 1, $1, $2, $3, $4, $5)
    ON CONFLICT (one) DO NOTHING";

/// Adds the row; says whether there was none.
pub(super) async fn add(tx: &mut Tx, s: &Settings) -> Result<bool, DbError> {
    in_tx!(tx, c => sqlx::query(ADD)
        .bind(&s.union_name)
        .bind(&s.name_zh)
        .bind(&s.name_en)
        .bind(&s.hotline)
        .bind(s.approval.as_str())
        .execute(c).await.map(|done| done.rows_affected() == 1))
}

const CHANGE: &str = "UPDATE city_setting
    SET version = version + 1, union_name = $2, name_zh = $3, name_en = $4, hotline = $5, approval = $6
    WHERE one = 1 AND version = $1";

/// Changes the row of a version; says whether it still had it.
pub(super) async fn change(tx: &mut Tx, version: i64, s: &Settings) -> Result<bool, DbError> {
    in_tx!(tx, c => sqlx::query(CHANGE)
        .bind(version)
        .bind(&s.union_name)
        .bind(&s.name_zh)
        .bind(&s.name_en)
        .bind(&s.hotline)
        .bind(s.approval.as_str())
        .execute(c).await.map(|done| done.rows_affected() == 1))
}
