//! The board 看板: what is open, late and due, the rates of the year, and the same live for screens on a wall.
//!
//! It is counted once for all who look at the same districts (`watch.rs`), never for each of them. Nothing on it says
//! a word of a case.

mod count;
mod openapi;
mod routes;
mod told;
mod watch;

pub(super) use routes::routes;
pub use watch::{Boards, MOST_LISTENERS};
