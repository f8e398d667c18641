//! Which actions are open to whom: the table, and the rules that no table can hold.

use chrono::TimeDelta;

use super::super::model::{Desk, Grade, Outcome, State};
use super::case::Case;
use super::doer::Doer;
use super::rules::{CALL_DAYS, CALL_TRIES, MOST_LEVEL};
use super::table::{Action, Step, TABLE, Who};
use super::{Moment, Refused};

/// The steps that somebody may take now, in the order of the table.
pub fn allowed(case: &Case, doer: &Doer, at: &Moment<'_>) -> Vec<&'static Step> {
    let open = TABLE.iter().filter(|step| {
        stands(step, case)
            && is_he(case, doer, step.who)
            && rule(case, step.action, doer, at).is_none()
            && is_first(step, case, doer)
    });
    open.collect()
}

/// The step that an action is for somebody.
///
/// # Errors
/// [`Refused::WrongState`] where nobody may do it now, [`Refused::NotYours`] where others may, and
/// [`Refused::Rule`] where something stands in the way.
pub(super) fn step_of(
    case: &Case,
    action: Action,
    doer: &Doer,
    at: &Moment<'_>,
) -> Result<&'static Step, Refused> {
    let here: Vec<&Step> = TABLE.iter().filter(|s| s.action == action && stands(s, case)).collect();
    if here.is_empty() {
        return Err(Refused::WrongState);
    }
    let step = here.into_iter().find(|step| is_he(case, doer, step.who)).ok_or(Refused::NotYours)?;
    rule(case, action, doer, at).map_or(Ok(step), |code| Err(Refused::Rule(code)))
}

fn stands(step: &Step, case: &Case) -> bool {
    step.from.contains(&case.state)
}

/// Of two lines of one action, the one that comes first holds.
fn is_first(step: &Step, case: &Case, doer: &Doer) -> bool {
    let mut same =
        TABLE.iter().filter(|s| s.action == step.action && stands(s, case) && is_he(case, doer, s.who));
    same.next().is_some_and(|first| std::ptr::eq(first, step))
}

/// Whether somebody is any of those that a step is for.
fn is_he(case: &Case, doer: &Doer, who: &[Who]) -> bool {
    who.iter().any(|who| is_one(case, doer, *who))
}

fn is_one(case: &Case, doer: &Doer, who: Who) -> bool {
    let own = |account| doer.account() == Some(account);
    match who {
        Who::Reporter => *doer == Doer::Reporter,
        Who::Service => *doer == Doer::Service,
        Who::Intake | Who::SecondIntake => doer.sits_at(Desk::Intake),
        Who::Handler => doer.sits_at(Desk::Handler) && case.handler.is_some_and(own),
        Who::CoHandler => {
            doer.sits_at(Desk::Handler) && case.tasks.iter().any(|t| !t.is_done && own(t.handler))
        }
        Who::Referee => doer.sits_at(Desk::Referee),
        Who::Supervisor => doer.sits_at(Desk::Supervisor),
        Who::NextLevel => doer.is_next_level(),
        Who::Caller => doer.sits_at(Desk::Caller) && !doer.account().is_some_and(|a| case.is_handled_by(a)),
        Who::Archivist => doer.sits_at(Desk::Archivist),
        Who::Staff => has_part(case, doer),
    }
}

/// Whether somebody of staff has a part in a case: by his desk, or because he handles it.
fn has_part(case: &Case, doer: &Doer) -> bool {
    let desks = [Desk::Intake, Desk::Referee, Desk::Supervisor, Desk::Caller];
    let is_his = doer.sits_at(Desk::Handler) && doer.account().is_some_and(|a| case.is_handled_by(a));
    is_his || desks.into_iter().any(|desk| doer.sits_at(desk))
}

/// What stands in the way of an action, whoever does it and whatever it is told; `None`: nothing.
fn rule(case: &Case, action: Action, doer: &Doer, at: &Moment<'_>) -> Option<&'static str> {
    match action {
        Action::Ask | Action::Merge | Action::Dispatch | Action::ProposeDecline => {
            case.proposer.map(|_| "decline_proposed")
        }
        Action::ConfirmDecline if case.proposer == doer.account() && doer.account().is_some() => {
            Some("second_person")
        }
        Action::ConfirmDecline | Action::DropDecline => none_of(case.proposer.as_ref(), "nothing_proposed"),
        Action::Return => (case.returns >= 2).then_some("returned_twice"),
        Action::AskExtension => before_extension(case, at),
        Action::GrantExtension | Action::RefuseExtension => {
            none_of(case.extension_days.as_ref(), "nothing_asked")
        }
        Action::Supervise => (case.supervision >= MOST_LEVEL).then_some("highest_level"),
        Action::SignOff => (case.supervision == 0).then_some("not_supervised"),
        Action::Answer => case.tasks.iter().any(|task| !task.is_done).then_some("tasks_open"),
        Action::Redo => (!may_redo(case)).then_some("nothing_to_redo"),
        Action::Close => (!may_close(case)).then_some("must_redo"),
        Action::Appeal if case.has_appealed => Some("appealed_before"),
        Action::Appeal => (!is_within(case, at)).then_some("too_late"),
        Action::Reopen if *doer == Doer::Reporter => (!is_within(case, at)).then_some("too_late"),
        Action::Archive => before_archive(case, at),
        _ => None,
    }
}

fn none_of<T>(there: Option<&T>, code: &'static str) -> Option<&'static str> {
    there.is_none().then_some(code)
}

fn before_extension(case: &Case, at: &Moment<'_>) -> Option<&'static str> {
    let is_late = at.now > at.clock.due(&case.clock, at.now).at;
    match (case.extension_days, is_late) {
        (Some(_), _) => Some("asked_before"),
        (None, true) => Some("too_late"),
        (None, false) => None,
    }
}

/// Whether what the reporter said asks for another round: not solved, or dissatisfied.
fn may_redo(case: &Case) -> bool {
    case.said().is_some_and(|said| !said.is_content())
}

/// Whether nothing has to be done again: the reporter is content, or cannot be reached; what cannot be solved was
/// explained to his satisfaction; or a second answer was no better than the first, which ends in an appeal.
fn may_close(case: &Case) -> bool {
    let Some(said) = case.said() else { return case.verdict.is_some() };
    let is_explained = matches!(case.outcome, Some(Outcome::Explained | Outcome::Impossible));
    said.is_content() || (is_explained && said.grade != Grade::Dissatisfied) || case.round > 1
}

/// Whether a closed case may still be reopened by its reporter.
fn is_within(case: &Case, at: &Moment<'_>) -> bool {
    let days = TimeDelta::days(i64::from(at.rules.reopen_days) + 1);
    // Whole days: the last one ends at midnight.
    case.closed.is_some_and(|closed| at.day_of(at.now) < at.day_of(closed) + days)
}

/// A supervised case is signed off first, and nobody loses the days in which he may come back to it.
fn before_archive(case: &Case, at: &Moment<'_>) -> Option<&'static str> {
    if case.supervision > 0 {
        return Some("supervised");
    }
    (case.state == State::Closed && is_within(case, at)).then_some("may_be_reopened")
}

/// Whether a reporter who was not reached counts as unreachable after this try.
pub(super) fn is_unreachable(tries: u32, days: u32) -> bool {
    tries >= CALL_TRIES && days >= CALL_DAYS
}
