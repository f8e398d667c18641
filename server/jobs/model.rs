//! What a job is: its kind, its key, what it is about, when it is due.

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::audit::Object;
use crate::code::codes;
use crate::ids::JobId;

codes! {
    /// How far a job has come. A running one is claimed by a server; a failed one has used up its tries.
    State { Waiting = "waiting", Running = "running", Done = "done", Failed = "failed" }
}

/// How a kind of job is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// In the transaction that marks it done: once.
    Transact,
    /// Outside a transaction, because it talks to the network: at least once.
    Call,
}

impl Way {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Transact, Self::Call];
}

/// A job that is to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    /// What is done: a word that `work.rs` knows.
    pub kind: &'static str,
    /// What it is known by: of a kind and a key there is one waiting job at most.
    pub key: String,
    /// What it is about, and what it is cancelled by.
    pub object: Object,
    /// When it is due.
    pub run_at: DateTime<Utc>,
    /// What the handler needs besides; at most 4 KiB. It holds nobody's words, contact or position: what is
    /// sealed stays with its object, and the handler reads it there.
    pub payload: Value,
}

/// A job that a server has taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Taken {
    /// Its identity, the same for each try.
    pub id: JobId,
    /// What is to be done.
    pub kind: String,
    /// What it is known by.
    pub key: String,
    /// The type of what it is about.
    pub object_type: String,
    /// Which.
    pub object_id: String,
    /// What was given with it.
    pub payload: Value,
    /// Which try this is, from 1.
    pub tries: i64,
}
