//! Which stations, open some hours longer, would cover most of those whom nobody covers.

mod candidates;
mod count;
mod openapi;
mod routes;
mod table;
mod told;

pub(super) use routes::routes;
