//! At the door: the card with its code, the keeper's link, and what a visitor says there.

mod routes;

pub use routes::routes;
