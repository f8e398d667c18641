//! The hours of the week, hour by weekday: when who has a place within reach.

mod dips;
mod openapi;
mod routes;
mod table;
mod told;

pub(super) use routes::routes;
