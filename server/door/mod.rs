//! At the door: the card with its code, the keeper's link, and what a visitor says there.

pub mod card;
pub mod keeper;
mod openapi;
mod printing;
pub mod proposals;
mod routes;
mod store;
mod told;
pub mod visits;
mod wish;

pub use routes::routes;
