//! The life of a station as staff lead it: drafted, submitted, checked, published, suspended, retired.
//!
//! `transitions` and `patch` and `history` are pure rules. `service` carries a wish out in one transaction
//! through `write`, which keeps version, history and audit together; `store` is the SQL of what it keeps.

pub mod history;
pub mod patch;
pub mod transitions;
