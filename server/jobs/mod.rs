//! Work that is to be done later: a row written in the same transaction as its cause.
//!
//! [`enqueue`] and [`cancel`] work inside the caller's transaction, so a job is there exactly when its cause is.
//! [`keep`] takes due jobs one by one. What a kind of job does stands in `work.rs`, in one of two ways:
//!
//! - **In a transaction** ([`Way::Transact`]): the handler runs in the transaction that marks the job done, so
//!   its effect happens once, whatever dies and however many servers there are.
//! - **By a call** ([`Way::Call`]): what talks to the network runs outside a transaction, between a claim and a
//!   mark. A server that dies between call and mark leaves the job to be called again: at least once. What it
//!   sends carries an id that stays the same, so that the other side can drop repeats.
//!
//! A claim is committed before the handler runs. A claimed job is no longer waiting: it can be neither moved nor
//! cancelled, and enqueueing its key makes a new one. So a handler looks at its object and does nothing where
//! there is nothing left to do.

mod model;
mod openapi;
mod routes;
pub mod service;
mod store;
mod told;
mod work;
mod worker;

pub use model::{Job, State, Taken, Way};
pub use routes::routes;
pub use service::{cancel, enqueue, forget_old};
pub use told::Told;
pub use worker::{GIVEN_UP, MOST_TRIES, Work, keep, run_due, run_due_by, wait};
