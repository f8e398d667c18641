//! Time from outside: the clock, and the city's zone.

use chrono::{DateTime, FixedOffset, NaiveDateTime, Offset, TimeZone, Utc};
use chrono_tz::Tz;
use std::time::Instant;

/// Where the present comes from. Nothing else reads the machine's clock.
#[derive(Debug, Clone, Copy)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that stands still, for tests and demonstrations.
    Fixed(DateTime<Utc>),
}

impl Clock {
    /// The present instant.
    pub fn now(self) -> DateTime<Utc> {
        match self {
            #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
            Self::System => Utc::now(),
            Self::Fixed(instant) => instant,
        }
    }
}

/// The machine's clock that nobody sets: it tells how much time has passed, and nothing else.
pub fn steady() -> Instant {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's steady clock")]
    Instant::now()
}

/// The zone whose local time opening hours are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zone(pub Tz);

impl Zone {
    /// An instant as the city's clocks show it.
    pub fn local(self, instant: impl Into<DateTime<Utc>>) -> NaiveDateTime {
        instant.into().with_timezone(&self.0).naive_local()
    }

    /// An instant with the city's offset, as answers print it.
    pub fn stamp(self, instant: impl Into<DateTime<Utc>>) -> DateTime<FixedOffset> {
        let local = instant.into().with_timezone(&self.0);
        local.with_timezone(&local.offset().fix())
    }

    /// The instant at which the city's clocks show `local`; the earlier one where they show it twice,
    /// and one hour on where they skip it.
    pub fn instant(self, local: NaiveDateTime) -> DateTime<FixedOffset> {
        let found = self.0.from_local_datetime(&local).earliest();
        let shifted = || self.0.from_utc_datetime(&local);
        let zoned = found.unwrap_or_else(shifted);
        zoned.with_timezone(&zoned.offset().fix())
    }

    /// An instant of the database: milliseconds since 1970 UTC.
    pub fn from_ms(self, ms: i64) -> DateTime<FixedOffset> {
        self.stamp(DateTime::<Utc>::from_timestamp_millis(ms).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn local_time_and_back() {
        let zone = Zone(chrono_tz::Asia::Shanghai);
        let noon = "2026-11-22T12:00:00+08:00".parse::<DateTime<FixedOffset>>().unwrap();
        assert_eq!(zone.local(noon).to_string(), "2026-11-22 12:00:00");
        assert_eq!(zone.instant(zone.local(noon)), noon);
        assert_eq!(zone.from_ms(noon.timestamp_millis()).to_rfc3339(), "2026-11-22T12:00:00+08:00");
    }
}
