//! Claims and redemptions that are carried out once: key, request and answer stand in the transaction of what they
//! tell, so a repeated request gets the same bytes whatever happened in between.
//!
//! Two requests of one key at once wait for each other at the key's row. A refused request wrote nothing and leaves
//! its key free.

mod store;

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use self::store::RequestRow;
use crate::accounts::Actor;
use crate::db::{Db, Tx};
use crate::error::{Error, FieldError};
use crate::repeats::KEY_CHARS;
use crate::secrets::hash;

/// How long an answer is kept.
pub(super) const KEPT: TimeDelta = TimeDelta::days(30);
/// The header that carries a request's key.
const KEY: &str = "idempotency-key";

/// A request with its key.
#[derive(Debug, Clone)]
pub(super) struct Request {
    owner: String,
    key: String,
    fingerprint: String,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    /// Its status.
    pub(super) status: StatusCode,
    /// Its body, JSON.
    pub(super) body: String,
    /// Whether it was given before.
    pub(super) is_repeated: bool,
}

impl Request {
    /// The request of somebody, whose `key` its headers carry; `what` is all that it says, the path included.
    ///
    /// # Errors
    /// [`Error::Malformed`] where the key is missing, too long or unprintable.
    pub(super) fn read(actor: &Actor, headers: &HeaderMap, what: &impl Serialize) -> Result<Self, Error> {
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
    pub(super) async fn before(&self, db: &Db) -> Result<Option<Answer>, Error> {
        let row = store::find(db, &self.owner, &self.key).await?;
        row.map(|row| self.again(row)).transpose()
    }

    /// Takes the key in the transaction that carries the request out; the answer, where another one did meanwhile.
    ///
    /// # Errors
    /// [`Error::Refused`] where the key was used for something else.
    pub(super) async fn begin(&self, tx: &mut Tx, now: DateTime<Utc>) -> Result<Option<Answer>, Error> {
        let Self { owner, key, fingerprint } = self;
        if store::begin(tx, owner, key, fingerprint, now.timestamp_millis()).await? {
            return Ok(None);
        }
        self.again(store::find_in(tx, owner, key).await?).map(Some)
    }

    /// Keeps the answer, in the same transaction.
    pub(super) async fn answered(
        &self,
        tx: &mut Tx,
        status: StatusCode,
        told: &impl Serialize,
    ) -> Result<Answer, Error> {
        let body = serde_json::to_string(told)
            .map_err(|e| Error::Internal(format!("an answer that is not JSON: {e}")))?;
        store::answer(tx, &self.owner, &self.key, i64::from(status.as_u16()), &body).await?;
        Ok(Answer { status, body, is_repeated: false })
    }

    /// Frees the key in a transaction that writes something else after all.
    pub(super) async fn free(&self, tx: &mut Tx) -> Result<(), Error> {
        Ok(store::free(tx, &self.owner, &self.key).await?)
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

/// Forgets answers that are older than [`KEPT`].
pub(super) async fn forget_old(tx: &mut Tx, now: DateTime<Utc>) -> Result<(), Error> {
    Ok(store::forget(tx, (now - KEPT).timestamp_millis()).await?)
}
