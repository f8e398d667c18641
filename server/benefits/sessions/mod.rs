//! Phones that signed in with a one-time code: a member's, a clerk's, or that of somebody who is both.
//!
//! A session holds a keyed hash of the number alone. Whose it is now is looked up with each request, so whoever
//! leaves the union or the shop is out at once.

mod store;

use chrono::{DateTime, TimeDelta, Utc};

use crate::accounts::Actor;
use crate::app::App;
use crate::error::Error;
use crate::http::openapi::Documented;
use crate::secrets::{hash, hex, random};

/// How long a phone stays signed in that is used.
pub const IDLE: TimeDelta = TimeDelta::days(30);
/// A session is noted as used at most so often.
const NOTED: TimeDelta = TimeDelta::hours(1);

/// The routes.
pub(super) fn routes() -> Documented {
    Documented::default()
}

/// Whose phone shows this secret.
///
/// # Errors
/// [`Error::Unauthenticated`] where there is no such session, it is over, or the phone is nobody's any more.
pub async fn by_secret(app: &App, secret: &str, now: DateTime<Utc>) -> Result<Actor, Error> {
    let none = || Error::Unauthenticated("not_signed_in");
    let (hash, now_ms) = (hash(secret), now.timestamp_millis());
    let session = store::find(&app.db, &hash).await?.filter(|s| now_ms < s.expires_ms).ok_or_else(none)?;
    let whose = store::whose(&app.db, &session.phone_hash).await?.ok_or_else(none)?;
    if now_ms >= session.seen_ms + NOTED.num_milliseconds() {
        let mut tx = app.db.begin().await?;
        store::seen(&mut tx, &hash, now_ms, (now + IDLE).timestamp_millis()).await?;
        tx.commit().await?;
    }
    let (member, clerk) = (whose.member_id, whose.clerk_id);
    let (member, clerk) = (member.and_then(|id| id.parse().ok()), clerk.and_then(|id| id.parse().ok()));
    Ok(Actor::by_phone(member, clerk))
}

/// Begins a session for a phone, by the keyed hash of its number; the secret is told once.
pub async fn begin(app: &App, phone_hash: &str, now: DateTime<Utc>) -> Result<String, Error> {
    let secret = hex(&random::<32>()?);
    let mut tx = app.db.begin().await?;
    let (now_ms, expires_ms) = (now.timestamp_millis(), (now + IDLE).timestamp_millis());
    store::add(&mut tx, &hash(&secret), phone_hash, now_ms, expires_ms).await?;
    tx.commit().await?;
    Ok(secret)
}
