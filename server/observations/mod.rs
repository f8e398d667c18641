//! Whether a station keeps its posted hours: who found it open or shut, hour by hour.
//!
//! An observation is a keeper's confirmation, a visitor's scan, an inspection or a report. Whoever makes one
//! writes it in his own transaction by [`observe`].

mod model;
mod occupancy;
mod openapi;
mod routes;
mod service;
mod store;

pub use model::{LATELY_DAYS, LEAST_DAYS, Observation, Promise, Source};
pub use occupancy::{Level, level};
pub use routes::routes;
pub use service::{is_posted, observe, promise, promise_by_station, promise_lately, withdraw};
