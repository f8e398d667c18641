//! Lists of stations that clerks send: kept, corrected, decided, committed, undone.
//!
//! ```text
//! POST file ─ reader: limited process ─► sheet, kept as it came
//! PATCH ─ wish ─► what people say, kept beside it, versioned
//! GET ─ planning: sheet + what people say + registry ─► stations::import::plan (pure) ─► told, rows
//! POST commit ─ commit: a task of its own, one transaction ─ undo: the same back
//! ```

mod commit;
mod dry_run;
mod memory;
pub mod model;
mod openapi;
mod parked;
mod planning;
pub mod reader;
mod routes;
mod rows;
mod service;
mod shared;
mod store;
mod told;
mod undo;
mod wish;

pub use routes::routes;
pub use service::recover;
pub use shared::Shared;
