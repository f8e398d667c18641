//! Claims and redemptions that are carried out once: key, request and answer stand in the transaction of what they
//! tell, so a repeated request gets the same bytes whatever happened in between.
//!
//! Two requests of one key at once wait for each other at the key's row. A refused request wrote nothing and leaves
//! its key free.

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use crate::accounts::Actor;
use crate::db::{Db, DbError, Tx};
use crate::error::{Error, FieldError};
use crate::repeats::KEY_CHARS;
use crate::secrets::hash;
use crate::{in_tx, on, row};

/// How long an answer is kept.
pub const KEPT: TimeDelta = TimeDelta::days(30);
/// The header that carries a request's key.
const KEY: &str = "idempotency-key";

/// A request with its key.
#[derive(Debug, Clone)]
pub struct Request {
    owner: String,
    key: String,
    fingerprint: String,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// Its body, JSON.
    pub body: String,
    /// Whether it was given before.
    pub is_repeated: bool,
}

row! {
    /// A row of `benefit_request`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    struct RequestRow {
        fingerprint: String,
        status: i64,
        body: String,
    }
}

impl Request {
    /// The request of somebody, whose `key` its headers carry; `what` is all that it says, the path included.
    ///
    /// # Errors
    /// [`Error::Malformed`] where the key is missing, too long or unprintable.
    pub fn read(actor: &Actor, headers: &HeaderMap, what: &impl Serialize) -> Result<Self, Error> {
        let given = headers.get(KEY).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let key = given.trim().trim_matches('"');
        if !(1..=KEY_CHARS).contains(&key.len()) || !key.bytes().all(|b| b.is_ascii_graphic()) {
            let zh = format!("要写 1 到 {KEY_CHARS} 个可见的 ASCII 字符，重试时用同一个。");
            let en = format!("must be 1 to {KEY_CHARS} printable ASCII characters, the same for every retry");
            return Err(FieldError::new("Idempotency-Key", "bad_length", zh, en).into());
        }
        let what = serde_json::to_string(what)
            .map_err(|e| Error::Internal(format!("a request that is not JSON: {e}")))?;
        Ok(Self { owner: actor.owner(), key: hash(key), fingerprint: hash(&what) })
    }

    /// The answer, where the request was carried out before.
    ///
    /// # Errors
    /// [`Error::Refused`] where the key was used for something else.
    pub async fn before(&self, db: &Db) -> Result<Option<Answer>, Error> {
        let row: Option<RequestRow> = on!(db, pool => sqlx::query_as(FIND).bind(&self.owner).bind(&self.key).fetch_optional(pool).await)?;
        row.map(|row| self.again(row)).transpose()
    }

    /// Takes the key in the transaction that carries the request out; the answer, where another one did meanwhile.
    ///
    /// # Errors
    /// [`Error::Refused`] where the key was used for something else.
    pub async fn begin(&self, tx: &mut Tx, now: DateTime<Utc>) -> Result<Option<Answer>, Error> {
        let taken: Result<u64, DbError> = in_tx!(tx, c => sqlx::query(BEGIN)
            .bind(&self.owner).bind(&self.key).bind(&self.fingerprint).bind(now.timestamp_millis())
            .execute(c).await.map(|done| done.rows_affected()));
        if taken? == 1 {
            return Ok(None);
        }
        let row: Result<RequestRow, DbError> =
            in_tx!(tx, c => sqlx::query_as(FIND).bind(&self.owner).bind(&self.key).fetch_one(c).await);
        self.again(row?).map(Some)
    }

    /// Keeps the answer, in the same transaction.
    pub async fn answered(
        &self,
        tx: &mut Tx,
        status: StatusCode,
        told: &impl Serialize,
    ) -> Result<Answer, Error> {
        let body = serde_json::to_string(told)
            .map_err(|e| Error::Internal(format!("an answer that is not JSON: {e}")))?;
        let kept: Result<(), DbError> = in_tx!(tx, c => sqlx::query(ANSWERED)
            .bind(&self.owner).bind(&self.key).bind(i64::from(status.as_u16())).bind(&body)
            .execute(c).await.map(drop));
        kept?;
        Ok(Answer { status, body, is_repeated: false })
    }

    fn again(&self, row: RequestRow) -> Result<Answer, Error> {
        if row.fingerprint != self.fingerprint {
            let zh = "这个 Idempotency-Key 已经用于另一个请求，请换一个新的。";
            let en = "this key was used for another request; take a new one";
            return Err(Error::Refused(vec![FieldError::new("Idempotency-Key", "key_reused", zh, en)]));
        }
        let status = u16::try_from(row.status).ok().and_then(|s| StatusCode::from_u16(s).ok());
        Ok(Answer { status: status.unwrap_or(StatusCode::OK), body: row.body, is_repeated: true })
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
        let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
        let mut response = (self.status, headers, self.body).into_response();
        if self.is_repeated {
            response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
        }
        response
    }
}

const FIND: &str =
    "SELECT fingerprint, status, body FROM benefit_request WHERE owner = $1 AND request_key = $2";
const BEGIN: &str = "INSERT INTO benefit_request (owner, request_key, fingerprint, status, body, made_ms)
    VALUES ($1, $2, $3, 0, '', $4) ON CONFLICT (owner, request_key) DO NOTHING";
const ANSWERED: &str =
    "UPDATE benefit_request SET status = $3, body = $4 WHERE owner = $1 AND request_key = $2";
const FORGET: &str = "DELETE FROM benefit_request WHERE made_ms < $1";

/// Forgets answers that are older than [`KEPT`].
pub async fn forget_old(tx: &mut Tx, now: DateTime<Utc>) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(FORGET).bind((now - KEPT).timestamp_millis()).execute(c).await.map(drop))
}
