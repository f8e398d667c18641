//! Closing a merchant's books: statements, and what is put right afterwards.
//!
//! A settlement holds everything of a merchant up to the end of a day that no earlier one holds. A redemption that is
//! taken back at the same instant is in it or is not there, never both: either statement asks for the other's absence.

mod openapi;
mod routes;
mod service;
mod statement;
mod store;
mod told;
mod wish;

pub(super) use routes::routes;
