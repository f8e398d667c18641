//! The shifted Chinese coordinate systems GCJ-02 and BD-09 to WGS-84 and back.
//!
//! The state's formula of GCJ-02 is not published; the one here is the reverse-engineered formula that all
//! map libraries share, known as EvilTransform: a polynomial with sines, laid over the Krasovsky ellipsoid of
//! 1940. BD-09 is Baidu's second shift on top of GCJ-02, a small rotation and stretch around the origin of
//! the degree grid, known in the same way.
//!
//! A position is converted by the system it is declared in, never by a box around China: data of Hong Kong,
//! Macau and Taiwan is often WGS-84 although the usual boxes would shift it.

use std::f64::consts::PI;
use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::position::Position;

/// Semi-major axis in metres of the Krasovsky 1940 ellipsoid, as the formula uses it.
const KRASOVSKY_SEMI_MAJOR_M: f64 = 6_378_245.0;
/// Square of the eccentricity of that ellipsoid, as the formula uses it.
const KRASOVSKY_ECCENTRICITY_2: f64 = 0.006_693_421_622_965_943;
/// The frequency of Baidu's ripples: 3000 waves per half turn of degrees.
const BAIDU_FREQUENCY: f64 = PI * 3000.0 / 180.0;
/// Where the inverse stops: 1e-10 degrees are a hundredth of a millimetre.
const INVERSE_TOLERANCE_DEG: f64 = 1e-10;
/// The inverse gives up after so many steps; within China a handful is enough.
const MAX_INVERSE_STEPS: usize = 24;
/// Nearer to a pole than this cosine of the latitude (89°) a shift to the east stops growing.
const MIN_COS_LAT: f64 = 0.017_452_406_437_283_51;

/// The system a pair of degrees is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Datum {
    /// GPS, browsers, and (equal for this purpose) CGCS2000.
    Wgs84,
    /// Amap, Tencent, WeChat.
    Gcj02,
    /// Baidu.
    Bd09,
}

/// The name is none of `wgs84`, `gcj02`, `bd09`.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0:?} is none of wgs84, gcj02, bd09")]
pub struct UnknownDatum(pub String);

impl Datum {
    /// Every datum there is.
    pub const ALL: [Datum; 3] = [Datum::Wgs84, Datum::Gcj02, Datum::Bd09];

    /// The name in requests and answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Datum::Wgs84 => "wgs84",
            Datum::Gcj02 => "gcj02",
            Datum::Bd09 => "bd09",
        }
    }

    /// A WGS-84 position in this system.
    ///
    /// Always a valid position: past the antimeridian the longitude wraps, past a pole the latitude stops.
    pub fn from_wgs84(self, position: Position) -> Position {
        match self {
            Datum::Wgs84 => position,
            Datum::Gcj02 => gcj02(position),
            Datum::Bd09 => bd09(gcj02(position)),
        }
    }

    /// The WGS-84 position of a position of this system.
    ///
    /// There is no inverse formula: a fixed-point iteration refines the guess, at most 24 times, until it
    /// leads forward to the given position within 1e-10 degrees; the best guess is the answer. The round
    /// trip is under 1 cm at latitudes within ±80°. Close to a pole, and within some kilometres of the
    /// antimeridian where the forward formula jumps, the answer is valid but may be less exact.
    pub fn to_wgs84(self, position: Position) -> Position {
        if self == Datum::Wgs84 {
            return position;
        }
        let (mut guess, mut best, mut best_miss) = (position, position, f64::INFINITY);
        for _ in 0..MAX_INVERSE_STEPS {
            let reached = self.from_wgs84(guess);
            let [east, north] = [turn(position.lon() - reached.lon()), position.lat() - reached.lat()];
            let miss = east.abs().max(north.abs());
            if miss < best_miss {
                (best, best_miss) = (guess, miss);
            }
            if miss <= INVERSE_TOLERANCE_DEG {
                break;
            }
            guess = Position::normalized(guess.lon() + east, guess.lat() + north);
        }
        best
    }
}

impl fmt::Display for Datum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Datum {
    type Err = UnknownDatum;

    fn from_str(name: &str) -> Result<Datum, UnknownDatum> {
        Datum::ALL
            .into_iter()
            .find(|datum| datum.as_str() == name)
            .ok_or_else(|| UnknownDatum(name.to_owned()))
    }
}

/// A difference of longitudes by the shorter way round, in degrees.
fn turn(degrees: f64) -> f64 {
    if degrees > 180.0 {
        degrees - 360.0
    } else if degrees < -180.0 {
        degrees + 360.0
    } else {
        degrees
    }
}

fn gcj02(wgs84: Position) -> Position {
    let [east_m, north_m] = shift_m(wgs84.lon() - 105.0, wgs84.lat() - 35.0);
    let (sin_lat, cos_lat) = wgs84.lat().to_radians().sin_cos();
    let w_2 = 1.0 - KRASOVSKY_ECCENTRICITY_2 * sin_lat * sin_lat;
    let prime_vertical_m = KRASOVSKY_SEMI_MAJOR_M / w_2.sqrt();
    let meridian_m = prime_vertical_m * (1.0 - KRASOVSKY_ECCENTRICITY_2) / w_2;
    let east = (east_m / (prime_vertical_m * cos_lat.max(MIN_COS_LAT))).to_degrees();
    let north = (north_m / meridian_m).to_degrees();
    Position::normalized(wgs84.lon() + east, wgs84.lat() + north)
}

/// The shift to the east and north in metres, `x` and `y` degrees from 105° E 35° N.
fn shift_m(x: f64, y: f64) -> [f64; 2] {
    let wave = |degrees: f64, period: f64| (degrees * PI / period).sin();
    let root = x.abs().sqrt();
    let common = (20.0 * wave(6.0 * x, 1.0) + 20.0 * wave(2.0 * x, 1.0)) * 2.0 / 3.0;
    let east_m = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * root
        + common
        + (20.0 * wave(x, 1.0) + 40.0 * wave(x, 3.0)) * 2.0 / 3.0
        + (150.0 * wave(x, 12.0) + 300.0 * wave(x, 30.0)) * 2.0 / 3.0;
    let north_m = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * root
        + common
        + (20.0 * wave(y, 1.0) + 40.0 * wave(y, 3.0)) * 2.0 / 3.0
        + (160.0 * wave(y, 12.0) + 320.0 * wave(y, 30.0)) * 2.0 / 3.0;
    [east_m, north_m]
}

fn bd09(gcj02: Position) -> Position {
    let (x, y) = (gcj02.lon(), gcj02.lat());
    let radius = x.hypot(y) + 0.000_02 * (y * BAIDU_FREQUENCY).sin();
    let angle = y.atan2(x) + 0.000_003 * (x * BAIDU_FREQUENCY).cos();
    Position::normalized(radius * angle.cos() + 0.0065, radius * angle.sin() + 0.006)
}
