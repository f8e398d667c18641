//! GeoJSON: each feature is a row, its point two columns, its properties the others.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::assemble::Assembler;
use super::read_error::ReadError;
use super::sheet::Format;
use super::values::neutral;

/// The headings of the point's two columns, which come before all properties.
const POINT: [&str; 2] = ["lon", "lat"];

#[derive(Deserialize)]
struct Collection {
    r#type: String,
    features: Vec<Feature>,
}

#[derive(Deserialize)]
struct Feature {
    geometry: Option<Geometry>,
    properties: Option<Map<String, Value>>,
}

#[derive(Deserialize)]
struct Geometry {
    r#type: String,
    #[serde(default)]
    coordinates: Value,
}

/// Reads a feature collection of points (RFC 7946, 3.3). A feature without a geometry has no position.
pub(super) fn read(text: &str, to: &mut Assembler) -> Result<(), ReadError> {
    let collection: Collection = serde_json::from_str(text).map_err(|e| broken(e.to_string()))?;
    if collection.r#type != "FeatureCollection" {
        return Err(broken(format!("{} ≠ FeatureCollection", collection.r#type)));
    }
    let columns = columns(&collection.features);
    let mut headings: Vec<(String, usize)> = columns.iter().map(|(name, at)| (name.clone(), *at)).collect();
    headings.sort_by_key(|(_, at)| *at);
    to.headings(
        POINT.into_iter().map(str::to_owned).chain(headings.into_iter().map(|(name, _)| name)).collect(),
    )?;
    for (feature, number) in collection.features.into_iter().zip(1..) {
        to.row(number, cells(feature, number, &columns)?)?;
    }
    to.finish()
}

/// Each property's column, in the order in which the properties appear.
fn columns(features: &[Feature]) -> HashMap<String, usize> {
    let mut columns = HashMap::new();
    for name in features.iter().filter_map(|f| f.properties.as_ref()).flat_map(Map::keys) {
        if !columns.contains_key(name) {
            columns.insert(name.clone(), POINT.len() + columns.len());
        }
    }
    columns
}

fn cells(feature: Feature, number: u32, columns: &HashMap<String, usize>) -> Result<Vec<String>, ReadError> {
    let mut cells = vec![String::new(); POINT.len() + columns.len()];
    if let Some(geometry) = feature.geometry {
        let [lon, lat] = point(&geometry).ok_or(ReadError::NotAPoint { feature: number })?;
        cells[0] = lon.to_string();
        cells[1] = lat.to_string();
    }
    for (name, value) in feature.properties.unwrap_or_default() {
        if let Some(at) = columns.get(&name) {
            // A text of JSON is meant as it stands, whatever apostrophe it begins with.
            cells[*at] = neutral(&text_of(value)).into_owned();
        }
    }
    Ok(cells)
}

fn point(geometry: &Geometry) -> Option<[f64; 2]> {
    let numbers = geometry.coordinates.as_array().filter(|_| geometry.r#type == "Point")?;
    Some([numbers.first()?.as_f64()?, numbers.get(1)?.as_f64()?])
}

/// A list becomes a list of words; an object with a `code`, as this service's own answers have, its code.
fn text_of(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        Value::Array(items) => items.into_iter().map(text_of).collect::<Vec<_>>().join("、"),
        Value::Object(mut object) => match object.remove("code") {
            Some(code) => text_of(code),
            None => Value::Object(object).to_string(),
        },
        other => other.to_string(),
    }
}

fn broken(reason: String) -> ReadError {
    ReadError::Broken { format: Format::Geojson, reason }
}

#[cfg(test)]
mod tests {
    use super::super::read::read_bytes;
    use super::super::sheet::{Bounds, Collect, Sheet};
    use super::*;

    fn read(features: &str) -> Result<Sheet, ReadError> {
        let text = format!(r#"{{"type":"FeatureCollection","features":[{features}]}}"#);
        let mut sheet = Collect::default();
        read_bytes(text.into(), &Bounds::COMMAND_LINE, &mut sheet)?;
        sheet.finish()
    }

    #[test]
    fn features_are_rows_and_properties_columns() {
        let sheet = read(
            r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[119.6,39.9,5]},
                "properties":{"name":"甲","facilities":[{"code":"water"},"微波炉"],"capacity":20,"phone":null}},
               {"type":"Feature","geometry":null,"properties":{"address":"乙路 1 号"}}"#,
        );
        let sheet = sheet.unwrap();
        let cell = |row: usize, heading: &str| {
            let at = sheet.header.headings.iter().position(|h| h == heading).unwrap();
            sheet.rows[row].cells.get(at).cloned().unwrap_or_default()
        };
        assert_eq!(sheet.header.heading_row, None);
        assert_eq!((sheet.rows[0].number, sheet.rows[1].number), (1, 2));
        let first = ["lon", "lat", "name", "facilities", "capacity", "phone"].map(|h| cell(0, h));
        assert_eq!(first, ["119.6", "39.9", "甲", "water、微波炉", "20", ""]);
        assert_eq!((cell(1, "lon"), cell(1, "address")), (String::new(), "乙路 1 号".to_owned()));
    }

    #[test]
    fn only_collections_of_points_are_read() {
        let line = r#"{"type":"Feature","geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]},"properties":{}}"#;
        assert_eq!(read(line), Err(ReadError::NotAPoint { feature: 1 }));
        let short = r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[1]},"properties":{}}"#;
        assert_eq!(read(short), Err(ReadError::NotAPoint { feature: 1 }));
        for text in [r#"{"type":"Feature","features":[]}"#, r#"{"type":"FeatureCollection"}"#, "{"] {
            let result = read_bytes(text.into(), &Bounds::COMMAND_LINE, &mut Collect::default());
            assert!(matches!(result, Err(ReadError::Broken { .. })), "{text}");
        }
    }
}
