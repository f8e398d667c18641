//! Tile coordinates and the projection.

use proptest::prelude::*;
use spatial::mvt::EXTENT;
use spatial::tile::{MAX_MERCATOR_LAT, MAX_TILE_ZOOM, MAX_ZOOM, inverse, mercator};
use spatial::{Position, TileCoord};

use crate::strategies::{at, position};

/// The formula of the OpenStreetMap wiki, "Slippy map tilenames", which is valid away from the edges.
fn slippy(position: Position, z: u8) -> (u32, u32) {
    let across = 2_f64.powi(i32::from(z));
    let lat = position.lat().to_radians();
    let x = (position.lon() + 180.0) / 360.0 * across;
    let y = (1.0 - (lat.tan() + 1.0 / lat.cos()).ln() / std::f64::consts::PI) / 2.0 * across;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the matrix")]
    let tile = (x as u32, y as u32);
    tile
}

#[test]
fn tiles_outside_the_matrix_do_not_exist() {
    assert!(TileCoord::new(0, 0, 0).is_some() && TileCoord::new(0, 1, 0).is_none());
    assert!(TileCoord::new(3, 7, 7).is_some() && TileCoord::new(3, 7, 8).is_none());
    let last = (1 << MAX_TILE_ZOOM) - 1;
    assert!(TileCoord::new(MAX_TILE_ZOOM, last, last).is_some());
    assert!(TileCoord::new(MAX_TILE_ZOOM + 1, 0, 0).is_none() && TileCoord::new(255, 0, 0).is_none());
    assert!(TileCoord::containing(at(0.0, 0.0), MAX_TILE_ZOOM + 1).is_none());
}

#[test]
fn edges_of_the_world_belong_to_the_edge_tiles() {
    let (z, last) = (5, 31);
    let cases = [
        (at(180.0, 0.1), (last, 15)),
        (at(-180.0, 0.1), (0, 15)),
        (at(0.0, 90.0), (16, 0)),
        (at(0.0, -90.0), (16, last)),
        (at(180.0, -90.0), (last, last)),
    ];
    for (position, (x, y)) in cases {
        assert_eq!(TileCoord::containing(position, z), TileCoord::new(z, x, y), "{position:?}");
    }
}

#[test]
fn the_world_tile_ends_at_the_mercator_latitude() {
    let bounds = TileCoord::new(0, 0, 0).unwrap().bounds();
    assert!((bounds.west + 180.0).abs() < 1e-12 && (bounds.east - 180.0).abs() < 1e-12);
    assert!(
        (bounds.north - MAX_MERCATOR_LAT).abs() < 1e-12 && (bounds.south + MAX_MERCATOR_LAT).abs() < 1e-12
    );
    assert!((std::f64::consts::PI.sinh().atan().to_degrees() - MAX_MERCATOR_LAT).abs() < 1e-12);
}

#[test]
fn pixels_count_from_the_north_west_corner() {
    let tile = TileCoord::new(1, 1, 0).unwrap();
    assert_eq!(tile.local([0.5, 0.0], EXTENT), (0, 0));
    assert_eq!(tile.local([0.75, 0.25], EXTENT), (2048, 2048));
    assert_eq!(tile.local([0.25, 0.75], EXTENT), (-2048, 6144));
}

proptest! {
    #[test]
    fn a_position_is_within_the_tile_that_contains_it(position in position(), z in 0..=MAX_ZOOM) {
        let tile = TileCoord::containing(position, z).unwrap();
        let (x, y) = tile.local(mercator(position), EXTENT);
        prop_assert!((0..4096).contains(&x) && (0..4096).contains(&y), "{tile:?} {x} {y}");
        let clamped = at(position.lon(), position.lat().clamp(-MAX_MERCATOR_LAT, MAX_MERCATOR_LAT));
        let bounds = tile.bounds();
        prop_assert!(clamped.lon() >= bounds.west - 1e-9 && clamped.lon() <= bounds.east + 1e-9);
        prop_assert!(clamped.lat() >= bounds.south - 1e-9 && clamped.lat() <= bounds.north + 1e-9);
    }

    #[test]
    fn a_tile_lies_in_its_parent(position in position(), z in 1..=MAX_TILE_ZOOM) {
        let tile = TileCoord::containing(position, z).unwrap();
        prop_assert_eq!(TileCoord::containing(position, z - 1), TileCoord::new(z - 1, tile.x() / 2, tile.y() / 2));
    }

    #[test]
    fn the_numbering_is_that_of_slippy_maps(lon in -179.999..179.999, lat in -85.0..85.0, z in 0..=MAX_ZOOM) {
        let position = at(lon, lat);
        let tile = TileCoord::containing(position, z).unwrap();
        prop_assert_eq!((tile.x(), tile.y()), slippy(position, z));
    }

    #[test]
    fn the_projection_can_be_undone(lon in -180.0..=180.0, lat in -85.0..=85.0) {
        let back = inverse(mercator(at(lon, lat)));
        prop_assert!((back.lon() - lon).abs() < 1e-9 && (back.lat() - lat).abs() < 1e-9);
    }
}
