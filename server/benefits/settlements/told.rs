//! What people are told of settlements.

use chrono::{DateTime, FixedOffset};
use serde::Serialize;
use utoipa::ToSchema;

use super::store::{AdjustmentRow, LineRow, SettlementRow};
use crate::time::Zone;

/// Whose books were closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = SettledMerchant)]
pub(in crate::benefits) struct Merchant {
    /// Its identity.
    pub(in crate::benefits) id: String,
    /// Its name.
    pub(in crate::benefits) name: String,
}

/// A settlement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Settlement)]
pub(in crate::benefits) struct ToldSettlement {
    /// Its identity.
    pub(in crate::benefits) id: String,
    /// The number that people know it by.
    pub(in crate::benefits) number: String,
    /// Whose books were closed.
    pub(in crate::benefits) merchant: Merchant,
    /// Up to the end of which day.
    pub(in crate::benefits) until_day: String,
    /// How many redemptions it holds.
    pub(in crate::benefits) redemptions: i64,
    /// What they come to, in fen.
    pub(in crate::benefits) amount_fen: i64,
    /// What of it the union pays, in fen.
    pub(in crate::benefits) union_fen: i64,
    /// What was put right, in fen.
    pub(in crate::benefits) adjusted_fen: i64,
    /// What the union pays in all, in fen.
    pub(in crate::benefits) due_fen: i64,
    /// When it was made.
    pub(in crate::benefits) made_at: DateTime<FixedOffset>,
}

/// A line of a statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = StatementLine)]
pub(in crate::benefits) struct ToldLine {
    /// Which redemption.
    pub(in crate::benefits) redemption_id: String,
    /// When.
    pub(in crate::benefits) at: DateTime<FixedOffset>,
    /// The campaign.
    pub(in crate::benefits) campaign: String,
    /// The store.
    pub(in crate::benefits) store: String,
    /// How much was taken off, in fen.
    pub(in crate::benefits) amount_fen: i64,
    /// What of it the union pays, in fen.
    pub(in crate::benefits) union_fen: i64,
}

/// Something that was put right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Adjustment)]
pub(in crate::benefits) struct ToldAdjustment {
    /// Its identity.
    pub(in crate::benefits) id: String,
    /// Of which redemption.
    pub(in crate::benefits) redemption_id: String,
    /// What the union owes more, or less, in fen.
    pub(in crate::benefits) amount_fen: i64,
    /// Why.
    pub(in crate::benefits) reason: String,
    /// When.
    pub(in crate::benefits) at: DateTime<FixedOffset>,
}

/// A settlement with its lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Statement)]
pub(in crate::benefits) struct ToldStatement {
    /// The settlement.
    #[serde(flatten)]
    pub(in crate::benefits) settlement: ToldSettlement,
    /// Its redemptions, the first first.
    pub(in crate::benefits) lines: Vec<ToldLine>,
    /// What was put right, the first first.
    pub(in crate::benefits) adjustments: Vec<ToldAdjustment>,
}

impl ToldSettlement {
    pub(super) fn new(row: SettlementRow, zone: Zone) -> Self {
        Self {
            id: row.id,
            number: row.number,
            merchant: Merchant { id: row.merchant_id, name: row.merchant_name },
            until_day: row.until_day,
            redemptions: row.redemptions,
            amount_fen: row.amount_fen,
            union_fen: row.union_fen,
            adjusted_fen: row.adjusted_fen,
            due_fen: row.union_fen + row.adjusted_fen,
            made_at: zone.from_ms(row.made_ms),
        }
    }
}

impl ToldLine {
    pub(super) fn new(row: LineRow, zone: Zone) -> Self {
        Self {
            redemption_id: row.id,
            at: zone.from_ms(row.at_ms),
            campaign: row.campaign_name,
            store: row.store_name,
            amount_fen: row.amount_fen,
            union_fen: row.union_fen,
        }
    }
}

impl ToldAdjustment {
    pub(super) fn new(row: AdjustmentRow, zone: Zone) -> Self {
        Self {
            id: row.id,
            redemption_id: row.redemption_id,
            amount_fen: row.amount_fen,
            reason: row.reason,
            at: zone.from_ms(row.at_ms),
        }
    }
}
