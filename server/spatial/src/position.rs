//! A place on the WGS-84 ellipsoid that is certainly within range, and distances between two of them.

use geo::{Distance, Geodesic};
use thiserror::Error;

/// Semi-major axis of the WGS-84 ellipsoid in metres (NIMA TR8350.2, table 3.1).
pub(crate) const SEMI_MAJOR_M: f64 = 6_378_137.0;
/// Flattening of the WGS-84 ellipsoid (NIMA TR8350.2, table 3.1).
const FLATTENING: f64 = 1.0 / 298.257_223_563;
/// Square of the first eccentricity.
const ECCENTRICITY_2: f64 = FLATTENING * (2.0 - FLATTENING);

/// Longitude and latitude in degrees, finite and within -180..=180 and -90..=90.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Position {
    lon: f64,
    lat: f64,
}

/// Which of the two numbers cannot be a coordinate.
#[derive(Debug, Clone, Copy, PartialEq, Error)]
pub enum PositionError {
    /// The longitude is not a number within -180..=180.
    #[error("longitude {0} is not within -180 to 180")]
    Lon(f64),
    /// The latitude is not a number within -90..=90.
    #[error("latitude {0} is not within -90 to 90")]
    Lat(f64),
}

impl Position {
    /// The north pole.
    pub const NORTH_POLE: Position = Position { lon: 0.0, lat: 90.0 };

    /// A position from degrees; anything out of range or not finite is refused, longitude first.
    pub fn new(lon: f64, lat: f64) -> Result<Position, PositionError> {
        if !(-180.0..=180.0).contains(&lon) {
            return Err(PositionError::Lon(lon));
        }
        if !(-90.0..=90.0).contains(&lat) {
            return Err(PositionError::Lat(lat));
        }
        Ok(Position { lon, lat })
    }

    /// The nearest valid position to finite degrees: the longitude is wrapped, the latitude clamped.
    pub(crate) fn normalized(lon: f64, lat: f64) -> Position {
        let wrapped = if lon.abs() <= 180.0 { lon } else { (lon + 180.0).rem_euclid(360.0) - 180.0 };
        Position { lon: wrapped.clamp(-180.0, 180.0), lat: lat.clamp(-90.0, 90.0) }
    }

    /// Longitude in degrees, positive to the east.
    pub fn lon(self) -> f64 {
        self.lon
    }

    /// Latitude in degrees, positive to the north.
    pub fn lat(self) -> f64 {
        self.lat
    }

    /// Earth-centred, earth-fixed coordinates in metres at height 0 over the ellipsoid.
    ///
    /// The closed formula with the prime vertical radius of curvature (EPSG Guidance Note 7-2, 4.1.1).
    pub fn ecef(self) -> [f64; 3] {
        let (sin_lat, cos_lat) = self.lat.to_radians().sin_cos();
        let (sin_lon, cos_lon) = self.lon.to_radians().sin_cos();
        let radius_m = SEMI_MAJOR_M / (1.0 - ECCENTRICITY_2 * sin_lat * sin_lat).sqrt();
        [
            radius_m * cos_lat * cos_lon,
            radius_m * cos_lat * sin_lon,
            radius_m * (1.0 - ECCENTRICITY_2) * sin_lat,
        ]
    }

    /// Length in metres of the straight line through the earth to `other`.
    ///
    /// Shorter than the geodesic by 0.13 m at 50 km, and in the same order at such distances.
    pub fn chord_m(self, other: Position) -> f64 {
        square_distance(&self.ecef(), &other.ecef()).sqrt()
    }

    /// Length in metres of the shortest way to `other` on the ellipsoid.
    ///
    /// Karney, "Algorithms for geodesics" (2013): to some nanometres everywhere, antipodes included.
    pub fn geodesic_m(self, other: Position) -> f64 {
        Geodesic.distance(geo::Point::new(self.lon, self.lat), geo::Point::new(other.lon, other.lat))
    }

    /// Metres on the ellipsoid for one degree of longitude and one of latitude at this place.
    ///
    /// The radii of curvature in the prime vertical and in the meridian (EPSG Guidance Note 7-2, 4.1.1).
    pub(crate) fn degree_m(self) -> [f64; 2] {
        let (sin_lat, cos_lat) = self.lat.to_radians().sin_cos();
        let w_2 = 1.0 - ECCENTRICITY_2 * sin_lat * sin_lat;
        let prime_vertical_m = SEMI_MAJOR_M / w_2.sqrt();
        let meridian_m = prime_vertical_m * (1.0 - ECCENTRICITY_2) / w_2;
        [(prime_vertical_m * cos_lat).to_radians(), meridian_m.to_radians()]
    }
}

/// Square of the straight distance between two points in metres.
pub(crate) fn square_distance(a: &[f64; 3], b: &[f64; 3]) -> f64 {
    let [x, y, z] = [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
    x * x + y * y + z * z
}
