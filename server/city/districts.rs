//! The districts of a city from a file of the operator's.

use std::collections::BTreeSet;

use geojson::{Feature, FeatureCollection};

use super::load::district;
use super::store::{self, DistrictRow};
use crate::db::Tx;
use crate::error::{Error, FieldError};
use crate::ids::Adcode;

/// The most bytes of a file of districts.
pub const MOST_BYTES: u64 = 20 << 20;
/// The most districts of a city.
const MOST: usize = 500;
/// The most characters of a name.
const NAME_CHARS: usize = 60;

/// Districts that were read and checked.
#[derive(Debug)]
pub struct NewDistricts(Vec<DistrictRow>);

impl NewDistricts {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none, which is never so.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Reads a GeoJSON FeatureCollection in WGS-84 whose features are polygons with `adcode`, `name` and,
    /// where it is known, `name_en`.
    ///
    /// # Errors
    /// [`Error::Refused`] with each feature that cannot be read, by its place in the file.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let collection: FeatureCollection = text.parse().map_err(|e: geojson::Error| {
            let zh = format!("不是 GeoJSON FeatureCollection：{e}");
            refused("file", "unreadable", zh, format!("is no GeoJSON FeatureCollection: {e}"))
        })?;
        let count = collection.features.len();
        if !(1..=MOST).contains(&count) {
            let zh = format!("要有 1 到 {MOST} 个区县。");
            return Err(refused("features", "out_of_range", zh, format!("must be 1 to {MOST}")));
        }
        let (mut rows, mut told, mut codes) = (Vec::with_capacity(count), Vec::new(), BTreeSet::new());
        for (i, feature) in collection.features.iter().enumerate() {
            match row(feature) {
                Ok(row) if codes.insert(row.adcode.clone()) => rows.push(row),
                Ok(row) => told.push(wrong(i, "adcode", &format!("{} 出现两次", row.adcode), "comes twice")),
                Err((field, zh, en)) => told.push(wrong(i, field, &zh, &en)),
            }
        }
        if told.is_empty() { Ok(Self(rows)) } else { Err(Error::Refused(told)) }
    }
}

type Fault = (&'static str, String, String);

fn row(feature: &Feature) -> Result<DistrictRow, Fault> {
    let text =
        |key: &str| feature.property(key).and_then(|v| v.as_str()).unwrap_or_default().trim().to_owned();
    let (adcode, name, name_en) = (text("adcode"), text("name"), text("name_en"));
    let said = |field, zh: &str, en: &str| (field, zh.to_owned(), en.to_owned());
    adcode
        .parse::<Adcode>()
        .map_err(|_| said("adcode", "要写六位区划代码", "must be a code of six digits"))?;
    if !(1..=NAME_CHARS).contains(&name.chars().count()) || name_en.chars().count() > NAME_CHARS {
        return Err(said("name", "要写 1 到 60 个字", "must have 1 to 60 characters"));
    }
    let area = feature.geometry.as_ref().map(ToString::to_string).unwrap_or_default();
    let name_en = if name_en.is_empty() { name.clone() } else { name_en };
    let row = DistrictRow { adcode, name, name_en, area };
    district(row.clone()).map_err(|_| said("geometry", "要是多边形", "must be a polygon"))?;
    Ok(row)
}

fn wrong(i: usize, field: &str, zh: &str, en: &str) -> FieldError {
    FieldError::new(format!("features[{i}].{field}"), "refused", zh, en)
}

fn refused(field: &str, code: &'static str, zh: String, en: String) -> Error {
    Error::Refused(vec![FieldError::new(field, code, zh, en)])
}

/// Puts these districts in place of all others. Place names, which belong to the districts before, go with them.
pub async fn replace_districts(tx: &mut Tx, districts: &NewDistricts) -> Result<(), Error> {
    store::remove_districts(tx).await?;
    for row in &districts.0 {
        store::add_district(tx, row).await?;
    }
    store::remove_strange_places(tx).await?;
    Ok(())
}
