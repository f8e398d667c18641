//! Filling a new database with the facts that the service ships with.

use std::collections::BTreeSet;

use chrono::Datelike;
use serde::Deserialize;

use super::store::{self, DayRow, DistrictRow, PlaceRow, TermRow};
use crate::calendar::{self, CalendarDay};
use crate::db::{Db, Tx};
use crate::error::Error;
use crate::vocabulary;

const DISTRICTS: &str = include_str!("../../data/districts/qinhuangdao.geojson");
const PLACES: &str = include_str!("../../data/places/qinhuangdao.csv");
const DAYS: &str = include_str!("../../data/calendar/days.csv");
/// Each vocabulary with its kind as the table spells it.
const VOCABULARIES: [(&str, &str); 6] = [
    ("build", include_str!("../../data/vocabularies/builds.csv")),
    ("host", include_str!("../../data/vocabularies/hosts.csv")),
    ("form", include_str!("../../data/vocabularies/forms.csv")),
    ("facility", include_str!("../../data/vocabularies/facilities.csv")),
    ("access", include_str!("../../data/vocabularies/access.csv")),
    ("trade", include_str!("../../data/vocabularies/trades.csv")),
];

/// Fills a database that has no districts, calendar and vocabularies yet; leaves any other as it is.
///
/// Stations are never among the shipped facts.
pub async fn fill(db: &Db) -> Result<(), Error> {
    let mut tx = db.begin().await?;
    store::alone(&mut tx).await?;
    if store::count(&mut tx).await? > 0 {
        return Ok(tx.rollback().await?);
    }
    fill_districts(&mut tx).await?;
    fill_places(&mut tx).await?;
    fill_calendar(&mut tx).await?;
    fill_vocabularies(&mut tx).await?;
    Ok(tx.commit().await?)
}

async fn fill_districts(tx: &mut Tx) -> Result<(), Error> {
    let collection: geojson::FeatureCollection = DISTRICTS.parse().map_err(broken)?;
    for feature in collection.features {
        let text = |key: &str| feature.property(key).and_then(|v| v.as_str()).unwrap_or_default().to_owned();
        let area = feature.geometry.as_ref().map(ToString::to_string).unwrap_or_default();
        let row = DistrictRow { adcode: text("adcode"), name: text("name"), name_en: text("name_en"), area };
        store::add_district(tx, &row).await?;
    }
    Ok(())
}

/// A row of the shipped place names.
#[derive(Deserialize)]
struct PlaceLine {
    id: String,
    name: String,
    name_zh: String,
    lon: f64,
    lat: f64,
    population: i64,
    adcode: String,
}

async fn fill_places(tx: &mut Tx) -> Result<(), Error> {
    for line in csv::Reader::from_reader(PLACES.as_bytes()).deserialize::<PlaceLine>() {
        let PlaceLine { id, name, name_zh, lon, lat, population, adcode } = line.map_err(broken)?;
        let stated = |text: String| Some(text).filter(|t| !t.is_empty());
        let row =
            PlaceRow { id, name, name_zh: stated(name_zh), lon, lat, population, district: stated(adcode) };
        store::add_place(tx, &row).await?;
    }
    Ok(())
}

async fn fill_calendar(tx: &mut Tx) -> Result<(), Error> {
    let days = calendar::parse_days(DAYS).map_err(broken)?;
    replace_years(tx, days).await.map(drop)
}

/// Loads the notices of whole years and returns these years.
///
/// A notice always names its own National Day, and may name days of the December before. So a year whose
/// 1 October is among the days is replaced, and any other day is added to what its year has.
pub async fn replace_years(tx: &mut Tx, days: Vec<CalendarDay>) -> Result<BTreeSet<i32>, Error> {
    let national = days.iter().map(|d| d.date).filter(|d| (d.month(), d.day()) == (10, 1));
    let years: BTreeSet<i32> = national.map(|d| d.year()).collect();
    for year in &years {
        store::remove_days(tx, (*year).into()).await?;
        store::remove_year(tx, (*year).into()).await?;
        store::add_year(tx, (*year).into()).await?;
    }
    for day in days {
        let row = DayRow { day: day.date.to_string(), kind: day.kind.as_str().to_owned(), name: day.name };
        store::add_day(tx, &row).await?;
    }
    Ok(years)
}

async fn fill_vocabularies(tx: &mut Tx) -> Result<(), Error> {
    for (kind, csv) in VOCABULARIES {
        for term in vocabulary::parse(kind, csv).map_err(broken)? {
            let synonyms = term.synonyms.join("|");
            let row = TermRow { kind: term.kind, code: term.code, zh: term.zh, en: term.en, synonyms };
            store::add_term(tx, &row).await?;
        }
    }
    Ok(())
}

fn broken(error: impl std::fmt::Display) -> Error {
    Error::Internal(format!("a shipped file is broken: {error}"))
}
