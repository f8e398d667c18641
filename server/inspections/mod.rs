//! Inspection: rounds, what was seen, findings and their re-check.

mod routes;

pub use routes::routes;
