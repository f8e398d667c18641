//! Lists of members on their way in: sent, weighed against the members that are known, written in one transaction.
//!
//! The sheet is kept sealed until it was committed or given up. What a row does is decided anew when it is written, with
//! the roster locked, so the same list twice adds nothing, one after the other or at once.

pub mod columns;
mod openapi;
mod person;
mod plan;
pub mod problem;
mod routes;
mod service;
mod store;
pub mod told;

pub(super) use routes::routes;
