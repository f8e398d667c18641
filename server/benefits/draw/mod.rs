//! Draws: the commitment beforehand, the entries, the seed afterwards, and what anybody recomputes.
//!
//! The method is in [`lot`]: whole numbers and SHA-256 only. The commitment is public from the moment that the
//! campaign is published, the list of entries as it grows, the seed once it was drawn.

mod entering;
pub mod lot;
mod openapi;
mod routes;
mod service;
mod store;
mod told;

pub(super) use routes::routes;
pub use service::published;
pub(super) use service::{begin, drawings, due, entered};
pub use told::Drawing;
pub(super) use told::Entered;
