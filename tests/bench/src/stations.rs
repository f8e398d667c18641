//! The stations that are measured: the demonstration, and a large invented registry.

use std::error::Error;
use std::path::Path;

use spatial::{Point, Position};

use crate::random::Random;

/// The facility that filtered queries ask for; 1 % of the large registry has it.
pub(crate) const RARE: &str = "aed";
/// The bit of that facility in a mask.
pub(crate) const RARE_BIT: u64 = 1;
/// How far a query lies from some station at most, in degrees of longitude and of latitude.
const AWAY_DEG: f64 = 0.03;

/// The demonstration registry that the service ships with.
pub(crate) fn demonstration() -> Result<Vec<Point>, Box<dyn Error>> {
    let text = include_str!("../../../data/demo/stations.geojson");
    let collection: serde_json::Value = serde_json::from_str(text)?;
    let features = collection["features"].as_array().ok_or("the demonstration has no features")?;
    features.iter().enumerate().map(|(slot, feature)| demonstration_point(slot, feature)).collect()
}

fn demonstration_point(slot: usize, feature: &serde_json::Value) -> Result<Point, Box<dyn Error>> {
    let coordinate = |axis: usize| feature["geometry"]["coordinates"][axis].as_f64().ok_or("no coordinate");
    let facilities = feature["properties"]["facilities"].as_array().ok_or("no facilities")?;
    let rare = facilities.iter().any(|f| f["code"] == RARE);
    point(slot, coordinate(0)?, coordinate(1)?, rare)
}

/// The registry that scripts/generate/registry.py wrote.
pub(crate) fn registry(path: &Path) -> Result<Vec<Point>, Box<dyn Error>> {
    let mut reader = csv::Reader::from_path(path)?;
    let headings = reader.headers()?.clone();
    let column = |name: &str| headings.iter().position(|h| h == name).ok_or(format!("no column {name}"));
    let (lon, lat, facilities) = (column("lon")?, column("lat")?, column("facilities")?);
    let rows = reader.records().enumerate().map(|(slot, row)| {
        let row = row?;
        point(slot, row[lon].parse()?, row[lat].parse()?, row[facilities].split('|').any(|f| f == RARE))
    });
    rows.collect()
}

fn point(slot: usize, lon: f64, lat: f64, rare: bool) -> Result<Point, Box<dyn Error>> {
    let mask = if rare { RARE_BIT } else { 0 };
    Ok(Point { slot: u32::try_from(slot)?, position: Position::new(lon, lat)?, mask })
}

/// Distinct places to ask from, each near some station.
pub(crate) fn places(stations: &[Point], count: usize, seed: u64) -> Vec<Position> {
    let mut random = Random::new(seed);
    let near = |_| {
        let station = random.pick(stations).position;
        let (dx, dy) = (random.between(-AWAY_DEG, AWAY_DEG), random.between(-AWAY_DEG, AWAY_DEG));
        Position::new(station.lon() + dx, station.lat() + dy).unwrap_or(station)
    };
    (0..count).map(near).collect()
}

/// Places around both poles and on both sides of the antimeridian.
pub(crate) fn edges(count: usize, seed: u64) -> Vec<Position> {
    let mut random = Random::new(seed);
    let place = |turn: usize| {
        let any_lon = random.between(-180.0, 180.0);
        let off = random.between(0.0, 0.5);
        let (lon, lat) = match turn % 4 {
            0 => (any_lon, 90.0 - off),
            1 => (any_lon, off - 90.0),
            2 => (180.0 - off, any_lon / 2.1),
            _ => (off - 180.0, any_lon / 2.1),
        };
        Position::new(lon, lat).ok()
    };
    (0..count).filter_map(place).collect()
}
