//! What workers say is wrong with a station: an owner, a deadline, an answer.

mod routes;

pub use routes::routes;
