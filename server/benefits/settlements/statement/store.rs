//! SQL on the statement of any days of a merchant.

use crate::benefits::settlements::store::{AdjustmentRow, LineRow};
use crate::db::{Db, DbError};
use crate::{on, row};

row! {
    /// Whose till a clerk stands at.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct TillRow {
        pub(super) merchant_id: String,
        pub(super) merchant_name: String,
        pub(super) is_lead: bool,
    }
}

const TILL: &str = "SELECT clerk.merchant_id, merchant.name AS merchant_name, clerk.is_lead
    FROM clerk JOIN merchant ON merchant.id = clerk.merchant_id WHERE clerk.id = $1";

/// The merchant of a clerk.
pub(super) async fn till(db: &Db, clerk: &str) -> Result<Option<TillRow>, DbError> {
    on!(db, pool => sqlx::query_as(TILL).bind(clerk).fetch_optional(pool).await)
}

const LINES: &str = "SELECT redemption.id, redemption.at_ms, redemption.amount_fen, redemption.union_fen,
        campaign.name AS campaign_name, store.name AS store_name
    FROM redemption JOIN campaign ON campaign.id = redemption.campaign_id
      JOIN store ON store.id = redemption.store_id
    WHERE redemption.merchant_id = $1 AND redemption.at_ms >= $2 AND redemption.at_ms < $3
      AND redemption.reversed_ms IS NULL
    ORDER BY redemption.at_ms, redemption.id LIMIT $4";

/// The redemptions of a merchant between two instants that hold, the first first.
pub(super) async fn lines(
    db: &Db,
    merchant: &str,
    (from_ms, until_ms): (i64, i64),
    most: i64,
) -> Result<Vec<LineRow>, DbError> {
    on!(db, pool => sqlx::query_as(LINES).bind(merchant).bind(from_ms).bind(until_ms).bind(most)
        .fetch_all(pool).await)
}

const ADJUSTMENTS: &str = "SELECT id, redemption_id, amount_fen, reason, at_ms FROM adjustment
    WHERE merchant_id = $1 AND at_ms >= $2 AND at_ms < $3 ORDER BY at_ms, id LIMIT $4";

/// What was put right of a merchant between two instants, the first first.
pub(super) async fn adjustments(
    db: &Db,
    merchant: &str,
    (from_ms, until_ms): (i64, i64),
    most: i64,
) -> Result<Vec<AdjustmentRow>, DbError> {
    on!(db, pool => sqlx::query_as(ADJUSTMENTS).bind(merchant).bind(from_ms).bind(until_ms).bind(most)
        .fetch_all(pool).await)
}
