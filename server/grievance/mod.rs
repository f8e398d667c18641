//! The grievance centre: a case with a clock, secrecy and a person who answers for it.

pub mod model;
pub mod workflow;
