//! All SQL on merchants, stores and clerks.

use crate::accounts::Reach;
use crate::benefits::within::within;
use crate::db::{Built, Db, DbError, Tx};
use crate::{bound, in_tx, on, row};

row! {
    /// A row of `merchant`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in crate::benefits) struct MerchantRow {
        pub(in crate::benefits) id: String,
        pub(in crate::benefits) version: i64,
        pub(in crate::benefits) name: String,
        pub(in crate::benefits) district: String,
        pub(in crate::benefits) contact: Option<String>,
        pub(in crate::benefits) state: String,
        pub(in crate::benefits) joined_on: String,
        pub(in crate::benefits) created_ms: i64,
        pub(in crate::benefits) is_demonstration: bool,
    }
}

row! {
    /// A row of `store`.
    #[derive(Debug, Clone, PartialEq)]
    pub(in crate::benefits) struct StoreRow {
        pub(in crate::benefits) id: String,
        pub(in crate::benefits) version: i64,
        pub(in crate::benefits) merchant_id: String,
        pub(in crate::benefits) name: String,
        pub(in crate::benefits) district: String,
        pub(in crate::benefits) address: String,
        pub(in crate::benefits) lon: f64,
        pub(in crate::benefits) lat: f64,
        pub(in crate::benefits) hours: Option<String>,
        pub(in crate::benefits) phone: Option<String>,
        pub(in crate::benefits) is_active: bool,
    }
}

row! {
    /// A row of `clerk`.
    #[derive(Clone, PartialEq, Eq)]
    pub(in crate::benefits) struct ClerkRow {
        pub(in crate::benefits) id: String,
        pub(in crate::benefits) version: i64,
        pub(in crate::benefits) merchant_id: String,
        pub(in crate::benefits) store_id: String,
        pub(in crate::benefits) name: String,
        pub(in crate::benefits) phone: String,
        pub(in crate::benefits) phone_hash: String,
        pub(in crate::benefits) phone_end: String,
        pub(in crate::benefits) is_lead: bool,
        pub(in crate::benefits) is_active: bool,
        pub(in crate::benefits) misses: i64,
        pub(in crate::benefits) locked_until_ms: Option<i64>,
    }
}

/// The reading statements list the same columns, once.
macro_rules! merchants {
    ($($rest:expr),*) => {
        concat!(
            "SELECT id, version, name, district, contact, state, joined_on, created_ms, is_demonstration
            FROM merchant ",
            $($rest),*
        )
    };
}
macro_rules! stores {
    ($($rest:expr),*) => {
        concat!(
            "SELECT id, version, merchant_id, name, district, address, lon, lat, hours, phone, is_active
            FROM store ",
            $($rest),*
        )
    };
}
macro_rules! clerks {
    ($($rest:expr),*) => {
        concat!(
            "SELECT id, version, merchant_id, store_id, name, phone, phone_hash, phone_end, is_lead, is_active,
                misses, locked_until_ms
            FROM clerk ",
            $($rest),*
        )
    };
}

const MERCHANT: &str = merchants!("WHERE id = $1");

/// One merchant.
pub(in crate::benefits) async fn merchant(db: &Db, id: &str) -> Result<Option<MerchantRow>, DbError> {
    on!(db, pool => sqlx::query_as(MERCHANT).bind(id).fetch_optional(pool).await)
}

/// One merchant as a transaction sees it.
pub(in crate::benefits) async fn merchant_in(tx: &mut Tx, id: &str) -> Result<Option<MerchantRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(MERCHANT).bind(id).fetch_optional(c).await)
}

const ACTIVE: &str = merchants!("WHERE state = 'active' ORDER BY id");

/// Every merchant that takes part.
pub(in crate::benefits) async fn active(db: &Db) -> Result<Vec<MerchantRow>, DbError> {
    on!(db, pool => sqlx::query_as(ACTIVE).fetch_all(pool).await)
}

const PAGE: &str = merchants!("WHERE TRUE");

/// What is asked of the list of staff.
#[derive(Debug, Clone)]
pub(super) struct Query {
    /// Only those of a state.
    pub(super) state: Option<&'static str>,
    /// Only those of a district.
    pub(super) district: Option<String>,
    /// Only those before this one.
    pub(super) before: Option<String>,
    /// At most so many.
    pub(super) most: i64,
}

/// Merchants that somebody reaches, by their ids.
pub(super) async fn page(db: &Db, query: &Query, reach: &Reach) -> Result<Vec<MerchantRow>, DbError> {
    let mut sql = Built::new(PAGE);
    within(&mut sql, reach);
    if let Some(state) = query.state {
        sql.push(" AND state = ").value(state);
    }
    if let Some(district) = &query.district {
        sql.push(" AND district = ").value(district.as_str());
    }
    if let Some(before) = &query.before {
        sql.push(" AND id < ").value(before.as_str());
    }
    sql.push(" ORDER BY id DESC LIMIT ").value(query.most);
    let (text, values) = sql.finish();
    on!(db, pool => bound!(sqlx::query_as(text), values).fetch_all(pool).await)
}

const ADD_MERCHANT: &str =
    "INSERT INTO merchant (id, version, name, district, contact, state, joined_on, created_ms, is_demonstration)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

/// Writes a new merchant.
pub(in crate::benefits) async fn add_merchant(tx: &mut Tx, r: &MerchantRow) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD_MERCHANT)
        .bind(&r.id).bind(r.version).bind(&r.name).bind(&r.district).bind(&r.contact).bind(&r.state)
        .bind(&r.joined_on).bind(r.created_ms).bind(r.is_demonstration)
        .execute(c).await.map(drop))
}

const CHANGE_MERCHANT: &str =
    "UPDATE merchant SET version = version + 1, name = $3, district = $4, contact = $5,
    state = $6, joined_on = $7 WHERE id = $1 AND version = $2";

/// Writes a change; false where somebody else was faster.
pub(super) async fn change_merchant(tx: &mut Tx, r: &MerchantRow, version: i64) -> Result<bool, DbError> {
    in_tx!(tx, c => sqlx::query(CHANGE_MERCHANT)
        .bind(&r.id).bind(version).bind(&r.name).bind(&r.district).bind(&r.contact).bind(&r.state)
        .bind(&r.joined_on)
        .execute(c).await.map(|done| done.rows_affected() == 1))
}

const STORES: &str = stores!("WHERE merchant_id = $1 ORDER BY id");

/// The stores of a merchant.
pub(super) async fn stores(db: &Db, merchant: &str) -> Result<Vec<StoreRow>, DbError> {
    on!(db, pool => sqlx::query_as(STORES).bind(merchant).fetch_all(pool).await)
}

const OPEN_STORES: &str = stores!(
    "WHERE is_active AND EXISTS
        (SELECT 1 FROM merchant WHERE merchant.id = store.merchant_id AND merchant.state = 'active')
    ORDER BY id"
);

/// Every store that the public is shown.
pub(in crate::benefits) async fn open_stores(db: &Db) -> Result<Vec<StoreRow>, DbError> {
    on!(db, pool => sqlx::query_as(OPEN_STORES).fetch_all(pool).await)
}

const STORE: &str = stores!("WHERE id = $1 AND merchant_id = $2");

/// A store of a merchant, as a transaction sees it.
pub(in crate::benefits) async fn store_in(
    tx: &mut Tx,
    id: &str,
    merchant: &str,
) -> Result<Option<StoreRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(STORE).bind(id).bind(merchant).fetch_optional(c).await)
}

const ADD_STORE: &str =
    "INSERT INTO store (id, version, merchant_id, name, district, address, lon, lat, hours, phone, is_active)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";

/// Writes a new store.
pub(in crate::benefits) async fn add_store(tx: &mut Tx, r: &StoreRow) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD_STORE)
        .bind(&r.id).bind(r.version).bind(&r.merchant_id).bind(&r.name).bind(&r.district).bind(&r.address)
        .bind(r.lon).bind(r.lat).bind(&r.hours).bind(&r.phone).bind(r.is_active)
        .execute(c).await.map(drop))
}

const CHANGE_STORE: &str = "UPDATE store SET version = version + 1, name = $3, district = $4, address = $5,
    lon = $6, lat = $7, hours = $8, phone = $9, is_active = $10 WHERE id = $1 AND version = $2";

/// Writes a change; false where somebody else was faster.
pub(super) async fn change_store(tx: &mut Tx, r: &StoreRow, version: i64) -> Result<bool, DbError> {
    in_tx!(tx, c => sqlx::query(CHANGE_STORE)
        .bind(&r.id).bind(version).bind(&r.name).bind(&r.district).bind(&r.address).bind(r.lon).bind(r.lat)
        .bind(&r.hours).bind(&r.phone).bind(r.is_active)
        .execute(c).await.map(|done| done.rows_affected() == 1))
}

const CLERKS: &str = clerks!("WHERE merchant_id = $1 ORDER BY id");

/// The clerks of a merchant.
pub(super) async fn clerks(db: &Db, merchant: &str) -> Result<Vec<ClerkRow>, DbError> {
    on!(db, pool => sqlx::query_as(CLERKS).bind(merchant).fetch_all(pool).await)
}

const CLERK: &str = clerks!("WHERE id = $1 AND merchant_id = $2");

/// A clerk of a merchant, as a transaction sees him.
pub(super) async fn clerk_in(tx: &mut Tx, id: &str, merchant: &str) -> Result<Option<ClerkRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(CLERK).bind(id).bind(merchant).fetch_optional(c).await)
}

const CLERKS_OF: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM clerk WHERE merchant_id = $1 AND is_active";

/// How many clerks of a merchant may redeem.
pub(super) async fn count_clerks(db: &Db, merchant: &str) -> Result<i64, DbError> {
    on!(db, pool => sqlx::query_scalar(CLERKS_OF).bind(merchant).fetch_one(pool).await)
}

const ADD_CLERK: &str =
    "INSERT INTO clerk (id, version, merchant_id, store_id, name, phone, phone_hash, phone_end,
        is_lead, is_active, misses, locked_until_ms)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";

/// Writes a new clerk.
pub(in crate::benefits) async fn add_clerk(tx: &mut Tx, r: &ClerkRow) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD_CLERK)
        .bind(&r.id).bind(r.version).bind(&r.merchant_id).bind(&r.store_id).bind(&r.name).bind(&r.phone)
        .bind(&r.phone_hash).bind(&r.phone_end).bind(r.is_lead).bind(r.is_active).bind(r.misses)
        .bind(r.locked_until_ms)
        .execute(c).await.map(drop))
}

const CHANGE_CLERK: &str = "UPDATE clerk SET version = version + 1, store_id = $3, name = $4, phone = $5,
        phone_hash = $6, phone_end = $7, is_lead = $8, is_active = $9
    WHERE id = $1 AND version = $2";
const UNLOCK_CLERK: &str = "UPDATE clerk SET misses = 0, locked_until_ms = NULL WHERE id = $1";

/// Writes a change; false where somebody else was faster.
pub(super) async fn change_clerk(tx: &mut Tx, r: &ClerkRow, version: i64) -> Result<bool, DbError> {
    in_tx!(tx, c => sqlx::query(CHANGE_CLERK)
        .bind(&r.id).bind(version).bind(&r.store_id).bind(&r.name).bind(&r.phone).bind(&r.phone_hash)
        .bind(&r.phone_end).bind(r.is_lead).bind(r.is_active)
        .execute(c).await.map(|done| done.rows_affected() == 1))
}

/// Forgives a clerk's misses.
pub(super) async fn unlock_clerk(tx: &mut Tx, id: &str) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(UNLOCK_CLERK).bind(id).execute(c).await.map(drop))
}
