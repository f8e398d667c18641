//! Filters in CQL2 text (OGC 21-065r2): a parser bounded in length and depth, and what it makes of a text.
//!
//! Read are the logical operators, comparisons, IS NULL, LIKE, BETWEEN, IN, CASEI, and S_INTERSECTS between the
//! station's place and a literal. Everything is checked when it is read, so that answering cannot fail.

pub mod condition;
pub mod fault;
mod geometry;
mod operand;
mod parse;
pub mod pattern;
pub mod shape;
#[cfg(test)]
mod tests;
mod token;
pub mod value;

pub use condition::{Condition, Record};
pub use fault::Fault;
pub use parse::{MAX_DEPTH, MAX_TEXT, parse};
