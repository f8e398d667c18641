//! The life of a station as staff lead it: drafted, submitted, checked, published, suspended, retired.
//!
//! `transitions` and `patch` and `history` are pure rules. `service` carries a wish out in one transaction
//! through `write`, which keeps version, history and audit together; `store` is the SQL of what it keeps.

mod answer;
mod asked;
pub mod desk;
pub mod history;
mod openapi;
pub mod patch;
pub mod record;
mod routes;
pub mod service;
pub mod since;
mod store;
pub mod transitions;
pub mod visit;
pub(super) mod write;

pub use openapi::filters;
pub use routes::routes;
