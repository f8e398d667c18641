//! Until when something is due, and how that came to be.

use chrono::{DateTime, NaiveDate, Utc};

use super::limit::Unit;
use crate::calendar::Counted;
use crate::time::Zone;

/// Until when a run is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The last instant that is in time.
    pub at: DateTime<Utc>,
    /// The same without extensions.
    pub first_at: DateTime<Utc>,
    /// Whether a notice of the State Council that is yet to come may move it.
    pub provisional: bool,
    /// Whether the clock stands still: then `at` holds if it ran on from the instant asked.
    pub paused: bool,
    /// The version of the calendar by which it was computed.
    pub calendar: String,
    /// Every day from the beginning to the last.
    pub days: Vec<Counted>,
    /// Whether it began as its first day ended.
    pub(super) is_from_midnight: bool,
    /// When the clock ended.
    pub(super) ended: Option<DateTime<Utc>>,
    /// What the last limit is counted in.
    pub(super) unit: Unit,
    /// The first year of the days whose notice is not loaded.
    pub(super) awaits: Option<i32>,
    /// Where a day begins.
    pub(super) zone: Zone,
}

impl Due {
    /// The last day.
    pub fn day(&self) -> NaiveDate {
        self.zone.local(self.at).date()
    }

    /// Whether more time was granted than there was at first.
    pub fn is_extended(&self) -> bool {
        self.at != self.first_at
    }
}
