//! What is done with a case, without its words.

use super::super::model::{Grade, Outcome, Urgency};
use super::case::Task;
use super::table::Action;
use crate::ids::{AccountId, DepartmentId, GrievanceId, TaskId};

/// What is done with a case. Which fields an action needs, the table says.
#[derive(Debug, Clone, PartialEq)]
pub struct Deed {
    /// What.
    pub action: Action,
    /// The lead department.
    pub department: Option<DepartmentId>,
    /// The person who handles it.
    pub handler: Option<AccountId>,
    /// What others have to do.
    pub tasks: Vec<Task>,
    /// Which task is done.
    pub task: Option<TaskId>,
    /// Working days of an extension.
    pub days: Option<u32>,
    /// The level of a supervision.
    pub level: Option<u32>,
    /// What an answer comes to.
    pub outcome: Option<Outcome>,
    /// Whether the reporter was reached.
    pub reached: Option<bool>,
    /// Whether he says that it is solved.
    pub solved: Option<bool>,
    /// How content he is.
    pub grade: Option<Grade>,
    /// Whether the closing stands.
    pub uphold: Option<bool>,
    /// Another urgency.
    pub urgency: Option<Urgency>,
    /// The case that it joins.
    pub parent: Option<GrievanceId>,
}

impl Deed {
    /// An action that is told nothing.
    pub fn of(action: Action) -> Self {
        Self {
            action,
            department: None,
            handler: None,
            tasks: Vec::new(),
            task: None,
            days: None,
            level: None,
            outcome: None,
            reached: None,
            solved: None,
            grade: None,
            uphold: None,
            urgency: None,
            parent: None,
        }
    }
}
