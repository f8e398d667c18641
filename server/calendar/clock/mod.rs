//! Clocks: until when something is due in working hours, working days or plain time, with pauses and extensions.
//!
//! What is kept of a clock ([`Run`]) names instants and amounts only; [`Clock::due`] computes the due instant from it
//! and the calendar, day by day. Whoever loads a new calendar asks again.

mod due;
mod limit;
mod run;
mod shifts;
mod state;
mod told;
mod walk;
mod warning;
mod words;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};

pub use due::Due;
pub use limit::{Limit, Unit};
pub use run::{Extension, MOST_EXTENSIONS, MOST_PAUSES, Run, RunError};
pub use shifts::{Shifts, ShiftsError};
pub use state::{Standing, State};
pub use told::{DueDay, ToldDue, ToldState, days};

use super::Calendar;
use crate::time::Zone;
use walk::Walk;

/// The calendar, the zone and the working hours by which time is counted.
#[derive(Debug, Clone, Copy)]
pub struct Clock<'a> {
    /// Which days are worked.
    pub calendar: &'a Calendar,
    /// Where a day begins.
    pub zone: Zone,
    /// Which hours of such a day.
    pub shifts: &'a Shifts,
}

impl Clock<'_> {
    /// What tells this way of counting from others: the version of the calendar, and the shifts.
    pub fn version(&self) -> String {
        let shifts: Vec<String> = self.shifts.clone().into();
        format!("{} {}", self.calendar.version(), shifts.join(" "))
    }

    /// Until when a run is due. Of a paused one it is when it would be due if it ran on from the instant asked.
    ///
    /// Minutes run on after a pause with what was left of them. Of days, those left at the pause are counted from the
    /// day of the resumption, which itself is not counted, as the day of the beginning is not; so a pause that ends on
    /// the day on which it began changes nothing. The midnight at the end of a day belongs to that day. A closing time at which the clock stood still ends nothing: a last
    /// day so interrupted ends at the closing time after the resumption.
    ///
    /// An extension begins where the time before it ends.
    pub fn due(&self, run: &Run, now: DateTime<Utc>) -> Due {
        let mut walk = Walk::new(self, run.stills(now));
        let first_at = walk.through(run.began(), run.limit());
        let at = run.extensions().iter().fold(first_at, |at, more| walk.through(at, more.limit));
        let last = run.extensions().last().map_or(run.limit(), |more| more.limit);
        let awaits = walk.awaits;
        Due {
            at,
            first_at,
            provisional: awaits.is_some(),
            paused: run.is_paused(),
            calendar: self.calendar.version().to_owned(),
            days: walk.days,
            is_from_midnight: self.is_midnight(run.began()),
            ended: run.ended(),
            unit: last.unit(),
            awaits,
            zone: self.zone,
        }
    }
}
