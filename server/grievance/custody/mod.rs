//! Keeping what a case says, and letting go of it: erasure, retention, the keys of the ring, the rights of a person.

mod erasure;
mod openapi;
mod person;
mod rewrap;
mod routes;
mod store;

pub use erasure::{Erased, forget_old};
pub(super) use person::{contact_hash, mail_hash, must_not_name};
pub use person::{erase_contact, of_contact};
pub use rewrap::{Rewrapped, missing_keys, rewrap, uses};
pub(super) use routes::routes;
