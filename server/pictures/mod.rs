//! Pictures that people send with a report or a finding: read once, written anew, named by one request.
//!
//! An upload belongs to nobody. The request that names it within an hour makes it its own, in its own
//! transaction; what nobody names is removed. Whoever owns it decides who sees it.

mod kept;
mod openapi;
mod routes;
pub mod service;
mod store;

pub use kept::Kept;
pub use routes::routes;
pub use service::{UsedFor, claim, discard, picture, pixels, take};
