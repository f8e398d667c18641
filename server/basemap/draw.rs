//! What the base map shows in a tile.

use geo::{Centroid, Geometry, InteriorPoint};
use spatial::mvt::{EXTENT, Layer, Value, encode};
use spatial::{Position, TileCoord, add_geometry};

use super::WATERS;
use crate::city::{City, District, Place};

/// From which zoom on a place is named, by its people.
const PLACE_ZOOMS: [(i64, u8); 4] = [(500_000, 5), (100_000, 8), (20_000, 9), (0, 10)];

/// Draws a tile; nothing to show gives no bytes.
pub(super) fn draw(city: &City, tile: TileCoord) -> Vec<u8> {
    encode(&[sea(tile), water(tile), districts(city, tile), district_names(city, tile), places(city, tile)])
}

fn sea(tile: TileCoord) -> Layer {
    let mut layer = Layer::new("sea", EXTENT);
    for water in WATERS.iter().filter(|w| w.kind == "sea") {
        add_geometry(&mut layer, tile, &water.shape, None, &[]);
    }
    layer
}

fn water(tile: TileCoord) -> Layer {
    let mut layer = Layer::new("water", EXTENT);
    for water in WATERS.iter().filter(|w| w.kind != "sea") {
        add_geometry(&mut layer, tile, &water.shape, None, &[("kind", Value::Str(&water.kind))]);
    }
    layer
}

fn districts(city: &City, tile: TileCoord) -> Layer {
    let mut layer = Layer::new("district", EXTENT);
    for district in &city.districts {
        let shape = Geometry::MultiPolygon(district.area.shape().clone());
        let code = district.adcode.to_string();
        add_geometry(&mut layer, tile, &shape, None, &[("adcode", Value::Str(&code))]);
    }
    layer
}

fn district_names(city: &City, tile: TileCoord) -> Layer {
    let mut layer = Layer::new("district_name", EXTENT);
    for district in &city.districts {
        let tags = [("name", Value::Str(&district.name)), ("name_en", Value::Str(&district.name_en))];
        if let Some(at) = label_position(district) {
            add_point(&mut layer, tile, at, &tags);
        }
    }
    layer
}

/// The middle of a district, or a point inside where the middle lies outside.
fn label_position(district: &District) -> Option<Position> {
    let shape = district.area.shape();
    let middle = shape.centroid().and_then(|c| Position::new(c.x(), c.y()).ok());
    let inside = || shape.interior_point().and_then(|p| Position::new(p.x(), p.y()).ok());
    middle.filter(|p| district.area.contains(*p)).or_else(inside)
}

fn places(city: &City, tile: TileCoord) -> Layer {
    let mut layer = Layer::new("place", EXTENT);
    for place in city.places.iter().filter(|p| tile.z() >= place_zoom(p)) {
        let name_zh = place.name_zh.as_deref().unwrap_or_default();
        let tags = [
            ("name", Value::Str(&place.name)),
            ("name_zh", Value::Str(name_zh)),
            ("population", Value::Int(place.population)),
        ];
        add_point(&mut layer, tile, place.position, &tags);
    }
    layer
}

fn place_zoom(place: &Place) -> u8 {
    PLACE_ZOOMS.iter().find(|(people, _)| place.population >= *people).map_or(0, |(_, zoom)| *zoom)
}

/// A label stands in the one tile that holds its position, so that it is drawn once.
fn add_point(layer: &mut Layer, tile: TileCoord, at: Position, tags: &[(&str, Value<'_>)]) {
    if TileCoord::containing(at, tile.z()) == Some(tile) {
        layer.point(tile.local(spatial::tile::mercator(at), EXTENT), None, tags);
    }
}
