//! What a tile must be before the engine sees it, which trusts its tiles and panics on what is not so.
//!
//! The tile is decoded by the engine's own reader of the Mapbox Vector Tile specification 2.1
//! <https://github.com/mapbox/vector-tile-spec/tree/master/2.1>, so nothing is read here in one way and there in another.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use geozero::mvt::tile::{Feature, GeomType, Layer as TileLayer, Value};
use geozero::mvt::{Message, Tile};

use crate::request::Layer;

/// The side of a tile in its own units.
const EXTENT: u32 = 4096;
/// Where a vertex may lie, in the tile's units: in the tile or up to its side beside it.
const COORDINATES: RangeInclusive<i64> = -4096..=8192;

/// A command with its count (section 4.3.1): `MoveTo` and `ClosePath` once, `LineTo` without its count.
const MOVE_TO_ONCE: u32 = 1 | 1 << 3;
const CLOSE_PATH_ONCE: u32 = 7 | 1 << 3;
const LINE_TO: u32 = 2;

/// What is wrong with a tile.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TileError {
    #[error("the tile is no vector tile: {0}")]
    Decode(String),
    #[error(
        "the tile has the layer {0:?}, which the request does not name, or has it twice; send each layer once"
    )]
    Layer(String),
    #[error("layer {0:?} of the tile is of version {1}; write version 1 or 2")]
    Version(String, u32),
    #[error("layer {0:?} of the tile has the extent {1}; write {EXTENT}")]
    Extent(String, u32),
    #[error("feature {1} of layer {0:?} has {2}")]
    Feature(String, usize, FeatureError),
}

/// What is wrong with a feature of a tile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum FeatureError {
    #[error("a geometry that is no polygon; send polygons only")]
    NoPolygon,
    #[error("properties that its layer does not have; refer to keys and values with their index")]
    Properties,
    #[error("no ring that the specification knows: MoveTo, LineTo with two vertices or more, ClosePath")]
    Ring,
    #[error("a vertex outside {least} to {most}; cut it off", least = COORDINATES.start(), most = COORDINATES.end())]
    Far,
    #[error(
        "a hole or a ring without area before its first exterior; write exteriors first, clockwise as drawn"
    )]
    Exterior,
    #[error("a ring that turns about the origin too often; write it as several")]
    Turns,
}

/// Whether the engine can draw these bytes with these layers.
pub(crate) fn validate(bytes: &[u8], layers: &[Layer]) -> Result<(), TileError> {
    let tile = Tile::decode(bytes).map_err(|error| TileError::Decode(error.to_string()))?;
    let mut missing: BTreeSet<&str> = layers.iter().map(|layer| layer.name.as_str()).collect();
    for layer in &tile.layers {
        let name = || layer.name.clone();
        if !missing.remove(layer.name.as_str()) {
            return Err(TileError::Layer(name()));
        }
        if !(1..=2).contains(&layer.version) {
            return Err(TileError::Version(name(), layer.version));
        }
        if layer.extent() != EXTENT {
            return Err(TileError::Extent(name(), layer.extent()));
        }
        for (i, feature) in layer.features.iter().enumerate() {
            polygon(layer, feature).map_err(|error| TileError::Feature(name(), i, error))?;
        }
    }
    Ok(())
}

fn polygon(layer: &TileLayer, feature: &Feature) -> Result<(), FeatureError> {
    if feature.r#type != Some(GeomType::Polygon as i32) {
        return Err(FeatureError::NoPolygon);
    }
    let pairs = feature.tags.chunks(2);
    let known = |pair: &[u32]| {
        let [key, value] = pair else { return false };
        let value = usize::try_from(*value).ok().and_then(|i| layer.values.get(i));
        usize::try_from(*key).is_ok_and(|i| i < layer.keys.len())
            && value.is_some_and(|v| *v != Value::default())
    };
    if !pairs.into_iter().all(known) {
        return Err(FeatureError::Properties);
    }
    rings(&feature.geometry)
}

/// Follows each ring of a polygon (section 4.3.4.4).
fn rings(mut commands: &[u32]) -> Result<(), FeatureError> {
    let mut cursor = [0; 2];
    let mut first = true;
    while first || !commands.is_empty() {
        let [MOVE_TO_ONCE, x, y, line_to, rest @ ..] = commands else { return Err(FeatureError::Ring) };
        let vertices = usize::try_from(line_to >> 3).map_err(|_| FeatureError::Ring)?;
        if line_to & 7 != LINE_TO || vertices < 2 || rest.len() <= 2 * vertices {
            return Err(FeatureError::Ring);
        }
        let (steps, rest) = rest.split_at(2 * vertices);
        let [CLOSE_PATH_ONCE, rest @ ..] = rest else { return Err(FeatureError::Ring) };
        let twice_the_area = ring(&mut cursor, [*x, *y], steps)?;
        if first && twice_the_area <= 0 {
            return Err(FeatureError::Exterior);
        }
        (commands, first) = (rest, false);
    }
    Ok(())
}

/// Follows a ring and leaves the cursor at its last vertex; twice its area, positive for an exterior.
fn ring(cursor: &mut [i64; 2], move_to: [u32; 2], steps: &[u32]) -> Result<i64, FeatureError> {
    // The engine sums the area in 32 bits, with each ring starting from an origin where the one before ended.
    let origin = *cursor;
    let cross = |a: [i64; 2], b: [i64; 2]| {
        (a[0] - origin[0]) * (b[1] - origin[1]) - (b[0] - origin[0]) * (a[1] - origin[1])
    };
    *cursor = step(*cursor, move_to)?;
    let start = *cursor;
    let mut area = 0;
    for &[x, y] in steps.as_chunks().0 {
        let last = *cursor;
        *cursor = step(last, [x, y])?;
        area += cross(last, *cursor);
        i32::try_from(area).map_err(|_| FeatureError::Turns)?;
    }
    area += cross(*cursor, start);
    i32::try_from(area).map_err(|_| FeatureError::Turns)?;
    Ok(area)
}

/// The place after a step whose two numbers are in zigzag form (section 4.3.2).
fn step(from: [i64; 2], by: [u32; 2]) -> Result<[i64; 2], FeatureError> {
    let number = |n: u32| i64::from(n >> 1) ^ -i64::from(n & 1);
    let to = [from[0] + number(by[0]), from[1] + number(by[1])];
    if to.iter().all(|c| COORDINATES.contains(c)) { Ok(to) } else { Err(FeatureError::Far) }
}

/// The bytes of a tile of which one layer covers all.
pub(crate) fn whole(name: &str) -> Vec<u8> {
    let side = EXTENT << 1;
    let geometry = vec![MOVE_TO_ONCE, 0, 0, LINE_TO | 3 << 3, side, 0, 0, side, side - 1, 0, CLOSE_PATH_ONCE];
    let feature = Feature { r#type: Some(GeomType::Polygon as i32), geometry, ..Feature::default() };
    let layer =
        TileLayer { version: 2, name: name.to_owned(), features: vec![feature], ..TileLayer::default() };
    Tile { layers: vec![layer] }.encode_to_vec()
}

#[cfg(test)]
#[path = "tile_tests.rs"]
mod tests;
