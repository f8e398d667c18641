//! What a case leads to, and what became of it.

mod openapi;
mod routes;
mod service;
mod store;
mod told;

pub(super) use routes::routes;
pub(super) use service::{Linked, of_case};
pub(super) use told::{ToldLink, ToldPublicLink};
