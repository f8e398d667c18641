//! Districts: inside, on the border, and how far outside.

use geo::{MultiPolygon, polygon};
use proptest::prelude::*;
use spatial::Area;

use crate::strategies::at;

/// A square with a hole, and a triangle apart from it.
fn district() -> Area {
    Area::new(MultiPolygon(vec![
        polygon![
            exterior: [(x: 119.0, y: 39.0), (x: 120.0, y: 39.0), (x: 120.0, y: 40.0), (x: 119.0, y: 40.0)],
            interiors: [[(x: 119.4, y: 39.4), (x: 119.6, y: 39.4), (x: 119.6, y: 39.6), (x: 119.4, y: 39.6)]],
        ],
        polygon![(x: 121.0, y: 39.0), (x: 121.1, y: 39.0), (x: 121.0, y: 39.1)],
    ]))
}

#[test]
fn inside_is_inside_any_part_but_not_in_a_hole() {
    let district = district();
    for (lon, lat) in [(119.2, 39.5), (121.02, 39.02), (119.0, 39.5), (120.0, 40.0), (119.4, 39.5)] {
        assert!(district.contains(at(lon, lat)), "{lon} {lat}");
        assert_eq!(district.distance_m(at(lon, lat)).to_bits(), 0.0_f64.to_bits());
    }
    for (lon, lat) in [(119.5, 39.5), (120.5, 39.5), (121.09, 39.09), (119.2, -39.5)] {
        assert!(!district.contains(at(lon, lat)), "{lon} {lat}");
        assert!(district.distance_m(at(lon, lat)) > 0.0);
    }
}

#[test]
fn nothing_is_in_an_area_without_polygons() {
    let nowhere = Area::new(MultiPolygon(vec![]));
    assert!(!nowhere.contains(at(0.0, 0.0)) && nowhere.bounds().is_none());
    assert!(nowhere.distance_m(at(0.0, 0.0)).is_infinite());
}

#[test]
fn the_bounds_hold_all_parts() {
    let bounds = district().bounds().unwrap();
    assert!(bounds.contains(at(121.1, 40.0)) && bounds.contains(at(119.0, 39.0)));
    assert!(!bounds.contains(at(118.99, 39.5)) && !bounds.contains(at(119.5, 40.01)));
}

/// The geodesic to the nearest of many places along the border.
fn sampled_distance_m(lon: f64, lat: f64) -> f64 {
    let from = at(lon, lat);
    let share = |i: i32| f64::from(i) / 2000.0;
    (0..=2000)
        .flat_map(|i| [at(120.0, 39.0 + share(i)), at(119.0 + share(i), 40.0)])
        .map(|border| from.geodesic_m(border))
        .fold(f64::INFINITY, f64::min)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_distance_to_the_border_is_that_of_the_geodesic_within_one_percent(
        lon in 119.0..120.2, lat in 40.001..40.15
    ) {
        let (found_m, expected_m) = (district().distance_m(at(lon, lat)), sampled_distance_m(lon, lat));
        prop_assert!((found_m - expected_m).abs() < 0.01 * expected_m + 1.0, "{found_m} {expected_m}");
    }
}
