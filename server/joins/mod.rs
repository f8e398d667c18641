//! Who wants to join the union 扫码入会: from the code at the door to the list of staff.
//!
//! Whoever fills in the form agrees to the consent text in its present version. What names a person is sealed
//! with a key that is in no database and no backup; a keyed hash of the number finds it again. A request that is
//! settled is erased after a while by the schedule.

mod export;
mod model;
mod openapi;
mod routes;
pub mod service;
mod store;
mod told;
mod wish;

pub use model::{Person, State, digits_of};
pub use routes::routes;
pub use told::Told;
pub use wish::{Filled, Join, NAME_CHARS, UNIT_CHARS, consent};
