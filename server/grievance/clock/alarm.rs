//! Which alarms the deadlines of a case set, and when.

use chrono::{DateTime, TimeDelta, Utc};

use super::super::frame::Frame;
use super::super::model::State;
use super::super::workflow::Case;
use crate::calendar::{Clock, Limit, Run};

/// What is told of a deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Alarm {
    /// The next step is late.
    Step,
    /// The answer is due soon.
    Soon,
    /// The answer is late.
    Overdue,
    /// It is still late: a reminder 催办.
    Remind,
    /// It is late for long: the escalation 通报.
    Escalate,
}

impl Alarm {
    /// Its word in the table.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Step => "step",
            Self::Soon => "soon",
            Self::Overdue => "overdue",
            Self::Remind => "remind",
            Self::Escalate => "escalate",
        }
    }
}

/// An alarm of a deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Set {
    /// What is told.
    pub(super) alarm: Alarm,
    /// Of which deadline.
    pub(super) due: DateTime<Utc>,
    /// From when on.
    pub(super) at: DateTime<Utc>,
}

/// The last instant in time is in time still.
const JUST_AFTER: TimeDelta = TimeDelta::milliseconds(1);

/// Every alarm of a case as it stands. A clock that stands still sets none of the answer.
pub(super) fn alarms(case: &Case, frame: &Frame) -> Vec<Set> {
    let clock = frame.clock();
    let mut alarms = if runs(case) { of_answer(case, frame, &clock) } else { Vec::new() };
    if let Some(step) = case.step.as_ref().filter(|_| case.state.is_open()) {
        let due = clock.due(step, frame.now).at;
        alarms.push(Set { alarm: Alarm::Step, due, at: due + JUST_AFTER });
    }
    alarms
}

/// Whether the time until the answer runs.
fn runs(case: &Case) -> bool {
    use State as S;
    let awaits =
        matches!(case.state, S::Submitted | S::Dispatched | S::Returned | S::Accepted | S::InProgress);
    awaits && !case.clock.is_paused() && case.clock.ended().is_none()
}

fn of_answer(case: &Case, frame: &Frame, clock: &Clock<'_>) -> Vec<Set> {
    let told = clock.due(&case.clock, frame.now);
    let due = told.at;
    let soon = Some(clock.warning(&told)).filter(|at| *at > case.clock.began());
    let after = |limit: Limit| Run::begin(limit, due).ok().map(|run| clock.due(&run, frame.now).at);
    let all = [
        (Alarm::Soon, soon),
        (Alarm::Overdue, Some(due + JUST_AFTER)),
        (Alarm::Remind, after(frame.rules.remind)),
        (Alarm::Escalate, after(frame.rules.escalate)),
    ];
    all.into_iter().filter_map(|(alarm, at)| Some(Set { alarm, due, at: at? })).collect()
}
