//! What staff say with a list of members, and are told of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::columns::{Column, Field};
use super::problem::ProblemTold;
use crate::code::codes;
use crate::ids::{Adcode, RosterId};

codes! {
    /// Where a list stands.
    State { Waiting = "waiting", Committed = "committed", Dropped = "dropped" }
}

/// What is said with a list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = RosterOptions)]
pub(super) struct Options {
    /// The union of members whose row names none.
    #[schema(max_length = 100)]
    pub(super) union: Option<String>,
    /// The district of members whose row names none.
    #[schema(value_type = Option<String>)]
    pub(super) district: Option<Adcode>,
    /// What columns say, by their headings; null: it is not read.
    #[schema(value_type = Object)]
    pub(super) mapping: BTreeMap<String, Option<Field>>,
}

/// How many rows did what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = RosterCounts)]
pub(super) struct Counts {
    /// Rows of the list.
    pub(super) rows: usize,
    /// New members.
    pub(super) added: usize,
    /// Known members who change.
    pub(super) changed: usize,
    /// Known members who are as their row says.
    pub(super) unchanged: usize,
    /// Rows that are left out for an error.
    pub(super) left_out: usize,
}

/// A list of members with what it comes to.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Roster)]
pub(super) struct Told {
    /// Its identity.
    #[schema(value_type = String, format = Uuid)]
    pub(super) id: RosterId,
    /// The version that a change is meant for.
    pub(super) version: i64,
    /// Where it stands.
    #[schema(value_type = String)]
    pub(super) state: State,
    /// The name of the file.
    pub(super) file_name: String,
    /// How many rows did what, or will do what.
    #[serde(flatten)]
    pub(super) counts: Counts,
    /// What is wrong, by row, the first thousand.
    pub(super) problems: Vec<ProblemTold>,
    /// What each column says.
    pub(super) mapping: Vec<Column>,
}
