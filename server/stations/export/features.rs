//! Stations as GeoJSON (RFC 7946) and as a sequence of GeoJSON texts (RFC 8142), with everything that is registered.
//!
//! The names of properties are those that an import recognises as columns.

use serde_json::{Map, Value, json};
use spatial::Datum;

use super::cells::{degrees, rounded};
use crate::error::Error;
use crate::stations::model::{Entrance, Station};

/// The byte before each text of a sequence (RFC 7464).
const RECORD_SEPARATOR: u8 = 0x1E;

/// A collection; another coordinate system than WGS-84 is named in `crs`.
pub(super) fn collection(stations: &[Station], crs: Datum) -> Result<Vec<u8>, Error> {
    let features = stations.iter().map(|s| feature(s, crs)).collect::<Result<Vec<_>, _>>()?;
    let mut bytes = bytes(&json!({"type": "FeatureCollection", "crs": crs.as_str(), "features": features}))?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// A sequence of features, each of which names its coordinate system, because nothing stands around them.
pub(super) fn sequence(stations: &[Station], crs: Datum) -> Result<Vec<u8>, Error> {
    let mut text = Vec::new();
    for station in stations {
        let mut feature = feature(station, crs)?;
        feature["crs"] = json!(crs.as_str());
        text.push(RECORD_SEPARATOR);
        text.extend(bytes(&feature)?);
        text.push(b'\n');
    }
    Ok(text)
}

fn bytes(value: &Value) -> Result<Vec<u8>, Error> {
    serde_json::to_vec(value).map_err(|e| Error::Internal(format!("the stations cannot be written: {e}")))
}

fn feature(station: &Station, crs: Datum) -> Result<Value, Error> {
    let geometry = json!({"type": "Point", "coordinates": degrees(&station.facts, crs)});
    let id = station.id.to_string();
    Ok(json!({"type": "Feature", "id": id, "geometry": geometry, "properties": properties(station, crs)?}))
}

fn properties(station: &Station, crs: Datum) -> Result<Map<String, Value>, Error> {
    let wrong = |e: serde_json::Error| Error::Internal(format!("station {}: {e}", station.id));
    let facts = serde_json::to_value(&station.facts).map_err(wrong)?;
    let Value::Object(mut properties) = facts else { return Ok(Map::new()) };
    // The geometry tells the position, and one list holds the facilities of every kind.
    for name in ["lat", "lon", "crs", "other_facilities", "hours_text"] {
        properties.remove(name);
    }
    let others = station.facts.other_facilities.iter().map(|text| json!(text));
    if let Some(Value::Array(facilities)) = properties.get_mut("facilities") {
        facilities.extend(others);
    }
    if station.facts.hours.is_none() {
        properties.insert("hours".to_owned(), json!(station.facts.hours_text));
    }
    properties.insert("entrance".to_owned(), json!(station.facts.entrance.as_ref().map(|e| door(e, crs))));
    properties.insert("status".to_owned(), json!(station.status));
    properties.insert("original_crs".to_owned(), json!(station.facts.crs.as_str()));
    properties.insert("last_confirmed".to_owned(), json!(station.last_confirmed));
    properties.insert("rating".to_owned(), json!(station.rating));
    properties.insert("demonstration".to_owned(), json!(station.demonstration));
    Ok(properties)
}

fn door(entrance: &Entrance, crs: Datum) -> Value {
    let [lon, lat] = rounded(crs.from_wgs84(entrance.position));
    json!({"lon": lon, "lat": lat, "floor": entrance.floor, "side": entrance.side})
}
