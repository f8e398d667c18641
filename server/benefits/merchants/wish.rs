//! What staff say of merchants, stores and clerks. What is absent stays as it is.

#![expect(clippy::option_option, reason = "null takes something away, what is absent stays")]

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::benefits::wrong::present;
use crate::ids::{Adcode, StoreId};

/// The most characters of a name of a merchant or store.
pub(super) const NAME_CHARS: usize = 60;
/// The most characters of an address, and of whom to ask.
pub(super) const ADDRESS_CHARS: usize = 120;
/// The most characters of a store's phone number.
pub(super) const PHONE_CHARS: usize = 40;
/// The most characters of a person's name.
pub(super) const PERSON_CHARS: usize = 40;

/// A merchant; a new one needs name and district.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MerchantWish {
    /// Its name, which no other merchant has.
    #[schema(max_length = 60)]
    pub(super) name: Option<String>,
    /// The district that sees to it.
    #[schema(value_type = Option<String>)]
    pub(super) district: Option<Adcode>,
    /// Whom the union asks there.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>, max_length = 120)]
    pub(super) contact: Option<Option<String>>,
    /// Since when it takes part; today where a new one says nothing.
    #[schema(value_type = Option<String>, format = Date)]
    pub(super) joined_on: Option<NaiveDate>,
}

/// A store; a new one needs name, address and position.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct StoreWish {
    /// Its name, which no other store of the merchant has.
    #[schema(max_length = 60)]
    pub(super) name: Option<String>,
    /// Its district; that of the merchant where a new one says nothing.
    #[schema(value_type = Option<String>)]
    pub(super) district: Option<Adcode>,
    /// Where it is, in words.
    #[schema(max_length = 120)]
    pub(super) address: Option<String>,
    /// Longitude, WGS-84.
    pub(super) lon: Option<f64>,
    /// Latitude, WGS-84.
    pub(super) lat: Option<f64>,
    /// Opening hours in the OpenStreetMap grammar.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>, max_length = 500)]
    pub(super) hours: Option<Option<String>>,
    /// Its phone number.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>, max_length = 40)]
    pub(super) phone: Option<Option<String>>,
    /// Whether it takes part.
    pub(super) is_active: Option<bool>,
}

/// A clerk; a new one needs name, phone and store.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ClerkWish {
    /// His name.
    #[schema(max_length = 40)]
    pub(super) name: Option<String>,
    /// The number that he signs in with.
    #[schema(max_length = 40)]
    pub(super) phone: Option<String>,
    /// The store that he redeems at.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub(super) store_id: Option<StoreId>,
    /// Whether he sees the merchant's statements and every store.
    pub(super) is_lead: Option<bool>,
    /// Whether he redeems at all.
    pub(super) is_active: Option<bool>,
    /// Whether his misses are forgiven.
    pub(super) unlock: Option<bool>,
}
