//! How the transactions of inspections end.

use crate::db::Tx;
use crate::error::Error;

/// Commits what was done, or undoes it. After a fault of the database the connection is not used again.
pub(super) async fn settled<T>(tx: Tx, done: Result<T, Error>) -> Result<T, Error> {
    match done {
        Ok(_) => tx.commit().await?,
        Err(Error::Internal(_) | Error::Unavailable { .. }) => drop(tx),
        Err(_) => tx.rollback().await?,
    }
    done
}
