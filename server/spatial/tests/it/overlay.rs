//! Shapes of a base map in a tile: cut, complete, and about as large as they were.

use fast_mvt::MvtReaderRef;
use geo::{
    Area as _, BooleanOps, BoundingRect, CoordsIter, Geometry, LineString, MapCoords, MultiPoint, Polygon,
    Rect, polygon,
};
use proptest::collection::vec;
use proptest::prelude::*;
use spatial::mvt::EXTENT;
use spatial::{Layer, TileCoord, Value, add_geometry, encode};

/// What a tile shows of a geometry, in its pixels.
fn drawn(tile: TileCoord, geometry: &Geometry<f64>) -> Vec<Geometry<f64>> {
    let mut layer = Layer::new("land", EXTENT);
    add_geometry(&mut layer, tile, geometry, Some(9), &[("class", Value::Str("land"))]);
    let bytes = encode(&[layer]);
    let read = MvtReaderRef::new(&bytes).expect("a tile").to_tile().expect("layers");
    let features = read.layers.into_iter().flat_map(|layer| layer.features);
    features
        .map(|feature| feature.geometry.map_coords(|at| (f64::from(at.x), f64::from(at.y)).into()))
        .collect()
}

fn tile(z: u8, x: u32, y: u32) -> TileCoord {
    TileCoord::new(z, x, y).expect("a tile of the matrix")
}

/// A star-shaped ring around the middle of a tile, reaching up to three tiles far.
fn star(tile: TileCoord, reaches: &[f64]) -> Polygon<f64> {
    let bounds = tile.bounds();
    let (width, height) = (bounds.east - bounds.west, bounds.north - bounds.south);
    let step = std::f64::consts::TAU / reaches.iter().map(|_| 1.0).sum::<f64>();
    let ring: LineString<f64> = (0..)
        .zip(reaches)
        .map(|(i, reach)| {
            let (sin, cos) = (f64::from(i) * step).sin_cos();
            let (x, y) = (0.5 + reach * cos, 0.5 + reach * sin);
            (bounds.west + x * width, bounds.south + y * height)
        })
        .collect();
    Polygon::new(ring, vec![])
}

#[test]
fn a_shape_that_covers_the_tile_becomes_the_whole_sheet() {
    let land = polygon![(x: 100.0, y: 20.0), (x: 130.0, y: 20.0), (x: 130.0, y: 50.0), (x: 100.0, y: 50.0)];
    let sheets = drawn(tile(10, 852, 388), &land.into());
    let [Geometry::Polygon(sheet)] = sheets.as_slice() else { panic!("{sheets:?}") };
    assert_eq!(sheet.exterior().coords_count(), 5);
    assert!((sheet.unsigned_area() - f64::from(4224 * 4224)).abs() < 1.0);
}

#[test]
fn a_shape_elsewhere_adds_nothing() {
    let land = polygon![(x: 10.0, y: 20.0), (x: 13.0, y: 20.0), (x: 13.0, y: 25.0)];
    assert!(drawn(tile(10, 852, 388), &land.into()).is_empty());
}

#[test]
fn a_shape_too_small_to_see_adds_nothing() {
    let pond = polygon![(x: 119.6, y: 39.9), (x: 119.600_01, y: 39.9), (x: 119.600_01, y: 39.900_01)];
    assert!(drawn(tile(4, 13, 6), &pond.into()).is_empty());
}

#[test]
fn a_hole_is_cut_out() {
    let world = LineString::from(vec![(-170.0, -80.0), (170.0, -80.0), (170.0, 80.0), (-170.0, 80.0)]);
    let lake = LineString::from(vec![(-90.0, -40.0), (90.0, -40.0), (90.0, 40.0), (-90.0, 40.0)]);
    let sheets = drawn(tile(0, 0, 0), &Polygon::new(world, vec![lake]).into());
    let [Geometry::Polygon(land)] = sheets.as_slice() else { panic!("{sheets:?}") };
    assert_eq!(land.interiors().len(), 1);
    assert!((land.bounding_rect().unwrap().width() - 4096.0 * 340.0 / 360.0).abs() < 1.0);
}

#[test]
fn a_line_that_leaves_and_returns_comes_in_parts() {
    let zigzag = LineString::from(vec![(1.0, 20.0), (1.0, -20.0), (30.0, -20.0), (30.0, 20.0)]);
    let lines = drawn(tile(3, 4, 3), &zigzag.clone().into());
    let [Geometry::MultiLineString(parts)] = lines.as_slice() else { panic!("{lines:?}") };
    assert_eq!(parts.0.len(), 2);
    let whole = drawn(tile(0, 0, 0), &zigzag.into());
    assert!(matches!(whole.as_slice(), [Geometry::LineString(line)] if line.coords_count() == 4));
}

#[test]
fn a_point_is_on_one_tile_only_even_at_the_edge_of_the_world() {
    let points = MultiPoint::from(vec![(0.0, 0.0), (180.0, 90.0), (-180.0, -90.0), (45.0, 40.979_898)]);
    for z in 0..4 {
        let tiles = (0..1 << z).flat_map(|x| (0..1 << z).map(move |y| tile(z, x, y)));
        let count: usize = tiles.map(|tile| drawn(tile, &points.clone().into()).len()).sum();
        assert_eq!(count, 4, "zoom {z}");
    }
}

proptest! {
    #[test]
    fn what_is_drawn_stays_on_the_sheet(
        reaches in vec(0.05_f64..3.0, 3..40), z in 2_u8..14, column in 0.0_f64..1.0, row in 0.3_f64..0.7
    ) {
        let middle = spatial::tile::inverse([column, row]);
        let tile = TileCoord::containing(middle, z).unwrap();
        let star = star(tile, &reaches);
        let shapes = drawn(tile, &star.clone().into());
        prop_assert!(shapes.len() <= 1);
        for coord in shapes.iter().flat_map(CoordsIter::coords_iter) {
            prop_assert!((-64.0..=4160.0).contains(&coord.x) && (-64.0..=4160.0).contains(&coord.y), "{coord:?}");
        }
    }

    #[test]
    fn a_shape_inside_keeps_its_area(reaches in vec(0.2_f64..0.5, 6..40), z in 6_u8..14, row in 0.3_f64..0.7) {
        let tile = TileCoord::containing(spatial::tile::inverse([0.83, row]), z).unwrap();
        let star = star(tile, &reaches);
        let bounds = tile.bounds();
        let share = star.unsigned_area() / ((bounds.east - bounds.west) * (bounds.north - bounds.south));
        let drawn_share = unbuffered_area(&drawn(tile, &star.into())) / (4096.0 * 4096.0);
        prop_assert!((drawn_share - share).abs() < 0.02, "{drawn_share} instead of {share}");
    }

    #[test]
    fn four_children_show_as_much_as_their_parent(reaches in vec(0.1_f64..3.0, 3..30), z in 4_u8..12) {
        let parent = TileCoord::containing(spatial::tile::inverse([0.83, 0.38]), z).unwrap();
        let star: Geometry<f64> = star(parent, &reaches).into();
        let area = |tile: TileCoord| unbuffered_area(&drawn(tile, &star)) / 4096.0 / 4096.0;
        let children = [(0, 0), (1, 0), (0, 1), (1, 1)]
            .map(|(x, y)| area(TileCoord::new(z + 1, parent.x() * 2 + x, parent.y() * 2 + y).unwrap()));
        let sum: f64 = children.iter().sum();
        prop_assert!((sum / 4.0 - area(parent)).abs() < 0.01, "{children:?} {}", area(parent));
    }
}

/// Area in square pixels without the buffer, by the exact intersection with the tile.
fn unbuffered_area(shapes: &[Geometry<f64>]) -> f64 {
    let tile = Rect::new((0.0, 0.0), (4096.0, 4096.0)).to_polygon();
    shapes
        .iter()
        .map(|shape| Polygon::try_from(shape.clone()).expect("a polygon"))
        .map(|polygon| polygon.intersection(&tile).unsigned_area())
        .sum()
}
