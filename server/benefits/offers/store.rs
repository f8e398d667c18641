//! All SQL on offers, and the revision of what the public sees of benefits.

use crate::accounts::Reach;
use crate::benefits::within::within;
use crate::db::{Built, Db, DbError, Tx};
use crate::{bound, in_tx, on, row};

const RAISE: &str = "UPDATE benefit_revision SET revision = revision + 1 WHERE id = 1";
const REVISION: &str = "SELECT revision FROM benefit_revision WHERE id = 1";

/// Says that the public sees something else once this transaction is committed. Its row is locked until then.
pub(in crate::benefits) async fn raise(tx: &mut Tx) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(RAISE).execute(c).await.map(drop))
}

/// The revision of what the public sees.
pub(super) async fn revision(db: &Db) -> Result<i64, DbError> {
    on!(db, pool => sqlx::query_scalar(REVISION).fetch_one(pool).await)
}

row! {
    /// A row of `offer`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in crate::benefits) struct OfferRow {
        pub(in crate::benefits) id: String,
        pub(in crate::benefits) version: i64,
        pub(in crate::benefits) merchant_id: String,
        pub(in crate::benefits) category: String,
        pub(in crate::benefits) title: String,
        pub(in crate::benefits) rule: String,
        pub(in crate::benefits) shown: String,
        pub(in crate::benefits) valid_from: String,
        pub(in crate::benefits) valid_until: String,
        pub(in crate::benefits) is_public: bool,
        pub(in crate::benefits) created_ms: i64,
    }
}

row! {
    /// A row of `offer_store`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct PlaceRow {
        pub(super) offer_id: String,
        pub(super) store_id: String,
    }
}

/// The reading statements list the same columns, once.
macro_rules! offers {
    ($($rest:expr),*) => {
        concat!(
            "SELECT id, version, merchant_id, category, title, rule, shown, valid_from, valid_until, is_public,
                created_ms
            FROM offer ",
            $($rest),*
        )
    };
}

const OFFER: &str = offers!("WHERE id = $1");

/// One offer.
pub(super) async fn offer(db: &Db, id: &str) -> Result<Option<OfferRow>, DbError> {
    on!(db, pool => sqlx::query_as(OFFER).bind(id).fetch_optional(pool).await)
}

/// One offer as a transaction sees it.
pub(super) async fn offer_in(tx: &mut Tx, id: &str) -> Result<Option<OfferRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(OFFER).bind(id).fetch_optional(c).await)
}

const PUBLIC: &str = offers!("WHERE is_public AND valid_from <= $1 AND valid_until >= $1 ORDER BY id");

/// Every offer that the public is shown on a day.
pub(super) async fn public(db: &Db, day: &str) -> Result<Vec<OfferRow>, DbError> {
    on!(db, pool => sqlx::query_as(PUBLIC).bind(day).fetch_all(pool).await)
}

const PLACES: &str = "SELECT offer_id, store_id FROM offer_store ORDER BY offer_id, store_id";

/// Where each offer holds.
pub(super) async fn places(db: &Db) -> Result<Vec<PlaceRow>, DbError> {
    on!(db, pool => sqlx::query_as(PLACES).fetch_all(pool).await)
}

const PLACES_OF: &str = "SELECT offer_id, store_id FROM offer_store WHERE offer_id = $1 ORDER BY store_id";

/// Where an offer holds.
pub(super) async fn places_of(db: &Db, offer: &str) -> Result<Vec<PlaceRow>, DbError> {
    on!(db, pool => sqlx::query_as(PLACES_OF).bind(offer).fetch_all(pool).await)
}

const PAGE: &str = offers!("WHERE merchant_id IN (SELECT id FROM merchant WHERE TRUE");

/// What is asked of the list of staff.
#[derive(Debug, Clone)]
pub(super) struct Query {
    /// Only those of a merchant.
    pub(super) merchant: Option<String>,
    /// Only those before this one.
    pub(super) before: Option<String>,
    /// At most so many.
    pub(super) most: i64,
}

/// Offers of merchants that somebody reaches, by their ids.
pub(super) async fn page(db: &Db, query: &Query, reach: &Reach) -> Result<Vec<OfferRow>, DbError> {
    let mut sql = Built::new(PAGE);
    within(&mut sql, reach);
    sql.push(")");
    if let Some(merchant) = &query.merchant {
        sql.push(" AND merchant_id = ").value(merchant.as_str());
    }
    if let Some(before) = &query.before {
        sql.push(" AND id < ").value(before.as_str());
    }
    sql.push(" ORDER BY id DESC LIMIT ").value(query.most);
    let (text, values) = sql.finish();
    on!(db, pool => bound!(sqlx::query_as(text), values).fetch_all(pool).await)
}

const ADD: &str = "INSERT INTO offer (id, version, merchant_id, category, title, rule, shown, valid_from,
        valid_until, is_public, created_ms)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";

/// Writes a new offer.
pub(in crate::benefits) async fn add(tx: &mut Tx, r: &OfferRow) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD)
        .bind(&r.id).bind(r.version).bind(&r.merchant_id).bind(&r.category).bind(&r.title).bind(&r.rule)
        .bind(&r.shown).bind(&r.valid_from).bind(&r.valid_until).bind(r.is_public).bind(r.created_ms)
        .execute(c).await.map(drop))
}

const CHANGE: &str =
    "UPDATE offer SET version = version + 1, category = $3, title = $4, rule = $5, shown = $6,
        valid_from = $7, valid_until = $8, is_public = $9
    WHERE id = $1 AND version = $2";

/// Writes a change; false where somebody else was faster.
pub(super) async fn change(tx: &mut Tx, r: &OfferRow, version: i64) -> Result<bool, DbError> {
    in_tx!(tx, c => sqlx::query(CHANGE)
        .bind(&r.id).bind(version).bind(&r.category).bind(&r.title).bind(&r.rule).bind(&r.shown)
        .bind(&r.valid_from).bind(&r.valid_until).bind(r.is_public)
        .execute(c).await.map(|done| done.rows_affected() == 1))
}

const CLEAR: &str = "DELETE FROM offer_store WHERE offer_id = $1";
const PLACE: &str = "INSERT INTO offer_store (offer_id, store_id) VALUES ($1, $2)";

/// Lets an offer hold at these stores only; at none of them named, at every store of its merchant.
pub(super) async fn settle(tx: &mut Tx, offer: &str, stores: &[String]) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(CLEAR).bind(offer).execute(c).await.map(drop))?;
    for store in stores {
        in_tx!(tx, c => sqlx::query(PLACE).bind(offer).bind(store).execute(c).await.map(drop))?;
    }
    Ok(())
}

const REMOVE: &str = "DELETE FROM offer WHERE id = $1 AND version = $2";

/// Takes an offer away; false where somebody else was faster.
pub(super) async fn remove(tx: &mut Tx, id: &str, version: i64) -> Result<bool, DbError> {
    in_tx!(tx, c => sqlx::query(REMOVE).bind(id).bind(version)
        .execute(c).await.map(|done| done.rows_affected() == 1))
}
