//! Positions: what is refused, and distances against published values.

use proptest::prelude::*;
use spatial::{Position, PositionError};

use crate::strategies::{at, position};

#[test]
fn what_is_no_coordinate_is_refused_by_name() {
    assert_eq!(Position::new(180.1, 0.0), Err(PositionError::Lon(180.1)));
    assert_eq!(Position::new(0.0, -90.1), Err(PositionError::Lat(-90.1)));
    assert_eq!(Position::new(f64::NEG_INFINITY, 91.0), Err(PositionError::Lon(f64::NEG_INFINITY)));
    assert!(matches!(Position::new(0.0, f64::NAN), Err(PositionError::Lat(lat)) if lat.is_nan()));
    assert!(Position::new(-180.0, 90.0).is_ok());
    assert_eq!(PositionError::Lat(91.5).to_string(), "latitude 91.5 is not within -90 to 90");
}

#[test]
fn the_axes_of_the_ellipsoid_are_those_of_wgs_84() {
    let [x, y, z] = at(0.0, 0.0).ecef();
    assert!((x - 6_378_137.0).abs() < 1e-9 && y.abs() < 1e-9 && z.abs() < 1e-9);
    let [x, y, z] = at(90.0, -90.0).ecef();
    assert!(x.abs() < 1e-8 && y.abs() < 1e-8 && (z + 6_356_752.314_245).abs() < 1e-6);
}

/// Pole to pole is twice the quarter meridian of WGS-84; the others are from Karney (2013), section 4 and
/// table 5, and the documentation of GeographicLib's `GeodSolve`.
#[test]
fn geodesics_have_their_published_lengths() {
    let cases = [
        (at(0.0, 90.0), at(0.0, -90.0), 20_003_931.458_6),
        (at(0.0, -30.0), at(179.8, 29.9), 19_989_832.827_61),
        (at(0.0, 0.0), at(179.5, 0.5), 19_936_288.579),
        (at(-73.8, 40.6), at(-0.5, 51.6), 5_551_759.400),
    ];
    for (from, to, length_m) in cases {
        assert!((from.geodesic_m(to) - length_m).abs() < 1e-3, "{from:?} {to:?} {}", from.geodesic_m(to));
    }
}

#[test]
fn at_50_km_the_chord_is_13_cm_short() {
    let (from, to) = (at(119.6, 39.9), at(119.6, 39.9 + 50_000.0 / 111_030.0));
    let short_m = from.geodesic_m(to) - from.chord_m(to);
    assert!((0.12..0.14).contains(&short_m), "{short_m}");
}

proptest! {
    #[test]
    fn a_chord_is_symmetric_and_never_longer_than_the_geodesic(a in position(), b in position()) {
        prop_assert!((a.chord_m(b) - b.chord_m(a)).abs() < 1e-6);
        prop_assert!(a.chord_m(b) <= a.geodesic_m(b) + 1e-6);
    }
}
