//! Offers as GeoJSON (RFC 7946): a point for each store where one holds.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime};
use serde::Serialize;
use utoipa::ToSchema;

use super::shown::{Day, Store};
use super::told::Whose;
use crate::benefits::model::{Category, Shown};
use crate::ids::{Adcode, MerchantId, OfferId, StoreId};
use crate::language::Language;
use crate::stations::hours::Openness;
use crate::time::Zone;

/// Who asks, and when.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asker {
    /// The city's time.
    pub(super) local: NaiveDateTime,
    /// The city's zone.
    pub(super) zone: Zone,
    /// The reader's language.
    pub(super) language: Language,
}

/// Offers where they hold.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OfferCollection)]
pub(super) struct Collection {
    /// Always `FeatureCollection`.
    r#type: &'static str,
    /// The offers.
    pub(super) features: Vec<Feature>,
    /// The revision of benefits that is described.
    pub(super) revision: i64,
    /// The instant that is described.
    pub(super) at: DateTime<FixedOffset>,
}

impl Collection {
    pub(super) fn new(features: Vec<Feature>, revision: i64, at: DateTime<FixedOffset>) -> Self {
        Self { r#type: "FeatureCollection", features, revision, at }
    }
}

/// An offer at a store.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OfferFeature)]
pub(super) struct Feature {
    /// Always `Feature`.
    r#type: &'static str,
    /// The offer and the store, which is the cursor of what follows.
    id: String,
    /// Where the store is.
    geometry: Geometry,
    /// What is offered.
    pub(super) properties: Properties,
}

/// A point.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OfferPoint)]
struct Geometry {
    /// Always `Point`.
    r#type: &'static str,
    /// Longitude and latitude, WGS-84.
    coordinates: [f64; 2],
}

/// What is offered at a store.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OfferProperties)]
pub(super) struct Properties {
    /// The offer.
    #[schema(value_type = String, format = Uuid)]
    id: OfferId,
    /// What it is.
    pub(super) title: String,
    /// How it is had.
    pub(super) rule: String,
    /// What it is for.
    #[schema(value_type = String)]
    pub(super) category: Category,
    /// What a member shows.
    #[schema(value_type = String)]
    pub(super) shown: Shown,
    /// Whose it is.
    pub(super) merchant: Whose,
    /// Where it holds.
    pub(super) store: AtStore,
    /// Whether the store is open: open, closed or unknown.
    pub(super) state: &'static str,
    /// The store's hours in words.
    #[schema(required)]
    pub(super) hours_text: Option<String>,
    /// How far it is, in metres.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(super) distance_m: Option<f64>,
    /// Its last day.
    #[schema(value_type = String, format = Date)]
    pub(super) valid_until: NaiveDate,
}

/// A store by name.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OfferStore)]
pub(super) struct AtStore {
    /// Its identity.
    #[schema(value_type = String, format = Uuid)]
    id: StoreId,
    /// Its name.
    pub(super) name: String,
    /// Where it is, in words.
    pub(super) address: String,
}

/// A merchant as the public sees it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Merchant)]
pub(super) struct MerchantTold {
    /// Its identity.
    #[schema(value_type = String, format = Uuid)]
    pub(super) id: MerchantId,
    /// Its name.
    name: String,
    /// Its district.
    #[schema(value_type = String)]
    district: Adcode,
    /// Its stores.
    stores: Vec<StoreTold>,
    /// What it offers.
    offers: Vec<OfferTold>,
}

/// A store as the public sees it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MerchantStore)]
struct StoreTold {
    /// Its identity.
    #[schema(value_type = String, format = Uuid)]
    id: StoreId,
    /// Its name.
    name: String,
    /// Where it is, in words.
    address: String,
    /// Latitude, WGS-84.
    lat: f64,
    /// Longitude, WGS-84.
    lon: f64,
    /// Its hours in words.
    #[schema(required)]
    hours_text: Option<String>,
    /// Whether it is open: open, closed or unknown.
    state: &'static str,
    /// Until when, while it is open and that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    open_until: Option<DateTime<FixedOffset>>,
}

/// What a merchant offers, in short.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MerchantOffer)]
struct OfferTold {
    /// Its identity.
    #[schema(value_type = String, format = Uuid)]
    id: OfferId,
    /// What it is.
    title: String,
    /// How it is had.
    rule: String,
    /// What it is for.
    #[schema(value_type = String)]
    category: Category,
    /// What a member shows.
    #[schema(value_type = String)]
    shown: Shown,
    /// Its last day.
    #[schema(value_type = String, format = Date)]
    valid_until: NaiveDate,
}

/// A page of merchants.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Merchants)]
pub(super) struct Merchants {
    /// The merchants.
    pub(super) items: Vec<MerchantTold>,
    /// The cursor of the next page, where there is one.
    #[schema(value_type = Option<String>)]
    pub(super) next: Option<MerchantId>,
}

/// Whether a store is open, and until when that is known.
fn state(store: &Store, asker: Asker) -> (&'static str, Option<DateTime<FixedOffset>>) {
    let Some(opening) = &store.opening else { return ("unknown", None) };
    let now = opening.timeline.at(asker.local);
    match now.open {
        Openness::Open => ("open", now.until.map(|until| asker.zone.instant(until))),
        Openness::Closed => ("closed", None),
        Openness::Unknown => ("unknown", None),
    }
}

fn hours_text(store: &Store, asker: Asker) -> Option<String> {
    store.opening.as_ref().map(|opening| opening.words(asker.language).to_owned())
}

impl Day {
    /// An offer at a store, by its place; `distance_m` where somebody asks from somewhere.
    pub(super) fn feature(&self, place: usize, distance_m: Option<f64>, asker: Asker) -> Feature {
        let (offer, store) = self.places[place];
        let (offer, store) = (&self.offers[offer], &self.stores[store]);
        let merchant = &self.merchants[offer.merchant];
        Feature {
            r#type: "Feature",
            id: format!("{}.{}", offer.id, store.id),
            geometry: Geometry { r#type: "Point", coordinates: [store.position.lon(), store.position.lat()] },
            properties: Properties {
                id: offer.id,
                title: offer.title.clone(),
                rule: offer.rule.clone(),
                category: offer.category,
                shown: offer.shown,
                merchant: Whose { id: merchant.id, name: merchant.name.clone() },
                store: AtStore { id: store.id, name: store.name.clone(), address: store.address.clone() },
                state: state(store, asker).0,
                hours_text: hours_text(store, asker),
                distance_m,
                valid_until: offer.valid_until,
            },
        }
    }

    /// A merchant, by its place.
    pub(super) fn merchant(&self, place: usize, asker: Asker) -> MerchantTold {
        let merchant = &self.merchants[place];
        let store = |at: &usize| {
            let store = &self.stores[*at];
            let (state, open_until) = state(store, asker);
            StoreTold {
                id: store.id,
                name: store.name.clone(),
                address: store.address.clone(),
                lat: store.position.lat(),
                lon: store.position.lon(),
                hours_text: hours_text(store, asker),
                state,
                open_until,
            }
        };
        let offer = |at: &usize| {
            let offer = &self.offers[*at];
            OfferTold {
                id: offer.id,
                title: offer.title.clone(),
                rule: offer.rule.clone(),
                category: offer.category,
                shown: offer.shown,
                valid_until: offer.valid_until,
            }
        };
        MerchantTold {
            id: merchant.id,
            name: merchant.name.clone(),
            district: merchant.district,
            stores: merchant.stores.iter().map(store).collect(),
            offers: merchant.offers.iter().map(offer).collect(),
        }
    }
}
