//! Reading what the public asks of offers and merchants.

use spatial::{Bounds, Position};

use crate::benefits::model::Category;
use crate::error::Error;
use crate::http::params::Params;
use crate::ids::{Adcode, MerchantId, OfferId, StoreId};

/// How many offers an answer has that names no limit, and at most.
pub(super) const PAGE: (usize, usize) = (50, 500);
/// The radius that is asked where none is named, and the widest, in metres.
pub(super) const WITHIN_M: (f64, f64) = (50_000.0, 50_000.0);

/// What is asked of offers.
#[derive(Debug)]
pub(super) struct Wanted {
    /// Only those for this.
    pub(super) category: Option<Category>,
    /// Only at stores of this district.
    pub(super) district: Option<Adcode>,
    /// The nearest first, from here.
    pub(super) from: Option<Position>,
    /// Only those within so many metres.
    pub(super) within_m: f64,
    /// Only those in this rectangle.
    pub(super) bbox: Option<Bounds>,
    /// At most so many.
    pub(super) limit: usize,
    /// Only those after this place.
    pub(super) after: Option<(OfferId, StoreId)>,
}

/// Reads `/offers`.
pub(super) fn offers(mut p: Params) -> Result<Wanted, Error> {
    let (category, district) = narrowed(&mut p);
    let from = position(&mut p);
    let within_m = p.number("within_m", 1.0..=WITHIN_M.1, true).unwrap_or(WITHIN_M.0);
    let bbox = bbox(&mut p);
    let limit = p.limit(PAGE.0, PAGE.1);
    let after = p.cursor(|text| {
        let (offer, store) = text.split_once('.')?;
        Some((offer.parse().ok()?, store.parse().ok()?))
    });
    if let Some(format) = p.text("format").filter(|format| format != "geojson") {
        let format: String = format.chars().filter(|c| !c.is_control()).take(40).collect();
        let zh = format!("没有“{format}”这种格式。可用：geojson");
        p.refuse("format", "unknown_code", zh, format!("there is no format {format:?}; known: geojson"));
    }
    p.finish()?;
    Ok(Wanted { category, district, from, within_m, bbox, limit, after })
}

/// What is asked of merchants.
#[derive(Debug)]
pub(super) struct WantedMerchants {
    /// Only those that offer something for this.
    pub(super) category: Option<Category>,
    /// Only those with a store in this district.
    pub(super) district: Option<Adcode>,
    /// At most so many.
    pub(super) limit: usize,
    /// Only those after this one.
    pub(super) after: Option<MerchantId>,
}

/// Reads `/merchants`.
pub(super) fn merchants(mut p: Params) -> Result<WantedMerchants, Error> {
    let (category, district) = narrowed(&mut p);
    let limit = p.limit(PAGE.0, PAGE.1);
    let after = p.cursor(|text| text.parse().ok());
    p.finish()?;
    Ok(WantedMerchants { category, district, limit, after })
}

fn narrowed(p: &mut Params) -> (Option<Category>, Option<Adcode>) {
    let categories = || Category::ALL.iter().map(|c| c.as_str()).collect::<Vec<_>>().join(", ");
    let category = p.code("category", categories);
    let (zh, en) = ("要写六位区划代码，如 130304。", "must be a six-digit code such as 130304");
    (category, p.value("district", zh, en))
}

/// Both numbers or neither.
fn position(p: &mut Params) -> Option<Position> {
    let (has_lat, has_lon) = (p.has("lat"), p.has("lon"));
    let lat = p.number("lat", -90.0..=90.0, false);
    let lon = p.number("lon", -180.0..=180.0, false);
    if has_lat != has_lon {
        let missing = if has_lat { "lon" } else { "lat" };
        p.refuse(missing, "missing", "lat 和 lon 要一起写。", "lat and lon are given together");
    }
    Position::new(lon?, lat?).ok()
}

fn bbox(p: &mut Params) -> Option<Bounds> {
    let text = p.text("bbox")?;
    let numbers: Vec<f64> = text.split(',').filter_map(|part| part.trim().parse().ok()).collect();
    if let [west, south, east, north] = numbers[..]
        && text.split(',').count() == 4
        && (-180.0..=east).contains(&west)
        && (-90.0..=north).contains(&south)
        && east <= 180.0
        && north <= 90.0
    {
        return Some(Bounds { west, south, east, north });
    }
    let zh = "要写 西,南,东,北，例如 119.4,39.8,119.8,40.1。";
    let en = "must be west,south,east,north such as 119.4,39.8,119.8,40.1";
    p.refuse("bbox", "unreadable", zh, en);
    None
}
