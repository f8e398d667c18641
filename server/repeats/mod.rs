//! Requests that carry a key (`Idempotency-Key`): carried out once, however often they come.
//!
//! The transaction of a request marks its key as done, so a crash between the commit and the answer cannot make
//! the repeated request do it again. Answers are kept for a day. A request that was refused wrote nothing: its
//! key is free again, and a repeated one is tried anew.

mod store;

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use crate::db::{Db, Tx};
use crate::error::{Error, FieldError, Words};
use crate::seal::Seal;
use crate::secrets::{Secrets, hash};

/// The most characters of a key.
pub const KEY_CHARS: usize = 255;
/// How long an answer is kept.
const KEPT: TimeDelta = TimeDelta::hours(24);
/// A request that did not end in this time has ended with its process.
const ABANDONED: TimeDelta = TimeDelta::minutes(2);

/// A key with its owner.
#[derive(Debug, Clone)]
pub struct Key {
    /// The account or phone whose request it is; empty for somebody who is not signed in.
    owner: String,
    /// The hash of what the owner called it.
    name: String,
    /// What seals the answer, which may hold a receipt or the words of a case.
    seal: Arc<Seal>,
}

/// An answer, as it was first given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// The headers that belong to it.
    pub headers: Vec<(String, String)>,
    /// Its body.
    pub body: String,
}

/// What to do with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Begun {
    /// Carry it out.
    Anew,
    /// Give this answer again.
    Before(Answer),
}

impl Key {
    /// A key of its owner, whose name is empty for somebody who is not signed in. Only who knows both the key and the request, whose
    /// fingerprint this is, can open the answer: neither stands in the database.
    ///
    /// # Errors
    /// [`Error::Malformed`] where it is empty, too long or unprintable.
    pub fn new(secrets: &Secrets, owner: String, given: &str, fingerprint: &str) -> Result<Self, Error> {
        let key = read(given)?;
        let seal = Seal::new(secrets, &format!("repeats\n{owner}\n{key}\n{fingerprint}"));
        Ok(Self { name: hash(&format!("{owner}\n{key}")), owner, seal: Arc::new(seal) })
    }

    /// An answer as the table keeps its body.
    fn closed(&self, answer: &Answer) -> Result<Answer, Error> {
        Ok(Answer { body: self.seal.close(answer.body.as_bytes(), &self.name)?, ..answer.clone() })
    }

    /// An answer as it was given; `None` where it was sealed with a secret that the service no longer has.
    fn opened(&self, answer: Answer) -> Option<Answer> {
        let body = String::from_utf8(self.seal.open(&answer.body, &self.name).ok()?).ok()?;
        Some(Answer { body, ..answer })
    }

    /// Begins a request under this key; the fingerprint stands for its verb, path and body.
    ///
    /// # Errors
    /// [`Error::Refused`] where the key was used for something else, [`Error::Conflict`] while the first request
    /// is in progress, or where its answer was lost in a crash.
    pub async fn begin(&self, db: &Db, fingerprint: &str, now: DateTime<Utc>) -> Result<Begun, Error> {
        let now_ms = now.timestamp_millis();
        let mut tx = db.begin().await?;
        store::forget(&mut tx, (now - KEPT).timestamp_millis()).await?;
        let abandoned_ms = (now - ABANDONED).timestamp_millis();
        let is_new = store::begin(&mut tx, self, fingerprint, now_ms, abandoned_ms).await?;
        let row = store::find(&mut tx, self).await?;
        tx.commit().await?;
        match row {
            _ if is_new => Ok(Begun::Anew),
            Some(row) if row.fingerprint != fingerprint => Err(reused()),
            Some(row) => match row.answer().and_then(|answer| self.opened(answer)) {
                Some(answer) => Ok(Begun::Before(answer)),
                None if row.done => Err(lost()),
                None => Err(in_progress()),
            },
            None => Err(in_progress()),
        }
    }

    /// Marks the request as done, in its own transaction.
    pub async fn done(&self, tx: &mut Tx) -> Result<(), Error> {
        Ok(store::done(tx, self).await?)
    }

    /// Keeps the answer for whoever repeats the request.
    pub async fn answered(&self, db: &Db, answer: &Answer) -> Result<(), Error> {
        let closed = self.closed(answer)?;
        let mut tx = db.begin().await?;
        store::answer(&mut tx, self, &closed).await?;
        Ok(tx.commit().await?)
    }

    /// Frees the key of a request that wrote nothing.
    pub async fn free(&self, db: &Db) -> Result<(), Error> {
        let mut tx = db.begin().await?;
        store::free(&mut tx, self).await?;
        Ok(tx.commit().await?)
    }
}

/// A key as it was given, without quotation marks.
fn read(given: &str) -> Result<&str, Error> {
    let key = given.trim().trim_matches('"');
    if (1..=KEY_CHARS).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic()) {
        return Ok(key);
    }
    let zh = format!("要写 1 到 {KEY_CHARS} 个可见的 ASCII 字符。");
    let en = format!("must be 1 to {KEY_CHARS} printable ASCII characters");
    Err(FieldError::new("Idempotency-Key", "bad_length", zh, en).into())
}

fn reused() -> Error {
    let zh = "这个 Idempotency-Key 已经用于另一个请求，请换一个新的。";
    let en = "this key was used for another request; take a new one";
    Error::Refused(vec![FieldError::new("Idempotency-Key", "key_reused", zh, en)])
}

fn in_progress() -> Error {
    let detail = Words::new(
        "同一个请求正在办理，请稍等再查。",
        "The same request is being carried out; look again in a moment.",
    );
    Error::Conflict { code: "in_progress", detail }
}

fn lost() -> Error {
    let detail = Words::new(
        "这个请求已经办成，但当时的答复没有留下；请查看结果，不要重做。",
        "This request was carried out, but its answer was lost; look at the result and do not repeat it.",
    );
    Error::Conflict { code: "done_before", detail }
}
