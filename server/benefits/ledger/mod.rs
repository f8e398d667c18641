//! The ledger: double entry, only added to, and its check.
//!
//! A posting moves an amount from one account to another, so all accounts together are zero whatever is posted.
//! Neither engine lets a posting be changed or taken away, and an object has each kind of posting once.

mod check;
mod openapi;
mod routes;
mod store;

use chrono::{DateTime, Utc};

pub use check::{Balance, Difference, Report, check};
pub(super) use routes::routes;

use super::model::{Account, PostingKind};
use crate::db::{DbError, Tx};

/// For what amounts are moved.
#[derive(Debug, Clone, Copy)]
pub struct Cause<'a> {
    /// What kind of thing it is.
    pub kind: PostingKind,
    /// The campaign, voucher, redemption, adjustment or settlement that it is posted for.
    pub object: &'a str,
    /// The number of its first line: 0, except where a kind is posted for an object more than once.
    pub line: i64,
    /// The campaign, where it belongs to one.
    pub campaign: Option<&'a str>,
    /// The voucher, where it belongs to one.
    pub voucher: Option<&'a str>,
    /// The merchant, where it is due or borne.
    pub merchant: Option<&'a str>,
    /// When.
    pub at: DateTime<Utc>,
}

/// An amount that goes to the first account from the second, in fen; 0 is not posted.
pub type Move = (Account, Account, i64);

impl<'a> Cause<'a> {
    /// Something that happened to a voucher of a campaign.
    pub fn of_voucher(kind: PostingKind, campaign: &'a str, voucher: &'a str, at: DateTime<Utc>) -> Self {
        let (campaign, named) = (Some(campaign), Some(voucher));
        Self { kind, object: voucher, line: 0, campaign, voucher: named, merchant: None, at }
    }
}

/// Posts what a cause moves, in its own transaction.
///
/// # Errors
/// [`DbError::Unique`] where it was posted before.
pub async fn post(tx: &mut Tx, cause: &Cause<'_>, moves: &[Move]) -> Result<(), DbError> {
    for (line, (debit, credit, fen)) in (cause.line..).zip(moves) {
        if *fen > 0 {
            store::add(tx, cause, line, (*debit, *credit), *fen).await?;
        }
    }
    Ok(())
}
