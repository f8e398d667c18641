//! How long each step may take.

use super::super::model::Urgency;
use crate::calendar::{Limit, RunError, Unit};

/// The limits of each step. Chapter and verse: the centre's own rules, which a city sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// Until a case of each urgency is answered, in the order of [`Urgency::ALL`].
    pub answer: [Limit; 4],
    /// The same where it is done again.
    pub redo: [Limit; 4],
    /// Until it is dispatched; of the two urgent tiers, then of the others.
    pub dispatch: [Limit; 2],
    /// Until a handler accepts it; in the same order.
    pub accept: [Limit; 2],
    /// Until the next interim reply.
    pub interim: Limit,
    /// Until an interim reply where the deadline was extended.
    pub interim_extended: Limit,
    /// Until a reporter answers a question.
    pub inform: Limit,
    /// Until a reporter is called back, and until what he said is acted upon.
    pub call_back: Limit,
    /// Until an appeal is decided.
    pub appeal: Limit,
    /// From the deadline until a reminder 催办.
    pub remind: Limit,
    /// From the deadline until it is escalated 通报.
    pub escalate: Limit,
    /// The most working days of one extension.
    pub extension_days: u32,
    /// For so many days after closing its reporter may reopen a case or appeal.
    pub reopen_days: u32,
}

/// So often, on so many days, a reporter is called before he counts as unreachable.
pub(super) const CALL_TRIES: u32 = 3;
/// On so many days.
pub(super) const CALL_DAYS: u32 = 2;
/// The highest level of supervision.
pub(super) const MOST_LEVEL: u32 = 3;

impl Rules {
    /// The limits where a city sets none.
    ///
    /// # Errors
    /// None: every amount is within its unit's most.
    pub fn usual() -> Result<Self, RunError> {
        let (days, working_days) = (|n| Limit::new(Unit::Days, n), |n| Limit::new(Unit::WorkingDays, n));
        let minutes = |n| Limit::new(Unit::Minutes, n);
        Ok(Self {
            answer: [minutes(2 * 60)?, minutes(24 * 60)?, working_days(3)?, days(15)?],
            redo: [minutes(2 * 60)?, minutes(12 * 60)?, working_days(2)?, days(7)?],
            dispatch: [minutes(30)?, Limit::new(Unit::WorkingMinutes, 120)?],
            accept: [minutes(30)?, working_days(1)?],
            interim: days(7)?,
            interim_extended: working_days(1)?,
            inform: working_days(10)?,
            call_back: working_days(1)?,
            appeal: working_days(5)?,
            remind: days(1)?,
            escalate: working_days(5)?,
            extension_days: 15,
            reopen_days: 10,
        })
    }

    /// Until a case is answered.
    pub fn answer(&self, urgency: Urgency) -> Limit {
        self.answer[urgency as usize]
    }

    /// Until it is answered again.
    pub fn redo(&self, urgency: Urgency) -> Limit {
        self.redo[urgency as usize]
    }

    /// Until it is dispatched.
    pub fn dispatch(&self, urgency: Urgency) -> Limit {
        self.dispatch[tier(urgency)]
    }

    /// Until it is accepted.
    pub fn accept(&self, urgency: Urgency) -> Limit {
        self.accept[tier(urgency)]
    }
}

fn tier(urgency: Urgency) -> usize {
    usize::from(!matches!(urgency, Urgency::Urgent | Urgency::Prompt))
}
