//! What claims read and write of campaigns, and of members.

use crate::db::{Db, DbError, Tx};
use crate::{in_tx, on, row};

row! {
    /// What a campaign says of its vouchers.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in super::super) struct TermsRow {
        pub(in super::super) id: String,
        pub(in super::super) name: String,
        pub(in super::super) rule: String,
        pub(in super::super) state: String,
        pub(in super::super) mode: String,
        pub(in super::super) opens_ms: i64,
        pub(in super::super) closes_ms: i64,
        pub(in super::super) valid_until_ms: Option<i64>,
        pub(in super::super) valid_days: Option<i64>,
        pub(in super::super) face_fen: i64,
        pub(in super::super) union_fen: i64,
        pub(in super::super) min_spend_fen: i64,
        pub(in super::super) is_partial: bool,
        pub(in super::super) limit_total: i64,
        pub(in super::super) limit_day: Option<i64>,
        pub(in super::super) limit_month: Option<i64>,
        pub(in super::super) eligibility: String,
    }
}

const TERMS: &str =
    "SELECT id, name, rule, state, mode, opens_ms, closes_ms, valid_until_ms, valid_days, face_fen,
        union_fen, min_spend_fen, is_partial, limit_total, limit_day, limit_month, eligibility
    FROM campaign WHERE id = $1 AND state <> 'draft'";

/// A campaign that was published.
pub(in super::super) async fn terms(db: &Db, id: &str) -> Result<Option<TermsRow>, DbError> {
    on!(db, pool => sqlx::query_as(TERMS).bind(id).fetch_optional(pool).await)
}

/// The same, as a transaction sees it.
pub(in super::super) async fn terms_in(tx: &mut Tx, id: &str) -> Result<Option<TermsRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(TERMS).bind(id).fetch_optional(c).await)
}

// The one place where stock and budget are given out: what is left is read by the statement that takes it.
const TAKE: &str = "UPDATE campaign_stock SET issued = issued + 1, spent_fen = spent_fen + $2
    WHERE campaign_id = $1 AND issued < stock AND spent_fen + $2 <= budget_fen
      AND EXISTS (SELECT 1 FROM campaign
        WHERE id = $1 AND state = 'running' AND opens_ms <= $3 AND closes_ms > $3)";

/// Takes one voucher from a campaign's stock and the union's part of it from the budget; false where nothing is left,
/// or the campaign gives out none at that instant.
pub(in super::super) async fn take(
    tx: &mut Tx,
    campaign: &str,
    union_fen: i64,
    at_ms: i64,
) -> Result<bool, DbError> {
    in_tx!(tx, c => sqlx::query(TAKE).bind(campaign).bind(union_fen).bind(at_ms)
        .execute(c).await.map(|done| done.rows_affected() == 1))
}

const LEFT: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM campaign_stock
    WHERE campaign_id = $1 AND issued < stock AND spent_fen + $2 <= budget_fen";

/// Whether anything was left a moment ago.
pub(in super::super) async fn has_left(db: &Db, campaign: &str, union_fen: i64) -> Result<bool, DbError> {
    on!(db, pool => sqlx::query_scalar::<_, i64>(LEFT).bind(campaign).bind(union_fen)
        .fetch_one(pool).await.map(|n| n > 0))
}

row! {
    /// What is known of a member when he claims.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in super::super) struct MemberRow {
        pub(in super::super) state: String,
        pub(in super::super) union_name: String,
        pub(in super::super) trade: Option<String>,
        pub(in super::super) district: String,
        pub(in super::super) joined_on: Option<String>,
    }
}

const MEMBER: &str = "SELECT state, union_name, trade, district, joined_on FROM member WHERE id = $1";

/// A member.
pub(in super::super) async fn member(db: &Db, id: &str) -> Result<Option<MemberRow>, DbError> {
    on!(db, pool => sqlx::query_as(MEMBER).bind(id).fetch_optional(pool).await)
}

const CARDS: &str = "SELECT DISTINCT kind FROM member_card WHERE member_id = $1 AND ended_ms IS NULL";

/// The kinds of cards that a member has now.
pub(in super::super) async fn cards(db: &Db, member: &str) -> Result<Vec<String>, DbError> {
    on!(db, pool => sqlx::query_scalar(CARDS).bind(member).fetch_all(pool).await)
}

row! {
    /// How many vouchers of a campaign a member has in a period.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in super::super) struct UsedRow {
        pub(in super::super) period: String,
        pub(in super::super) used: i64,
    }
}

const USED: &str = "SELECT period, CAST(MAX(n) AS BIGINT) AS used FROM claim_slot
    WHERE campaign_id = $1 AND member_id = $2 GROUP BY period";

/// How many he has in each period in which he has any.
pub(in super::super) async fn used(db: &Db, campaign: &str, member: &str) -> Result<Vec<UsedRow>, DbError> {
    on!(db, pool => sqlx::query_as(USED).bind(campaign).bind(member).fetch_all(pool).await)
}

/// The same, as a transaction sees it.
pub(in super::super) async fn used_in(
    tx: &mut Tx,
    campaign: &str,
    member: &str,
) -> Result<Vec<UsedRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(USED).bind(campaign).bind(member).fetch_all(c).await)
}

const SLOT: &str = "INSERT INTO claim_slot (campaign_id, member_id, period, n, voucher_id)
    VALUES ($1, $2, $3, $4, $5)";

/// Takes the n-th place of a member in a period; [`DbError::Unique`] where another claim has it.
pub(in super::super) async fn take_slot(
    tx: &mut Tx,
    campaign: &str,
    member: &str,
    (period, n): (&str, i64),
    voucher: &str,
) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(SLOT)
        .bind(campaign).bind(member).bind(period).bind(n).bind(voucher).execute(c).await.map(drop))
}

row! {
    /// Where vouchers of a campaign are redeemed.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in super::super) struct PlaceRow {
        pub(in super::super) merchant_id: String,
        pub(in super::super) merchant_name: String,
        pub(in super::super) store_id: String,
        pub(in super::super) store_name: Option<String>,
    }
}

const PLACES: &str = "SELECT place.merchant_id, merchant.name AS merchant_name, place.store_id,
        store.name AS store_name
    FROM campaign_place AS place JOIN merchant ON merchant.id = place.merchant_id
      LEFT JOIN store ON store.id = place.store_id
    WHERE place.campaign_id = $1 ORDER BY merchant.name, store.name";

/// Where vouchers of a campaign are redeemed; without a row, everywhere.
pub(in super::super) async fn places(db: &Db, campaign: &str) -> Result<Vec<PlaceRow>, DbError> {
    on!(db, pool => sqlx::query_as(PLACES).bind(campaign).fetch_all(pool).await)
}

const IS_PLACE: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM campaign WHERE id = $1 AND
    (NOT EXISTS (SELECT 1 FROM campaign_place WHERE campaign_id = $1)
     OR EXISTS (SELECT 1 FROM campaign_place WHERE campaign_id = $1 AND merchant_id = $2
       AND (store_id = '' OR store_id = $3)))";

/// Whether vouchers of a campaign are redeemed at a store.
pub(in super::super) async fn is_place(
    tx: &mut Tx,
    campaign: &str,
    merchant: &str,
    store: &str,
) -> Result<bool, DbError> {
    in_tx!(tx, c => sqlx::query_scalar::<_, i64>(IS_PLACE).bind(campaign).bind(merchant).bind(store)
        .fetch_one(c).await.map(|n| n > 0))
}

const DISTRICT: &str = "SELECT district FROM campaign WHERE id = $1";

/// The district of a campaign; `None` where it is for the whole city.
pub(in super::super) async fn district(tx: &mut Tx, id: &str) -> Result<Option<String>, DbError> {
    in_tx!(tx, c => sqlx::query_scalar(DISTRICT).bind(id).fetch_one(c).await)
}
