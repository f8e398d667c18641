//! What each step changes.

use chrono::{DateTime, Utc};

use super::super::model::{Identity, State, Urgency};
use super::allowed::{is_unreachable, step_of};
use super::case::{Calls, Case, Said, Verdict};
use super::deed::Deed;
use super::doer::Doer;
use super::rules::MOST_LEVEL;
use super::table::Action;
use super::{Moment, Refused, Rules};
use crate::calendar::{Limit, Run, Unit};

/// A case that comes in at an instant.
///
/// # Errors
/// [`Refused::Clock`] where the instant is out of range.
pub fn begun(
    urgency: Urgency,
    identity: Identity,
    rules: &Rules,
    at: DateTime<Utc>,
) -> Result<Case, Refused> {
    let clock = Run::begin(rules.answer(urgency), at)?;
    let step = Run::begin(rules.dispatch(urgency), at)?;
    Ok(Case::filed(urgency, identity, clock, step))
}

/// The case after something was done with it.
///
/// # Errors
/// [`Refused`], with the case as it was.
pub fn act(case: &Case, deed: &Deed, doer: &Doer, at: &Moment<'_>) -> Result<Case, Refused> {
    let step = step_of(case, deed.action, doer, at)?;
    let mut after = Acting { case: case.clone(), deed, doer, at };
    after.carry_out()?;
    let case = after.case;
    let expected = if step.to.is_empty() { step.from } else { step.to };
    debug_assert!(expected.contains(&case.state), "{} leads to {}", deed.action, case.state);
    Ok(case)
}

struct Acting<'a> {
    case: Case,
    deed: &'a Deed,
    doer: &'a Doer,
    at: &'a Moment<'a>,
}

impl Acting<'_> {
    fn carry_out(&mut self) -> Result<(), Refused> {
        match self.deed.action {
            Action::Ask => self.ask(),
            Action::Inform => self.inform(),
            Action::Classify => self.classify(),
            Action::ProposeDecline => self.propose_decline(),
            Action::DropDecline => self.drop_decline(),
            Action::Merge => self.merge(),
            Action::Dispatch => self.dispatch(),
            Action::Return => self.return_it(),
            Action::Accept => self.accept(),
            Action::Start => self.to(State::InProgress),
            Action::FinishTask => self.finish_task(),
            Action::AskExtension => self.ask_extension(),
            Action::GrantExtension => self.grant_extension(),
            Action::RefuseExtension => self.refuse_extension(),
            Action::Interim => self.await_step(self.at.rules.interim),
            Action::Supervise => self.supervise(),
            Action::SignOff => self.sign_off(),
            Action::Answer => self.answer(),
            Action::Follow => self.follow(),
            Action::CallBack => self.call_back(),
            Action::Redo | Action::Reopen => self.again(),
            Action::Close => self.close(),
            Action::Appeal => self.appeal(),
            Action::DecideAppeal => self.decide_appeal(),
            Action::ConfirmDecline => self.over(State::Declined),
            Action::Withdraw => self.over(State::Withdrawn),
            Action::Archive => self.archive(),
            Action::Message => self.message(),
            Action::Note | Action::Remind | Action::Recompute => Ok(()),
            Action::Submit => Err(Refused::WrongState),
        }
    }

    #[expect(clippy::unnecessary_wraps, reason = "each step may fail, and this is the whole of some")]
    fn to(&mut self, state: State) -> Result<(), Refused> {
        self.case.state = state;
        Ok(())
    }

    /// From now on, or from the last thing noted where that lies ahead, as it does of an anonymous case.
    fn instant(&self) -> DateTime<Utc> {
        let latest = DateTime::from_timestamp_millis(self.case.clock.latest_ms()).unwrap_or(self.at.now);
        self.at.now.max(latest)
    }

    fn await_step(&mut self, limit: Limit) -> Result<(), Refused> {
        self.case.step = Some(Run::begin(limit, self.instant())?);
        Ok(())
    }

    fn ask(&mut self) -> Result<(), Refused> {
        self.case.clock.pause(self.instant())?;
        self.await_step(self.at.rules.inform)?;
        self.to(State::NeedsInfo)
    }

    fn inform(&mut self) -> Result<(), Refused> {
        self.case.clock.resume(self.instant())?;
        self.await_step(self.at.rules.dispatch(self.case.urgency))?;
        self.to(State::Submitted)
    }

    /// Another urgency gives the case another limit, from when it came in.
    #[expect(clippy::unnecessary_wraps, reason = "a step like the others")]
    fn classify(&mut self) -> Result<(), Refused> {
        let Some(urgency) = self.deed.urgency.filter(|u| *u != self.case.urgency) else { return Ok(()) };
        self.case.urgency = urgency;
        self.case.clock = self.case.clock.with_limit(self.at.rules.answer(urgency));
        Ok(())
    }

    fn propose_decline(&mut self) -> Result<(), Refused> {
        self.case.proposer = Some(self.doer.account().ok_or(Refused::NotYours)?);
        Ok(())
    }

    #[expect(clippy::unnecessary_wraps, reason = "a step like the others")]
    fn drop_decline(&mut self) -> Result<(), Refused> {
        self.case.proposer = None;
        Ok(())
    }

    fn merge(&mut self) -> Result<(), Refused> {
        self.case.parent = Some(self.deed.parent.ok_or(Refused::Field("into"))?);
        self.case.clock.pause(self.instant())?;
        self.case.step = None;
        self.to(State::Merged)
    }

    fn dispatch(&mut self) -> Result<(), Refused> {
        self.case.department = Some(self.deed.department.ok_or(Refused::Field("department"))?);
        self.case.handler = Some(self.deed.handler.ok_or(Refused::Field("handler"))?);
        self.case.tasks.clone_from(&self.deed.tasks);
        self.dispatched()
    }

    fn dispatched(&mut self) -> Result<(), Refused> {
        self.case.dispatched = Some(self.at.now);
        self.await_step(self.at.rules.accept(self.case.urgency))?;
        self.to(State::Dispatched)
    }

    /// The first return asks the referee; the second one goes to the leader, so that nobody plays ball with it.
    fn return_it(&mut self) -> Result<(), Refused> {
        self.case.returns += 1;
        if let Some(leader) = self.at.leader.filter(|_| self.case.returns > 1) {
            self.case.handler = Some(leader);
            return self.dispatched();
        }
        self.case.handler = None;
        self.await_step(self.at.rules.dispatch(self.case.urgency))?;
        self.to(State::Returned)
    }

    fn accept(&mut self) -> Result<(), Refused> {
        self.case.accepted = Some(self.at.now);
        self.await_step(self.at.rules.interim)?;
        self.to(State::Accepted)
    }

    fn finish_task(&mut self) -> Result<(), Refused> {
        let (id, own) = (self.deed.task, self.doer.account());
        let mine = |t: &&mut super::Task| Some(t.id) == id && Some(t.handler) == own && !t.is_done;
        self.case.tasks.iter_mut().find(mine).ok_or(Refused::Field("task"))?.is_done = true;
        Ok(())
    }

    fn days(&self, given: Option<u32>) -> Result<u32, Refused> {
        let most = self.at.rules.extension_days;
        given.filter(|days| (1..=most).contains(days)).ok_or(Refused::Field("days"))
    }

    fn ask_extension(&mut self) -> Result<(), Refused> {
        self.case.extension_days = Some(self.days(self.deed.days)?);
        Ok(())
    }

    fn grant_extension(&mut self) -> Result<(), Refused> {
        let days = self.days(self.deed.days.or(self.case.extension_days))?;
        let instant = self.instant();
        self.case.clock.extend(Limit::new(Unit::WorkingDays, days)?, instant)?;
        self.case.extension_days = None;
        self.await_step(self.at.rules.interim_extended)
    }

    #[expect(clippy::unnecessary_wraps, reason = "a step like the others")]
    fn refuse_extension(&mut self) -> Result<(), Refused> {
        self.case.extension_days = None;
        Ok(())
    }

    fn supervise(&mut self) -> Result<(), Refused> {
        let higher = (self.case.supervision + 1)..=MOST_LEVEL;
        self.case.supervision =
            self.deed.level.filter(|l| higher.contains(l)).ok_or(Refused::Field("level"))?;
        Ok(())
    }

    #[expect(clippy::unnecessary_wraps, reason = "a step like the others")]
    fn sign_off(&mut self) -> Result<(), Refused> {
        self.case.supervision = 0;
        Ok(())
    }

    /// The clock stands still from here on; a message of the reporter lets it run on.
    fn answer(&mut self) -> Result<(), Refused> {
        let instant = self.instant();
        if !self.case.clock.is_paused() {
            self.case.clock.pause(instant)?;
        }
        self.case.outcome = Some(self.deed.outcome.ok_or(Refused::Field("outcome"))?);
        self.case.answered = Some(self.at.now);
        self.case.extension_days = None;
        self.case.calls = Calls::default();
        self.await_step(self.at.rules.call_back)?;
        self.to(State::Answered)
    }

    /// A merged case is answered with its parent, by whoever answered that, and goes its own way from there.
    fn follow(&mut self) -> Result<(), Refused> {
        self.case.department = Some(self.deed.department.ok_or(Refused::Field("department"))?);
        self.case.handler = Some(self.deed.handler.ok_or(Refused::Field("handler"))?);
        self.answer()
    }

    fn call_back(&mut self) -> Result<(), Refused> {
        if self.deed.reached.ok_or(Refused::Field("reached"))? {
            let is_solved = self.deed.solved.ok_or(Refused::Field("solved"))?;
            let grade = self.deed.grade.ok_or(Refused::Field("grade"))?;
            return self.called_back(Some(Said { is_solved, grade }));
        }
        let (calls, day) = (self.case.calls, self.at.day_of(self.at.now));
        let is_new_day = calls.last != Some(day);
        let calls =
            Calls { tries: calls.tries + 1, days: calls.days + u32::from(is_new_day), last: Some(day) };
        self.case.calls = calls;
        if is_unreachable(calls.tries, calls.days) {
            return self.called_back(None);
        }
        self.await_step(self.at.rules.call_back)
    }

    fn called_back(&mut self, said: Option<Said>) -> Result<(), Refused> {
        self.case.verdict = Some(Verdict { at: self.at.now, said });
        self.await_step(self.at.rules.call_back)?;
        self.to(State::CalledBack)
    }

    /// Another round, by a shorter clock. What the earlier ones came to is kept beside the case.
    fn again(&mut self) -> Result<(), Refused> {
        let limit = self.at.rules.redo(self.case.urgency);
        self.case.clock = Run::begin(limit, self.at.now)?;
        self.case.round += 1;
        (self.case.answered, self.case.outcome, self.case.verdict) = (None, None, None);
        (self.case.calls, self.case.extension_days, self.case.closed) = (Calls::default(), None, None);
        self.case.tasks.clear();
        self.await_step(self.at.rules.interim)?;
        self.to(State::InProgress)
    }

    fn over(&mut self, state: State) -> Result<(), Refused> {
        let instant = self.instant();
        self.case.clock.end(instant)?;
        self.case.step = None;
        self.to(state)
    }

    fn close(&mut self) -> Result<(), Refused> {
        self.case.closed = Some(self.at.now);
        self.over(State::Closed)
    }

    fn appeal(&mut self) -> Result<(), Refused> {
        self.case.has_appealed = true;
        self.await_step(self.at.rules.appeal)?;
        self.to(State::Appealed)
    }

    fn decide_appeal(&mut self) -> Result<(), Refused> {
        if !self.deed.uphold.ok_or(Refused::Field("uphold"))? {
            return self.again();
        }
        self.case.closed = Some(self.at.now);
        self.case.step = None;
        self.to(State::Closed)
    }

    fn archive(&mut self) -> Result<(), Refused> {
        self.case.archived = Some(self.at.now);
        self.case.step = None;
        self.to(State::Archived)
    }

    /// The reporter's message after the answer takes the case back to its handler, and its clock runs on.
    fn message(&mut self) -> Result<(), Refused> {
        if self.case.state != State::Answered || *self.doer != Doer::Reporter {
            return Ok(());
        }
        let instant = self.instant();
        self.case.clock.resume(instant)?;
        self.case.answered = None;
        self.case.outcome = None;
        self.await_step(self.at.rules.interim)?;
        self.to(State::InProgress)
    }
}
