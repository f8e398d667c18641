//! At the door: the card with its code, the keeper's link, and what a visitor says there.

pub mod card;
mod openapi;
mod printing;
mod routes;

pub use routes::routes;
