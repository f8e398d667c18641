//! Rounds: which stations somebody visits between two days, in which order, and the sheet that he takes along.

mod openapi;
pub(super) mod routes;
pub(super) mod service;
mod sheet;
pub(super) mod store;
mod told;
mod wish;
