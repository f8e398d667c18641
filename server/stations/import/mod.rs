//! Importing a registry: from a file of a clerk to a plan of what becomes of each row.
//!
//! ```text
//! file ─ child: limited process ─ read: xlsx, csv, GeoJSON ─ assemble: headings, bounds ─┐
//!          └─ lines of JSON ─ parent ─► Sheet ─ plan ─► Plan { report, actions } ─► one transaction
//!                                                 ├ columns    which column feeds which field
//!                                                 ├ row        one row to facts, by itself
//!                                                 ├ matching   the registered station it is about
//!                                                 ├ duplicates what may be one station twice
//!                                                 ├ evidence   what speaks for which coordinate system
//!                                                 └ changes    what it changes, field by field
//! ```
//!
//! [`plan()`] is pure: the dry run and the commit are the same plan. A plan with an error has no actions, so
//! an import is all or nothing; a second import of the same file finds every row unchanged.

mod assemble;
mod changes;
pub mod child;
mod columns;
mod corrections;
mod decide;
mod decode;
mod draft;
mod duplicates;
mod evidence;
mod field;
mod hours_cell;
mod lexicon;
mod matching;
mod names;
mod nearest;
mod outcome;
mod pairs;
mod parent;
mod place;
mod plan;
mod problem;
mod read;
mod read_csv;
mod read_error;
mod read_geojson;
mod read_xlsx;
mod reading;
mod render;
mod report;
mod row;
mod sheet;
mod suggest;
mod values;
mod wording;
mod workbook;

#[cfg(test)]
mod tests;

pub use changes::Change;
pub use columns::{MappedColumn, Mapping, Recognised};
pub use corrections::{Corrections, Decided, Decision, Known, Pin};
pub use duplicates::{Duplicate, Reason};
pub use evidence::{Crs, Evidence};
pub use field::{Field, MapError, UnknownField, parse_map};
pub use hours_cell::{HoursCell, HoursReader};
pub(super) use lexicon::{Lexicon, Words};
pub use pairs::Pair;
pub use parent::{read_bytes_in_child, read_in_child, this_program};
pub use plan::{Action, Becomes, Context, Everything, Options, Plan, PlannedRow, Rights, plan};
pub use problem::{Level, Other, Problem};
pub use read::read_sheet;
pub use read_error::ReadError;
pub(super) use reading::{MAX_AREA_M2, MAX_CAPACITY};
pub use report::{Absent, Report, Update};
pub use sheet::{
    Bounds, CELLS, Encoding, FILE_BYTES, Format, Header, Sheet, SheetRow, UPLOAD_BYTES, UPLOAD_CELLS,
};
pub use suggest::{CellFix, Suggestion, suggestions};
pub(super) use values::phone as phone_number;
pub use values::{clean, degrees, degrees_of_arc, fold as folded, is_blank, neutral};
pub use workbook::workbook;
