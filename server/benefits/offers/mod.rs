//! What merchants offer, on a list and near where somebody is.
//!
//! The public is answered from memory: [`Shelf`] holds the offers of one revision and one day, and is made anew once
//! the revision in the database is another. It looks there at most once a second.

mod asked;
mod cards;
mod geojson;
mod openapi;
mod public;
mod routes;
mod service;
mod shelf;
mod shown;
pub(super) mod store;
mod told;
mod wish;

pub use cards::{OfferCard, Sought, found};
pub(super) use routes::routes;
pub use shelf::Shelf;
pub(super) use store::raise;
