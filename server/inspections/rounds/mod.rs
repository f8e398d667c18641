//! Rounds: which stations somebody visits between two days, in which order, and the sheet that he takes along.

pub(super) mod routes;
mod openapi;
pub(super) mod service;
mod sheet;
pub(super) mod store;
mod told;
mod wish;
