//! The audit log: one entry for each write, in the write's own transaction, chained by hashes.
//!
//! It knows nobody: accounts are ids, and names are joined when somebody reads the log.

mod chain;
mod model;
mod store;

use chrono::{DateTime, Utc};

pub use model::{Entry, Object};

use crate::accounts::Actor;
use crate::db::Tx;
use crate::error::Error;

/// Records a write. It is the last statement before the commit: the end of the chain is locked from here on,
/// and every writer locks the registry's revision before it.
pub async fn record(tx: &mut Tx, actor: &Actor, now: DateTime<Utc>, entry: &Entry) -> Result<(), Error> {
    let last = store::lock_chain(tx).await?;
    let row = chain::next(&last, actor, now, entry);
    store::add(tx, &row).await?;
    Ok(())
}
