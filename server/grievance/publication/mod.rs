//! Publication 公示: what staff cleared for everybody, in words written for it, of cases whose reporter allowed it.

mod model;
mod openapi;
mod routes;
mod service;
mod store;
mod told;

pub(super) use routes::routes;
