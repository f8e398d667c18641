//! Who wants to join the union, from the code at the door to the list of staff.

mod routes;

pub use routes::routes;
