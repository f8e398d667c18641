//! GeoJSON: each feature is a row, its point two columns, its properties the others; an area is a column too, where
//! the file may have some.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::assemble::Assembler;
use super::read_error::ReadError;
use super::sheet::Format;
use super::values::neutral;

/// The headings of the point's two columns, which come before all properties.
const POINT: [&str; 2] = ["lon", "lat"];
/// The heading of the column of areas, after those of the point: the geometry as GeoJSON.
const AREA: &str = "geometry";

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

/// Reads a feature collection of points, and of areas where it may have some (RFC 7946, 3.3). A feature without a
/// geometry has no position.
pub(super) fn read(text: &str, areas: bool, to: &mut Assembler) -> Result<(), ReadError> {
    let collection: Collection = serde_json::from_str(text).map_err(|e| broken(e.to_string()))?;
    if collection.r#type != "FeatureCollection" {
        return Err(broken(format!("{} ≠ FeatureCollection", collection.r#type)));
    }
    let places: Vec<&str> = POINT.into_iter().chain(areas.then_some(AREA)).collect();
    let columns = columns(&collection.features, places.len());
    let mut headings: Vec<(&str, usize)> = columns.iter().map(|(name, at)| (name.as_str(), *at)).collect();
    headings.sort_by_key(|(_, at)| *at);
    let headings = headings.into_iter().map(|(name, _)| name);
    to.headings(places.iter().copied().chain(headings).map(str::to_owned).collect())?;
    for (mut feature, number) in collection.features.into_iter().zip(1..) {
        let mut cells = place(feature.geometry.take(), number, areas)?;
        cells.resize(places.len() + columns.len(), String::new());
        describe(feature, &columns, &mut cells);
        to.row(number, cells)?;
    }
    to.finish()
}

/// Each property's column, in the order in which the properties appear.
fn columns(features: &[Feature], before: usize) -> HashMap<String, usize> {
    let mut columns = HashMap::new();
    for name in features.iter().filter_map(|f| f.properties.as_ref()).flat_map(Map::keys) {
        if !columns.contains_key(name) {
            columns.insert(name.clone(), before + columns.len());
        }
    }
    columns
}

/// The cells of a feature's geometry.
fn place(geometry: Option<Geometry>, feature: u32, areas: bool) -> Result<Vec<String>, ReadError> {
    let Some(geometry) = geometry else { return Ok(Vec::new()) };
    if let Some([lon, lat]) = point(&geometry) {
        return Ok(vec![lon.to_string(), lat.to_string()]);
    }
    match geometry.r#type.as_str() {
        "Polygon" | "MultiPolygon" if areas => {
            let area = json!({ "type": geometry.r#type, "coordinates": geometry.coordinates });
            Ok(vec![String::new(), String::new(), area.to_string()])
        }
        _ if areas => Err(ReadError::NotAPlace { feature }),
        _ => Err(ReadError::NotAPoint { feature }),
    }
}

/// The cells of a feature's properties.
fn describe(feature: Feature, columns: &HashMap<String, usize>, cells: &mut [String]) {
    for (name, value) in feature.properties.unwrap_or_default() {
        if let Some(cell) = columns.get(&name).and_then(|at| cells.get_mut(*at)) {
            // A text of JSON is meant as it stands, whatever apostrophe it begins with.
            *cell = neutral(&text_of(value)).into_owned();
        }
    }
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
    fn an_area_is_a_cell_where_areas_may_be() {
        let features = r#"{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[1,2],[3,2],[3,4],[1,2]]]},
            "properties":{"weight":5}},
            {"type":"Feature","geometry":{"type":"Point","coordinates":[1.5,2]},"properties":null}"#;
        let text = format!(r#"{{"type":"FeatureCollection","features":[{features}]}}"#);
        let mut sheet = Collect::default();
        read_bytes(text.into(), &Bounds::COMMAND_LINE.with_areas(), &mut sheet).unwrap();
        let sheet = sheet.finish().unwrap();
        assert_eq!(sheet.header.headings, ["lon", "lat", "geometry", "weight"]);
        let area = r#"{"coordinates":[[[1,2],[3,2],[3,4],[1,2]]],"type":"Polygon"}"#;
        assert_eq!(sheet.rows[0].cells, ["", "", area, "5"]);
        assert_eq!(sheet.rows[1].cells, ["1.5", "2"]);
        assert_eq!(read(features), Err(ReadError::NotAPoint { feature: 1 }));
        let line = r#"{"type":"FeatureCollection","features":[{"type":"Feature","geometry":
            {"type":"LineString","coordinates":[[1,2],[3,4]]},"properties":null}]}"#;
        let result = read_bytes(line.into(), &Bounds::COMMAND_LINE.with_areas(), &mut Collect::default());
        assert_eq!(result, Err(ReadError::NotAPlace { feature: 1 }));
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
