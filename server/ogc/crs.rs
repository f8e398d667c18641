//! The coordinate reference systems of questions and answers, and the order of their axes (OGC 18-058r1).

use spatial::Position;
use spatial::tile::MAX_MERCATOR_LAT;

/// Radius in metres of the sphere that Web Mercator is drawn on (EPSG method 1024).
const RADIUS_M: f64 = 6_378_137.0;

/// A coordinate reference system that positions may be asked for in.
///
/// CGCS2000 differs from WGS-84 by less than what a station's position is known to, so both are the same degrees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Crs {
    /// WGS-84, longitude first.
    #[default]
    Crs84,
    /// WGS-84, latitude first.
    Wgs84,
    /// Web Mercator, metres to the east, then to the north.
    WebMercator,
    /// CGCS2000, latitude first.
    Cgcs2000,
}

impl Crs {
    /// Each of them, the one in which positions are kept first.
    pub const ALL: [Self; 4] = [Self::Crs84, Self::Wgs84, Self::WebMercator, Self::Cgcs2000];

    /// The identifier by which clients name it.
    pub const fn uri(self) -> &'static str {
        match self {
            Self::Crs84 => "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
            Self::Wgs84 => "http://www.opengis.net/def/crs/EPSG/0/4326",
            Self::WebMercator => "http://www.opengis.net/def/crs/EPSG/0/3857",
            Self::Cgcs2000 => "http://www.opengis.net/def/crs/EPSG/0/4490",
        }
    }

    /// The one of an identifier.
    pub fn named(uri: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|crs| crs.uri() == uri)
    }

    /// Whether the first of two numbers is the latitude.
    pub fn is_latitude_first(self) -> bool {
        matches!(self, Self::Wgs84 | Self::Cgcs2000)
    }

    /// Whether its numbers are degrees.
    pub fn is_degrees(self) -> bool {
        self != Self::WebMercator
    }

    /// Two numbers in the order of its axes as east and north, and the other way.
    pub fn swapped(self, [first, second]: [f64; 2]) -> [f64; 2] {
        if self.is_latitude_first() { [second, first] } else { [first, second] }
    }

    /// A position as east and north: degrees, or metres to a finite latitude.
    pub fn of(self, position: Position) -> [f64; 2] {
        let (lon, lat) = (position.lon(), position.lat());
        if self.is_degrees() {
            return [lon, lat];
        }
        let lat = lat.clamp(-MAX_MERCATOR_LAT, MAX_MERCATOR_LAT);
        [RADIUS_M * lon.to_radians(), RADIUS_M * lat.to_radians().tan().asinh()]
    }

    /// A position as an answer writes it: in the order of the axes, to a centimetre.
    pub fn written(self, position: Position) -> [f64; 2] {
        let parts = if self.is_degrees() { 1e7 } else { 1e2 };
        self.swapped(self.of(position)).map(|number| (number * parts).round() / parts)
    }
}

/// A rectangle of a system, its edges included; in degrees it may cross the antimeridian, west being greater.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window {
    /// The system of its numbers.
    pub crs: Crs,
    /// West and south.
    pub least: [f64; 2],
    /// East and north.
    pub most: [f64; 2],
}

impl Window {
    /// Reads four numbers, or six with heights that are passed over, in the order of the axes.
    pub fn new(crs: Crs, numbers: &[f64]) -> Option<Self> {
        let (least, most) = match *numbers {
            [a, b, c, d] | [a, b, _, c, d, _] => (crs.swapped([a, b]), crs.swapped([c, d])),
            _ => return None,
        };
        let is_ordered = least[1] <= most[1] && (least[0] <= most[0] || crs.is_degrees());
        (is_ordered && numbers.iter().all(|number| is_near_enough(*number))).then_some(Self {
            crs,
            least,
            most,
        })
    }

    /// Whether a place of its system is inside.
    pub fn contains(&self, [east, north]: [f64; 2]) -> bool {
        let (west_of, east_of) = (east <= self.most[0], east >= self.least[0]);
        let is_between = if self.least[0] <= self.most[0] { west_of && east_of } else { west_of || east_of };
        is_between && (self.least[1]..=self.most[1]).contains(&north)
    }
}

/// Whether a coordinate is a number that geometry can be done with: finite, and not past the size of the solar system.
pub fn is_near_enough(number: f64) -> bool {
    number.abs() <= 1e12
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_and_metres_are_those_of_the_register() {
        let place = Position::new(119.6, 39.93).unwrap();
        let told = |crs: Crs| crs.written(place).map(|number| number.to_string());
        assert_eq!(told(Crs::Crs84), ["119.6", "39.93"]);
        assert_eq!(told(Crs::Wgs84), ["39.93", "119.6"]);
        assert_eq!(told(Crs::Cgcs2000), ["39.93", "119.6"]);
        // EPSG guidance note 7-2, method 1024: 24°22'54.433" N 100°20'00" W is -11169055.58, 2800000.00.
        let example = Position::new(-(100.0 + 20.0 / 60.0), 24.0 + 22.0 / 60.0 + 54.433 / 3600.0).unwrap();
        let [east, north] = Crs::WebMercator.written(example);
        assert!((east + 11_169_055.58).abs() < 0.02 && (north - 2_800_000.0).abs() < 0.02, "{east} {north}");
        assert!(Crs::WebMercator.written(Position::NORTH_POLE)[1].is_finite());
    }

    #[test]
    fn a_window_may_cross_the_antimeridian_in_degrees_only() {
        let across = Window::new(Crs::Crs84, &[170.0, -10.0, -170.0, 10.0]).unwrap();
        assert!(
            across.contains([175.0, 0.0]) && across.contains([-175.0, 0.0]) && !across.contains([0.0, 0.0])
        );
        assert_eq!(Window::new(Crs::WebMercator, &[10.0, 0.0, -10.0, 1.0]), None);
        assert_eq!(Window::new(Crs::Crs84, &[0.0, 10.0, 1.0, 0.0]), None);
        assert_eq!(Window::new(Crs::Crs84, &[0.0, f64::NAN, 1.0, 0.0]), None);
        assert_eq!(Window::new(Crs::Crs84, &[0.0, 1.0, 2.0]), None);
        let high = Window::new(Crs::Wgs84, &[39.0, 119.0, 0.0, 40.0, 120.0, 9.0]).unwrap();
        assert!(high.contains([119.5, 39.5]));
    }
}
