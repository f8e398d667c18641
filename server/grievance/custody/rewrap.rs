//! Wrapping the keys of cases anew with the newest key of the ring, while the service runs.

use std::collections::BTreeSet;

use super::store::{self, Kept, WrappedRow};
use crate::db::Db;
use crate::error::Error;
use crate::keyring::KeyRing;

/// So many are wrapped anew in one transaction.
const PART: i64 = 200;

/// What became of the wrappings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rewrapped {
    /// How many were renewed.
    pub renewed: u64,
    /// The keys that some still need and the ring does not have.
    pub missing: BTreeSet<String>,
}

/// Wraps the key of every case and of every waiting file with the newest key of the ring. What is changed meanwhile is
/// left as it is; doing it again takes up what is left.
pub async fn rewrap(db: &Db, ring: &KeyRing) -> Result<Rewrapped, Error> {
    let mut done = Rewrapped::default();
    for kept in [Kept::Cases, Kept::Files] {
        let mut after = String::new();
        loop {
            let rows = store::old(db, kept, &ring.newest(), &after, PART).await?;
            let Some(last) = rows.last() else { break };
            after.clone_from(&last.id);
            renew(db, ring, kept, &rows, &mut done).await?;
        }
    }
    Ok(done)
}

async fn renew(
    db: &Db,
    ring: &KeyRing,
    kept: Kept,
    rows: &[WrappedRow],
    done: &mut Rewrapped,
) -> Result<(), Error> {
    let mut tx = db.begin().await?;
    for row in rows {
        let key = match ring.unwrap(&row.ring_key, &row.sealed, &row.id) {
            Ok(key) => key,
            Err(Error::Conflict { .. }) => {
                done.missing.insert(row.ring_key.clone());
                continue;
            }
            Err(error) => {
                tx.rollback().await?;
                return Err(error);
            }
        };
        let wrapped = ring.wrap(&key, &row.id)?;
        if store::rewrap(&mut tx, kept, row, (&wrapped.ring_key, &wrapped.sealed)).await? {
            done.renewed += 1;
        }
    }
    Ok(tx.commit().await?)
}

/// How much each key wraps, by name.
pub async fn uses(db: &Db) -> Result<Vec<(String, i64)>, Error> {
    Ok(store::uses(db).await?)
}

/// The keys that cases need and the ring does not have.
pub async fn missing_keys(db: &Db, ring: &KeyRing) -> Result<Vec<String>, Error> {
    let names = ring.names();
    let used = uses(db).await?.into_iter().map(|(name, _)| name);
    Ok(used.filter(|name| !names.contains(name)).collect())
}
