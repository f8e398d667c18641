//! What staff are told of an offer.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::store::{OfferRow, PlaceRow};
use crate::benefits::model::{Category, Shown};
use crate::error::Error;
use crate::ids::{MerchantId, OfferId, StoreId};

/// An offer as staff see it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = BenefitOffer)]
pub(super) struct OfferTold {
    /// Its identity.
    #[schema(value_type = String, format = Uuid)]
    pub(super) id: OfferId,
    /// The version that a change is meant for.
    pub(super) version: i64,
    /// Whose it is.
    merchant: Whose,
    /// What it is for.
    #[schema(value_type = String)]
    category: Category,
    /// What it is.
    title: String,
    /// How it is had.
    rule: String,
    /// What a member shows.
    #[schema(value_type = String)]
    shown: Shown,
    /// Its first day.
    #[schema(value_type = String, format = Date)]
    valid_from: NaiveDate,
    /// Its last day.
    #[schema(value_type = String, format = Date)]
    valid_until: NaiveDate,
    /// Whether the public sees it.
    is_public: bool,
    /// Where it holds; none: at every store of the merchant.
    #[schema(value_type = Vec<String>)]
    stores: Vec<StoreId>,
}

/// A merchant by name.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = OfferMerchant)]
pub(super) struct Whose {
    /// Its identity.
    #[schema(value_type = String, format = Uuid)]
    pub(super) id: MerchantId,
    /// Its name.
    pub(super) name: String,
}

/// A page of offers.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BenefitOffers)]
pub(super) struct Offers {
    /// The offers, by their ids.
    pub(super) items: Vec<OfferTold>,
    /// The cursor of the next page, where there is one.
    #[schema(value_type = Option<String>)]
    pub(super) next: Option<OfferId>,
}

impl OfferTold {
    pub(super) fn of(row: OfferRow, merchant_name: String, places: &[PlaceRow]) -> Result<Self, Error> {
        let broken = |what: &str| Error::Internal(format!("offer {}: {what}", row.id));
        let merchant_id = row.merchant_id.parse().map_err(|_| broken("merchant"))?;
        Ok(Self {
            id: row.id.parse().map_err(|_| broken("id"))?,
            version: row.version,
            merchant: Whose { id: merchant_id, name: merchant_name },
            category: row.category.parse().map_err(|_| broken("category"))?,
            shown: row.shown.parse().map_err(|_| broken("shown"))?,
            valid_from: row.valid_from.parse().map_err(|_| broken("valid_from"))?,
            valid_until: row.valid_until.parse().map_err(|_| broken("valid_until"))?,
            is_public: row.is_public,
            stores: places.iter().filter_map(|place| place.store_id.parse().ok()).collect(),
            title: row.title,
            rule: row.rule,
        })
    }
}
