//! How far somebody goes: metres, minutes on foot, or both.
//!
//! No street network is loaded, so a way on foot is the straight distance times the detour factor of the settings
//! (measured medians 1.24 to 1.56 in six cities), at the walking speed of the settings. A network would answer here.

use crate::config::Walk;
use crate::stations::travel::By;

/// The farthest way, in metres.
pub const MOST_M: f64 = 50_000.0;
/// The longest way, in seconds.
pub const MOST_S: f64 = 14_400.0;
/// A quarter of an hour.
pub const QUARTER_S: f64 = 900.0;
/// The distance of 双15, in metres.
pub const DOUBLE_15_M: f64 = 1_000.0;

/// Within which distance or time a station counts; where both are given both must hold.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reach {
    /// Metres, of the straight line or of the way on foot as `by` says.
    pub within_m: Option<f64>,
    /// Seconds on foot.
    pub within_s: Option<f64>,
    /// What the metres measure.
    pub by: By,
}

impl Reach {
    /// A quarter of an hour on foot.
    pub const QUARTER: Self = Self { within_m: None, within_s: Some(QUARTER_S), by: By::Walk };
    /// 双15: a kilometre in a straight line, and a quarter of an hour on foot.
    pub const DOUBLE_15: Self =
        Self { within_m: Some(DOUBLE_15_M), within_s: Some(QUARTER_S), by: By::Straight };

    /// The straight distance that it comes to, in metres.
    pub fn straight_m(&self, pace: &Walk) -> f64 {
        let metres = self.within_m.map(|m| if self.by == By::Straight { m } else { m / pace.detour });
        let seconds = self.within_s.map(|s| s * pace.speed_m_s / pace.detour);
        metres.into_iter().chain(seconds).fold(f64::INFINITY, f64::min)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACE: Walk = Walk { speed_m_s: 1.25, ride_speed_m_s: 4.0, detour: 1.3 };

    #[test]
    fn the_tighter_of_distance_and_time_counts() {
        let quarter_m = 900.0 * 1.25 / 1.3;
        let cases = [
            (Some(500.0), None, By::Straight, 500.0),
            (Some(1_300.0), None, By::Walk, 1_000.0),
            (None, Some(900.0), By::Straight, quarter_m),
            (Some(1_000.0), Some(900.0), By::Straight, quarter_m),
            (Some(500.0), Some(900.0), By::Straight, 500.0),
        ];
        for (within_m, within_s, by, straight_m) in cases {
            let reach = Reach { within_m, within_s, by };
            assert!((reach.straight_m(&PACE) - straight_m).abs() < 1e-9, "{reach:?}");
        }
        assert!((Reach::DOUBLE_15.straight_m(&PACE) - quarter_m).abs() < 1e-9);
    }
}
