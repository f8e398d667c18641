//! Phones that signed in with a one-time code: a member's, a clerk's, or that of somebody who is both.
//!
//! A session holds a keyed hash of the number alone. Whose it is now is looked up with each request, so whoever
//! leaves the union or the shop is out at once.

mod codes;
mod routes;
mod store;
mod told;

use std::net::IpAddr;

use chrono::{DateTime, TimeDelta, Utc};

use super::person::Phone;
use crate::accounts::Actor;
use crate::app::App;
use crate::db::Tx;
use crate::error::Error;
use crate::pace::Purpose;
use crate::secrets::{hash, hex, random};

pub use codes::{SOURCE, letter, sent};
pub(super) use routes::routes;

/// How long a phone stays signed in that is used.
pub const IDLE: TimeDelta = TimeDelta::days(30);
/// How long a phone stays signed in at most, however much it is used.
pub const LONGEST: TimeDelta = TimeDelta::days(180);
/// A session is noted as used at most so often.
const NOTED: TimeDelta = TimeDelta::hours(1);

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
        let last_ms = session.started_ms + LONGEST.num_milliseconds();
        let mut tx = app.db.begin().await?;
        store::seen(&mut tx, &hash, now_ms, last_ms.min((now + IDLE).timestamp_millis())).await?;
        tx.commit().await?;
    }
    let (member, clerk) = (whose.member_id, whose.clerk_id);
    let (member, clerk) = (member.and_then(|id| id.parse().ok()), clerk.and_then(|id| id.parse().ok()));
    Ok(Actor::by_phone(member, clerk))
}

/// Begins a session for a phone, by the keyed hash of its number; the secret is told once.
pub async fn begin(app: &App, phone_hash: &str, now: DateTime<Utc>) -> Result<String, Error> {
    let mut tx = app.db.begin().await?;
    let secret = begin_in(&mut tx, phone_hash, now).await?;
    tx.commit().await?;
    Ok(secret)
}

async fn begin_in(tx: &mut Tx, phone_hash: &str, now: DateTime<Utc>) -> Result<String, Error> {
    let secret = hex(&random::<32>()?);
    let (now_ms, expires_ms) = (now.timestamp_millis(), (now + IDLE).timestamp_millis());
    store::add(tx, &hash(&secret), phone_hash, now_ms, expires_ms).await?;
    Ok(secret)
}

/// Signs a phone in with its code: the secret of the session, and whose it is.
///
/// # Errors
/// [`Error::Unauthenticated`] for a wrong or old code, and for a number that is nobody's; [`Error::TooMany`] where
/// the address missed too often.
async fn sign_in(
    app: &App,
    typed: &str,
    code: &str,
    address: Option<IpAddr>,
) -> Result<(String, Actor), Error> {
    let now = app.clock.now();
    app.pace.must_have_left(Purpose::WrongCode, address, now)?;
    let wrong = || Error::Unauthenticated("wrong_code");
    let mut tx = app.db.begin().await?;
    let phone = Phone::read(&app.secrets, typed);
    let is_good = match &phone {
        Some(phone) => codes::take(app, &mut tx, phone, code, now).await?,
        None => false,
    };
    let (Some(phone), true) = (phone, is_good) else {
        tx.commit().await?;
        app.pace.count(Purpose::WrongCode, address, now)?;
        return Err(wrong());
    };
    let secret = begin_in(&mut tx, &phone.hash, now).await?;
    tx.commit().await?;
    let actor = by_secret(app, &secret, now).await?;
    Ok((secret, actor))
}

/// Ends a session.
async fn sign_out(app: &App, secret: &str) -> Result<(), Error> {
    let mut tx = app.db.begin().await?;
    store::end(&mut tx, &hash(secret)).await?;
    Ok(tx.commit().await?)
}

/// How many other phones are signed in with the number of a session.
async fn others(app: &App, secret: &str) -> Result<i64, Error> {
    Ok(store::count_others(&app.db, &hash(secret), app.clock.now().timestamp_millis()).await?)
}

/// Signs out every other phone with the number of a session: one that was lost, or lent.
async fn sign_out_others(app: &App, secret: &str) -> Result<(), Error> {
    let mut tx = app.db.begin().await?;
    store::end_others(&mut tx, &hash(secret)).await?;
    Ok(tx.commit().await?)
}

/// Ends every session of a number and forgets its codes.
pub(super) async fn forget(tx: &mut Tx, phone_hash: &str) -> Result<(), Error> {
    Ok(store::forget(tx, phone_hash).await?)
}

/// Forgets sessions that are over and codes that count no more.
pub async fn forget_old(app: &App) -> Result<(), Error> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    store::forget_old(&mut tx, now.timestamp_millis(), (now - codes::WINDOW).timestamp_millis()).await?;
    Ok(tx.commit().await?)
}
