//! Redemptions, and taking them back.

use crate::db::{DbError, Tx};
use crate::{in_tx, row};

/// A redemption that is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct NewRedemption {
    pub(in super::super) id: String,
    pub(in super::super) voucher_id: String,
    pub(in super::super) campaign_id: String,
    pub(in super::super) merchant_id: String,
    pub(in super::super) store_id: String,
    pub(in super::super) clerk_id: String,
    pub(in super::super) amount_fen: i64,
    pub(in super::super) union_fen: i64,
    pub(in super::super) purchase_fen: Option<i64>,
    pub(in super::super) at_ms: i64,
    pub(in super::super) distance_m: Option<i64>,
}

const ADD: &str =
    "INSERT INTO redemption (id, voucher_id, campaign_id, merchant_id, store_id, clerk_id, amount_fen,
        union_fen, purchase_fen, at_ms, distance_m)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";

/// Adds a redemption.
pub(in super::super) async fn add(tx: &mut Tx, r: &NewRedemption) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD)
        .bind(&r.id).bind(&r.voucher_id).bind(&r.campaign_id).bind(&r.merchant_id).bind(&r.store_id)
        .bind(&r.clerk_id).bind(r.amount_fen).bind(r.union_fen).bind(r.purchase_fen).bind(r.at_ms)
        .bind(r.distance_m)
        .execute(c).await.map(drop))
}

row! {
    /// When and where a voucher was used.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in super::super) struct UsedRow {
        pub(in super::super) at_ms: i64,
        pub(in super::super) store_name: String,
    }
}

const LAST: &str = "SELECT redemption.at_ms, store.name AS store_name FROM redemption
      JOIN store ON store.id = redemption.store_id
    WHERE redemption.voucher_id = $1 AND redemption.reversed_ms IS NULL
    ORDER BY redemption.at_ms DESC, redemption.id DESC LIMIT 1";

/// The last use of a voucher that was not taken back.
pub(in super::super) async fn last_of(tx: &mut Tx, voucher: &str) -> Result<Option<UsedRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(LAST).bind(voucher).fetch_optional(c).await)
}

row! {
    /// A redemption as its reversal finds it.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in super::super) struct RedeemedRow {
        pub(in super::super) voucher_id: String,
        pub(in super::super) campaign_id: String,
        pub(in super::super) merchant_id: String,
        pub(in super::super) amount_fen: i64,
        pub(in super::super) union_fen: i64,
        pub(in super::super) reversed_ms: Option<i64>,
        pub(in super::super) settlement_id: Option<String>,
    }
}

const FIND: &str =
    "SELECT voucher_id, campaign_id, merchant_id, amount_fen, union_fen, reversed_ms, settlement_id
    FROM redemption WHERE id = $1";

/// A redemption.
pub(in super::super) async fn find_in(tx: &mut Tx, id: &str) -> Result<Option<RedeemedRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(FIND).bind(id).fetch_optional(c).await)
}

const REVERSE: &str = "UPDATE redemption SET reversed_ms = $3
    WHERE id = $1 AND merchant_id = $2 AND reversed_ms IS NULL AND settlement_id IS NULL";

/// Takes a redemption of a merchant back; false where that was done before, or its books are closed.
pub(in super::super) async fn reverse(
    tx: &mut Tx,
    id: &str,
    merchant: &str,
    now_ms: i64,
) -> Result<bool, DbError> {
    in_tx!(tx, c => sqlx::query(REVERSE).bind(id).bind(merchant).bind(now_ms)
        .execute(c).await.map(|done| done.rows_affected() == 1))
}

const ADD_REVERSAL: &str =
    "INSERT INTO reversal (redemption_id, clerk_id, reason, at_ms) VALUES ($1, $2, $3, $4)";

/// Notes who took a redemption back, and why.
pub(in super::super) async fn add_reversal(
    tx: &mut Tx,
    redemption: &str,
    clerk: &str,
    reason: &str,
    now_ms: i64,
) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD_REVERSAL).bind(redemption).bind(clerk).bind(reason).bind(now_ms)
        .execute(c).await.map(drop))
}
