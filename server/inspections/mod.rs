//! Inspection: rounds, what was seen at a station, findings and their re-check.
//!
//! `model`, `tour` and `questions` are pure rules. `service` writes what an inspector saw in one transaction; `rounds`
//! plans and walks, `findings` follows what has to be put right.

mod ending;
mod findings;
pub mod model;
mod openapi;
pub mod questions;
mod rounds;
mod routes;
mod schemas;
pub mod service;
mod store;
mod told;
pub mod tour;
mod wish;

pub use routes::routes;
