//! What staff say of an offer. What is absent stays as it is.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::benefits::model::{Category, Shown};
use crate::ids::{MerchantId, StoreId};

/// The most characters of a title.
pub(super) const TITLE_CHARS: usize = 60;
/// The most characters of a rule.
pub(super) const RULE_CHARS: usize = 500;
/// The most stores that an offer names.
pub(super) const STORES: usize = 200;

/// An offer; a new one needs everything but `is_public` and `stores`.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OfferWish {
    /// Whose it is; only a new one names it.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub(super) merchant_id: Option<MerchantId>,
    /// What it is for.
    #[schema(value_type = Option<String>)]
    pub(super) category: Option<Category>,
    /// What it is, in a few words.
    #[schema(max_length = 60)]
    pub(super) title: Option<String>,
    /// How it is had.
    #[schema(max_length = 500)]
    pub(super) rule: Option<String>,
    /// What a member shows.
    #[schema(value_type = Option<String>)]
    pub(super) shown: Option<Shown>,
    /// Its first day.
    #[schema(value_type = Option<String>, format = Date)]
    pub(super) valid_from: Option<NaiveDate>,
    /// Its last day.
    #[schema(value_type = Option<String>, format = Date)]
    pub(super) valid_until: Option<NaiveDate>,
    /// Whether the public sees it; a new one is hidden where it says nothing.
    pub(super) is_public: Option<bool>,
    /// Where it holds; none: at every store of the merchant.
    #[schema(value_type = Option<Vec<String>>, max_items = 200)]
    pub(super) stores: Option<Vec<StoreId>>,
}
