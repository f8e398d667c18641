//! Vector tiles written by hand, by the Mapbox Vector Tile specification 2.1.

use geozero::mvt::tile::{Feature, GeomType, Layer};
use geozero::mvt::{Message, Tile};

/// A vertex in the tile's units, 4096 a side.
pub(crate) type Vertex = [i32; 2];

/// A polygon by its rings: exteriors clockwise as drawn, each before its holes, which are the other way round.
pub(crate) fn polygon(rings: &[&[Vertex]]) -> Feature {
    let mut cursor = [0, 0];
    let geometry = rings.iter().flat_map(|ring| commands(&mut cursor, ring)).collect();
    Feature { r#type: Some(GeomType::Polygon as i32), geometry, ..Feature::default() }
}

/// MoveTo, LineTo and ClosePath of a ring, with steps that follow on from the last ring (section 4.3).
fn commands(cursor: &mut Vertex, ring: &[Vertex]) -> Vec<u32> {
    let mut step = |to: &Vertex| {
        let zigzag = |n: i32| ((n << 1) ^ (n >> 31)).cast_unsigned();
        let by = [zigzag(to[0] - cursor[0]), zigzag(to[1] - cursor[1])];
        *cursor = *to;
        by
    };
    let mut commands = vec![9];
    commands.extend(step(&ring[0]));
    commands.push(2 | u32::try_from(ring.len() - 1).expect("a few vertices") << 3);
    commands.extend(ring[1..].iter().flat_map(step));
    commands.push(15);
    commands
}

/// A layer of the common extent.
pub(crate) fn layer(name: &str, features: Vec<Feature>) -> Layer {
    Layer { version: 2, name: name.to_owned(), features, ..Layer::default() }
}

/// The bytes of a tile.
pub(crate) fn tile(layers: Vec<Layer>) -> Vec<u8> {
    Tile { layers }.encode_to_vec()
}
