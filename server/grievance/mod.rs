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
mod board;
pub mod clock;
pub mod custody;
mod deeds;
pub mod desk;
pub mod figures;
pub mod filing;
mod frame;
mod history;
mod ledger;
mod letter;
mod links;
pub mod model;
mod notices;
mod openapi;
pub(crate) mod publication;
pub mod receipt;
pub mod recompute;
mod record;
mod routes;
mod sealed;
mod sessions;
pub mod settings;
mod store;
mod told;
pub mod tracking;
pub mod wish;
mod words;
pub mod workflow;

use crate::http::openapi::Documented;
pub use attachments::{Opened, take};

pub use board::{Boards, MOST_LISTENERS};
pub use letter::{SOURCE, letter};
pub(crate) use routes::download;
pub(crate) use told::{ToldFile, ToldMessage, ToldStep, ToldTracked};

/// The interface of the grievance centre.
pub fn routes() -> Documented {
    [routes::routes(), settings::routes(), sessions::routes(), links::routes(), custody::routes()]
        .into_iter()
        .fold(Documented::default(), Documented::merge)
}
