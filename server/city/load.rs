//! Reading a city's standing facts.

use spatial::{Area, Position};

use super::search::Searchable;
use super::store::{self, DayRow, DistrictRow, PlaceRow, TermRow};
use super::{City, District, Place};
use crate::calendar::{Calendar, CalendarDay, DayKind};
use crate::db::Db;
use crate::error::Error;
use crate::vocabulary::{Term, Vocabularies};

/// Reads everything that [`City`] holds. A row that cannot be read fails the start, naming the row.
pub async fn load(db: &Db) -> Result<City, Error> {
    let districts = store::districts(db).await?.into_iter().map(district).collect::<Result<_, _>>()?;
    let places = store::places(db).await?.into_iter().map(place).collect::<Result<_, _>>()?;
    let days = store::days(db).await?.into_iter().map(day).collect::<Result<Vec<_>, _>>()?;
    let years = store::years(db).await?.into_iter().filter_map(|y| i32::try_from(y).ok());
    let terms = store::terms(db).await?.into_iter().map(term);
    let calendar = Calendar::new(days, years);
    Ok(City { districts, places, calendar, vocabularies: Vocabularies::new(terms) })
}

pub(super) fn district(row: DistrictRow) -> Result<District, Error> {
    let wrong = |what: String| Error::Internal(format!("district {}: {what}", row.adcode));
    let geometry: geojson::Geometry = row.area.parse().map_err(|e: geojson::Error| wrong(e.to_string()))?;
    let shape = geo::Geometry::<f64>::try_from(geometry).map_err(|e| wrong(e.to_string()))?;
    let outline = match shape {
        geo::Geometry::MultiPolygon(many) => many,
        geo::Geometry::Polygon(one) => one.into(),
        _ => return Err(wrong("its area is no polygon".to_owned())),
    };
    let adcode = row.adcode.parse().map_err(|_| wrong("its code has not six digits".to_owned()))?;
    Ok(District::new(adcode, row.name, row.name_en, Area::new(outline)))
}

fn place(row: PlaceRow) -> Result<Place, Error> {
    let position =
        Position::new(row.lon, row.lat).map_err(|e| Error::Internal(format!("place {}: {e}", row.id)))?;
    let search = Searchable::new(row.name_zh.as_deref().into_iter().chain([row.name.as_str()]), []);
    Ok(Place { name: row.name, name_zh: row.name_zh, position, population: row.population, search })
}

fn day(row: DayRow) -> Result<CalendarDay, Error> {
    let wrong = |what: &str| Error::Internal(format!("calendar day {}: {what}", row.day));
    let date = row.day.parse().map_err(|_| wrong("no ISO 8601 day"))?;
    let kind = match row.kind.as_str() {
        "off" => DayKind::Off,
        "work" => DayKind::Work,
        _ => return Err(wrong("its kind is neither off nor work")),
    };
    Ok(CalendarDay { date, kind, name: row.name })
}

fn term(row: TermRow) -> Term {
    let synonyms = row.synonyms.split('|').filter(|w| !w.is_empty()).map(str::to_owned).collect();
    Term { kind: row.kind, code: row.code, zh: row.zh, en: row.en, synonyms }
}
