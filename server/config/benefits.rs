//! `[benefits]`: what looks like fraud.

use chrono::NaiveTime;
use serde::{Deserialize, Serialize};

/// `[benefits]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Benefits {
    pub velocity_redemptions: i64,
    pub velocity_minutes: i64,
    pub distance_m: i64,
    pub misses: i64,
    pub night_from: String,
    pub night_until: String,
    pub night_share_percent: i64,
    pub night_least: i64,
}

impl Benefits {
    /// From when to when it is late at night, by the city's clocks.
    pub fn night(&self) -> Option<(NaiveTime, NaiveTime)> {
        let time = |text: &str| NaiveTime::parse_from_str(text, "%H:%M").ok();
        Some((time(&self.night_from)?, time(&self.night_until)?))
    }

    /// Whether alarms can be raised at all, and are not raised by everything.
    pub(super) fn check(&self) -> Result<(), String> {
        let numbers = [
            ("velocity_redemptions", self.velocity_redemptions, 2..=1_000),
            ("velocity_minutes", self.velocity_minutes, 1..=1_440),
            ("distance_m", self.distance_m, 100..=100_000),
            ("misses", self.misses, 1..=10),
            ("night_share_percent", self.night_share_percent, 1..=99),
            ("night_least", self.night_least, 1..=100_000),
        ];
        if let Some((name, _, bounds)) = numbers.iter().find(|(_, value, bounds)| !bounds.contains(value)) {
            return Err(format!("benefits.{name}: {} to {}", bounds.start(), bounds.end()));
        }
        match self.night() {
            Some((from, until)) if from != until => Ok(()),
            _ => Err("benefits.night_from and benefits.night_until: two times such as \"23:00\"".to_owned()),
        }
    }
}
