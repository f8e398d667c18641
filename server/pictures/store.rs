//! All SQL on pictures.

use crate::db::{Db, DbError, Tx};
use crate::stations::photo::Size;
use crate::stations::photo::picture::Picture;
use crate::{in_tx, on};

const ADD: &str = "INSERT INTO picture (id, added_ms, width, height, large, small)
    VALUES ($1, $2, $3, $4, $5, $6)";

/// Writes a picture that no request has named yet.
pub(super) async fn add(tx: &mut Tx, id: &str, added_ms: i64, p: &Picture) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD)
        .bind(id).bind(added_ms).bind(i64::from(p.width)).bind(i64::from(p.height))
        .bind(&p.large[..]).bind(&p.small[..])
        .execute(c).await.map(drop))
}

const WAITING: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM picture WHERE used_for IS NULL";

/// How many pictures wait to be named.
pub(super) async fn waiting(tx: &mut Tx) -> Result<i64, DbError> {
    in_tx!(tx, c => sqlx::query_scalar(WAITING).fetch_one(c).await)
}

const SWEEP: &str = "DELETE FROM picture WHERE used_for IS NULL AND added_ms < $1";

/// Removes what nobody named.
pub(super) async fn sweep(tx: &mut Tx, before_ms: i64) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(SWEEP).bind(before_ms).execute(c).await.map(drop))
}

const CLAIM: &str = "UPDATE picture SET used_for = $2, object_id = $3
    WHERE id = $1 AND used_for IS NULL AND added_ms >= $4";

/// Gives a picture to an object; false where it is not there, too old or somebody else's.
pub(super) async fn claim(
    tx: &mut Tx,
    id: &str,
    used_for: &str,
    object: &str,
    since_ms: i64,
) -> Result<bool, DbError> {
    in_tx!(tx, c => sqlx::query(CLAIM).bind(id).bind(used_for).bind(object).bind(since_ms)
        .execute(c).await.map(|done| done.rows_affected() == 1))
}

const DISCARD: &str = "DELETE FROM picture WHERE id = $1";

/// Removes a picture.
pub(super) async fn discard(tx: &mut Tx, id: &str) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(DISCARD).bind(id).execute(c).await.map(drop))
}

const LARGE: &str = "SELECT large FROM picture WHERE id = $1 AND used_for IS NOT NULL";
const SMALL: &str = "SELECT small FROM picture WHERE id = $1 AND used_for IS NOT NULL";

/// One size of a picture that a request has named.
pub(super) async fn picture(db: &Db, id: &str, size: Size) -> Result<Option<Vec<u8>>, DbError> {
    let sql = match size {
        Size::Large => LARGE,
        Size::Small => SMALL,
    };
    on!(db, pool => sqlx::query_scalar(sql).bind(id).fetch_optional(pool).await)
}
