//! What an answer's validity depends on: the revision, and when any station last changed its state.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};

use super::Snapshot;
use crate::stations::state::CLOSING_SOON_MIN;

/// Minutes before a closing at which the warning of it begins: the first minute with less than the named time left.
const SOON_MIN: i64 = CLOSING_SOON_MIN - 1;

/// The version of every answer for one instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Version {
    /// The registry's revision.
    pub revision: i64,
    /// The last minute since 1970 at or before the instant at which any state changed.
    pub minute: i64,
}

impl Snapshot {
    /// The version for an instant. Outside the precomputed days each minute counts as a change.
    pub fn version(&self, at: impl Into<DateTime<Utc>>) -> Version {
        let minute = at.into().timestamp().div_euclid(60);
        let known = self.changes.first().is_some_and(|first| *first <= minute) && minute < self.horizon;
        let last = self.changes.partition_point(|m| *m <= minute);
        let minute = if known { self.changes[last - 1] } else { minute };
        Version { revision: self.revision, minute }
    }

    /// Every minute since 1970 at which a state may change in the precomputed days: openings, closings, the
    /// warning before a closing, notices, and each midnight, when seasons change. Then the end of these days.
    pub(super) fn collect_changes(&self) -> (Vec<i64>, i64) {
        let midnight = self.zone().instant(self.day.and_time(NaiveTime::MIN)).timestamp() / 60;
        let minutes = self.openings.iter().map(|o| o.timeline.schedule().minutes()).min().unwrap_or_default();
        let horizon = midnight + i64::from(minutes);
        let runs = self.openings.iter().flat_map(|o| o.timeline.schedule().runs());
        let hours = runs.flat_map(|(m, _)| [i64::from(*m), i64::from(*m) - SOON_MIN]).map(|m| midnight + m);
        let days = (midnight..=horizon).step_by(24 * 60);
        let mut changes: Vec<i64> = hours.chain(days).chain(self.notice_minutes()).collect();
        changes.retain(|m| (midnight..=horizon).contains(m));
        changes.sort_unstable();
        changes.dedup();
        (changes, horizon)
    }

    fn notice_minutes(&self) -> impl Iterator<Item = i64> {
        let ends =
            self.entries().flat_map(|e| e.all_notices()).flat_map(|(_, n)| [Some(n.from), n.to]).flatten();
        ends.flat_map(|t| [t, t - TimeDelta::minutes(SOON_MIN)])
            .map(|t| self.zone().instant(t).timestamp().div_euclid(60))
    }
}
