//! What happens when a deadline of a case comes.

use super::super::acting::{Acting, Found};
use super::super::frame::Frame;
use super::super::model::{Desk, State};
use super::super::notices::{Notices, To, next_move};
use super::super::store::{self, GrievanceRow};
use super::super::words::Words;
use super::super::workflow::{Action, Case, Deed, Doer, allowed};
use super::alarm::{Alarm, Set};
use super::{pending, set};
use crate::accounts::{Actor, Permission};
use crate::app::App;
use crate::db::Tx;
use crate::error::Error;
use crate::jobs::Taken;
use crate::notifications::Kind;

/// The job of a case whose deadline has come: tells whoever it concerns, reminds, escalates, and sets the next one.
///
/// # Errors
/// Those of the database, after which the job is tried again.
pub async fn ring(app: &App, tx: &mut Tx, job: &Taken) -> Result<(), Error> {
    let id = job.object_id.as_str();
    if !store::lock(tx, id).await? {
        return Ok(());
    }
    let Some((row, case)) = read(tx, id).await? else { return Ok(()) };
    let frame = Frame::of(app);
    let told = store::alarms(tx, id).await?;
    let mut due = pending(&case, &frame, &told);
    due.retain(|set| set.at <= frame.now);
    due.sort_by_key(|set| set.at);
    let bell = Bell { row: &row, case: &case, frame: &frame };
    for set in &due {
        if store::add_alarm(tx, id, set.alarm.as_str(), set.due.timestamp_millis()).await? {
            bell.tell(tx, set).await?;
        }
    }
    // What is recorded in the audit log comes last.
    for set in &due {
        bell.act(app, tx, set.alarm).await?;
    }
    let Some((row, case)) = read(tx, id).await? else { return Ok(()) };
    set(tx, &row, &case, &frame).await
}

/// A case that is not erased.
async fn read(tx: &mut Tx, id: &str) -> Result<Option<(GrievanceRow, Case)>, Error> {
    let Some(row) = store::find_in(tx, id).await?.filter(|row| row.case_key.is_some()) else {
        return Ok(None);
    };
    let case = row.case(&store::tasks_in(tx, id).await?)?;
    Ok(Some((row, case)))
}

/// A case whose deadline has come.
struct Bell<'a> {
    row: &'a GrievanceRow,
    case: &'a Case,
    frame: &'a Frame,
}

impl Bell<'_> {
    async fn tell(&self, tx: &mut Tx, set: &Set) -> Result<(), Error> {
        let at = self.frame.now;
        let notices = Notices { row: self.row, at, due: self.frame.zone.local(set.due).date(), except: None };
        for (to, kind) in self.told(set) {
            notices.tell(tx, to, kind).await?;
        }
        Ok(())
    }

    /// Who is told what.
    fn told(&self, set: &Set) -> Vec<(To, Kind)> {
        let handler =
            self.case.handler.map_or_else(|| next_move(self.case), |handler| Some(To::Person(handler)));
        let supervisors = Some(To::Those(Permission::GrievanceSupervise));
        let (to, kind) = match set.alarm {
            Alarm::Step => return self.step().into_iter().collect(),
            // Whoever learns that it is late need not learn that it was due soon.
            Alarm::Soon if self.frame.now > set.due => return Vec::new(),
            Alarm::Soon => ([handler, None], Kind::GrievanceDueSoon),
            Alarm::Overdue => ([handler, supervisors], Kind::GrievanceOverdue),
            Alarm::Remind => ([handler, None], Kind::GrievanceReminded),
            Alarm::Escalate => ([handler, supervisors], Kind::GrievanceEscalated),
        };
        to.into_iter().flatten().map(|to| (to, kind)).collect()
    }

    /// The next step is late. Where its reporter was asked and keeps silent, intake decides what to do.
    fn step(&self) -> Option<(To, Kind)> {
        if self.case.state == State::NeedsInfo {
            return Some((To::desk(Desk::Intake)?, Kind::GrievanceNoReply));
        }
        let kind = match self.case.state {
            State::Answered | State::CalledBack => Kind::GrievanceCallBackDue,
            _ => Kind::GrievanceStepDue,
        };
        Some((next_move(self.case)?, kind))
    }

    /// A reminder and an escalation stand in the history of the case, where it can still be reminded or supervised.
    async fn act(&self, app: &App, tx: &mut Tx, alarm: Alarm) -> Result<(), Error> {
        let deed = match alarm {
            Alarm::Remind => Deed::of(Action::Remind),
            Alarm::Escalate => Deed { level: Some(self.case.supervision + 1), ..Deed::of(Action::Supervise) },
            Alarm::Step | Alarm::Soon | Alarm::Overdue => return Ok(()),
        };
        let (found, at) = (Found::of(app, tx, &self.row.id).await?, self.frame.moment(None));
        if !allowed(&found.case, &Doer::Service, &at).iter().any(|step| step.action == deed.action) {
            return Ok(());
        }
        let acting = Acting {
            app,
            actor: &Actor::system(),
            doer: &Doer::Service,
            frame: self.frame,
            at: &at,
            deed: &deed,
            sent_key: None,
        };
        acting.carry_out(tx, found, &Words::said(None, Vec::new())).await
    }
}
