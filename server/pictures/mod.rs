//! Pictures that people send with a report or a finding: read once, written anew, named by one request.

mod routes;

pub use routes::routes;
