//! The inbox: what people with an account are told, and by which ways besides.
//!
//! [`tell`] writes a row for one person in the transaction of its cause, and puts a message on its way for each
//! channel that he chose for the group of its kind. [`tell_those`] does so for everybody who has a permission in
//! a district, by a job. A notice shows a number and a day, never the words of a case; its words are made when
//! they are read, from one dictionary (`words.rs`).

mod model;
mod openapi;
mod routes;
pub mod service;
pub mod settings;
mod store;
mod told;
mod words;

pub use model::{Group, Kind, Notice};
pub use routes::routes;
pub use service::{
    KIND, SOURCE, forget_old, forget_person, letter, note, of_person, tell, tell_each, tell_others,
    tell_those,
};
