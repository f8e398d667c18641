//! What the built-in base map shows in a tile.

use geo::{BooleanOps, Centroid, Geometry, InteriorPoint, MultiPolygon};
use spatial::mvt::{EXTENT, Layer, Value, encode};
use spatial::{Position, TileCoord, add_geometry};

use super::borders::{Border, borders};
use super::shapes::{COAST, LAND, SEA, WATERS};
use crate::city::{City, District, Place};

/// From which zoom on a place is named, by its people.
const PLACE_ZOOMS: [(i64, u8); 4] = [(500_000, 5), (100_000, 8), (20_000, 9), (0, 10)];

/// What is worked out once for the districts of a city.
pub(crate) struct Drawing {
    /// Code and area of each, without the sea that the coarse outlines reach into.
    pub(super) districts: Vec<(String, Geometry<f64>)>,
    /// The lines between them and around them.
    pub(super) borders: Vec<Border>,
}

impl Drawing {
    /// Works it out.
    pub(crate) fn new(districts: &[District]) -> Self {
        let dry = |d: &District| Geometry::MultiPolygon(d.area.shape().intersection(&*LAND));
        Self {
            districts: districts.iter().map(|d| (d.adcode.to_string(), dry(d))).collect(),
            borders: borders(districts),
        }
    }
}

/// Draws a tile; nothing to show gives no bytes.
pub(super) fn draw(city: &City, drawing: &Drawing, tile: TileCoord) -> Vec<u8> {
    encode(&[
        ground("sea", &SEA, tile),
        coast(tile),
        ground("land", &LAND, tile),
        water(tile),
        districts(drawing, tile),
        border(drawing, tile),
        sea_names(tile),
        district_names(city, tile),
        places(city, tile),
    ])
}

fn ground(name: &'static str, shape: &MultiPolygon<f64>, tile: TileCoord) -> Layer {
    let mut layer = Layer::new(name, EXTENT);
    for polygon in shape {
        add_geometry(&mut layer, tile, &Geometry::Polygon(polygon.clone()), None, &[]);
    }
    layer
}

fn coast(tile: TileCoord) -> Layer {
    let mut layer = Layer::new("coast", EXTENT);
    for line in COAST.iter() {
        add_geometry(&mut layer, tile, &Geometry::LineString(line.clone()), None, &[]);
    }
    layer
}

fn water(tile: TileCoord) -> Layer {
    let mut layer = Layer::new("water", EXTENT);
    for water in WATERS.iter().filter(|w| ["lake", "river"].contains(&w.kind.as_str())) {
        add_geometry(&mut layer, tile, &water.shape, None, &[("kind", Value::Str(&water.kind))]);
    }
    layer
}

fn districts(drawing: &Drawing, tile: TileCoord) -> Layer {
    let mut layer = Layer::new("district", EXTENT);
    for (code, shape) in &drawing.districts {
        add_geometry(&mut layer, tile, shape, None, &[("adcode", Value::Str(code))]);
    }
    layer
}

fn border(drawing: &Drawing, tile: TileCoord) -> Layer {
    let mut layer = Layer::new("border", EXTENT);
    for border in &drawing.borders {
        add_geometry(&mut layer, tile, &border.line, None, &[("inner", Value::Bool(border.is_inner))]);
    }
    layer
}

fn sea_names(tile: TileCoord) -> Layer {
    let mut layer = Layer::new("sea_name", EXTENT);
    for sea in WATERS.iter().filter(|w| w.kind == "sea_name") {
        let [name, name_en] = &sea.names;
        let tags = [("name", Value::Str(name)), ("name_en", Value::Str(name_en))];
        add_geometry(&mut layer, tile, &sea.shape, None, &tags);
    }
    layer
}

fn district_names(city: &City, tile: TileCoord) -> Layer {
    let mut layer = Layer::new("district_name", EXTENT);
    for district in &city.districts {
        let code = district.adcode.to_string();
        let tags = [
            ("adcode", Value::Str(&code)),
            ("name", Value::Str(&district.name)),
            ("name_en", Value::Str(&district.name_en)),
        ];
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
