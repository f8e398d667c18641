//! What an import is, and what people say about it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use spatial::Datum;
use utoipa::ToSchema;

use crate::code::codes;
use crate::ids::{AccountId, Adcode, ImportId};
use crate::stations::import::{Corrections, Field, Level};

codes! {
    /// Where an import is.
    State {
        Planned = "planned", Committing = "committing", Committed = "committed", Undone = "undone",
        Discarded = "discarded",
    }
}

/// What people say about a whole list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Wishes {
    /// The coordinate system of its positions.
    #[serde(with = "crate::stations::spelled::datum")]
    pub(super) crs: Datum,
    /// Whether a person confirmed the system although other systems fit better.
    pub(super) crs_confirmed: bool,
    /// What columns feed, counted from 0.
    pub(super) columns: BTreeMap<usize, Vec<Field>>,
    /// Whether the stations become public at once.
    pub(super) publish: bool,
}

impl Default for Wishes {
    fn default() -> Self {
        Self { crs: Datum::Wgs84, crs_confirmed: false, columns: BTreeMap::new(), publish: false }
    }
}

/// A list on its way into the registry, or already there.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Import {
    pub(super) id: ImportId,
    pub(super) version: i64,
    pub(super) account: Option<AccountId>,
    pub(super) account_name: Option<String>,
    pub(super) file_name: String,
    pub(super) rows: i64,
    pub(super) state: State,
    pub(super) district: Option<Adcode>,
    pub(super) wishes: Wishes,
    pub(super) corrections: Corrections,
    pub(super) outcome: Option<Outcome>,
    pub(super) failed: Option<String>,
    pub(super) created_ms: i64,
    pub(super) committed_ms: Option<i64>,
}

/// What a commit did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Outcome {
    /// The revision that shows it; none where the public sees nothing of it.
    pub(super) revision: Option<i64>,
    pub(super) created: usize,
    pub(super) updated: usize,
    pub(super) unchanged: usize,
    pub(super) parked: usize,
    pub(super) by: Option<AccountId>,
}

/// What stands in the way of a commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ImportBlocker)]
pub(super) struct Blocker {
    /// `errors`, `out_of_reach`, `crs_doubtful` or `duplicates_undecided`.
    pub(super) code: &'static str,
    /// What to do, in the reader's language.
    pub(super) detail: String,
}

codes! {
    /// The heaviest thing found in a row.
    Weight { Error = "error", Warning = "warning", Info = "info", Ok = "ok" }
}

impl Weight {
    /// The weight of a level; none is fine.
    pub fn of(level: Option<Level>) -> Self {
        match level {
            Some(Level::Error) => Self::Error,
            Some(Level::Warning) => Self::Warning,
            Some(Level::Info) => Self::Info,
            None => Self::Ok,
        }
    }
}
