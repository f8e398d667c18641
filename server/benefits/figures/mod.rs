//! Figures: what was given out, redeemed and saved, by whom, seen from three sides, each with its definition.

mod asked;
mod model;
mod openapi;
mod period;
mod routes;
mod service;
mod store;
mod told;
mod workbook;

pub(super) use model::percent;
pub(super) use period::Period;
pub(super) use routes::routes;
