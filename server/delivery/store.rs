//! All SQL on messages on their way.

use crate::db::{Db, DbError, Tx};
use crate::{in_tx, on, row};

row! {
    /// A row of `delivery`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct DeliveryRow {
        pub(super) id: String,
        pub(super) source: String,
        pub(super) object_id: String,
        pub(super) channel: String,
    }
}

const ADD: &str = "INSERT INTO delivery (id, source, object_id, channel, state, created_ms)
    VALUES ($1, $2, $3, $4, 'waiting', $5)";

/// Writes a message that waits.
pub(super) async fn add(tx: &mut Tx, r: &DeliveryRow, created_ms: i64) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD)
        .bind(&r.id).bind(&r.source).bind(&r.object_id).bind(&r.channel).bind(created_ms)
        .execute(c).await.map(drop))
}

const UNSENT: &str = "SELECT id, source, object_id, channel FROM delivery
    WHERE id = $1 AND state IN ('waiting', 'failed')";

/// A message that may still be sent: a failed one, too, when somebody retries its job.
pub(super) async fn unsent(db: &Db, id: &str) -> Result<Option<DeliveryRow>, DbError> {
    on!(db, pool => sqlx::query_as(UNSENT).bind(id).fetch_optional(pool).await)
}

const END: &str = "UPDATE delivery SET state = $2, ended_ms = $3
    WHERE id = $1 AND state IN ('waiting', 'failed')";

/// Notes what became of a message; false where that was noted before.
pub(super) async fn end(tx: &mut Tx, id: &str, state: &str, now_ms: i64) -> Result<bool, DbError> {
    in_tx!(tx, c => sqlx::query(END).bind(id).bind(state).bind(now_ms)
        .execute(c).await.map(|done| done.rows_affected() == 1))
}

const FORGET: &str = "DELETE FROM delivery WHERE ended_ms < $1";

/// Forgets what ended long ago.
pub(super) async fn forget(tx: &mut Tx, before_ms: i64) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(FORGET).bind(before_ms).execute(c).await.map(drop))
}
