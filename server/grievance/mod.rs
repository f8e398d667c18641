//! The grievance centre: a case with a clock, secrecy and a person who answers for it.
//!
//! What is written of a case is sealed with a key of its own (`sealed.rs`), wrapped by the key ring, which is in no
//! database and no backup. What may be done with it, a table decides (`workflow/`); [`acting`] carries a step out in
//! one transaction with its event, its jobs and its audit entry. What the clock does stands in `clock/`, what the
//! night does in `archive.rs`, and what another calendar does in `recompute.rs`.

pub mod acting;
pub mod archive;
mod asked;
mod attachments;
pub mod clock;
pub mod desk;
pub mod filing;
mod frame;
mod history;
mod letter;
pub mod model;
mod notices;
mod openapi;
pub mod receipt;
pub mod recompute;
mod record;
mod routes;
mod sealed;
pub mod settings;
mod store;
mod told;
pub mod tracking;
pub mod wish;
pub mod workflow;

pub use attachments::take;
pub use letter::{SOURCE, letter};
pub use routes::routes;
