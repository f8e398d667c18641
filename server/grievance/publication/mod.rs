//! Publication 公示: what staff cleared for everybody, in words written for it, of cases whose reporter allowed it.

mod model;
mod openapi;
mod routes;
mod service;
mod store;
mod told;

pub(crate) use routes::read_cursor;
pub(super) use routes::routes;
pub(crate) use service::{entry, listed};
pub(crate) use told::ToldOne;
