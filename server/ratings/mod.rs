//! Stars: versioned clauses, computed from what is known of a station and explained.
//!
//! `rules`, `known` and `model` are pure. `gather` brings together what is known, `service` computes and keeps.

mod gather;
pub mod known;
mod list;
pub mod model;
mod openapi;
mod routes;
pub mod rules;
mod schemas;
pub mod service;
mod store;
mod told;

pub use routes::routes;
