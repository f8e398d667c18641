//! What workers say is wrong with a station: an owner, a deadline in working days, an answer that they can read.
//!
//! Whoever reports has no account: a number and a receipt are all that leads back to his report. No address, device
//! or position stands with it, and what the public sees of it names days, never hours.

mod answering;
mod desk;
mod figures;
pub mod model;
mod openapi;
mod routes;
pub mod service;
mod store;
mod told;
mod wish;

pub use desk::{Queue, queue};
pub use routes::routes;
