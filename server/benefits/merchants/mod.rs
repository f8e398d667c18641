//! Merchants, their stores on the map and their clerks.

mod clerks;
mod openapi;
mod routes;
mod service;
pub(super) mod store;
mod stores;
mod told;
mod wish;

pub(super) use routes::routes;
pub(super) use service::{district_of, reached};
