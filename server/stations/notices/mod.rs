//! Notices and regimes: what closes stations or opens them longer for a time, with a reason.
//!
//! A notice stands for one station, for one of its facilities, or for an area; a regime adds opening hours to every
//! station of some districts. `wide` says to which stations those for many apply, when they are read into the
//! snapshot; [`state`](super::state) decides what they do there.

mod listing;
pub mod model;
mod openapi;
pub mod own;
pub mod region;
mod routes;
pub mod service;
pub(super) mod store;
mod told;
pub(super) mod wide;
mod wish;

pub(super) use listing::in_force;
pub use routes::routes;
