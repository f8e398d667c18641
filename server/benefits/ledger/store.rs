//! SQL on the ledger, and the sums that it is compared with.

use super::Cause;
use crate::benefits::model::Account;
use crate::db::{DbError, Tx};
use crate::{in_tx, row};

const ADD: &str = "INSERT INTO ledger_posting
        (object_id, kind, line, debit, credit, amount_fen, campaign_id, voucher_id, merchant_id, at_ms)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

/// Adds a posting.
pub(super) async fn add(
    tx: &mut Tx,
    cause: &Cause<'_>,
    line: i64,
    (debit, credit): (Account, Account),
    fen: i64,
) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD)
        .bind(cause.object).bind(cause.kind.as_str()).bind(line)
        .bind(debit.as_str()).bind(credit.as_str()).bind(fen)
        .bind(cause.campaign).bind(cause.voucher).bind(cause.merchant).bind(cause.at.timestamp_millis())
        .execute(c).await.map(drop))
}

const COUNT: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM ledger_posting";

/// How many postings there are.
pub(super) async fn count(tx: &mut Tx) -> Result<i64, DbError> {
    in_tx!(tx, c => sqlx::query_scalar(COUNT).fetch_one(c).await)
}

row! {
    /// What an account comes to: what went to it less what went from it.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct BalanceRow {
        pub(super) account: String,
        pub(super) balance_fen: i64,
    }
}

/// Both sides of each posting, the credit negative.
macro_rules! sides {
    () => {
        "(SELECT debit AS account, amount_fen AS fen, campaign_id, voucher_id, merchant_id FROM ledger_posting
          UNION ALL SELECT credit, -amount_fen, campaign_id, voucher_id, merchant_id FROM ledger_posting) AS side"
    };
}

const BALANCES: &str = concat!(
    "SELECT account, CAST(SUM(fen) AS BIGINT) AS balance_fen FROM ",
    sides!(),
    " GROUP BY account ORDER BY account"
);

/// What each account comes to.
pub(super) async fn balances(tx: &mut Tx) -> Result<Vec<BalanceRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(BALANCES).fetch_all(c).await)
}

row! {
    /// Something whose two sums are not the same.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct DifferenceRow {
        pub(super) object_id: String,
        pub(super) expected_fen: i64,
        pub(super) found_fen: i64,
    }
}

/// Compares two sums by object: each text gives `object_id` and `fen`, and together they are the same for every one.
macro_rules! compared {
    ($expected:expr, $found:expr) => {
        concat!(
            "SELECT object_id, CAST(SUM(expected) AS BIGINT) AS expected_fen, CAST(SUM(found) AS BIGINT) AS found_fen
            FROM (SELECT object_id, fen AS expected, 0 AS found FROM (",
            $expected,
            ") AS e UNION ALL SELECT object_id, 0, fen FROM (",
            $found,
            ") AS f) AS both_sides GROUP BY object_id HAVING SUM(expected) <> SUM(found) ORDER BY object_id LIMIT 1000"
        )
    };
}

/// The balance of an account by one of the columns of a posting.
macro_rules! balance_by {
    ($account:literal, $column:literal) => {
        concat!(
            "SELECT ",
            $column,
            " AS object_id, fen FROM ",
            sides!(),
            " WHERE account = '",
            $account,
            "' AND ",
            $column,
            " IS NOT NULL"
        )
    };
}

/// What is compared: its name, and the statement that finds where it does not hold.
pub(super) const RULES: [(&str, &str); 12] = [
    // What is left of a budget is what the fund holds.
    (
        "fund",
        compared!(
            "SELECT campaign_stock.campaign_id AS object_id, budget_fen - spent_fen AS fen FROM campaign_stock
             JOIN campaign ON campaign.id = campaign_stock.campaign_id WHERE campaign.state <> 'draft'",
            balance_by!("fund", "campaign_id")
        ),
    ),
    (
        "spent",
        compared!(
            "SELECT campaign_id AS object_id, union_fen AS fen FROM voucher",
            "SELECT campaign_id AS object_id, spent_fen AS fen FROM campaign_stock"
        ),
    ),
    (
        "issued",
        compared!(
            "SELECT campaign_id AS object_id, 1 AS fen FROM voucher",
            "SELECT campaign_id AS object_id, issued AS fen FROM campaign_stock"
        ),
    ),
    // A claim that counts against a limit has its voucher, and the other way round.
    (
        "slot",
        compared!(
            "SELECT id AS object_id, 1 AS fen FROM voucher",
            "SELECT voucher_id AS object_id, 1 AS fen FROM claim_slot WHERE period = 'total'"
        ),
    ),
    (
        "live",
        compared!(
            "SELECT id AS object_id, left_fen AS fen FROM voucher",
            balance_by!("live", "voucher_id")
        ),
    ),
    // The face of a voucher is what is left, redeemed, expired and void of it.
    (
        "face",
        compared!(
            "SELECT id AS object_id, face_fen AS fen FROM voucher",
            "SELECT id AS object_id, left_fen AS fen FROM voucher
             UNION ALL SELECT voucher_id, amount_fen FROM redemption WHERE reversed_ms IS NULL
             UNION ALL SELECT voucher_id, fen FROM (SELECT voucher_id, amount_fen AS fen, debit AS account
               FROM ledger_posting UNION ALL SELECT voucher_id, -amount_fen, credit FROM ledger_posting) AS ended
               WHERE account IN ('expired', 'void')"
        ),
    ),
    (
        "redeemed",
        compared!(
            "SELECT voucher_id AS object_id, amount_fen AS fen FROM redemption WHERE reversed_ms IS NULL",
            "SELECT voucher_id AS object_id, amount_fen AS fen FROM ledger_posting
             WHERE kind = 'redeem' UNION ALL
             SELECT voucher_id, -amount_fen FROM ledger_posting WHERE kind = 'reverse' AND debit = 'live'"
        ),
    ),
    (
        "due",
        compared!(
            "SELECT merchant_id AS object_id, union_fen AS fen FROM redemption
             WHERE reversed_ms IS NULL AND settlement_id IS NULL UNION ALL
             SELECT merchant_id, amount_fen FROM adjustment WHERE settlement_id IS NULL",
            balance_by!("due", "merchant_id")
        ),
    ),
    (
        "borne",
        compared!(
            "SELECT merchant_id AS object_id, amount_fen - union_fen AS fen FROM redemption WHERE reversed_ms IS NULL",
            balance_by!("borne", "merchant_id")
        ),
    ),
    (
        "settlement",
        compared!(
            "SELECT settlement_id AS object_id, union_fen AS fen FROM redemption WHERE settlement_id IS NOT NULL
             UNION ALL SELECT settlement_id, amount_fen FROM adjustment WHERE settlement_id IS NOT NULL",
            "SELECT id AS object_id, union_fen + adjusted_fen AS fen FROM settlement"
        ),
    ),
    (
        "settled",
        compared!(
            "SELECT merchant_id AS object_id, union_fen + adjusted_fen AS fen FROM settlement",
            balance_by!("settled", "merchant_id")
        ),
    ),
    (
        "reversal",
        compared!(
            "SELECT id AS object_id, 1 AS fen FROM redemption WHERE reversed_ms IS NOT NULL",
            "SELECT redemption_id AS object_id, 1 AS fen FROM reversal"
        ),
    ),
];

/// Where a rule does not hold.
pub(super) async fn differences(tx: &mut Tx, rule: &'static str) -> Result<Vec<DifferenceRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(rule).fetch_all(c).await)
}
