//! The numbers that versions of layers are taken from.

use crate::db::{DbError, Tx};
use crate::{in_tx, row};

row! {
    /// Which version a layer has.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in crate::planning) struct VersionRow {
        pub(in crate::planning) code: String,
        pub(in crate::planning) version: i64,
    }
}

const NEXT: &str = "UPDATE planning_version SET last = last + 1 WHERE one = 1 RETURNING last";

/// A number that no layer had yet. Whoever else writes a layer waits until the transaction ends.
pub(in crate::planning) async fn next_version(tx: &mut Tx) -> Result<i64, DbError> {
    in_tx!(tx, c => sqlx::query_scalar(NEXT).fetch_one(c).await)
}
