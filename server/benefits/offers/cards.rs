//! Offers as pages for everybody draw them.

use chrono::NaiveDate;
use spatial::Position;

use super::asked::{WITHIN_M, Wanted};
use super::geojson::{Asker, Feature};
use crate::app::App;
use crate::benefits::model::{Category, Shown};
use crate::error::Error;
use crate::ids::Adcode;
use crate::language::Language;

/// An offer at a store, on a page.
#[derive(Debug, Clone)]
pub struct OfferCard {
    /// What it is.
    pub title: String,
    /// How it is had.
    pub rule: String,
    /// What it is for.
    pub category: Category,
    /// What a member shows.
    pub shown: Shown,
    /// Whose it is.
    pub merchant: String,
    /// At which store.
    pub store: String,
    /// Where that is, in words.
    pub address: String,
    /// Whether the store is open: `open`, `closed` or `unknown`.
    pub state: &'static str,
    /// The store's hours in words.
    pub hours: Option<String>,
    /// How far it is, in metres, where somebody asks from somewhere.
    pub distance_m: Option<f64>,
    /// Its last day.
    pub valid_until: NaiveDate,
}

/// Which offers a page shows.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sought {
    /// Only those for this.
    pub category: Option<Category>,
    /// Only at stores of this district.
    pub district: Option<Adcode>,
    /// The nearest first, from here.
    pub from: Option<Position>,
    /// At most so many.
    pub most: usize,
}

/// The offers that are sought, and whether there are more.
///
/// # Errors
/// Those of the database.
pub async fn found(app: &App, sought: &Sought, language: Language) -> Result<(Vec<OfferCard>, bool), Error> {
    let zone = app.config.zone();
    let asker = Asker { local: zone.local(app.clock.now()), zone, language };
    let Sought { category, district, from, most } = *sought;
    let wanted =
        Wanted { category, district, from, within_m: WITHIN_M.1, bbox: None, limit: most + 1, after: None };
    let (mut features, _) = app.offers.now(app).await?.offers_for(&wanted, asker);
    let has_more = features.len() > most;
    features.truncate(most);
    Ok((features.into_iter().map(card).collect(), has_more))
}

fn card(feature: Feature) -> OfferCard {
    let told = feature.properties;
    OfferCard {
        title: told.title,
        rule: told.rule,
        category: told.category,
        shown: told.shown,
        merchant: told.merchant.name,
        store: told.store.name,
        address: told.store.address,
        state: told.state,
        hours: told.hours_text,
        distance_m: told.distance_m,
        valid_until: told.valid_until,
    }
}
