//! Lists of vouchers and redemptions.

use super::voucher::{VoucherRow, select};
use crate::db::{Db, DbError};
use crate::{on, row};

const WALLET: &str = select!(
    "WHERE member_id = $1 AND ($2 = '' OR state = $2) AND ($3 = '' OR id < $3) ORDER BY id DESC LIMIT $4"
);

/// A member's vouchers from a cursor on, the newest first; an empty state asks for all.
pub(in super::super) async fn wallet(
    db: &Db,
    member: &str,
    state: &str,
    before: &str,
    most: i64,
) -> Result<Vec<VoucherRow>, DbError> {
    on!(db, pool => sqlx::query_as(WALLET).bind(member).bind(state).bind(before).bind(most)
        .fetch_all(pool).await)
}

const OF_CAMPAIGN: &str = select!(
    "WHERE ($1 = '' OR campaign_id = $1) AND ($2 = '' OR member_id = $2) AND ($3 = '' OR state = $3)
      AND ($4 = '' OR id < $4) ORDER BY id DESC LIMIT $5"
);

/// Vouchers as staff look for them; an empty text asks for all.
pub(in super::super) async fn searched(
    db: &Db,
    (campaign, member, state): (&str, &str, &str),
    before: &str,
    most: i64,
) -> Result<Vec<VoucherRow>, DbError> {
    on!(db, pool => sqlx::query_as(OF_CAMPAIGN).bind(campaign).bind(member).bind(state).bind(before).bind(most)
        .fetch_all(pool).await)
}

row! {
    /// One use of a voucher.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in super::super) struct UseRow {
        pub(in super::super) id: String,
        pub(in super::super) at_ms: i64,
        pub(in super::super) amount_fen: i64,
        pub(in super::super) store_id: String,
        pub(in super::super) store_name: String,
        pub(in super::super) merchant_id: String,
        pub(in super::super) merchant_name: String,
        pub(in super::super) reversed_ms: Option<i64>,
    }
}

const USES: &str = "SELECT redemption.id, redemption.at_ms, redemption.amount_fen, redemption.store_id,
        store.name AS store_name, redemption.merchant_id, merchant.name AS merchant_name, redemption.reversed_ms
    FROM redemption JOIN store ON store.id = redemption.store_id
      JOIN merchant ON merchant.id = redemption.merchant_id
    WHERE redemption.voucher_id = $1 ORDER BY redemption.id";

/// The uses of a voucher, the first first.
pub(in super::super) async fn uses(db: &Db, voucher: &str) -> Result<Vec<UseRow>, DbError> {
    on!(db, pool => sqlx::query_as(USES).bind(voucher).fetch_all(pool).await)
}

row! {
    /// A member's year.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in super::super) struct YearRow {
        pub(in super::super) live: i64,
        pub(in super::super) saved_fen: i64,
        pub(in super::super) times: i64,
    }
}

const YEAR: &str = "SELECT
    (SELECT CAST(COUNT(*) AS BIGINT) FROM voucher
      WHERE member_id = $1 AND state = 'issued' AND expires_ms > $3) AS live,
    CAST(COALESCE(SUM(redemption.amount_fen), 0) AS BIGINT) AS saved_fen, CAST(COUNT(*) AS BIGINT) AS times
    FROM redemption JOIN voucher ON voucher.id = redemption.voucher_id
    WHERE voucher.member_id = $1 AND redemption.reversed_ms IS NULL AND redemption.at_ms >= $2";

/// What a member can use at an instant, and what he saved since another one.
pub(in super::super) async fn year(
    db: &Db,
    member: &str,
    since_ms: i64,
    now_ms: i64,
) -> Result<YearRow, DbError> {
    on!(db, pool => sqlx::query_as(YEAR).bind(member).bind(since_ms).bind(now_ms).fetch_one(pool).await)
}

row! {
    /// A redemption at a till.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in super::super) struct TillRow {
        pub(in super::super) id: String,
        pub(in super::super) at_ms: i64,
        pub(in super::super) amount_fen: i64,
        pub(in super::super) union_fen: i64,
        pub(in super::super) campaign_id: String,
        pub(in super::super) campaign_name: String,
        pub(in super::super) store_id: String,
        pub(in super::super) store_name: String,
        pub(in super::super) reversed_ms: Option<i64>,
        pub(in super::super) settlement_id: Option<String>,
    }
}

/// Which redemptions of a merchant are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Till {
    pub(in super::super) merchant: String,
    /// Empty: every store.
    pub(in super::super) store: String,
    pub(in super::super) from_ms: i64,
    /// Before it.
    pub(in super::super) until_ms: i64,
}

const TILL: &str = "SELECT redemption.id, redemption.at_ms, redemption.amount_fen, redemption.union_fen,
        redemption.campaign_id, campaign.name AS campaign_name, redemption.store_id, store.name AS store_name,
        redemption.reversed_ms, redemption.settlement_id
    FROM redemption JOIN store ON store.id = redemption.store_id
      JOIN campaign ON campaign.id = redemption.campaign_id
    WHERE redemption.merchant_id = $1 AND ($2 = '' OR redemption.store_id = $2)
      AND redemption.at_ms >= $3 AND redemption.at_ms < $4 AND ($5 = '' OR redemption.id < $5)
    ORDER BY redemption.id DESC LIMIT $6";

/// Redemptions at a till from a cursor on, the newest first.
pub(in super::super) async fn till(
    db: &Db,
    asked: &Till,
    before: &str,
    most: i64,
) -> Result<Vec<TillRow>, DbError> {
    on!(db, pool => sqlx::query_as(TILL).bind(&asked.merchant).bind(&asked.store)
        .bind(asked.from_ms).bind(asked.until_ms).bind(before).bind(most).fetch_all(pool).await)
}

row! {
    /// What redemptions come to.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in super::super) struct SumRow {
        pub(in super::super) count: i64,
        pub(in super::super) sum_fen: i64,
    }
}

const TILL_SUM: &str = "SELECT CAST(COUNT(*) AS BIGINT) AS count,
        CAST(COALESCE(SUM(amount_fen), 0) AS BIGINT) AS sum_fen
    FROM redemption WHERE merchant_id = $1 AND ($2 = '' OR store_id = $2)
      AND at_ms >= $3 AND at_ms < $4 AND reversed_ms IS NULL";

/// What redemptions at a till come to that were not taken back.
pub(in super::super) async fn till_sum(db: &Db, asked: &Till) -> Result<SumRow, DbError> {
    on!(db, pool => sqlx::query_as(TILL_SUM).bind(&asked.merchant).bind(&asked.store)
        .bind(asked.from_ms).bind(asked.until_ms).fetch_one(pool).await)
}
