//! What staff are told of merchants, stores and clerks.

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::Serialize;
use utoipa::ToSchema;

use super::store::{ClerkRow, MerchantRow, StoreRow};
use crate::app::App;
use crate::benefits::model::MerchantState;
use crate::benefits::person::open;
use crate::error::Error;
use crate::ids::{Adcode, ClerkId, MerchantId, StoreId};

/// A merchant as staff see it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = BenefitMerchant)]
pub(super) struct MerchantTold {
    /// Its identity.
    #[schema(value_type = String, format = Uuid)]
    pub(super) id: MerchantId,
    /// The version that a change is meant for.
    pub(super) version: i64,
    /// Its name.
    name: String,
    /// The district that sees to it.
    #[schema(value_type = String)]
    district: Adcode,
    /// Whom the union asks there.
    contact: Option<String>,
    /// Whether it takes part.
    #[schema(value_type = String)]
    state: MerchantState,
    /// Since when.
    #[schema(value_type = String, format = Date)]
    joined_on: NaiveDate,
    /// How many clerks may redeem.
    clerks: i64,
    /// Its stores.
    stores: Vec<StoreTold>,
}

/// A store as staff see it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = BenefitStore)]
pub(super) struct StoreTold {
    /// Its identity.
    #[schema(value_type = String, format = Uuid)]
    id: StoreId,
    /// The version that a change is meant for.
    pub(super) version: i64,
    /// Its name.
    name: String,
    /// Its district.
    #[schema(value_type = String)]
    district: Adcode,
    /// Where it is, in words.
    address: String,
    /// Longitude, WGS-84.
    lon: f64,
    /// Latitude, WGS-84.
    lat: f64,
    /// Opening hours in the grammar.
    hours: Option<String>,
    /// Its phone number.
    phone: Option<String>,
    /// Whether it takes part.
    is_active: bool,
}

/// A clerk as staff see him.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = BenefitClerk)]
pub(super) struct ClerkTold {
    /// His identity.
    #[schema(value_type = String, format = Uuid)]
    id: ClerkId,
    /// The version that a change is meant for.
    pub(super) version: i64,
    /// His name.
    name: String,
    /// The last digits of his number.
    phone_end: String,
    /// The store that he redeems at.
    #[schema(value_type = String, format = Uuid)]
    store_id: StoreId,
    /// Whether he sees the merchant's statements and every store.
    is_lead: bool,
    /// Whether he redeems at all.
    is_active: bool,
    /// Codes that were none, since the last good one.
    misses: i64,
    /// Until when he is locked out.
    locked_until: Option<DateTime<FixedOffset>>,
}

/// A page of merchants.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BenefitMerchants)]
pub(super) struct Merchants {
    /// The merchants, by their ids.
    pub(super) items: Vec<MerchantTold>,
    /// The cursor of the next page, where there is one.
    #[schema(value_type = Option<String>)]
    pub(super) next: Option<MerchantId>,
}

/// The clerks of a merchant.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BenefitClerks)]
pub(super) struct Clerks {
    /// All of them.
    pub(super) items: Vec<ClerkTold>,
}

fn broken(what: &str) -> Error {
    Error::Internal(format!("a row of a merchant: {what}"))
}

impl MerchantTold {
    pub(super) fn of(row: MerchantRow, clerks: i64, stores: Vec<StoreRow>) -> Result<Self, Error> {
        Ok(Self {
            id: row.id.parse().map_err(|_| broken("id"))?,
            version: row.version,
            name: row.name,
            district: row.district.parse().map_err(|_| broken("district"))?,
            contact: row.contact,
            state: row.state.parse().map_err(|_| broken("state"))?,
            joined_on: row.joined_on.parse().map_err(|_| broken("joined_on"))?,
            clerks,
            stores: stores.into_iter().map(StoreTold::of).collect::<Result<_, _>>()?,
        })
    }
}

impl StoreTold {
    pub(super) fn of(row: StoreRow) -> Result<Self, Error> {
        Ok(Self {
            id: row.id.parse().map_err(|_| broken("store"))?,
            version: row.version,
            name: row.name,
            district: row.district.parse().map_err(|_| broken("district"))?,
            address: row.address,
            lon: row.lon,
            lat: row.lat,
            hours: row.hours,
            phone: row.phone,
            is_active: row.is_active,
        })
    }
}

impl ClerkTold {
    pub(super) fn of(app: &App, row: &ClerkRow) -> Result<Self, Error> {
        Ok(Self {
            id: row.id.parse().map_err(|_| broken("clerk"))?,
            version: row.version,
            name: open(&app.secrets, &row.name, &row.id)?,
            phone_end: row.phone_end.clone(),
            store_id: row.store_id.parse().map_err(|_| broken("store"))?,
            is_lead: row.is_lead,
            is_active: row.is_active,
            misses: row.misses,
            locked_until: row.locked_until_ms.map(|ms| app.config.zone().from_ms(ms)),
        })
    }
}
