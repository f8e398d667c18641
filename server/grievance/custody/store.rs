//! SQL on erasing cases and on the keys that wrap theirs.

use super::super::store::{GrievanceRow, columns};
use crate::db::{Db, DbError, Tx};
use crate::{in_tx, on, row};

/// What is destroyed with a case; its codes, times and figures stay.
const ERASE: &str =
    "UPDATE grievance SET version = version + 1, unit = NULL, ring_key = NULL, case_key = NULL,
    text = NULL, summary = NULL, contact = NULL, contact_hash = NULL, mail_hash = NULL, filing_print = '', step_due_ms = NULL,
    step_clock = NULL, erased_ms = $2 WHERE id = $1 AND erased_ms IS NULL";
const ERASE_EVENTS: &str = "UPDATE grievance_event SET words = NULL WHERE grievance_id = $1";
const ERASE_TASKS: &str = "UPDATE grievance_task SET words = '', answer = NULL WHERE grievance_id = $1";
const ERASE_LINKS: &str = "UPDATE grievance_link SET note = NULL WHERE grievance_id = $1";
const ERASE_PUBLICATION: &str = "DELETE FROM grievance_publication WHERE grievance_id = $1";
const ERASE_FILES: &str = "DELETE FROM grievance_attachment WHERE grievance_id = $1";

/// Destroys what a case says; false where that was done before.
pub(super) async fn erase(tx: &mut Tx, id: &str, now_ms: i64) -> Result<bool, DbError> {
    let erased = in_tx!(tx, c => sqlx::query(ERASE).bind(id).bind(now_ms)
        .execute(c).await.map(|done| done.rows_affected()))?;
    for sql in [ERASE_EVENTS, ERASE_TASKS, ERASE_LINKS, ERASE_PUBLICATION, ERASE_FILES] {
        in_tx!(tx, c => sqlx::query(sql).bind(id).execute(c).await.map(drop))?;
    }
    Ok(erased == 1)
}

const EXPIRED: &str =
    "SELECT id FROM grievance WHERE retain_until < $1 AND erased_ms IS NULL ORDER BY id LIMIT $2";

/// Cases whose day of retention is before this one.
pub(super) async fn expired(db: &Db, today: &str, most: i64) -> Result<Vec<String>, DbError> {
    on!(db, pool => sqlx::query_scalar(EXPIRED).bind(today).bind(most).fetch_all(pool).await)
}

const BY_CONTACT: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM grievance WHERE contact_hash = $1 OR mail_hash = $1 ORDER BY number"
);

/// The cases of a number or a mail address, by its hash.
pub(super) async fn by_contact(db: &Db, hash: &str) -> Result<Vec<GrievanceRow>, DbError> {
    on!(db, pool => sqlx::query_as(BY_CONTACT).bind(hash).fetch_all(pool).await)
}

row! {
    /// Something that a key of the ring wraps.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct WrappedRow {
        pub(super) id: String,
        pub(super) ring_key: String,
        pub(super) sealed: String,
    }
}

/// Where wrapped keys stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kept {
    /// With cases.
    Cases,
    /// With files that no case has named yet.
    Files,
}

const OLD_CASES: &str = "SELECT id, ring_key, case_key AS sealed FROM grievance
    WHERE case_key IS NOT NULL AND ring_key <> $1 AND id > $2 ORDER BY id LIMIT $3";
const OLD_FILES: &str = "SELECT id, ring_key, own_key AS sealed FROM grievance_attachment
    WHERE own_key IS NOT NULL AND ring_key <> $1 AND id > $2 ORDER BY id LIMIT $3";

/// What another key than the newest wraps, from a cursor on.
pub(super) async fn old(
    db: &Db,
    kept: Kept,
    newest: &str,
    after: &str,
    most: i64,
) -> Result<Vec<WrappedRow>, DbError> {
    let sql = match kept {
        Kept::Cases => OLD_CASES,
        Kept::Files => OLD_FILES,
    };
    on!(db, pool => sqlx::query_as(sql).bind(newest).bind(after).bind(most).fetch_all(pool).await)
}

const REWRAP_CASE: &str = "UPDATE grievance SET ring_key = $3, case_key = $4 WHERE id = $1 AND case_key = $2";
const REWRAP_FILE: &str =
    "UPDATE grievance_attachment SET ring_key = $3, own_key = $4 WHERE id = $1 AND own_key = $2";

/// Writes another wrapping where the one that was read is still there; says whether it was.
pub(super) async fn rewrap(
    tx: &mut Tx,
    kept: Kept,
    old: &WrappedRow,
    (ring_key, sealed): (&str, &str),
) -> Result<bool, DbError> {
    let sql = match kept {
        Kept::Cases => REWRAP_CASE,
        Kept::Files => REWRAP_FILE,
    };
    let done = in_tx!(tx, c => sqlx::query(sql).bind(&old.id).bind(&old.sealed).bind(ring_key).bind(sealed)
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(done == 1)
}

const USES: &str = "SELECT ring_key, CAST(SUM(n) AS BIGINT) FROM (
      SELECT ring_key, COUNT(*) AS n FROM grievance WHERE ring_key IS NOT NULL GROUP BY ring_key
      UNION ALL
      SELECT ring_key, COUNT(*) AS n FROM grievance_attachment WHERE ring_key IS NOT NULL GROUP BY ring_key
    ) AS kept GROUP BY ring_key ORDER BY ring_key";

/// How much each key of the ring wraps.
pub(super) async fn uses(db: &Db) -> Result<Vec<(String, i64)>, DbError> {
    on!(db, pool => sqlx::query_as(USES).fetch_all(pool).await)
}
