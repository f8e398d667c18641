//! What people are told of vouchers and redemptions.

use chrono::{DateTime, FixedOffset};
use serde::Serialize;
use utoipa::ToSchema;

use super::store::campaign::PlaceRow;
use super::store::page::{TillRow, UseRow};
use super::store::voucher::VoucherRow;
use super::terms::Terms;
use crate::benefits::model::{CampaignState, VoucherState};
use crate::error::Error;
use crate::ids::{CampaignId, RedemptionId, VoucherId};
use crate::time::Zone;

/// Something with its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Named)]
pub(super) struct Named {
    /// Its identity.
    pub(super) id: String,
    /// Its name.
    pub(super) name: String,
}

/// Where a voucher is redeemed: a store, or every store of a merchant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = VoucherPlace)]
pub(super) struct Place {
    /// The merchant.
    merchant: Named,
    /// The store; absent: every store of the merchant.
    #[serde(skip_serializing_if = "Option::is_none")]
    store: Option<Named>,
}

impl Place {
    pub(super) fn all(rows: Vec<PlaceRow>) -> Vec<Self> {
        let place = |row: PlaceRow| Self {
            merchant: Named { id: row.merchant_id, name: row.merchant_name },
            store: row.store_name.map(|name| Named { id: row.store_id, name }),
        };
        rows.into_iter().map(place).collect()
    }
}

/// The campaign of a voucher.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = VoucherCampaign)]
pub(super) struct ToldCampaign {
    #[schema(value_type = String, format = Uuid)]
    id: CampaignId,
    /// Its name.
    name: String,
    /// Its rule in words.
    rule: String,
    /// The least bill, in fen; 0 asks for none.
    min_spend_fen: i64,
    /// Whether a voucher can be used in parts.
    is_partial: bool,
    /// Whether the campaign is paused: nothing is redeemed meanwhile.
    is_frozen: bool,
}

/// A voucher of a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Voucher)]
pub(super) struct ToldVoucher {
    #[schema(value_type = String, format = Uuid)]
    id: VoucherId,
    /// Its campaign.
    campaign: ToldCampaign,
    /// Where it stands.
    #[schema(value_type = String)]
    state: VoucherState,
    /// What it was worth, in fen.
    face_fen: i64,
    /// What is left of it, in fen.
    left_fen: i64,
    /// When it was given out.
    issued_at: DateTime<FixedOffset>,
    /// From when on it is good no more.
    expires_at: DateTime<FixedOffset>,
    /// Where it is redeemed; empty: at every merchant.
    places: Vec<Place>,
    /// Where it was used.
    redemptions: Vec<ToldUse>,
}

/// One use of a voucher.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = VoucherUse)]
pub(super) struct ToldUse {
    id: String,
    /// When.
    at: DateTime<FixedOffset>,
    /// How much of it, in fen.
    amount_fen: i64,
    /// Where.
    store: Named,
    /// Whose store.
    merchant: Named,
    /// Whether it was taken back.
    is_reversed: bool,
}

impl ToldVoucher {
    /// A voucher that was not used yet.
    pub(super) fn new(
        row: &VoucherRow,
        terms: &Terms,
        places: Vec<Place>,
        zone: Zone,
    ) -> Result<Self, Error> {
        let broken = |_| Error::Internal(format!("voucher {} cannot be read", row.id));
        let state = row.state.parse().map_err(|_| Error::Internal(format!("voucher {}: state", row.id)))?;
        Ok(Self {
            id: row.id.parse().map_err(broken)?,
            campaign: ToldCampaign {
                id: terms.id,
                name: terms.name.clone(),
                rule: terms.rule.clone(),
                min_spend_fen: terms.min_spend_fen,
                is_partial: terms.is_partial,
                is_frozen: terms.state == CampaignState::Frozen,
            },
            state,
            face_fen: row.face_fen,
            left_fen: row.left_fen,
            issued_at: zone.from_ms(row.issued_ms),
            expires_at: zone.from_ms(row.expires_ms),
            places,
            redemptions: Vec::new(),
        })
    }

    /// With its uses.
    pub(super) fn used(self, rows: Vec<UseRow>, zone: Zone) -> Self {
        let told = |row: UseRow| ToldUse {
            id: row.id,
            at: zone.from_ms(row.at_ms),
            amount_fen: row.amount_fen,
            store: Named { id: row.store_id, name: row.store_name },
            merchant: Named { id: row.merchant_id, name: row.merchant_name },
            is_reversed: row.reversed_ms.is_some(),
        };
        Self { redemptions: rows.into_iter().map(told).collect(), ..self }
    }
}

/// A member's vouchers.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Wallet)]
pub(super) struct ToldWallet {
    /// The vouchers, the newest first.
    pub(super) items: Vec<ToldVoucher>,
    /// The cursor of the next page, where there is one.
    pub(super) next: Option<String>,
    /// How many can be used now.
    pub(super) live: i64,
    /// What this year's redemptions came to, in fen.
    pub(super) saved_fen_year: i64,
    /// How many there were this year.
    pub(super) times_year: i64,
}

/// A code on screen.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = VoucherCode)]
pub(super) struct ToldCode {
    /// Eight digits.
    pub(super) code: String,
    /// From when on it is good no more.
    pub(super) expires_at: DateTime<FixedOffset>,
    /// How long it is good, in seconds.
    pub(super) seconds: i64,
    /// What a QR picture of it holds: the page of the till with the code behind `#`.
    pub(super) qr: String,
}

/// What a clerk is told who redeemed.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Redemption)]
pub(super) struct ToldRedemption {
    #[schema(value_type = String, format = Uuid)]
    pub(super) id: RedemptionId,
    /// When.
    pub(super) at: DateTime<FixedOffset>,
    /// How much was taken off, in fen.
    pub(super) amount_fen: i64,
    /// What is left of the voucher, in fen.
    pub(super) left_fen: i64,
    /// The campaign.
    pub(super) campaign: Named,
    /// Where.
    pub(super) store: Named,
}

/// What a clerk is told who took a redemption back.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Reversal)]
pub(super) struct ToldReversal {
    #[schema(value_type = String, format = Uuid)]
    pub(super) redemption_id: RedemptionId,
    /// When.
    pub(super) at: DateTime<FixedOffset>,
    /// What was given back to the voucher, in fen; 0 where it has ended meanwhile.
    pub(super) given_back_fen: i64,
}

/// What was redeemed at a till.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TillDay)]
pub(super) struct ToldTill {
    /// The redemptions, the newest first.
    pub(super) items: Vec<ToldLine>,
    /// The cursor of the next page, where there is one.
    pub(super) next: Option<String>,
    /// How many there are in all that were not taken back.
    pub(super) count: i64,
    /// What they come to, in fen.
    pub(super) sum_fen: i64,
}

/// One redemption at a till.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TillLine)]
pub(super) struct ToldLine {
    #[schema(value_type = String, format = Uuid)]
    id: RedemptionId,
    /// When.
    at: DateTime<FixedOffset>,
    /// How much was taken off, in fen.
    amount_fen: i64,
    /// What of it the union pays, in fen.
    union_fen: i64,
    /// The campaign.
    campaign: Named,
    /// Where.
    store: Named,
    /// Whether it was taken back.
    is_reversed: bool,
    /// Whether a settlement holds it.
    is_settled: bool,
}

impl ToldLine {
    pub(super) fn new(row: TillRow, zone: Zone) -> Result<Self, Error> {
        let broken = |_| Error::Internal(format!("redemption {} cannot be read", row.id));
        Ok(Self {
            id: row.id.parse().map_err(broken)?,
            at: zone.from_ms(row.at_ms),
            amount_fen: row.amount_fen,
            union_fen: row.union_fen,
            campaign: Named { id: row.campaign_id, name: row.campaign_name },
            store: Named { id: row.store_id, name: row.store_name },
            is_reversed: row.reversed_ms.is_some(),
            is_settled: row.settlement_id.is_some(),
        })
    }
}
