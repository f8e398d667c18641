//! SQL on settlements and adjustments.

use crate::db::{Db, DbError, Tx};
use crate::{in_tx, on, row};

row! {
    /// A settlement with its merchant's name.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct SettlementRow {
        pub(super) id: String,
        pub(super) number: String,
        pub(super) merchant_id: String,
        pub(super) merchant_name: String,
        pub(super) until_day: String,
        pub(super) redemptions: i64,
        pub(super) amount_fen: i64,
        pub(super) union_fen: i64,
        pub(super) adjusted_fen: i64,
        pub(super) made_ms: i64,
    }
}

/// The reading statements list the same columns, once.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT settlement.id, settlement.number, settlement.merchant_id, merchant.name AS merchant_name,
              settlement.until_day, settlement.redemptions, settlement.amount_fen, settlement.union_fen,
              settlement.adjusted_fen, settlement.made_ms
            FROM settlement JOIN merchant ON merchant.id = settlement.merchant_id ",
            $rest
        )
    };
}

const FIND: &str = select!("WHERE settlement.id = $1");

/// A settlement.
pub(super) async fn find(db: &Db, id: &str) -> Result<Option<SettlementRow>, DbError> {
    on!(db, pool => sqlx::query_as(FIND).bind(id).fetch_optional(pool).await)
}

const PAGE: &str = select!(
    "WHERE ($1 = '' OR settlement.merchant_id = $1) AND ($2 = '' OR settlement.id < $2)
    ORDER BY settlement.id DESC LIMIT $3"
);

/// Settlements from a cursor on, the newest first; an empty merchant asks for all.
pub(super) async fn page(
    db: &Db,
    merchant: &str,
    before: &str,
    most: i64,
) -> Result<Vec<SettlementRow>, DbError> {
    on!(db, pool => sqlx::query_as(PAGE).bind(merchant).bind(before).bind(most).fetch_all(pool).await)
}

const MERCHANT: &str = "SELECT name FROM merchant WHERE id = $1";

/// The name of a merchant.
pub(super) async fn merchant(tx: &mut Tx, id: &str) -> Result<Option<String>, DbError> {
    in_tx!(tx, c => sqlx::query_scalar(MERCHANT).bind(id).fetch_optional(c).await)
}

const LAST: &str = "SELECT MAX(until_day) FROM settlement WHERE merchant_id = $1";

/// Up to the end of which day a merchant's books are closed.
pub(super) async fn last(tx: &mut Tx, merchant: &str) -> Result<Option<String>, DbError> {
    in_tx!(tx, c => sqlx::query_scalar(LAST).bind(merchant).fetch_one(c).await)
}

const ADD: &str =
    "INSERT INTO settlement (id, number, merchant_id, until_day, redemptions, amount_fen, union_fen,
        adjusted_fen, made_ms, account_id)
    VALUES ($1, $2, $3, $4, 0, 0, 0, 0, $5, $6)";

/// Begins a settlement; [`DbError::Unique`] where the day is closed.
pub(super) async fn add(
    tx: &mut Tx,
    (id, number, merchant): (&str, &str, &str),
    until_day: &str,
    made_ms: i64,
    account: Option<String>,
) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD).bind(id).bind(number).bind(merchant).bind(until_day).bind(made_ms)
        .bind(account).execute(c).await.map(drop))
}

const CLAIM: &str = "UPDATE redemption SET settlement_id = $1
    WHERE merchant_id = $2 AND settlement_id IS NULL AND reversed_ms IS NULL AND at_ms < $3";
const CLAIM_ADJUSTMENTS: &str = "UPDATE adjustment SET settlement_id = $1
    WHERE merchant_id = $2 AND settlement_id IS NULL AND at_ms < $3";

/// Puts into a settlement whatever of a merchant came before an instant and is in none.
pub(super) async fn claim(tx: &mut Tx, id: &str, merchant: &str, before_ms: i64) -> Result<(), DbError> {
    for statement in [CLAIM, CLAIM_ADJUSTMENTS] {
        in_tx!(tx, c => sqlx::query(statement).bind(id).bind(merchant).bind(before_ms)
            .execute(c).await.map(drop))?;
    }
    Ok(())
}

const SUM: &str = "UPDATE settlement SET
      redemptions = (SELECT COUNT(*) FROM redemption WHERE settlement_id = $1),
      amount_fen = (SELECT CAST(COALESCE(SUM(amount_fen), 0) AS BIGINT) FROM redemption WHERE settlement_id = $1),
      union_fen = (SELECT CAST(COALESCE(SUM(union_fen), 0) AS BIGINT) FROM redemption WHERE settlement_id = $1),
      adjusted_fen = (SELECT CAST(COALESCE(SUM(amount_fen), 0) AS BIGINT) FROM adjustment WHERE settlement_id = $1)
    WHERE id = $1";

/// Sums a settlement.
pub(super) async fn sum(tx: &mut Tx, id: &str) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(SUM).bind(id).execute(c).await.map(drop))
}

/// A settlement, as a transaction sees it.
pub(super) async fn find_in(tx: &mut Tx, id: &str) -> Result<SettlementRow, DbError> {
    in_tx!(tx, c => sqlx::query_as(FIND).bind(id).fetch_one(c).await)
}

row! {
    /// A line of a statement.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct LineRow {
        pub(super) id: String,
        pub(super) at_ms: i64,
        pub(super) amount_fen: i64,
        pub(super) union_fen: i64,
        pub(super) campaign_name: String,
        pub(super) store_name: String,
    }
}

const LINES: &str = "SELECT redemption.id, redemption.at_ms, redemption.amount_fen, redemption.union_fen,
        campaign.name AS campaign_name, store.name AS store_name
    FROM redemption JOIN campaign ON campaign.id = redemption.campaign_id
      JOIN store ON store.id = redemption.store_id
    WHERE redemption.settlement_id = $1 ORDER BY redemption.at_ms, redemption.id";

/// The redemptions of a settlement, the first first.
pub(super) async fn lines(db: &Db, id: &str) -> Result<Vec<LineRow>, DbError> {
    on!(db, pool => sqlx::query_as(LINES).bind(id).fetch_all(pool).await)
}

row! {
    /// What was put right.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct AdjustmentRow {
        pub(super) id: String,
        pub(super) redemption_id: String,
        pub(super) amount_fen: i64,
        pub(super) reason: String,
        pub(super) at_ms: i64,
    }
}

const ADJUSTMENTS: &str = "SELECT id, redemption_id, amount_fen, reason, at_ms FROM adjustment
    WHERE settlement_id = $1 ORDER BY at_ms, id";

/// What was put right in a settlement, the first first.
pub(super) async fn adjustments(db: &Db, id: &str) -> Result<Vec<AdjustmentRow>, DbError> {
    on!(db, pool => sqlx::query_as(ADJUSTMENTS).bind(id).fetch_all(pool).await)
}

row! {
    /// A redemption that is put right.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct RedeemedRow {
        pub(super) merchant_id: String,
        pub(super) campaign_id: String,
        pub(super) union_fen: i64,
        pub(super) settlement_id: Option<String>,
        pub(super) adjusted_fen: i64,
    }
}

const REDEEMED: &str = "SELECT merchant_id, campaign_id, union_fen, settlement_id,
        (SELECT CAST(COALESCE(SUM(amount_fen), 0) AS BIGINT) FROM adjustment WHERE redemption_id = $1)
          AS adjusted_fen
    FROM redemption WHERE id = $1";

/// A redemption, with what was put right of it so far.
pub(super) async fn redeemed(tx: &mut Tx, id: &str) -> Result<Option<RedeemedRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(REDEEMED).bind(id).fetch_optional(c).await)
}

const HOLD: &str = "UPDATE redemption SET amount_fen = amount_fen WHERE id = $1";

/// Holds a redemption until the transaction ends.
pub(super) async fn hold(tx: &mut Tx, id: &str) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(HOLD).bind(id).execute(c).await.map(drop))
}

const ADJUST: &str =
    "INSERT INTO adjustment (id, merchant_id, redemption_id, amount_fen, reason, account_id, at_ms)
    VALUES ($1, $2, $3, $4, $5, $6, $7)";

/// Notes what is put right.
pub(super) async fn adjust(
    tx: &mut Tx,
    row: &AdjustmentRow,
    merchant: &str,
    account: Option<String>,
) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADJUST).bind(&row.id).bind(merchant).bind(&row.redemption_id)
        .bind(row.amount_fen).bind(&row.reason).bind(account).bind(row.at_ms).execute(c).await.map(drop))
}
