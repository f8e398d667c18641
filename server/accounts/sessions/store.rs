//! SQL on sessions, known browsers, failed sign-ins, tokens.

use crate::db::{Db, DbError, Tx};
use crate::{in_tx, on, row};

row! {
    /// A row of `session`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in crate::accounts) struct SessionRow {
        pub(in crate::accounts) account_id: String,
        pub(in crate::accounts) seen_ms: i64,
        pub(in crate::accounts) ends_ms: i64,
    }
}

const FIND: &str = "SELECT account_id, seen_ms, ends_ms FROM session WHERE hash = $1";

/// The session of a secret's hash.
pub(in crate::accounts) async fn find(db: &Db, hash: &str) -> Result<Option<SessionRow>, DbError> {
    on!(db, pool => sqlx::query_as(FIND).bind(hash).fetch_optional(pool).await)
}

row! {
    /// When a session began, was last used, and ends.
    #[derive(Debug, Clone, PartialEq, Eq)]
    #[expect(clippy::struct_field_names, reason = "the unit belongs to each name")]
    pub(in crate::accounts) struct SessionTimes {
        pub(in crate::accounts) created_ms: i64,
        pub(in crate::accounts) seen_ms: i64,
        pub(in crate::accounts) ends_ms: i64,
    }
}

const OF: &str = "SELECT created_ms, seen_ms, ends_ms FROM session WHERE account_id = $1 ORDER BY created_ms";

/// The sessions of an account, oldest first.
pub(in crate::accounts) async fn of(db: &Db, account: &str) -> Result<Vec<SessionTimes>, DbError> {
    on!(db, pool => sqlx::query_as(OF).bind(account).fetch_all(pool).await)
}

const OTHERS: &str = "SELECT created_ms, seen_ms, ends_ms FROM session
    WHERE account_id = $1 AND hash <> $2 AND ends_ms > $3 AND seen_ms > $4
    ORDER BY seen_ms DESC LIMIT $5";

/// The sessions of an account that neither ended nor were idle since `idle_ms`, but the one of a hash; at most `most`, the
/// one used last first.
pub(in crate::accounts) async fn others(
    db: &Db,
    account: &str,
    but: &str,
    (now_ms, idle_ms): (i64, i64),
    most: i64,
) -> Result<Vec<SessionTimes>, DbError> {
    on!(db, pool => sqlx::query_as(OTHERS)
        .bind(account).bind(but).bind(now_ms).bind(idle_ms).bind(most).fetch_all(pool).await)
}

const ADD: &str = "INSERT INTO session (hash, account_id, created_ms, seen_ms, ends_ms)
    VALUES ($1, $2, $3, $3, $4)";

/// Adds a session.
pub(in crate::accounts) async fn add(
    tx: &mut Tx,
    hash: &str,
    account: &str,
    now_ms: i64,
    ends_ms: i64,
) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD).bind(hash).bind(account).bind(now_ms).bind(ends_ms).execute(c).await.map(drop))
}

const SEEN: &str = "UPDATE session SET seen_ms = $2 WHERE hash = $1 AND seen_ms < $2";

/// Notes that a session is in use.
pub(in crate::accounts) async fn seen(tx: &mut Tx, hash: &str, now_ms: i64) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(SEEN).bind(hash).bind(now_ms).execute(c).await.map(drop))
}

const END: &str = "DELETE FROM session WHERE hash = $1";

/// Ends one session.
pub(in crate::accounts) async fn end(tx: &mut Tx, hash: &str) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(END).bind(hash).execute(c).await.map(drop))
}

const END_ALL: &str = "DELETE FROM session WHERE account_id = $1 AND hash <> $2";

/// Ends every session of an account but the one of a hash.
pub(in crate::accounts) async fn end_all(tx: &mut Tx, account: &str, but: &str) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(END_ALL).bind(account).bind(but).execute(c).await.map(drop))
}

const END_OLD: &str = "DELETE FROM session WHERE ends_ms < $1 OR seen_ms < $2";

/// Forgets sessions that are over, and those that nobody used since `idle_ms`.
pub(in crate::accounts) async fn end_old(tx: &mut Tx, now_ms: i64, idle_ms: i64) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(END_OLD).bind(now_ms).bind(idle_ms).execute(c).await.map(drop))
}

row! {
    /// A row of `login_failure`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct FailureRow {
        pub(super) since_ms: i64,
        pub(super) failures: i64,
    }
}

const FAILED: &str = "INSERT INTO login_failure (subject, since_ms, failures) VALUES ($1, $2, 1)
    ON CONFLICT (subject) DO UPDATE SET
      failures = CASE WHEN login_failure.since_ms < $3 THEN 1 ELSE login_failure.failures + 1 END,
      since_ms = CASE WHEN login_failure.since_ms < $3 THEN $2 ELSE login_failure.since_ms END
    RETURNING since_ms, failures";

/// Counts an attempt, in a window that begins anew where the last one began before `window_ms`.
pub(super) async fn count_attempt(
    tx: &mut Tx,
    subject: &str,
    now_ms: i64,
    window_ms: i64,
) -> Result<FailureRow, DbError> {
    in_tx!(tx, c => sqlx::query_as(FAILED).bind(subject).bind(now_ms).bind(window_ms).fetch_one(c).await)
}

const FORGIVE: &str = "DELETE FROM login_failure WHERE subject = $1 OR since_ms < $2";

/// Forgets the failures of a subject, and those of windows that are over.
pub(in crate::accounts) async fn forgive(tx: &mut Tx, subject: &str, window_ms: i64) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(FORGIVE).bind(subject).bind(window_ms).execute(c).await.map(drop))
}

const KNOWS: &str = "UPDATE known_device SET seen_ms = $3 WHERE hash = $1 AND account_id = $2";

/// Whether a browser is known for an account; notes that it was seen.
pub(super) async fn knows_device(
    tx: &mut Tx,
    hash: &str,
    account: &str,
    now_ms: i64,
) -> Result<bool, DbError> {
    in_tx!(tx, c => sqlx::query(KNOWS).bind(hash).bind(account).bind(now_ms).execute(c).await
        .map(|done| done.rows_affected() == 1))
}

const REMEMBER: &str = "INSERT INTO known_device (hash, account_id, seen_ms) VALUES ($1, $2, $3)
    ON CONFLICT (hash) DO UPDATE SET seen_ms = $3";
const FORGET_OLD: &str = "DELETE FROM known_device WHERE seen_ms < $1";

/// Makes a browser known, and forgets those not seen since `old_ms`.
pub(super) async fn remember_device(
    tx: &mut Tx,
    hash: &str,
    account: &str,
    now_ms: i64,
    old_ms: i64,
) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(FORGET_OLD).bind(old_ms).execute(c).await.map(drop))?;
    in_tx!(tx, c => sqlx::query(REMEMBER).bind(hash).bind(account).bind(now_ms).execute(c).await.map(drop))
}

const FORGET_DEVICES: &str = "DELETE FROM known_device WHERE account_id = $1";

/// Forgets every browser of an account.
pub(in crate::accounts) async fn forget_devices(tx: &mut Tx, account: &str) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(FORGET_DEVICES).bind(account).execute(c).await.map(drop))
}

const ADD_CODE: &str = "INSERT INTO recovery_code (account_id, hash) VALUES ($1, $2)";
const DROP_CODES: &str = "DELETE FROM recovery_code WHERE account_id = $1";

/// Replaces an account's recovery codes by those of the hashes.
pub(in crate::accounts) async fn set_codes(
    tx: &mut Tx,
    account: &str,
    hashes: &[String],
) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(DROP_CODES).bind(account).execute(c).await.map(drop))?;
    for hash in hashes {
        in_tx!(tx, c => sqlx::query(ADD_CODE).bind(account).bind(hash).execute(c).await.map(drop))?;
    }
    Ok(())
}

const HAS_CODE: &str = "SELECT COUNT(*) FROM recovery_code WHERE account_id = $1 AND hash = $2";

/// Whether a recovery code is still good.
pub(super) async fn has_code(db: &Db, account: &str, hash: &str) -> Result<bool, DbError> {
    on!(db, pool => sqlx::query_scalar::<_, i64>(HAS_CODE).bind(account).bind(hash).fetch_one(pool).await)
        .map(|n| n > 0)
}

const USE_CODE: &str = "DELETE FROM recovery_code WHERE account_id = $1 AND hash = $2";

/// Uses a recovery code up; says whether it was still good.
pub(super) async fn use_code(tx: &mut Tx, account: &str, hash: &str) -> Result<bool, DbError> {
    in_tx!(tx, c => sqlx::query(USE_CODE).bind(account).bind(hash).execute(c).await
        .map(|done| done.rows_affected() == 1))
}
