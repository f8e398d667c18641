//! Stations: what they are, where, when open, and everything that is asked of them.
//!
//! `model`, `codes`, `hours` and `state` are pure rules. `store` is the only place with SQL. `snapshot`
//! answers every public question from memory, `registry` keeps it at the database's revision, `service`
//! writes. `import` reads what clerks send.

mod asked;
mod bring;
pub mod changes;
pub mod codes;
pub mod demo;
pub mod export;
pub mod feature;
pub mod follow;
pub mod geojson;
pub mod hours;
mod hours_read;
pub mod import;
pub mod life;
pub mod listing;
pub mod model;
pub mod nav;
pub mod notices;
pub mod offline;
mod openapi;
pub mod photo;
pub mod query;
pub mod rating;
mod record;
pub mod registry;
mod routes;
pub mod search;
pub mod service;
pub mod snapshot;
pub(crate) mod spelled;
pub mod state;
mod store;
pub mod tiles;
pub mod travel;

pub use registry::Registry;
pub use routes::routes;
pub use snapshot::{Entry, Ground, Moment, Snapshot, Version};
