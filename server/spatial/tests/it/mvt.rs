//! Vector tiles read back by another implementation.

use fast_mvt::{MvtFeature, MvtLayer, MvtReaderRef, MvtValue};
use geo::{Geometry, LineString, MultiLineString, coord, point};
use proptest::collection::vec;
use proptest::prelude::*;
use spatial::mvt::{EXTENT, Pixel};
use spatial::{Layer, Value, encode};

fn layers(layers: &[Layer]) -> Vec<MvtLayer> {
    MvtReaderRef::new(&encode(layers)).expect("a tile").to_tile().expect("layers").layers
}

/// The features of a single layer.
fn features(layer: Layer) -> Vec<MvtFeature> {
    let mut layers = layers(&[layer]);
    assert_eq!(layers.len(), 1);
    layers.remove(0).features
}

fn line_string(pixels: &[Pixel]) -> LineString<i32> {
    pixels.iter().map(|(x, y)| coord! { x: *x, y: *y }).collect()
}

fn pixel() -> impl Strategy<Value = Pixel> {
    prop_oneof![(-64..4160, -64..4160), (-(1 << 29)..1 << 29, -(1 << 29)..1 << 29)]
}

const SQUARE: [Pixel; 4] = [(0, 0), (0, 100), (100, 100), (100, 0)];
const HOLE: [Pixel; 5] = [(20, 20), (20, 40), (40, 40), (40, 20), (20, 20)];

#[test]
fn a_point_has_its_number_and_its_tags() {
    let mut layer = Layer::new("stations", EXTENT);
    let tags = [
        ("name", Value::Str("海港驿站")),
        ("delta", Value::Int(-7)),
        ("facilities", Value::Uint(u64::MAX)),
        ("cluster", Value::Bool(true)),
        ("rating", Value::Double(4.5)),
    ];
    layer.point((25, -17), Some(u64::MAX), &tags);
    let read = layers(&[layer]);
    assert_eq!((read[0].name.as_str(), read[0].extent.get()), ("stations", 4096));
    let feature = &read[0].features[0];
    assert_eq!(feature.id, Some(u64::MAX));
    assert_eq!(feature.geometry, Geometry::Point(point! { x: 25, y: -17 }));
    let expected = [
        ("name", MvtValue::String("海港驿站".into())),
        ("delta", MvtValue::Int(-7)),
        ("facilities", MvtValue::UInt(u64::MAX)),
        ("cluster", MvtValue::Bool(true)),
        ("rating", MvtValue::Double(4.5)),
    ];
    assert_eq!(feature.properties, expected.map(|(key, value)| (key.to_owned(), value)));
}

/// The example of section 4.3.5.1 of the specification: a point at (25, 17).
#[test]
fn commands_are_those_of_the_specification() {
    let mut layer = Layer::new("a", EXTENT);
    layer.point((25, 17), None, &[]);
    layer.line(&[vec![(2, 2), (2, 10), (10, 10)], vec![(1, 1), (3, 5)]], None, &[]);
    layer.polygon(&[vec![vec![(3, 6), (8, 12), (20, 34)]]], None, &[]);
    let bytes = encode(&[layer]);
    let reader = MvtReaderRef::new(&bytes).unwrap();
    let commands: Vec<Vec<u32>> = reader
        .layers()
        .flat_map(|layer| {
            layer.features().map(|feature| feature.geometry_commands().to_vec()).collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(commands[0], [9, 50, 34]);
    assert_eq!(commands[1], [9, 4, 4, 18, 0, 16, 16, 0, 9, 17, 17, 10, 4, 8]);
    assert_eq!(commands[2], [9, 6, 12, 18, 10, 12, 24, 44, 15]);
}

#[test]
fn keys_and_values_are_written_once() {
    let mut layer = Layer::new("stations", EXTENT);
    for x in 0..100 {
        layer.point((x, 0), None, &[("host", Value::Str("bank")), ("open", Value::Uint(1))]);
        layer.point((x, 1), None, &[("open", Value::Bool(true)), ("host", Value::Str("bank"))]);
    }
    let bytes = encode(&[layer]);
    let reader = MvtReaderRef::new(&bytes).unwrap();
    let layer = reader.layers().next().unwrap();
    assert_eq!((layer.feature_count(), layer.keys().len(), layer.values().len()), (200, 2, 3));
}

#[test]
fn layers_without_features_are_left_out() {
    let mut full = Layer::new("full", EXTENT);
    full.point((1, 2), None, &[]);
    let mut degenerate = Layer::new("degenerate", EXTENT);
    degenerate.line(&[vec![], vec![(3, 3)], vec![(4, 4), (4, 4)]], None, &[]);
    degenerate.polygon(&[vec![vec![(0, 0), (5, 5), (9, 9)], HOLE.to_vec()], vec![]], None, &[]);
    assert!(degenerate.is_empty());
    let read = layers(&[Layer::new("empty", EXTENT), full, degenerate]);
    assert_eq!(read.iter().map(|layer| layer.name.as_str()).collect::<Vec<_>>(), ["full"]);
    assert!(encode(&[Layer::new("empty", EXTENT)]).is_empty());
}

#[test]
fn rings_wind_as_the_specification_asks_whichever_way_they_come() {
    let turned = |ring: &[Pixel]| ring.iter().rev().copied().collect::<Vec<_>>();
    let mut layer = Layer::new("land", EXTENT);
    layer.polygon(&[vec![SQUARE.to_vec(), HOLE.to_vec()]], None, &[]);
    layer.polygon(&[vec![turned(&SQUARE), turned(&HOLE)]], None, &[]);
    let far: Vec<Pixel> = SQUARE.map(|(x, y)| (x + 500, y)).to_vec();
    layer.polygon(&[vec![SQUARE.to_vec(), turned(&HOLE)], vec![far]], None, &[]);
    let read = features(layer);
    for feature in &read[..2] {
        let Geometry::Polygon(polygon) = &feature.geometry else { panic!("{feature:?}") };
        assert!(double_area(polygon.exterior()) > 0 && double_area(&polygon.interiors()[0]) < 0);
        let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
        assert_eq!(rings.map(double_area).sum::<i32>(), 2 * (100 * 100 - 20 * 20));
    }
    let Geometry::MultiPolygon(polygons) = &read[2].geometry else { panic!("{:?}", read[2]) };
    assert_eq!(polygons.iter().map(|polygon| polygon.interiors().len()).collect::<Vec<_>>(), [1, 0]);
}

/// Twice the signed area by the surveyor's formula.
fn double_area(ring: &LineString<i32>) -> i32 {
    ring.lines().map(|line| line.start.x * line.end.y - line.end.x * line.start.y).sum()
}

#[test]
fn a_closed_and_an_open_ring_are_the_same() {
    let mut layer = Layer::new("land", EXTENT);
    layer.polygon(&[vec![HOLE.to_vec()]], None, &[]);
    layer.polygon(&[vec![HOLE[..4].to_vec()]], None, &[]);
    let read = features(layer);
    assert_eq!(read[0], read[1]);
    let Geometry::Polygon(found) = &read[0].geometry else { panic!("{read:?}") };
    assert_eq!(double_area(found.exterior()), 2 * 20 * 20);
}

proptest! {
    #[test]
    fn points_come_back(pixels in vec((pixel(), any::<Option<u64>>()), 1..50)) {
        let mut layer = Layer::new("points", EXTENT);
        for (at, id) in &pixels {
            layer.point(*at, *id, &[]);
        }
        let read = features(layer);
        prop_assert_eq!(read.len(), pixels.len());
        for (feature, ((x, y), id)) in read.iter().zip(pixels) {
            prop_assert_eq!(&feature.geometry, &Geometry::Point(point! { x: x, y: y }));
            prop_assert_eq!(feature.id, id);
        }
    }

    #[test]
    fn lines_come_back(lines in vec(vec(pixel(), 2..30), 1..4)) {
        let mut lines = lines;
        for line in &mut lines {
            line.dedup();
        }
        lines.retain(|line| line.len() > 1);
        prop_assume!(!lines.is_empty());
        let mut layer = Layer::new("lines", EXTENT);
        layer.line(&lines, None, &[]);
        let expected = match lines.as_slice() {
            [line] => Geometry::LineString(line_string(line)),
            lines => Geometry::MultiLineString(MultiLineString(lines.iter().map(|line| line_string(line)).collect())),
        };
        prop_assert_eq!(&features(layer)[0].geometry, &expected);
    }
}
