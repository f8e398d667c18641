//! Figures: response, resolution and satisfaction of a period, each with what it is made of.
//!
//! A figure and the list behind it are made of the same rounds by the same function (`model.rs`), so they agree.

mod asked;
mod group;
pub mod model;
mod openapi;
mod period;
mod routes;
mod service;
mod store;
mod told;

pub(super) use period::Period;
pub(super) use routes::routes;
pub(super) use service::{Shares, load, totals};
pub(super) use told::{ToldPeriod, ToldRates};
