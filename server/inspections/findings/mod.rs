//! Findings: what has to be put right at a station, until when, and whether it was.

mod openapi;
pub(super) mod routes;
pub mod service;
pub(super) mod store;
mod told;
