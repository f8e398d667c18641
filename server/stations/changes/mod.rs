//! What changed since a revision, for those who keep a copy of the registry.
//!
//! The answer comes from memory like every other one: the snapshot carries a log of the stations that changed
//! last, each once, at the last revision that touched it. Whoever asks for more than the log knows is told `too_old`
//! and takes the list anew, which is cheaper than a list of everything.

mod log;
mod openapi;
mod routes;

pub use log::{ChangeLog, KEPT, Place};
pub use routes::routes;
