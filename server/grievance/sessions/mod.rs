//! Reception days, visit days and live streams: when, who, what was said, and the cases raised there.

mod openapi;
mod raising;
mod routes;
mod service;
mod store;
mod told;
mod wish;

pub(super) use routes::routes;
