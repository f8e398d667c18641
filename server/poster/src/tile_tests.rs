//! Tiles that the engine may see, and those that it may not.

use super::*;
use crate::request::Colour;

#[path = "../tests/it/tiles.rs"]
mod tiles;

use tiles::{layer, polygon as polygon_of};

fn layer_of(features: Vec<Feature>) -> TileLayer {
    layer("land", features)
}

fn told(layers: Vec<TileLayer>) -> Result<(), TileError> {
    let named = Layer { name: "land".to_owned(), colour: Colour([0; 3]) };
    validate(&tiles::tile(layers), &[named])
}

fn told_of(feature: Feature) -> Result<(), FeatureError> {
    match told(vec![layer_of(vec![feature])]) {
        Ok(()) => Ok(()),
        Err(TileError::Feature(name, 0, error)) if name == "land" => Err(error),
        Err(other) => panic!("{other}"),
    }
}

const SQUARE: [[i32; 2]; 4] = [[0, 0], [4096, 0], [4096, 4096], [0, 4096]];
const HOLE: [[i32; 2]; 4] = [[10, 10], [10, 20], [20, 20], [20, 10]];

#[test]
fn polygons_holes_and_empty_tiles_pass() {
    told(vec![]).expect("an empty tile");
    told(vec![layer_of(vec![])]).expect("an empty layer");
    told_of(polygon_of(&[&SQUARE, &HOLE, &SQUARE, &HOLE])).expect("two polygons with a hole each");
    told_of(polygon_of(&[&SQUARE, &[[1, 1], [1, 1], [1, 1]]])).expect("a later ring without area");
    told_of(polygon_of(&[&[[-4096, -4096], [8192, -4096], [8192, 8192]]])).expect("the bounds themselves");
    let named = Layer { name: "a".to_owned(), colour: Colour([0; 3]) };
    validate(&whole("a"), &[named]).expect("a tile of its own making");
}

#[test]
fn layers_are_those_of_the_request_once() {
    assert!(matches!(told(vec![layer("sea", vec![])]), Err(TileError::Layer(name)) if name == "sea"));
    assert!(
        matches!(told(vec![layer_of(vec![]), layer_of(vec![])]), Err(TileError::Layer(name)) if name == "land")
    );
    assert!(matches!(
        told(vec![TileLayer { version: 3, ..layer_of(vec![]) }]),
        Err(TileError::Version(_, 3))
    ));
    let finer = TileLayer { extent: Some(8192), ..layer_of(vec![]) };
    assert!(matches!(told(vec![finer]), Err(TileError::Extent(_, 8192))));
}

#[test]
fn bytes_that_are_no_tile_are_refused() {
    let cut = &whole("land")[..20];
    for bytes in [b"\x1a\x05abc".as_slice(), b"{}", &[0xff; 64], cut] {
        assert!(matches!(validate(bytes, &[]), Err(TileError::Decode(_))), "{bytes:?}");
    }
}

#[test]
fn only_polygons_pass() {
    for kind in [None, Some(0), Some(1), Some(2), Some(9)] {
        let feature = Feature { r#type: kind, ..polygon_of(&[&SQUARE]) };
        assert_eq!(told_of(feature), Err(FeatureError::NoPolygon), "{kind:?}");
    }
}

#[test]
fn rings_are_as_the_specification_says() {
    let whole = polygon_of(&[&SQUARE]).geometry;
    for length in 0..whole.len() {
        let cut = Feature { geometry: whole[..length].to_vec(), ..polygon_of(&[&SQUARE]) };
        assert_eq!(told_of(cut), Err(FeatureError::Ring), "{length} commands");
    }
    for (at, command) in [(0, 2 << 3 | 1), (0, 10), (3, LINE_TO | 4 << 3), (3, u32::MAX), (10, 7 | 2 << 3)] {
        let mut feature = polygon_of(&[&SQUARE]);
        feature.geometry[at] = command;
        assert_eq!(told_of(feature), Err(FeatureError::Ring), "{command} at {at}");
    }
    assert_eq!(told_of(polygon_of(&[&[[0, 0], [9, 9]]])), Err(FeatureError::Ring));
}

#[test]
fn an_exterior_comes_first() {
    let reversed: Vec<_> = SQUARE.into_iter().rev().collect();
    assert_eq!(told_of(polygon_of(&[&reversed])), Err(FeatureError::Exterior));
    assert_eq!(told_of(polygon_of(&[&[[0, 0], [5, 5], [9, 9]]])), Err(FeatureError::Exterior));
}

#[test]
fn vertices_lie_near_the_tile() {
    for far in [[8193, 0], [0, 8193], [-4097, 0], [0, -4097], [i32::MAX, 0], [i32::MIN / 2, 0]] {
        assert_eq!(told_of(polygon_of(&[&[[0, 0], far, [9, 9]]])), Err(FeatureError::Far), "{far:?}");
    }
}

#[test]
fn a_ring_that_would_overflow_the_engines_sum_is_refused() {
    let turns = |n: usize| [[0, 0], [8192, -4096], [8192, 8192], [-4096, 8192], [-4096, -4096]].repeat(n);
    told_of(polygon_of(&[&turns(2)])).expect("a ring that turns twice");
    assert_eq!(told_of(polygon_of(&[&turns(20)])), Err(FeatureError::Turns));
}

#[test]
fn properties_are_those_of_the_layer() {
    let value = Value { uint_value: Some(7), ..Value::default() };
    let told_tags = |tags: &[u32]| {
        let feature = Feature { tags: tags.to_vec(), ..polygon_of(&[&SQUARE]) };
        let values = vec![value.clone(), Value::default()];
        told(vec![TileLayer { keys: vec!["k".to_owned()], values, ..layer_of(vec![feature]) }])
    };
    told_tags(&[0, 0]).expect("a key and its value");
    for tags in [&[0][..], &[0, 2], &[1, 0], &[0, 0, 0], &[0, 1]] {
        let wrong = matches!(told_tags(tags), Err(TileError::Feature(_, 0, FeatureError::Properties)));
        assert!(wrong, "{tags:?}");
    }
}
