//! Findings: what has to be put right at a station, until when, and whether it was.

mod openapi;
pub(super) mod routes;
pub(super) mod service;
pub(super) mod store;
pub(in crate::inspections) mod told;
