//! SQL on campaigns, their stock and their places.

mod listing;
mod member;

pub(super) use listing::{Listing, UsedRow, page, redeemed};
pub(super) use member::used;

use super::model::Campaign;
use crate::db::{Db, DbError, Tx};
use crate::error::Error;
use crate::{in_tx, on, row};

row! {
    /// A row of `campaign` with that of `campaign_stock`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in crate::benefits) struct CampaignRow {
        pub(in crate::benefits) id: String,
        pub(in crate::benefits) version: i64,
        pub(in crate::benefits) name: String,
        pub(super) rule: String,
        pub(super) project: Option<String>,
        pub(super) category: String,
        pub(super) district: Option<String>,
        pub(super) state: String,
        pub(super) mode: String,
        pub(in crate::benefits) opens_ms: i64,
        pub(in crate::benefits) closes_ms: i64,
        pub(super) valid_until_ms: Option<i64>,
        pub(super) valid_days: Option<i64>,
        pub(super) face_fen: i64,
        pub(super) union_fen: i64,
        pub(super) min_spend_fen: i64,
        pub(super) is_partial: bool,
        pub(super) limit_total: i64,
        pub(super) limit_day: Option<i64>,
        pub(super) limit_month: Option<i64>,
        pub(super) eligibility: String,
        pub(in crate::benefits) weight_never_won: i64,
        pub(super) frozen_reason: Option<String>,
        pub(super) created_ms: i64,
        pub(in crate::benefits) stock: i64,
        pub(super) issued: i64,
        pub(super) budget_fen: i64,
        pub(super) spent_fen: i64,
    }
}

row! {
    /// Where vouchers of a campaign are redeemed.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct PlaceRow {
        pub(super) campaign_id: String,
        pub(super) merchant_id: String,
        pub(super) merchant_name: String,
        pub(super) merchant_state: String,
        // Empty: every store.
        pub(super) store_id: String,
        pub(super) store_name: Option<String>,
    }
}

/// The columns that every reading statement lists, once.
macro_rules! select {
    ($($rest:expr),+) => {
        concat!(
            "SELECT c.id, c.version, c.name, c.rule, c.project, c.category, c.district, c.state, c.mode, c.opens_ms,
                c.closes_ms, c.valid_until_ms, c.valid_days, c.face_fen, c.union_fen, c.min_spend_fen, c.is_partial,
                c.limit_total, c.limit_day, c.limit_month, c.eligibility, c.weight_never_won, c.frozen_reason,
                c.created_ms, s.stock, s.issued, s.budget_fen, s.spent_fen
            FROM campaign c JOIN campaign_stock s ON s.campaign_id = c.id ",
            $($rest),+
        )
    };
}
pub(super) use select;

const FIND: &str = select!("WHERE c.id = $1");

/// One campaign.
pub(super) async fn find(db: &Db, id: &str) -> Result<Option<Campaign>, Error> {
    let row: Option<CampaignRow> = on!(db, pool => sqlx::query_as(FIND).bind(id).fetch_optional(pool).await)?;
    row.map(Campaign::read).transpose()
}

/// One campaign as a transaction sees it.
pub(in crate::benefits) async fn find_in(tx: &mut Tx, id: &str) -> Result<Option<Campaign>, Error> {
    let row: Option<CampaignRow> = in_tx!(tx, c => sqlx::query_as(FIND).bind(id).fetch_optional(c).await)?;
    row.map(Campaign::read).transpose()
}

const ADD: &str = "INSERT INTO campaign (id, version, name, rule, project, category, district, state, mode, opens_ms,
        closes_ms, valid_until_ms, valid_days, face_fen, union_fen, min_spend_fen, is_partial, limit_total, limit_day,
        limit_month, eligibility, weight_never_won, created_ms)
    VALUES ($1, 1, $2, $3, $4, $5, $6, 'draft', $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
        $21)";
const CHANGE: &str = "UPDATE campaign SET version = version + 1, name = $2, rule = $3, project = $4, category = $5,
        district = $6, mode = $7, opens_ms = $8, closes_ms = $9, valid_until_ms = $10, valid_days = $11,
        face_fen = $12, union_fen = $13, min_spend_fen = $14, is_partial = $15, limit_total = $16, limit_day = $17,
        limit_month = $18, eligibility = $19, weight_never_won = $20
    WHERE id = $1 AND version = $21 AND state = 'draft'";
const ADD_STOCK: &str = "INSERT INTO campaign_stock (campaign_id, stock, issued, budget_fen, spent_fen)
    VALUES ($1, $2, 0, $3, 0)";

/// Binds the terms of a row, in the order of both writing statements.
macro_rules! terms {
    ($query:expr, $r:expr) => {
        $query
            .bind(&$r.id)
            .bind(&$r.name)
            .bind(&$r.rule)
            .bind(&$r.project)
            .bind(&$r.category)
            .bind(&$r.district)
            .bind(&$r.mode)
            .bind($r.opens_ms)
            .bind($r.closes_ms)
            .bind($r.valid_until_ms)
            .bind($r.valid_days)
            .bind($r.face_fen)
            .bind($r.union_fen)
            .bind($r.min_spend_fen)
            .bind($r.is_partial)
            .bind($r.limit_total)
            .bind($r.limit_day)
            .bind($r.limit_month)
            .bind(&$r.eligibility)
            .bind($r.weight_never_won)
    };
}

/// Writes a new draft with its stock.
pub(super) async fn add(tx: &mut Tx, r: &CampaignRow) -> Result<(), DbError> {
    in_tx!(tx, c => terms!(sqlx::query(ADD), r).bind(r.created_ms).execute(c).await.map(drop))?;
    in_tx!(tx, c => sqlx::query(ADD_STOCK)
        .bind(&r.id).bind(r.stock).bind(r.budget_fen).execute(c).await.map(drop))
}

const SET_STOCK: &str = "UPDATE campaign_stock SET stock = $2, budget_fen = $3 WHERE campaign_id = $1";

/// Writes the terms of a draft; false where it is not the row's version, or no draft.
pub(super) async fn change(tx: &mut Tx, r: &CampaignRow) -> Result<bool, DbError> {
    let done = in_tx!(tx, c => terms!(sqlx::query(CHANGE), r).bind(r.version).execute(c).await
        .map(|done| done.rows_affected() == 1))?;
    set_stock(tx, &r.id, r.stock, r.budget_fen).await?;
    Ok(done)
}

/// Writes how many vouchers there are and what they may cost.
pub(super) async fn set_stock(tx: &mut Tx, id: &str, stock: i64, budget_fen: i64) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(SET_STOCK).bind(id).bind(stock).bind(budget_fen).execute(c).await.map(drop))
}

const MOVE: &str = "UPDATE campaign SET version = version + 1, state = $3, frozen_reason = $4 WHERE id = $1 AND version = $2";

/// Moves a campaign to a state; false where it is not this version any more.
pub(super) async fn move_to(
    tx: &mut Tx,
    id: &str,
    version: i64,
    state: &str,
    reason: Option<&str>,
) -> Result<bool, DbError> {
    in_tx!(tx, c => sqlx::query(MOVE).bind(id).bind(version).bind(state).bind(reason)
        .execute(c).await.map(|done| done.rows_affected() == 1))
}

const RAISE: &str = "UPDATE benefit_revision SET revision = revision + 1";

/// Says that the public sees something else from now on.
pub(super) async fn raise_revision(tx: &mut Tx) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(RAISE).execute(c).await.map(drop))
}

const CLEAR_PLACES: &str = "DELETE FROM campaign_place WHERE campaign_id = $1";
// Only what is there: a merchant, and a store of this merchant or none.
const ADD_PLACE: &str = "INSERT INTO campaign_place (campaign_id, merchant_id, store_id)
    SELECT $1, merchant.id, $3 FROM merchant WHERE merchant.id = $2 AND ($3 = '' OR EXISTS
        (SELECT 1 FROM store WHERE store.id = $3 AND store.merchant_id = merchant.id))";

/// Writes a place of redemption anew; false where there is no such merchant or store.
pub(super) async fn add_place(tx: &mut Tx, id: &str, merchant: &str, store: &str) -> Result<bool, DbError> {
    in_tx!(tx, c => sqlx::query(ADD_PLACE).bind(id).bind(merchant).bind(store)
        .execute(c).await.map(|done| done.rows_affected() == 1))
}

/// Takes the places of a draft away.
pub(super) async fn clear_places(tx: &mut Tx, id: &str) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(CLEAR_PLACES).bind(id).execute(c).await.map(drop))
}

const PLACES: &str = "SELECT p.campaign_id, p.merchant_id, merchant.name AS merchant_name,
        merchant.state AS merchant_state, p.store_id, store.name AS store_name
    FROM campaign_place p JOIN merchant ON merchant.id = p.merchant_id LEFT JOIN store ON store.id = p.store_id
    WHERE p.campaign_id BETWEEN $1 AND $2 ORDER BY merchant.name, p.merchant_id, store.name";

/// The places of the campaigns from one id to another, both included.
pub(super) async fn places(db: &Db, first: &str, last: &str) -> Result<Vec<PlaceRow>, DbError> {
    on!(db, pool => sqlx::query_as(PLACES).bind(first).bind(last).fetch_all(pool).await)
}

/// The places of one campaign as a transaction sees it.
pub(super) async fn places_in(tx: &mut Tx, id: &str) -> Result<Vec<PlaceRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(PLACES).bind(id).bind(id).fetch_all(c).await)
}
