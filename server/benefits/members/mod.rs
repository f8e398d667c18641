//! The union's members, the roster they come from, and their cards.

mod cards;
mod identity;
mod openapi;
pub mod roster;
mod routes;
mod service;
pub(super) mod store;
mod told;
mod wish;

use crate::http::openapi::Documented;

pub use service::{erase_phone, of_phone};
pub use told::{CardTold, MemberTold};

/// The routes.
pub(super) fn routes() -> Documented {
    routes::routes().merge(roster::routes())
}
