//! Lists of stations that clerks send: kept, corrected, decided, committed, undone.

mod routes;

pub use routes::routes;
