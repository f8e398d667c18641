//! Stars: versioned clauses, computed from what is known of a station and explained.

mod routes;

pub use routes::routes;
