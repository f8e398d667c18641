//! Whom a step concerns: what staff find in their inbox, and the letter to a reporter who left a number.

use chrono::{DateTime, NaiveDate, Utc};

use super::clock;
use super::frame::Frame;
use super::letter;
use super::model::{Desk, State};
use super::sealed::CaseKey;
use super::store::GrievanceRow;
use super::workflow::{Action, Case, Deed, Doer, Owner};
use crate::accounts::Permission;
use crate::app::App;
use crate::audit::Object;
use crate::db::Tx;
use crate::error::Error;
use crate::ids::AccountId;
use crate::notifications::{self, Kind, Notice};

/// Who is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum To {
    /// A named person.
    Person(AccountId),
    /// Everybody who has a permission in the case's district.
    Those(Permission),
}

impl To {
    /// Whoever sits at a desk; the reporter has no inbox.
    pub(super) fn desk(desk: Desk) -> Option<Self> {
        let permission = match desk {
            Desk::Intake => Permission::GrievanceIntake,
            Desk::Handler => Permission::GrievanceHandle,
            Desk::Referee => Permission::GrievanceReferee,
            Desk::Caller => Permission::GrievanceCallBack,
            Desk::Supervisor => Permission::GrievanceSupervise,
            Desk::Archivist => Permission::GrievanceArchive,
            Desk::Reporter => return None,
        };
        Some(Self::Those(permission))
    }
}

/// Whoever has the next move.
pub(super) fn next_move(case: &Case) -> Option<To> {
    match case.owner() {
        Owner::Person(person) => Some(To::Person(person)),
        Owner::Desk(desk) => To::desk(desk),
        Owner::Nobody => None,
    }
}

/// Notices about one case.
pub(super) struct Notices<'a> {
    /// The case.
    pub(super) row: &'a GrievanceRow,
    /// From when on they are shown; of what an anonymous reporter did, the end of his day.
    pub(super) at: DateTime<Utc>,
    /// The day that they name.
    pub(super) due: NaiveDate,
    /// Whoever is the cause is not told.
    pub(super) except: Option<AccountId>,
}

impl Notices<'_> {
    /// Tells somebody.
    pub(super) async fn tell(&self, tx: &mut Tx, to: To, kind: Kind) -> Result<(), Error> {
        let notice = Notice {
            kind,
            object: Object::new("grievance", &self.row.id),
            number: Some(self.row.number.clone()),
            due: Some(self.due),
            at: self.at,
        };
        match to {
            To::Person(person) if Some(person) == self.except => Ok(()),
            To::Person(person) => notifications::tell(tx, person, &notice).await.map(drop),
            To::Those(permission) => {
                notifications::tell_others(tx, permission, self.row.adcode(), self.except, &notice).await
            }
        }
    }
}

/// A step that was taken.
pub(super) struct Taken<'a> {
    /// The service.
    pub(super) app: &'a App,
    /// By what time is counted.
    pub(super) frame: &'a Frame,
    /// When it was taken; by an anonymous reporter at the end of his day.
    pub(super) at: DateTime<Utc>,
    /// Who took it.
    pub(super) doer: &'a Doer,
    /// What was done.
    pub(super) deed: &'a Deed,
    /// The leader of the case's department.
    pub(super) leader: Option<AccountId>,
    /// The case's row after it.
    pub(super) row: &'a GrievanceRow,
    /// What opens it.
    pub(super) key: &'a CaseKey,
    /// The case after it.
    pub(super) case: &'a Case,
}

impl Taken<'_> {
    /// Tells whom it concerns and sets the clock, in the transaction of the step.
    pub(super) async fn follow_up(&self, tx: &mut Tx) -> Result<(), Error> {
        let due = DateTime::from_timestamp_millis(self.row.due_ms).unwrap_or(self.at);
        let due = self.frame.zone.local(due).date();
        let notices = Notices { row: self.row, at: self.at, due, except: self.doer.account() };
        let mut told: Vec<To> = Vec::new();
        for (to, kind) in self.told() {
            if !told.contains(&to) {
                notices.tell(tx, to, kind).await?;
                told.push(to);
            }
        }
        letter::enqueue(self, tx).await?;
        clock::set(tx, self.row, self.case, self.frame).await
    }

    fn told(&self) -> Vec<(To, Kind)> {
        let handler = self.case.handler.map(To::Person);
        let supervisors = To::desk(Desk::Supervisor);
        let to = |those: &[Option<To>], kind| those.iter().flatten().map(|to| (*to, kind)).collect();
        match self.deed.action {
            Action::Submit => to(&[To::desk(Desk::Intake)], Kind::GrievanceSubmitted),
            Action::Dispatch => {
                let helpers = self.case.tasks.iter().map(|task| Some(To::Person(task.handler)));
                to(&std::iter::once(handler).chain(helpers).collect::<Vec<_>>(), Kind::GrievanceDispatched)
            }
            Action::Return if self.case.state == State::Dispatched => {
                to(&[handler], Kind::GrievanceDispatched)
            }
            Action::Return => to(&[To::desk(Desk::Referee)], Kind::GrievanceReturned),
            Action::ProposeDecline => to(&[To::desk(Desk::Intake)], Kind::GrievanceDeclineProposed),
            Action::AskExtension => to(&[supervisors], Kind::GrievanceExtensionAsked),
            Action::GrantExtension | Action::RefuseExtension => {
                to(&[handler], Kind::GrievanceExtensionDecided)
            }
            // Whom the clock escalates a case to is told that.
            Action::Supervise if *self.doer == Doer::Service => Vec::new(),
            Action::Supervise => to(&[handler.or(next_move(self.case))], Kind::GrievanceSupervised),
            Action::Inform | Action::Message if *self.doer == Doer::Reporter => {
                to(&[handler.or(To::desk(Desk::Intake))], Kind::GrievanceMessage)
            }
            Action::Answer | Action::Follow => to(&[To::desk(Desk::Caller)], Kind::GrievanceAnswered),
            Action::Redo => to(&[handler, self.leader.map(To::Person), supervisors], Kind::GrievanceRedo),
            Action::Reopen => to(&[handler, supervisors], Kind::GrievanceReopened),
            Action::Appeal => to(&[handler, supervisors], Kind::GrievanceAppealed),
            Action::DecideAppeal if self.case.state == State::InProgress => {
                to(&[handler], Kind::GrievanceReopened)
            }
            _ => Vec::new(),
        }
    }
}
