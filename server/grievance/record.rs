//! Rows to cases and back.

use std::fmt::Display;
use std::str::FromStr;

use chrono::{DateTime, NaiveDate, Utc};

use super::model::{Grade, Outcome};
use super::sealed::CaseKey;
use super::store::{GrievanceRow, RoundRow, TaskRow};
use super::workflow::{Calls, Case, Said, Task, Verdict};
use crate::calendar::{Clock, Run};
use crate::error::Error;
use crate::ids::{Adcode, GrievanceId};
use crate::keyring::{KeyRing, Wrapped};

/// A text of the table as what it stands for.
pub(super) fn read<T: FromStr<Err: Display>>(text: &str) -> Result<T, Error> {
    text.parse().map_err(|e| Error::Internal(format!("{text:?} in a table of cases: {e}")))
}

fn read_some<T: FromStr<Err: Display>>(text: Option<&str>) -> Result<Option<T>, Error> {
    text.map(read).transpose()
}

fn instant(ms: Option<i64>) -> Option<DateTime<Utc>> {
    ms.and_then(DateTime::from_timestamp_millis)
}

fn ms(instant: Option<DateTime<Utc>>) -> Option<i64> {
    instant.map(|at| at.timestamp_millis())
}

fn small(number: i64) -> u32 {
    number.try_into().unwrap_or_default()
}

/// A clock of the table.
pub(super) fn run(json: &str) -> Result<Run, Error> {
    serde_json::from_str(json).map_err(|e| Error::Internal(format!("the clock of a case: {e}")))
}

fn json(run: &Run) -> Result<String, Error> {
    serde_json::to_string(run).map_err(|e| Error::Internal(e.to_string()))
}

impl GrievanceRow {
    /// Its id.
    pub(super) fn grievance_id(&self) -> Result<GrievanceId, Error> {
        read(&self.id)
    }

    /// Its district.
    pub(super) fn adcode(&self) -> Option<Adcode> {
        self.district.as_deref().and_then(|text| text.parse().ok())
    }

    /// Its key; `None` where it is erased.
    pub(super) fn key(&self, ring: &KeyRing) -> Result<Option<CaseKey>, Error> {
        let (Some(ring_key), Some(sealed)) = (self.ring_key.clone(), self.case_key.clone()) else {
            return Ok(None);
        };
        CaseKey::unwrap(ring, self.grievance_id()?, &Wrapped { ring_key, sealed }).map(Some)
    }

    /// What the workflow knows of it, with the tasks of its round.
    pub(super) fn case(&self, tasks: &[TaskRow]) -> Result<Case, Error> {
        Ok(Case {
            state: read(&self.state)?,
            round: small(self.round),
            returns: small(self.returns),
            supervision: small(self.supervision),
            urgency: read(&self.urgency)?,
            identity: read(&self.identity)?,
            department: read_some(self.department_id.as_deref())?,
            handler: read_some(self.handler_id.as_deref())?,
            proposer: read_some(self.proposer_id.as_deref())?,
            parent: read_some(self.parent_id.as_deref())?,
            tasks: tasks.iter().filter(|t| t.round == self.round).map(task).collect::<Result<_, _>>()?,
            extension_days: self.extension_days.map(small),
            calls: self.calls()?,
            has_appealed: self.has_appealed,
            dispatched: instant(self.dispatched_ms),
            accepted: instant(self.accepted_ms),
            answered: instant(self.answered_ms),
            outcome: read_some::<Outcome>(self.outcome.as_deref())?,
            verdict: self.verdict()?,
            closed: instant(self.closed_ms),
            archived: instant(self.archived_ms),
            clock: run(&self.clock)?,
            step: self.step_clock.as_deref().map(run).transpose()?,
        })
    }

    fn calls(&self) -> Result<Calls, Error> {
        let last = read_some::<NaiveDate>(self.call_day.as_deref())?;
        Ok(Calls { tries: small(self.call_tries), days: small(self.call_days), last })
    }

    fn verdict(&self) -> Result<Option<Verdict>, Error> {
        let grade = read_some::<Grade>(self.grade.as_deref())?;
        let said = self.is_solved.zip(grade).map(|(is_solved, grade)| Said { is_solved, grade });
        Ok(instant(self.called_back_ms).map(|at| Verdict { at, said }))
    }

    /// Takes over what became of it, with its deadlines by the present calendar.
    pub(super) fn take(&mut self, case: &Case, clock: &Clock<'_>, now: DateTime<Utc>) -> Result<(), Error> {
        self.state = case.state.to_string();
        (self.round, self.returns) = (case.round.into(), case.returns.into());
        self.supervision = case.supervision.into();
        self.urgency = case.urgency.to_string();
        self.department_id = case.department.map(|id| id.to_string());
        self.handler_id = case.handler.map(|id| id.to_string());
        self.proposer_id = case.proposer.map(|id| id.to_string());
        self.parent_id = case.parent.map(|id| id.to_string());
        self.extension_days = case.extension_days.map(i64::from);
        (self.call_tries, self.call_days) = (case.calls.tries.into(), case.calls.days.into());
        self.call_day = case.calls.last.map(|day| day.to_string());
        self.has_appealed = case.has_appealed;
        self.take_times(case);
        self.take_clocks(case, clock, now)
    }

    fn take_times(&mut self, case: &Case) {
        self.dispatched_ms = ms(case.dispatched);
        self.accepted_ms = ms(case.accepted);
        self.answered_ms = ms(case.answered);
        self.outcome = case.outcome.map(|outcome| outcome.to_string());
        self.called_back_ms = ms(case.verdict.map(|verdict| verdict.at));
        self.is_reached = case.verdict.map(|verdict| verdict.said.is_some());
        self.is_solved = case.said().map(|said| said.is_solved);
        self.grade = case.said().map(|said| said.grade.to_string());
        self.closed_ms = ms(case.closed);
        self.archived_ms = ms(case.archived);
    }

    /// Writes the deadlines as the calendar computes them now.
    pub(super) fn take_clocks(
        &mut self,
        case: &Case,
        clock: &Clock<'_>,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let due = clock.due(&case.answering(), now);
        self.due_ms = due.at.timestamp_millis();
        self.is_provisional = due.provisional;
        self.calendar = clock.version();
        self.clock = json(&case.clock)?;
        self.step_due_ms = case.step.as_ref().map(|step| clock.due(step, now).at.timestamp_millis());
        self.step_clock = case.step.as_ref().map(json).transpose()?;
        Ok(())
    }

    /// What its round has come to.
    pub(super) fn round_row(&self, case: &Case) -> RoundRow {
        RoundRow {
            grievance_id: self.id.clone(),
            round: self.round,
            department_id: self.department_id.clone(),
            handler_id: self.handler_id.clone(),
            begun_ms: case.clock.began().timestamp_millis(),
            due_ms: self.due_ms,
            answered_ms: self.answered_ms,
            outcome: self.outcome.clone(),
            called_back_ms: self.called_back_ms,
            is_reached: self.is_reached,
            is_solved: self.is_solved,
            grade: self.grade.clone(),
        }
    }
}

fn task(row: &TaskRow) -> Result<Task, Error> {
    Ok(Task {
        id: read(&row.id)?,
        department: read(&row.department_id)?,
        handler: read(&row.handler_id)?,
        is_done: row.done_ms.is_some(),
    })
}
