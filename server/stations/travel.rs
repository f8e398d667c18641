//! How long a way takes on foot and by bicycle.
//!
//! No street network is loaded, so times are estimated from the straight distance, and the order of the times is the
//! order of the distances. Times along a network would be made here beside the estimate, and the order with them.

use std::str::FromStr;

use super::feature::WalkBasis;
use crate::config::Walk;

/// By what the nearest stations are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The straight distance.
    Straight,
    /// The time on foot.
    Walk,
    /// The time by bicycle or scooter.
    Ride,
}

/// Not one of the words of [`By::as_str`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("neither straight, walk nor ride")]
pub struct UnknownBy;

/// How long the way to a station takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Travel {
    /// Seconds on foot.
    pub walk_s: u32,
    /// Seconds riding.
    pub ride_s: u32,
    /// How both were found.
    pub basis: WalkBasis,
}

impl By {
    /// Every way of ordering.
    pub const ALL: [Self; 3] = [Self::Straight, Self::Walk, Self::Ride];

    /// The word used in questions.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Straight => "straight",
            Self::Walk => "walk",
            Self::Ride => "ride",
        }
    }
}

impl FromStr for By {
    type Err = UnknownBy;

    fn from_str(text: &str) -> Result<Self, UnknownBy> {
        Self::ALL.into_iter().find(|by| by.as_str() == text).ok_or(UnknownBy)
    }
}

impl Travel {
    /// The straight distance in metres times the detour factor, by the speeds of the settings.
    pub fn estimate(metres: f64, pace: &Walk) -> Self {
        let seconds = |speed_m_s: f64| whole(metres * pace.detour / speed_m_s);
        Self {
            walk_s: seconds(pace.speed_m_s),
            ride_s: seconds(pace.ride_speed_m_s),
            basis: WalkBasis::Estimate,
        }
    }
}

fn whole(seconds: f64) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a float saturates into u32")]
    let whole = seconds.round() as u32;
    whole
}
