//! Positions that are likely to find mistakes: everywhere, at the edges, and close together.

use proptest::prelude::*;
use spatial::Position;

/// A position from degrees that are known to be valid.
pub(crate) fn at(lon: f64, lat: f64) -> Position {
    Position::new(lon, lat).expect("degrees in range")
}

/// Anywhere, with more than chance would give at the poles, the antimeridian and in one crowded place.
pub(crate) fn position() -> impl Strategy<Value = Position> {
    prop_oneof![
        4 => (-180.0..=180.0, -90.0..=90.0),
        2 => (-180.0..=180.0, prop_oneof![Just(90.0), Just(-90.0), 89.99..=90.0]),
        2 => (prop_oneof![Just(180.0), Just(-180.0), 179.99..=180.0, -180.0..=-179.99], -90.0..=90.0),
        4 => (119.5..=119.7, 39.9..=40.0),
        2 => (0_u8..3, 0_u8..3).prop_map(|(x, y)| (120.0 + f64::from(x), 30.0 + f64::from(y))),
    ]
    .prop_map(|(lon, lat)| at(lon, lat))
}

/// On the land and the seas of China.
pub(crate) fn in_china() -> impl Strategy<Value = Position> {
    (73.0..=136.0, 3.0..=54.0).prop_map(|(lon, lat)| at(lon, lat))
}
