//! SQL on accounts, what is granted to them, and how they are recognised.

use super::role::Grant;
use crate::db::{Db, DbError, Tx};
use crate::error::Error;
use crate::ids::AccountId;
use crate::{in_tx, on, row};

row! {
    /// A row of `account`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct AccountRow {
        pub(super) id: String,
        pub(super) version: i64,
        pub(super) login: String,
        pub(super) name: String,
        pub(super) unit: Option<String>,
        pub(super) password: Option<String>,
        pub(super) must_change_password: bool,
        pub(super) blocked: bool,
        pub(super) totp_sealed: Option<String>,
        pub(super) totp_offered: Option<String>,
        pub(super) totp_step: Option<i64>,
        pub(super) last_login_ms: Option<i64>,
        pub(super) erased_ms: Option<i64>,
        pub(super) created_ms: i64,
    }
}

row! {
    /// A row of `account_grant`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct GrantRow {
        pub(super) account_id: String,
        pub(super) role: String,
        pub(super) scope: String,
    }
}

row! {
    /// A row of `account_station`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct OwnStationRow {
        pub(super) account_id: String,
        pub(super) station_id: String,
    }
}

impl GrantRow {
    /// The grant; one whose role or scope is no more is passed over.
    pub(super) fn grant(&self) -> Option<Grant> {
        Some(Grant { role: self.role.parse().ok()?, scope: self.scope.parse().ok()? })
    }
}

impl AccountRow {
    /// Its id; one that cannot be read is a fault of the database.
    pub(super) fn account_id(&self) -> Result<AccountId, Error> {
        self.id.parse().map_err(|e| Error::Internal(format!("account {}: {e}", self.id)))
    }
}

/// The columns that every reading statement below lists, once.
macro_rules! columns {
    () => {
        "id, version, login, name, unit, password, must_change_password, blocked, totp_sealed, totp_offered,
         totp_step, last_login_ms, erased_ms, created_ms"
    };
}

const FIND: &str = concat!("SELECT ", columns!(), " FROM account WHERE id = $1");

/// One account.
pub(super) async fn find(db: &Db, id: &str) -> Result<Option<AccountRow>, DbError> {
    on!(db, pool => sqlx::query_as(FIND).bind(id).fetch_optional(pool).await)
}

/// One account inside a transaction that is about to change it.
pub(super) async fn find_in(tx: &mut Tx, id: &str) -> Result<Option<AccountRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(FIND).bind(id).fetch_optional(c).await)
}

const BY_LOGIN: &str = concat!("SELECT ", columns!(), " FROM account WHERE login = $1");

/// The account of a login, which is in lower case.
pub(super) async fn by_login(db: &Db, login: &str) -> Result<Option<AccountRow>, DbError> {
    on!(db, pool => sqlx::query_as(BY_LOGIN).bind(login).fetch_optional(pool).await)
}

const ALL: &str = concat!("SELECT ", columns!(), " FROM account WHERE erased_ms IS NULL ORDER BY login");

/// Every account that is not erased, by login.
pub(super) async fn all(db: &Db) -> Result<Vec<AccountRow>, DbError> {
    on!(db, pool => sqlx::query_as(ALL).fetch_all(pool).await)
}

const GRANTS: &str = "SELECT account_id, role, scope
    FROM account_grant
    WHERE $1 IS NULL OR account_id = $1
    ORDER BY account_id, role, scope";

/// What is granted to one account, or to all.
pub(super) async fn grants(db: &Db, id: Option<&str>) -> Result<Vec<GrantRow>, DbError> {
    on!(db, pool => sqlx::query_as(GRANTS).bind(id).fetch_all(pool).await)
}

const STATIONS: &str = "SELECT account_id, station_id
    FROM account_station
    WHERE $1 IS NULL OR account_id = $1
    ORDER BY account_id, station_id";

/// The stations that one keeper keeps, or that all do.
pub(super) async fn stations(db: &Db, id: Option<&str>) -> Result<Vec<OwnStationRow>, DbError> {
    on!(db, pool => sqlx::query_as(STATIONS).bind(id).fetch_all(pool).await)
}

const ADD: &str = "INSERT INTO account
      (id, version, login, name, unit, password, must_change_password, blocked, created_ms, changed_ms)
    VALUES ($1, 1, $2, $3, $4, $5, $6, FALSE, $7, $7)";

/// Adds an account. A login that is taken is a unique violation.
pub(super) async fn add(tx: &mut Tx, row: &AccountRow) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD)
        .bind(&row.id)
        .bind(&row.login)
        .bind(&row.name)
        .bind(&row.unit)
        .bind(&row.password)
        .bind(row.must_change_password)
        .bind(row.created_ms)
        .execute(c).await.map(drop))
}

const CHANGE: &str = "UPDATE account
    SET version = version + 1, name = $3, unit = $4, blocked = $5, changed_ms = $6
    WHERE id = $1 AND version = $2 AND erased_ms IS NULL";

/// Changes what an administrator may change; says whether the version was still the same.
pub(super) async fn change(
    tx: &mut Tx,
    row: &AccountRow,
    version: i64,
    now_ms: i64,
) -> Result<bool, DbError> {
    let done = in_tx!(tx, c => sqlx::query(CHANGE)
        .bind(&row.id)
        .bind(version)
        .bind(&row.name)
        .bind(&row.unit)
        .bind(row.blocked)
        .bind(now_ms)
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(done == 1)
}

const CREDENTIALS: &str = "UPDATE account
    SET version = version + 1, password = $2, must_change_password = $3, totp_sealed = $4, totp_offered = $5,
        totp_step = $6, changed_ms = $7
    WHERE id = $1";

/// Stores password, one-time secret and what goes with them.
pub(super) async fn set_credentials(tx: &mut Tx, row: &AccountRow, now_ms: i64) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(CREDENTIALS)
        .bind(&row.id)
        .bind(&row.password)
        .bind(row.must_change_password)
        .bind(&row.totp_sealed)
        .bind(&row.totp_offered)
        .bind(row.totp_step)
        .bind(now_ms)
        .execute(c).await.map(drop))
}

const USE_STEP: &str = "UPDATE account
    SET totp_step = $2
    WHERE id = $1 AND (totp_step IS NULL OR totp_step < $2)";

/// Uses up a step of one-time codes; says whether it was still unused.
pub(super) async fn use_step(tx: &mut Tx, id: &str, step: i64) -> Result<bool, DbError> {
    in_tx!(tx, c => sqlx::query(USE_STEP).bind(id).bind(step).execute(c).await.map(|d| d.rows_affected() == 1))
}

const LOGGED_IN: &str = "UPDATE account SET last_login_ms = $2 WHERE id = $1";

/// Notes a sign-in.
pub(super) async fn logged_in(tx: &mut Tx, id: &str, now_ms: i64) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(LOGGED_IN).bind(id).bind(now_ms).execute(c).await.map(drop))
}

const DROP_GRANTS: &str = "DELETE FROM account_grant WHERE account_id = $1";
const ADD_GRANT: &str = "INSERT INTO account_grant (account_id, role, scope) VALUES ($1, $2, $3)
    ON CONFLICT (account_id, role, scope) DO NOTHING";

/// Replaces what is granted to an account.
pub(super) async fn set_grants(tx: &mut Tx, id: &str, grants: &[(String, String)]) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(DROP_GRANTS).bind(id).execute(c).await.map(drop))?;
    for (role, scope) in grants {
        in_tx!(tx, c => sqlx::query(ADD_GRANT).bind(id).bind(role).bind(scope).execute(c).await.map(drop))?;
    }
    Ok(())
}

const DROP_STATIONS: &str = "DELETE FROM account_station WHERE account_id = $1";
const ADD_STATION: &str = "INSERT INTO account_station (account_id, station_id)
    SELECT $1, id FROM station WHERE id = $2
    ON CONFLICT (account_id, station_id) DO NOTHING";

/// Replaces the stations that a keeper keeps; those that are not registered are passed over.
pub(super) async fn set_stations(tx: &mut Tx, id: &str, stations: &[String]) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(DROP_STATIONS).bind(id).execute(c).await.map(drop))?;
    for station in stations {
        in_tx!(tx, c => sqlx::query(ADD_STATION).bind(id).bind(station).execute(c).await.map(drop))?;
    }
    Ok(())
}

const COUNT: &str = "SELECT COUNT(*) FROM account WHERE erased_ms IS NULL";

/// How many accounts there are.
pub(super) async fn count(db: &Db) -> Result<i64, DbError> {
    on!(db, pool => sqlx::query_scalar(COUNT).fetch_one(pool).await)
}

const DISTRICT_OF: &str = "SELECT district FROM station WHERE id = $1";

/// The district of a station, which an account shall keep.
pub(super) async fn district_of(db: &Db, station: &str) -> Result<Option<String>, DbError> {
    let found: Option<Option<String>> =
        on!(db, pool => sqlx::query_scalar(DISTRICT_OF).bind(station).fetch_optional(pool).await)?;
    Ok(found.flatten())
}

const ADMINISTRATORS: &str = "SELECT COUNT(*)
    FROM account_grant
    JOIN account ON account.id = account_grant.account_id
    WHERE account_grant.role = $1 AND account_grant.scope = $2
      AND NOT account.blocked AND account.erased_ms IS NULL";

/// How many active accounts have a role in a scope.
pub(super) async fn administrators(tx: &mut Tx, role: &str, scope: &str) -> Result<i64, DbError> {
    in_tx!(tx, c => sqlx::query_scalar(ADMINISTRATORS).bind(role).bind(scope).fetch_one(c).await)
}

const ERASE: &str = "UPDATE account
    SET version = version + 1, login = 'erased-' || id, name = '', unit = NULL, password = NULL,
        totp_sealed = NULL, totp_offered = NULL, totp_step = NULL, last_login_ms = NULL, blocked = TRUE,
        erased_ms = $2, changed_ms = $2
    WHERE id = $1";

/// Takes everything personal out of an account.
pub(super) async fn erase(tx: &mut Tx, id: &str, now_ms: i64) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ERASE).bind(id).bind(now_ms).execute(c).await.map(drop))
}
