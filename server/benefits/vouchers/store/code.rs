//! Codes on screen, and the clerks that type them.

use crate::db::{Db, DbError, Tx};
use crate::{in_tx, on, row};

row! {
    /// A row of `voucher_code`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in super::super) struct CodeRow {
        pub(in super::super) voucher_id: String,
        pub(in super::super) bond: String,
        pub(in super::super) expires_ms: i64,
        pub(in super::super) redemption_id: Option<String>,
    }
}

const DRAW: &str =
    "INSERT INTO voucher_code (code_hash, voucher_id, bond, expires_ms) VALUES ($1, $2, $3, $4)
    ON CONFLICT (code_hash) DO NOTHING";

/// Puts a code on screen; false where it is on another one, or was a moment ago.
pub(in super::super) async fn add(
    tx: &mut Tx,
    code_hash: &str,
    voucher: &str,
    bond: &str,
    expires_ms: i64,
) -> Result<bool, DbError> {
    in_tx!(tx, c => sqlx::query(DRAW).bind(code_hash).bind(voucher).bind(bond).bind(expires_ms)
        .execute(c).await.map(|done| done.rows_affected() == 1))
}

const FORGET: &str = "DELETE FROM voucher_code WHERE expires_ms < $1";

/// Forgets codes that ended before an instant.
pub(in super::super) async fn forget(tx: &mut Tx, before_ms: i64) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(FORGET).bind(before_ms).execute(c).await.map(drop))
}

const KEEP: &str = "DELETE FROM voucher_code
    WHERE voucher_id = $1 AND redemption_id IS NULL AND expires_ms > $2 AND code_hash NOT IN (
      SELECT code_hash FROM voucher_code WHERE voucher_id = $1 AND redemption_id IS NULL AND expires_ms > $2
      ORDER BY expires_ms DESC, code_hash LIMIT $3)";

/// Forgets the codes of a voucher that are good, but for so many of the newest.
pub(in super::super) async fn keep(
    tx: &mut Tx,
    voucher: &str,
    now_ms: i64,
    newest: i64,
) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(KEEP).bind(voucher).bind(now_ms).bind(newest).execute(c).await.map(drop))
}

const HOLD_MEMBER: &str = "UPDATE member SET version = version WHERE id = $1";

/// Holds a member until the transaction ends, so that his codes are drawn one by one. The voucher itself is not held
/// for it: a redemption takes the code first and the voucher then, and the two would wait for each other.
pub(in super::super) async fn hold_member(tx: &mut Tx, id: &str) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(HOLD_MEMBER).bind(id).execute(c).await.map(drop))
}

const FIND: &str =
    "SELECT voucher_id, bond, expires_ms, redemption_id FROM voucher_code WHERE code_hash = $1";

/// A code.
pub(in super::super) async fn find(tx: &mut Tx, code_hash: &str) -> Result<Option<CodeRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(FIND).bind(code_hash).fetch_optional(c).await)
}

const USE: &str = "UPDATE voucher_code SET redemption_id = $2
    WHERE code_hash = $1 AND redemption_id IS NULL AND expires_ms > $3";

/// Uses a code; false where somebody used it, or its time is over. Another use at the same instant waits here.
pub(in super::super) async fn take(
    tx: &mut Tx,
    code_hash: &str,
    redemption: &str,
    now_ms: i64,
) -> Result<bool, DbError> {
    in_tx!(tx, c => sqlx::query(USE).bind(code_hash).bind(redemption).bind(now_ms)
        .execute(c).await.map(|done| done.rows_affected() == 1))
}

row! {
    /// A clerk at his store.
    #[derive(Debug, Clone, PartialEq)]
    pub(in super::super) struct ClerkRow {
        pub(in super::super) id: String,
        pub(in super::super) merchant_id: String,
        pub(in super::super) merchant_name: String,
        pub(in super::super) store_id: String,
        pub(in super::super) store_name: String,
        pub(in super::super) lon: f64,
        pub(in super::super) lat: f64,
        pub(in super::super) is_lead: bool,
        pub(in super::super) misses: i64,
        pub(in super::super) locked_until_ms: Option<i64>,
    }
}

const CLERK: &str = "SELECT clerk.id, clerk.merchant_id, merchant.name AS merchant_name, clerk.store_id,
        store.name AS store_name, store.lon, store.lat, clerk.is_lead, clerk.misses, clerk.locked_until_ms
    FROM clerk JOIN merchant ON merchant.id = clerk.merchant_id JOIN store ON store.id = clerk.store_id
    WHERE clerk.id = $1 AND clerk.is_active AND store.is_active AND merchant.state = 'active'";

/// A clerk who may redeem.
pub(in super::super) async fn clerk(db: &Db, id: &str) -> Result<Option<ClerkRow>, DbError> {
    on!(db, pool => sqlx::query_as(CLERK).bind(id).fetch_optional(pool).await)
}

/// The same, as a transaction sees him.
pub(in super::super) async fn clerk_in(tx: &mut Tx, id: &str) -> Result<Option<ClerkRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(CLERK).bind(id).fetch_optional(c).await)
}

const HOLD: &str = "UPDATE clerk SET misses = misses WHERE id = $1";

/// Holds a clerk until the transaction ends, so that his tries are counted one by one.
pub(in super::super) async fn hold_clerk(tx: &mut Tx, id: &str) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(HOLD).bind(id).execute(c).await.map(drop))
}

const NOTE: &str = "UPDATE clerk SET misses = $2, locked_until_ms = $3 WHERE id = $1";

/// Notes a clerk's misses, and until when he is locked.
pub(in super::super) async fn note_misses(
    tx: &mut Tx,
    id: &str,
    misses: i64,
    locked_until_ms: Option<i64>,
) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(NOTE).bind(id).bind(misses).bind(locked_until_ms).execute(c).await.map(drop))
}
