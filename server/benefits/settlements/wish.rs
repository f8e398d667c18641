//! What comes in: up to which day books are closed, and what is put right.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::benefits::fen::MOST_FEN;
use crate::error::{Error, FieldError};
use crate::ids::{MerchantId, RedemptionId};

/// The most characters of a reason.
const REASON_CHARS: usize = 200;

/// Books that are to be closed.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SettlementWish {
    /// Whose.
    #[schema(value_type = String, format = Uuid)]
    pub(super) merchant_id: MerchantId,
    /// Up to the end of this day, which must be over.
    #[schema(example = "2026-11-22")]
    pub(super) until_day: NaiveDate,
}

/// Something that is to be put right after it was settled.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AdjustmentWish {
    /// Of which redemption.
    #[schema(value_type = String, format = Uuid)]
    pub(super) redemption_id: RedemptionId,
    /// What the union owes the merchant more, or less, in fen.
    #[schema(example = -2000)]
    pub(super) amount_fen: i64,
    /// Why, at most 200 characters.
    #[schema(example = "核销后退货")]
    pub(super) reason: String,
}

impl AdjustmentWish {
    /// Checks amount and reason.
    pub(super) fn check(&self) -> Result<(), Error> {
        let mut errors = Vec::new();
        if self.amount_fen == 0 || self.amount_fen.unsigned_abs() > MOST_FEN.unsigned_abs() {
            let zh = format!("要写 -{MOST_FEN} 到 {MOST_FEN} 分，不能是 0。");
            let en = format!("must be -{MOST_FEN} to {MOST_FEN} fen, and not 0");
            errors.push(FieldError::new("amount_fen", "out_of_range", zh, en));
        }
        if !(1..=REASON_CHARS).contains(&self.reason.trim().chars().count()) {
            let zh = format!("要写 1 到 {REASON_CHARS} 字。");
            let en = format!("must be 1 to {REASON_CHARS} characters");
            errors.push(FieldError::new("reason", "bad_length", zh, en));
        }
        if errors.is_empty() { Ok(()) } else { Err(Error::Refused(errors)) }
    }
}
