//! Positions of files: two cells of degrees, in the coordinate system that was declared.

use spatial::{Datum, Position, PositionError};

use super::faults::{Fault, fault};
use crate::city::City;
use crate::stations::import::{degrees, degrees_of_arc};

/// Reads one cell of degrees.
pub(in crate::planning) fn angle(text: &str) -> Result<f64, Fault> {
    degrees(text).or_else(|| degrees_of_arc(text)).ok_or_else(|| {
        fault("not_a_number", "要写十进制度数，例如 119.6。", "must be decimal degrees, such as 119.6")
    })
}

/// A position of the file in WGS-84.
pub(in crate::planning) fn position(lon: f64, lat: f64, crs: Datum) -> Result<Position, Fault> {
    let position = Position::new(lon, lat).map_err(|error| match error {
        PositionError::Lat(_) if Position::new(lat, lon).is_ok() => swapped(),
        _ => fault(
            "out_of_range",
            "经度在 -180 到 180、纬度在 -90 到 90 之间。",
            "longitude lies within -180 to 180, latitude within -90 to 90",
        ),
    })?;
    Ok(crs.to_wgs84(position))
}

/// Longitude and latitude that stand in each other's place.
pub(in crate::planning) fn swapped() -> Fault {
    fault(
        "swapped",
        "经度和纬度好像写反了，请交换两列，或用 mapping 指明。",
        "longitude and latitude seem to be swapped; exchange the columns, or say in `mapping` which is which",
    )
}

/// Whether positions of which none is in the city would be there with longitude and latitude exchanged: more than half
/// of them.
pub(in crate::planning) fn are_swapped(
    city: &City,
    positions: impl ExactSizeIterator<Item = Position>,
) -> bool {
    let all = positions.len();
    let is_here = |at: Position| {
        Position::new(at.lat(), at.lon()).is_ok_and(|swapped| city.district_at(swapped).is_some())
    };
    positions.filter(|at| is_here(*at)).count() * 2 > all
}
