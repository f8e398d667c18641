//! What the public is shown of merchants and offers on one day: made once per revision, asked many times.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use spatial::{Index, Point, Position};

use super::store::{self, OfferRow};
use crate::benefits::merchants::store as merchants;
use crate::benefits::model::{Category, Shown as Proof};
use crate::city::City;
use crate::db::Db;
use crate::error::Error;
use crate::ids::{Adcode, MerchantId, OfferId, StoreId};
use crate::stations::hours::{Opening, Openings};

/// A merchant that takes part.
#[derive(Debug)]
pub(super) struct Merchant {
    pub(super) id: MerchantId,
    pub(super) name: String,
    pub(super) district: Adcode,
    /// Its stores, as places in [`Day::stores`].
    pub(super) stores: Vec<usize>,
    /// Its offers, as places in [`Day::offers`].
    pub(super) offers: Vec<usize>,
}

/// A store that takes part.
#[derive(Debug)]
pub(super) struct Store {
    pub(super) id: StoreId,
    pub(super) name: String,
    pub(super) district: Adcode,
    pub(super) address: String,
    pub(super) position: Position,
    /// Its hours, where they are known.
    pub(super) opening: Option<Arc<Opening>>,
}

/// An offer that holds on the day.
#[derive(Debug)]
pub(super) struct Offer {
    pub(super) id: OfferId,
    pub(super) merchant: usize,
    pub(super) category: Category,
    pub(super) title: String,
    pub(super) rule: String,
    pub(super) shown: Proof,
    pub(super) valid_until: NaiveDate,
}

/// Everything that the public is shown on a day.
#[derive(Debug)]
pub(super) struct Day {
    /// The revision that is shown.
    pub(super) revision: i64,
    /// The day.
    pub(super) date: NaiveDate,
    /// The city whose calendar the hours were read under.
    pub(super) city: Arc<City>,
    /// Merchants by id.
    pub(super) merchants: Vec<Merchant>,
    /// Stores by id.
    pub(super) stores: Vec<Store>,
    /// Offers by id.
    pub(super) offers: Vec<Offer>,
    /// An offer at a store, by their ids: places in `offers` and `stores`.
    pub(super) places: Vec<(usize, usize)>,
    /// `places` by where they are; a place's mask is the bit of its category.
    pub(super) index: Index,
}

fn broken(what: &str, id: &str) -> Error {
    Error::Internal(format!("{what} {id} is not readable"))
}

impl Day {
    /// Reads what is shown on a day. The revision is read first, so that what is written meanwhile is read again.
    pub(super) async fn read(db: &Db, city: Arc<City>, date: NaiveDate) -> Result<Self, Error> {
        let revision = store::revision(db).await?;
        let (merchants, stores) = (merchants::active(db).await?, merchants::open_stores(db).await?);
        let (offers, places) = (store::public(db, &date.to_string()).await?, store::places(db).await?);
        let mut shown = Self {
            revision,
            date,
            city,
            merchants: Vec::with_capacity(merchants.len()),
            stores: Vec::with_capacity(stores.len()),
            offers: Vec::with_capacity(offers.len()),
            places: Vec::new(),
            index: Index::default(),
        };
        let mut by_id = HashMap::with_capacity(merchants.len());
        for row in merchants {
            by_id.insert(row.id.clone(), shown.merchants.len());
            shown.merchants.push(merchant(row)?);
        }
        let mut openings = Openings::new(shown.city.calendar.clone(), date);
        for row in stores {
            if let Some(&merchant) = by_id.get(&row.merchant_id) {
                shown.add_store(merchant, row, &mut openings)?;
            }
        }
        let mut at: HashMap<String, Vec<StoreId>> = HashMap::new();
        for place in places {
            let store = place.store_id.parse().map_err(|_| broken("store", &place.store_id))?;
            at.entry(place.offer_id).or_default().push(store);
        }
        for row in offers {
            if let Some(&merchant) = by_id.get(&row.merchant_id) {
                let named = at.remove(&row.id).unwrap_or_default();
                shown.add_offer(merchant, row, &named)?;
            }
        }
        shown.index = Index::build(shown.points());
        Ok(shown)
    }

    fn add_store(
        &mut self,
        merchant: usize,
        row: merchants::StoreRow,
        openings: &mut Openings,
    ) -> Result<(), Error> {
        self.merchants[merchant].stores.push(self.stores.len());
        self.stores.push(Store {
            id: row.id.parse().map_err(|_| broken("store", &row.id))?,
            district: row.district.parse().map_err(|_| broken("store", &row.id))?,
            position: Position::new(row.lon, row.lat).map_err(|_| broken("store", &row.id))?,
            opening: row.hours.as_deref().and_then(|grammar| openings.of(grammar)),
            name: row.name,
            address: row.address,
        });
        Ok(())
    }

    /// Adds an offer at the stores that it names, or at all of its merchant.
    fn add_offer(&mut self, merchant: usize, row: OfferRow, named: &[StoreId]) -> Result<(), Error> {
        let offer = self.offers.len();
        let holds = |store: &&usize| named.is_empty() || named.contains(&self.stores[**store].id);
        let stores = self.merchants[merchant].stores.iter().filter(holds);
        self.places.extend(stores.map(|store| (offer, *store)));
        self.merchants[merchant].offers.push(offer);
        self.offers.push(Offer {
            id: row.id.parse().map_err(|_| broken("offer", &row.id))?,
            merchant,
            category: row.category.parse().map_err(|_| broken("offer", &row.id))?,
            shown: row.shown.parse().map_err(|_| broken("offer", &row.id))?,
            valid_until: row.valid_until.parse().map_err(|_| broken("offer", &row.id))?,
            title: row.title,
            rule: row.rule,
        });
        Ok(())
    }

    fn points(&self) -> impl Iterator<Item = Point> {
        let slots = 0_u32..;
        slots.zip(&self.places).map(|(slot, (offer, store))| Point {
            slot,
            position: self.stores[*store].position,
            mask: self.offers[*offer].category.bit(),
        })
    }
}

fn merchant(row: merchants::MerchantRow) -> Result<Merchant, Error> {
    Ok(Merchant {
        id: row.id.parse().map_err(|_| broken("merchant", &row.id))?,
        district: row.district.parse().map_err(|_| broken("merchant", &row.id))?,
        name: row.name,
        stores: Vec::new(),
        offers: Vec::new(),
    })
}
