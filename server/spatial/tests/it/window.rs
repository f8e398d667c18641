//! The window of a picture against the formula of the projection, and what it shows of shapes.

use geo::{Geometry, LineString, Polygon, Rect, polygon};
use proptest::prelude::*;
use spatial::mvt::EXTENT;
use spatial::{Outlines, Position, Square, TileCoord, Window};

fn at(lon: f64, lat: f64) -> Position {
    Position::new(lon, lat).expect("a position")
}

/// Spherical Mercator in metres, EPSG:3857: Snyder, "Map Projections: A Working Manual" (1987), 7-1 and 7-2.
fn snyder(at: Position) -> (f64, f64) {
    let radius = 6_378_137.0;
    let half = std::f64::consts::FRAC_PI_4 + at.lat().to_radians() / 2.0;
    (radius * at.lon().to_radians(), radius * half.tan().ln())
}

#[test]
fn the_side_is_kept_within_its_ends() {
    let centre = at(119.6, 39.93);
    for (asked, side_m) in [(0.0, 100.0), (f64::NAN, 100.0), (1_200.0, 1_200.0), (1e9, 200_000.0)] {
        assert!((Window::new(centre, asked).side_m() - side_m).abs() < 1e-9, "{asked}");
    }
}

#[test]
fn the_zoom_is_that_of_tiles_about_as_large() {
    let centre = at(119.6, 39.93);
    for (side_m, deepest, zoom) in
        [(1_200.0, 22, 15), (1_200.0, 14, 14), (20_000.0, 22, 11), (200_000.0, 0, 0)]
    {
        assert_eq!(Window::new(centre, side_m).zoom(deepest), zoom, "{side_m} m");
    }
}

#[test]
fn a_window_at_the_end_of_the_world_ends_there() {
    for (lon, lat) in [(180.0, 0.0), (-180.0, 89.0), (179.999, -90.0)] {
        let tiles: Vec<_> = Window::new(at(lon, lat), 1_200.0).tiles(14).collect();
        assert!(!tiles.is_empty() && tiles.len() <= 16, "{tiles:?}");
    }
}

#[test]
fn polygons_keep_their_holes_and_lose_what_is_outside() {
    let window = Window::new(at(0.0, 0.0), 20_000.0);
    let hole = LineString::from(vec![(-0.01, -0.01), (0.01, -0.01), (0.01, 0.01), (-0.01, 0.01)]);
    let far = LineString::from(vec![(2.0, 2.0), (2.1, 2.0), (2.1, 2.1)]);
    let world = polygon![(x: -5.0, y: -5.0), (x: 5.0, y: -5.0), (x: 5.0, y: 5.0), (x: -5.0, y: 5.0)];
    let land = Polygon::new(world.exterior().clone(), vec![hole, far]);
    let elsewhere = Rect::new((2.0, 2.0), (3.0, 3.0)).to_polygon();
    let mut outlines = Outlines::default();
    outlines.add(window, EXTENT, &Geometry::MultiPolygon(vec![land, elsewhere].into()));
    assert_eq!(outlines.polygons.iter().map(Vec::len).collect::<Vec<_>>(), [2]);
    let corners =
        |ring: &[(i32, i32)]| ring.iter().all(|(x, y)| [-64, 4160].contains(x) && [-64, 4160].contains(y));
    assert!(corners(&outlines.polygons[0][0]) && !corners(&outlines.polygons[0][1]));
}

proptest! {
    #[test]
    fn a_place_is_where_the_formula_says(
        lon in -179.0_f64..179.0, lat in -80.0_f64..80.0, side_m in 100.0_f64..200_000.0,
        east in -0.4_f64..0.4, north in -0.4_f64..0.4
    ) {
        let centre = at(lon, lat);
        let window = Window::new(centre, side_m);
        let other = at(lon + east, lat + north);
        let (x, y) = window.local(other, 512);
        let (from, to) = (snyder(centre), snyder(other));
        let side = side_m / lat.to_radians().cos();
        let told = (256.0 + (to.0 - from.0) / side * 512.0, 256.0 - (to.1 - from.1) / side * 512.0);
        let near = |a: f64, b: f64| (a - b).abs() < 1e-6 * b.abs().max(1.0);
        prop_assert!(near(x, told.0) && near(y, told.1), "{x} {y} instead of {told:?}");
        let back = Square::from(window).mercator([x, y], 512);
        prop_assert!(spatial::tile::inverse(back).chord_m(other) < 0.01);
    }

    #[test]
    fn its_metres_are_those_on_the_ground(
        lon in -179.0_f64..179.0, lat in -80.0_f64..80.0, side_m in 100.0_f64..5_000.0
    ) {
        let bounds = Window::new(at(lon, lat), side_m).bounds();
        let across = at(bounds.west, lat).geodesic_m(at(bounds.east, lat));
        let along = at(lon, bounds.north).geodesic_m(at(lon, bounds.south));
        prop_assert!((across / side_m - 1.0).abs() < 0.008 && (along / side_m - 1.0).abs() < 0.008);
    }

    #[test]
    fn its_tiles_are_few_and_hold_what_is_in_it(
        lon in -170.0_f64..170.0, lat in -80.0_f64..80.0, side_m in 100.0_f64..200_000.0,
        x in 0.0_f64..1.0, y in 0.0_f64..1.0
    ) {
        let window = Window::new(at(lon, lat), side_m);
        let zoom = window.zoom(22);
        let tiles: Vec<_> = window.tiles(zoom).collect();
        prop_assert!(tiles.len() <= 9, "{}", tiles.len());
        let inside = spatial::tile::inverse(Square::from(window).mercator([x, y], 1));
        prop_assert!(tiles.contains(&TileCoord::containing(inside, zoom).unwrap()));
        prop_assert!(window.bounds().contains(inside));
    }
}
