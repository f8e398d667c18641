//! Which share of the people has a place within reach, at an instant or over some days.

mod count;
mod openapi;
mod routes;
mod table;
mod told;

pub(super) use routes::routes;
