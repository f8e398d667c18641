//! Where people are whom nobody covers: hexagons by how many, with the hours in which they have nothing within reach.
//!
//! A cell with fewer than ten people, or with fewer than ten whom nobody covers, is never told as a gap.

mod count;
mod openapi;
mod routes;
mod table;
mod told;

pub(super) use routes::routes;
