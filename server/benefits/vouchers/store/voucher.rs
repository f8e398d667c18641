//! Vouchers. Each change is one statement that says what must still hold.

use crate::db::{Db, DbError, Tx};
use crate::{in_tx, on, row};

row! {
    /// A row of `voucher`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in super::super) struct VoucherRow {
        pub(in super::super) id: String,
        pub(in super::super) campaign_id: String,
        pub(in super::super) member_id: String,
        pub(in super::super) state: String,
        pub(in super::super) face_fen: i64,
        pub(in super::super) union_fen: i64,
        pub(in super::super) left_fen: i64,
        pub(in super::super) issued_ms: i64,
        pub(in super::super) expires_ms: i64,
        pub(in super::super) ended_ms: Option<i64>,
    }
}

/// The reading statements list the same columns, once.
macro_rules! select {
    ($($rest:expr),+) => {
        concat!(
            "SELECT id, campaign_id, member_id, state, face_fen, union_fen, left_fen, issued_ms, expires_ms, ended_ms
            FROM voucher ",
            $($rest),+
        )
    };
}
pub(super) use select;

const ADD: &str = "INSERT INTO voucher
        (id, campaign_id, member_id, state, face_fen, union_fen, left_fen, issued_ms, expires_ms)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

/// Adds a voucher.
pub(in super::super) async fn add(tx: &mut Tx, row: &VoucherRow) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD)
        .bind(&row.id).bind(&row.campaign_id).bind(&row.member_id).bind(&row.state)
        .bind(row.face_fen).bind(row.union_fen).bind(row.left_fen).bind(row.issued_ms).bind(row.expires_ms)
        .execute(c).await.map(drop))
}

const FIND: &str = select!("WHERE id = $1");

/// A voucher.
pub(in super::super) async fn find(db: &Db, id: &str) -> Result<Option<VoucherRow>, DbError> {
    on!(db, pool => sqlx::query_as(FIND).bind(id).fetch_optional(pool).await)
}

/// A voucher, as a transaction sees it.
pub(in super::super) async fn find_in(tx: &mut Tx, id: &str) -> Result<Option<VoucherRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(FIND).bind(id).fetch_optional(c).await)
}

const USE: &str = "UPDATE voucher SET left_fen = left_fen - $2,
      state = CASE WHEN left_fen = $2 THEN 'redeemed' ELSE state END,
      ended_ms = CASE WHEN left_fen = $2 THEN $3 ELSE ended_ms END
    WHERE id = $1 AND state = 'issued' AND left_fen >= $2 AND expires_ms > $3";

/// Uses a part of a voucher, or all that is left; false where it cannot be used any more, or has not so much.
pub(in super::super) async fn spend(tx: &mut Tx, id: &str, fen: i64, now_ms: i64) -> Result<bool, DbError> {
    in_tx!(tx, c => sqlx::query(USE).bind(id).bind(fen).bind(now_ms)
        .execute(c).await.map(|done| done.rows_affected() == 1))
}

const GIVE_BACK: &str = "UPDATE voucher SET left_fen = left_fen + $2, state = 'issued', ended_ms = NULL
    WHERE id = $1 AND state IN ('issued', 'redeemed')";

/// Gives back what was used; false where the voucher has ended otherwise.
pub(in super::super) async fn give_back(tx: &mut Tx, id: &str, fen: i64) -> Result<bool, DbError> {
    in_tx!(tx, c => sqlx::query(GIVE_BACK).bind(id).bind(fen)
        .execute(c).await.map(|done| done.rows_affected() == 1))
}

const EXPIRE: &str = "UPDATE voucher SET left_fen = 0, state = 'expired', ended_ms = $3
    WHERE id = $1 AND state = 'issued' AND left_fen = $2 AND expires_ms <= $3";

/// Ends a voucher whose time is over; false where it was used meanwhile.
pub(in super::super) async fn expire(
    tx: &mut Tx,
    id: &str,
    left_fen: i64,
    now_ms: i64,
) -> Result<bool, DbError> {
    in_tx!(tx, c => sqlx::query(EXPIRE).bind(id).bind(left_fen).bind(now_ms)
        .execute(c).await.map(|done| done.rows_affected() == 1))
}

const VOID: &str = "UPDATE voucher SET left_fen = 0, state = 'void', ended_ms = $3
    WHERE id = $1 AND state = 'issued' AND left_fen = $2";

/// Ends a voucher by the union's will; false where it was used meanwhile.
pub(in super::super) async fn void(
    tx: &mut Tx,
    id: &str,
    left_fen: i64,
    now_ms: i64,
) -> Result<bool, DbError> {
    in_tx!(tx, c => sqlx::query(VOID).bind(id).bind(left_fen).bind(now_ms)
        .execute(c).await.map(|done| done.rows_affected() == 1))
}

const DUE: &str = select!("WHERE state = 'issued' AND expires_ms <= $1 ORDER BY expires_ms, id LIMIT $2");

/// Vouchers whose time is over, the oldest first.
pub(in super::super) async fn due(db: &Db, now_ms: i64, most: i64) -> Result<Vec<VoucherRow>, DbError> {
    on!(db, pool => sqlx::query_as(DUE).bind(now_ms).bind(most).fetch_all(pool).await)
}

const UNION_LEFT: &str = "SELECT union_fen - CAST(COALESCE((SELECT SUM(redemption.union_fen) FROM redemption
        WHERE voucher_id = $1 AND reversed_ms IS NULL), 0) AS BIGINT) FROM voucher WHERE id = $1";

/// What of the union's part no redemption has used.
pub(in super::super) async fn union_left(tx: &mut Tx, id: &str) -> Result<i64, DbError> {
    in_tx!(tx, c => sqlx::query_scalar(UNION_LEFT).bind(id).fetch_one(c).await)
}
