//! The report of an import, as the API answers it and the command line prints it with `--json`.

use serde::Serialize;

use super::changes::Change;
use super::columns::MappedColumn;
use super::duplicates::Duplicate;
use super::evidence::Crs;
use super::problem::Problem;
use super::sheet::{Encoding, Format};
use crate::ids::StationId;

/// What an import would do, or did.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The id of a stored import; absent for one that was only looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The kind of file.
    pub format: Format,
    /// How the file writes its characters; null for a workbook.
    pub encoding: Option<Encoding>,
    /// What each column feeds.
    pub mapping: Vec<MappedColumn>,
    /// The coordinate system, declared and found.
    pub crs: Crs,
    /// Rows below the headings that are not empty.
    pub rows: usize,
    /// Rows with nothing to decide.
    pub ok: usize,
    /// Rows with a warning and no error; parked ones are among them.
    pub warnings: usize,
    /// Rows with an error. What is wrong with the whole sheet counts as one, and then no row is judged, so
    /// that this is 0 exactly when the import may be committed.
    pub errors: usize,
    /// Rows that become stations; 0 while there are errors.
    pub created: usize,
    /// Rows that change a registered station; 0 while there are errors.
    pub updated: usize,
    /// Rows that say what is registered already; 0 while there are errors.
    pub unchanged: usize,
    /// Rows with an address and no position, which are not stored.
    pub parked: usize,
    /// Rows that a person leaves out.
    pub skipped: usize,
    /// Points on which a row stands together with another row or a registered station.
    pub shared_points: usize,
    /// Registered stations that the file does not have; nothing happens to them.
    pub absent: Absent,
    /// Each update, field by field.
    pub updates: Vec<Update>,
    /// Rows that may be one station twice.
    pub duplicates: Vec<Duplicate>,
    /// Everything found, in the order of the rows; what concerns the whole file first.
    pub problems: Vec<Problem>,
}

/// Registered stations that a file does not have.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Absent {
    /// How many.
    pub count: usize,
    /// The first of their official numbers, in order.
    pub codes: Vec<String>,
    /// The ids of the same.
    #[serde(skip)]
    pub ids: Vec<StationId>,
}

/// A registered station that a row changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Update {
    /// The row.
    pub row: u32,
    /// The station.
    pub station_id: StationId,
    /// What changes.
    pub changes: Vec<Change>,
}

impl Report {
    /// Whether nothing of the file may be imported.
    pub fn is_refused(&self) -> bool {
        self.errors > 0
    }
}
