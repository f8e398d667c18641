//! What comes in: claims, codes and amounts.

use serde::{Deserialize, Serialize};
use spatial::Position;
use utoipa::ToSchema;

use super::code;
use super::redeem::Wanted;
use super::reversal::REASON_CHARS;
use crate::benefits::fen::MOST_FEN;
use crate::error::{Error, FieldError};

/// A claim says nothing besides who and of what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ClaimWish {}

/// A voucher is to be redeemed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RedemptionWish {
    /// The eight digits on the member's screen, also in groups.
    #[schema(example = "48291335")]
    code: String,
    /// How much is to be taken off, in fen; without it all that is left.
    #[schema(example = 2000)]
    amount_fen: Option<i64>,
    /// The whole bill, in fen; needed where the campaign asks for a least bill.
    #[schema(example = 3500)]
    purchase_fen: Option<i64>,
    /// Where the clerk's phone is, WGS-84. Only its distance from the store is kept, in hundreds of metres.
    #[schema(example = 39.94)]
    lat: Option<f64>,
    /// Goes with `lat`.
    #[schema(example = 119.6)]
    lon: Option<f64>,
}

impl RedemptionWish {
    /// What is wanted, checked.
    ///
    /// # Errors
    /// [`Error::Refused`] with each field that cannot be taken.
    pub(super) fn read(&self) -> Result<Wanted, Error> {
        let code = code::read(&self.code)?;
        for (field, fen) in [("amount_fen", self.amount_fen), ("purchase_fen", self.purchase_fen)] {
            if fen.is_some_and(|fen| !(1..=MOST_FEN).contains(&fen)) {
                let zh = format!("要写 1 到 {MOST_FEN} 分。");
                return refuse(field, "out_of_range", zh, format!("must be 1 to {MOST_FEN} fen"));
            }
        }
        let position = match (self.lon, self.lat) {
            (None, None) => None,
            (Some(lon), Some(lat)) => match Position::new(lon, lat) {
                Ok(position) => Some(position),
                Err(_) => {
                    return refuse("lat", "out_of_range", "没有这个位置。".into(), "no such place".into());
                }
            },
            _ => {
                return refuse(
                    "lat",
                    "missing",
                    "lat 和 lon 要一起写。".into(),
                    "lat and lon go together".into(),
                );
            }
        };
        Ok(Wanted { code, amount_fen: self.amount_fen, purchase_fen: self.purchase_fen, position })
    }
}

/// Why something is taken back or withdrawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReasonWish {
    /// At most 200 characters.
    #[schema(example = "顾客退单")]
    reason: String,
}

impl ReasonWish {
    /// The reason, checked.
    pub(super) fn read(&self) -> Result<&str, Error> {
        let reason = self.reason.trim();
        if (1..=REASON_CHARS).contains(&reason.chars().count()) {
            return Ok(reason);
        }
        let zh = format!("要写 1 到 {REASON_CHARS} 字。");
        refuse("reason", "bad_length", zh, format!("must be 1 to {REASON_CHARS} characters"))
    }
}

fn refuse<T>(field: &'static str, code: &'static str, zh: String, en: String) -> Result<T, Error> {
    Err(Error::Refused(vec![FieldError::new(field, code, zh, en)]))
}
