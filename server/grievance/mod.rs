//! The grievance centre: a case with a clock, secrecy and a person who answers for it.
//!
//! What is written of a case is sealed with a key of its own (`sealed.rs`), wrapped by the key ring, which is in no
//! database and no backup. What may be done with it, a table decides (`workflow/`); [`acting`] carries a step out in
//! one transaction with its event, its jobs and its audit entry.

pub mod acting;
mod asked;
mod attachments;
pub mod desk;
pub mod filing;
mod frame;
mod history;
pub mod model;
mod openapi;
pub mod receipt;
mod record;
mod routes;
mod sealed;
pub mod settings;
mod store;
mod told;
pub mod tracking;
pub mod wish;
pub mod workflow;

pub use attachments::{Opened, take};
pub(crate) use routes::download;
pub use routes::routes;
pub(crate) use told::{ToldFile, ToldMessage, ToldStep, ToldTracked};
