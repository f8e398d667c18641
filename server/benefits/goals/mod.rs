//! Goals: a target beside what was reached, and what others report that members saved.

mod actual;
mod openapi;
mod routes;
mod service;
mod store;
mod told;
mod wish;

pub(super) use routes::routes;
pub(super) use store::{ReportedRow, reported};
