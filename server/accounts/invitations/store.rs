//! SQL on invitations.

use crate::db::{Db, DbError, Tx};
use crate::{in_tx, on, row};

row! {
    /// A row of `invitation`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct InvitationRow {
        pub(super) purpose: String,
        pub(super) account_id: Option<String>,
        pub(super) expires_ms: i64,
    }
}

const FIND: &str =
    "SELECT purpose, account_id, expires_ms FROM invitation WHERE hash = $1 AND expires_ms > $2";

/// An invitation that is still good.
pub(super) async fn find(db: &Db, hash: &str, now_ms: i64) -> Result<Option<InvitationRow>, DbError> {
    on!(db, pool => sqlx::query_as(FIND).bind(hash).bind(now_ms).fetch_optional(pool).await)
}

const TAKE: &str = "DELETE FROM invitation WHERE hash = $1 AND expires_ms > $2
    RETURNING purpose, account_id, expires_ms";

/// Uses an invitation up; of two who use the same one, one gets it.
pub(super) async fn take(tx: &mut Tx, hash: &str, now_ms: i64) -> Result<Option<InvitationRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(TAKE).bind(hash).bind(now_ms).fetch_optional(c).await)
}

const DROP: &str = "DELETE FROM invitation WHERE account_id = $1 OR expires_ms <= $2";

/// Withdraws the invitations of an account, and forgets those that are over.
pub(in crate::accounts) async fn withdraw(tx: &mut Tx, account: &str, now_ms: i64) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(DROP).bind(account).bind(now_ms).execute(c).await.map(drop))
}

const ADD: &str = "INSERT INTO invitation (hash, purpose, account_id, expires_ms) VALUES ($1, $2, $3, $4)";

/// Adds an invitation.
pub(super) async fn add(
    tx: &mut Tx,
    hash: &str,
    purpose: &str,
    account: Option<&str>,
    expires_ms: i64,
) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD).bind(hash).bind(purpose).bind(account).bind(expires_ms).execute(c).await.map(drop))
}
