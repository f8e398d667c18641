//! What the workflow knows of a case: everything but its words.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate, Utc};

use super::super::model::{Desk, Grade, Identity, Outcome, State, Urgency};
use crate::calendar::Run;
use crate::ids::{AccountId, DepartmentId, GrievanceId, TaskId};

/// A case, as far as the workflow is concerned.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// Where it stands.
    pub state: State,
    /// How often it was begun, from 1 on.
    pub round: u32,
    /// How often a department returned it.
    pub returns: u32,
    /// The level of the open supervision; 0: none.
    pub supervision: u32,
    /// How soon it is to be answered.
    pub urgency: Urgency,
    /// Who learns who the reporter is.
    pub identity: Identity,
    /// The lead department.
    pub department: Option<DepartmentId>,
    /// The person who handles it.
    pub handler: Option<AccountId>,
    /// Who proposed to decline it.
    pub proposer: Option<AccountId>,
    /// The case that it was merged into.
    pub parent: Option<GrievanceId>,
    /// What co-handlers have to do in this round.
    pub tasks: Vec<Task>,
    /// How many working days were asked for, while nobody decided.
    pub extension_days: Option<u32>,
    /// Tries at calling back in this round.
    pub calls: Calls,
    /// Whether its reporter has appealed.
    pub has_appealed: bool,
    /// When it was dispatched last.
    pub dispatched: Option<DateTime<Utc>>,
    /// When its handler accepted it last.
    pub accepted: Option<DateTime<Utc>>,
    /// When it was answered in this round.
    pub answered: Option<DateTime<Utc>>,
    /// What the answer of this round comes to.
    pub outcome: Option<Outcome>,
    /// What its reporter said in this round.
    pub verdict: Option<Verdict>,
    /// When it was closed last.
    pub closed: Option<DateTime<Utc>>,
    /// When it was archived.
    pub archived: Option<DateTime<Utc>>,
    /// Until when it is to be answered.
    pub clock: Run,
    /// Until when the next step is to be done; absent where nothing is awaited.
    pub step: Option<Run>,
}

/// What a co-handler has to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Which.
    pub id: TaskId,
    /// His department.
    pub department: DepartmentId,
    /// Who.
    pub handler: AccountId,
    /// Whether it is done.
    pub is_done: bool,
}

/// Tries at reaching a reporter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Calls {
    /// How many.
    pub tries: u32,
    /// On how many days.
    pub days: u32,
    /// The last of these days.
    pub last: Option<NaiveDate>,
}

/// What came of calling back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// When.
    pub at: DateTime<Utc>,
    /// What the reporter said; absent: unreachable, and in no denominator.
    pub said: Option<Said>,
}

/// What a reporter said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said {
    /// Whether it is solved.
    pub is_solved: bool,
    /// How content he is.
    pub grade: Grade,
}

impl Said {
    /// Whether nothing is left to be done: solved, and not dissatisfied.
    pub fn is_content(self) -> bool {
        self.is_solved && self.grade.is_satisfied()
    }
}

/// Who has the next move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// Whoever sits at a desk.
    Desk(Desk),
    /// A named person.
    Person(AccountId),
    /// Nobody: it is in the archive.
    Nobody,
}

impl Case {
    /// The clock by which it is answered; once it is, as it stood when the answer stopped it, so that calling back and
    /// closing take nothing from the deadline and add nothing to it.
    pub fn answering(&self) -> Cow<'_, Run> {
        if self.answered.is_some() {
            Cow::Owned(self.clock.until_stopped())
        } else {
            Cow::Borrowed(&self.clock)
        }
    }

    /// A case that has just come in.
    pub fn filed(urgency: Urgency, identity: Identity, clock: Run, step: Run) -> Self {
        Self {
            state: State::Submitted,
            round: 1,
            returns: 0,
            supervision: 0,
            urgency,
            identity,
            department: None,
            handler: None,
            proposer: None,
            parent: None,
            tasks: Vec::new(),
            extension_days: None,
            calls: Calls::default(),
            has_appealed: false,
            dispatched: None,
            accepted: None,
            answered: None,
            outcome: None,
            verdict: None,
            closed: None,
            archived: None,
            clock,
            step: Some(step),
        }
    }

    /// Who has the next move. A case that a handler has is never without one.
    pub fn owner(&self) -> Owner {
        use State as S;
        match (self.state, self.handler) {
            (S::Dispatched | S::Accepted | S::InProgress, Some(handler)) => Owner::Person(handler),
            (S::Dispatched | S::Accepted | S::InProgress | S::Submitted, _) => Owner::Desk(Desk::Intake),
            (S::NeedsInfo, _) => Owner::Desk(Desk::Reporter),
            (S::Returned, _) => Owner::Desk(Desk::Referee),
            (S::Answered | S::CalledBack, _) => Owner::Desk(Desk::Caller),
            (S::Appealed, _) => Owner::Desk(Desk::Supervisor),
            (S::Closed | S::Declined | S::Merged | S::Withdrawn, _) => Owner::Desk(Desk::Archivist),
            (S::Archived, _) => Owner::Nobody,
        }
    }

    /// Whether somebody handles or co-handles it in this round.
    pub fn is_handled_by(&self, account: AccountId) -> bool {
        self.handler == Some(account) || self.tasks.iter().any(|task| task.handler == account)
    }

    /// What its reporter said when he was called back in this round.
    pub fn said(&self) -> Option<Said> {
        self.verdict.and_then(|verdict| verdict.said)
    }
}
