//! Comparing the ledger with everything that it tells of, to the fen. Nothing is mended.

use chrono::{DateTime, FixedOffset};
use serde::Serialize;
use utoipa::ToSchema;

use super::store;
use crate::db::Db;
use crate::error::Error;

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = LedgerReport)]
pub struct Report {
    /// Whether all accounts together are zero and nothing differs.
    pub is_balanced: bool,
    /// As of when.
    pub checked_at: DateTime<FixedOffset>,
    /// How many postings there are.
    pub postings: i64,
    /// What each account comes to; together they are zero.
    pub accounts: Vec<Balance>,
    /// What differs, at most 1,000 of each kind.
    pub differences: Vec<Difference>,
}

/// What an account comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = LedgerBalance)]
pub struct Balance {
    /// Which account.
    pub account: String,
    /// What went to it less what went from it, in fen.
    pub balance_fen: i64,
}

/// Something whose sums are not the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = LedgerDifference)]
pub struct Difference {
    /// What was compared: `fund`, `spent`, `issued`, `slot`, `live`, `face`, `redeemed`, `due`, `borne`,
    /// `settlement`, `settled` or `reversal`.
    pub what: &'static str,
    /// Of which campaign, voucher, merchant, settlement or redemption.
    pub object_id: String,
    /// What it should be, in fen; of `issued`, `slot` and `reversal`, how many.
    pub expected_fen: i64,
    /// What was found.
    pub found_fen: i64,
}

/// Checks the ledger as of one moment, which is told as `checked_at`.
pub async fn check(db: &Db, checked_at: DateTime<FixedOffset>) -> Result<Report, Error> {
    let mut tx = db.begin_reading().await?;
    let postings = store::count(&mut tx).await?;
    let balances = store::balances(&mut tx).await?;
    let mut differences = Vec::new();
    for (what, rule) in store::RULES {
        let found = store::differences(&mut tx, rule).await?;
        differences.extend(found.into_iter().map(|row| Difference {
            what,
            object_id: row.object_id,
            expected_fen: row.expected_fen,
            found_fen: row.found_fen,
        }));
    }
    tx.rollback().await?;
    let sum: i64 = balances.iter().map(|row| row.balance_fen).sum();
    let told = |row: store::BalanceRow| Balance { account: row.account, balance_fen: row.balance_fen };
    Ok(Report {
        is_balanced: sum == 0 && differences.is_empty(),
        checked_at,
        postings,
        accounts: balances.into_iter().map(told).collect(),
        differences,
    })
}
