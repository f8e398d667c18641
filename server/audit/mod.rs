//! The audit log: one entry for each write, in the write's own transaction, chained by hashes.
//!
//! It knows nobody: accounts are ids, and names are joined when somebody reads the log.

mod chain;
mod fault;
mod head;
mod listing;
mod model;
mod openapi;
pub mod routes;
pub mod sign;
mod store;
mod told;
mod verify;
pub mod witness;

use chrono::{DateTime, Utc};

pub use fault::{Fault, MOST_FAULTS, What};
pub use head::{Head, Signer};
pub use listing::of_person;
pub use model::{Entry, Object};
pub use routes::routes;
pub use told::Told;
pub use verify::{End, Report, verify, verify_within};
pub use witness::Witness;

use crate::accounts::Actor;
use crate::db::Tx;
use crate::error::Error;

/// Records a write. It is the last statement before the commit: the end of the chain is locked from here on,
/// and every writer locks the registry's revision before it.
pub async fn record(tx: &mut Tx, actor: &Actor, now: DateTime<Utc>, entry: &Entry) -> Result<(), Error> {
    if let Some(key) = &actor.request {
        key.done(tx).await?;
    }
    let last = store::lock_chain(tx).await?;
    let row = chain::next(&last, actor, now, entry);
    store::add(tx, &row).await?;
    Ok(())
}

/// The number of the last entry.
pub async fn last(tx: &mut Tx) -> Result<i64, Error> {
    Ok(store::chain(tx).await?.map_or(0, |end| end.seq))
}
