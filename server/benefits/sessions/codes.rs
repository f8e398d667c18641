//! One-time codes: asked for, sent, tried. Who asks learns nothing of whose number it is: a code is made and kept for
//! every number, and only sent to one that is a member's or a clerk's.

use std::net::IpAddr;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::store::{self, CodeRow};
use crate::app::App;
use crate::benefits::person::Phone;
use crate::db::Tx;
use crate::delivery::{self, Channel, Letter, Parcel};
use crate::error::{Error, FieldError, Words};
use crate::pace::Purpose;
use crate::seal::Seal;
use crate::secrets::{Secrets, hex, random};

/// What messages with a code come from.
pub const SOURCE: &str = "phone_code";
/// What codes on their way are sealed for.
const PURPOSE: &str = "phone code";
/// How long a code is good.
const GOOD: TimeDelta = TimeDelta::minutes(5);
/// How often a code may be tried.
const TRIES: i64 = 5;
/// The least time between two codes of one number.
const BETWEEN: TimeDelta = TimeDelta::seconds(60);
/// The most codes of one number in [`WINDOW`].
const MOST: i64 = 5;
/// In which time they are counted.
pub(super) const WINDOW: TimeDelta = TimeDelta::hours(1);
/// The digits of a code.
const DIGITS: usize = 6;

/// A code on its way, sealed wherever it is kept.
#[derive(Serialize, Deserialize)]
struct OnItsWay {
    phone: String,
    code: String,
}

/// Makes a code for a number and puts it on its way.
///
/// # Errors
/// [`Error::Refused`] for what is no number, [`Error::TooMany`] where the number or the address asks too often, and
/// [`Error::Conflict`] where the service has no way to send messages.
pub(super) async fn ask(app: &App, typed: &str, address: Option<IpAddr>) -> Result<(), Error> {
    let now = app.clock.now();
    let phone = Phone::read(&app.secrets, typed).ok_or_else(no_number)?;
    if !delivery::is_available(&app.config.delivery, Channel::Sms) {
        let zh = "这里还没有接通短信，请到工会窗口办理。";
        let en = "No message can be sent here yet; ask at the union's desk.";
        return Err(Error::Conflict { code: "no_way_to_send", detail: Words::new(zh, en) });
    }
    app.pace.count(Purpose::PhoneCode, address, now)?;
    let (id, code) = (hex(&random::<16>()?), made()?);
    let letter = serde_json::to_vec(&OnItsWay { phone: phone.digits.clone(), code: code.clone() });
    let letter = letter.map_err(|e| Error::Internal(e.to_string()))?;
    let row = CodeRow {
        phone_hash: phone.hash,
        code_hash: code_hash(&app.secrets, &id, &code),
        letter: Some(Seal::new(&app.secrets, PURPOSE).close(&letter, &id)?),
        id,
        made_ms: now.timestamp_millis(),
        expires_ms: (now + GOOD).timestamp_millis(),
        tries: 0,
        since_ms: now.timestamp_millis(),
        asked: 1,
    };
    let mut tx = app.db.begin().await?;
    let (minute_ago, hour_ago) = ((now - BETWEEN).timestamp_millis(), (now - WINDOW).timestamp_millis());
    if !store::put(&mut tx, &row, minute_ago, hour_ago, MOST).await? {
        let before = store::code_in(&mut tx, &row.phone_hash).await?;
        tx.rollback().await?;
        return Err(Error::TooMany { retry_s: before.map_or(60, |before| wait_s(&before, now)) });
    }
    delivery::enqueue(&mut tx, SOURCE, &row.id, Channel::Sms, now).await?;
    Ok(tx.commit().await?)
}

fn no_number() -> Error {
    let zh = "请写能收短信的手机号，如 13800138000。";
    let en = "give a number that takes messages, such as 13800138000";
    Error::Refused(vec![FieldError::new("phone", "not_a_number", zh, en)])
}

/// Six digits that nobody can guess.
fn made() -> Result<String, Error> {
    // 2^64 is no multiple of a million; what is left over moves the odds by less than one in 10^13.
    let number = u64::from_be_bytes(random()?) % 1_000_000;
    Ok(format!("{number:0DIGITS$}"))
}

/// A code stands in no row: a plain hash of six digits could be found by trying them all.
fn code_hash(secrets: &Secrets, id: &str, code: &str) -> String {
    secrets.keyed(PURPOSE, &format!("{id} {code}"))
}

/// After how many seconds a number may have another code.
fn wait_s(before: &CodeRow, now: DateTime<Utc>) -> u32 {
    let minute = before.made_ms + BETWEEN.num_milliseconds();
    let hour = before.since_ms + WINDOW.num_milliseconds();
    let until_ms = if before.asked >= MOST { minute.max(hour) } else { minute };
    let left_ms = until_ms - now.timestamp_millis();
    u32::try_from(left_ms.max(0).unsigned_abs().div_ceil(1_000)).unwrap_or(60).max(1)
}

/// Uses a code up and says whose number it is, by its hash. A miss counts, in a transaction that is to be committed.
pub(super) async fn take(
    app: &App,
    tx: &mut Tx,
    phone: &Phone,
    code: &str,
    now: DateTime<Utc>,
) -> Result<bool, Error> {
    let tried = store::try_code(tx, &phone.hash, TRIES, now.timestamp_millis()).await?;
    let Some(row) = tried else { return Ok(false) };
    if row.code_hash != code_hash(&app.secrets, &row.id, code.trim()) {
        return Ok(false);
    }
    store::use_up(tx, &phone.hash, TRIES).await?;
    Ok(store::whose_in(tx, &phone.hash).await?.is_some())
}

/// The letter with a code, when it is sent; none where a newer one was asked for, or the number is nobody's.
///
/// # Errors
/// Those of the database and of the seal.
pub async fn letter(app: &App, parcel: &Parcel) -> Result<Option<Letter>, Error> {
    let Some(row) = store::code_by_id(&app.db, &parcel.object_id).await? else { return Ok(None) };
    let Some(sealed) = row.letter.as_deref() else { return Ok(None) };
    if row.expires_ms <= app.clock.now().timestamp_millis()
        || store::whose(&app.db, &row.phone_hash).await?.is_none()
    {
        let mut tx = app.db.begin().await?;
        sent(&mut tx, parcel).await?;
        tx.commit().await?;
        return Ok(None);
    }
    let bytes = Seal::new(&app.secrets, PURPOSE).open(sealed, &row.id)?;
    let OnItsWay { phone, code } =
        serde_json::from_slice(&bytes).map_err(|e| Error::Internal(format!("a code on its way: {e}")))?;
    let words = format!(
        "工会普惠验证码 {code}，5 分钟内有效，请勿告诉他人。 Your union code is {code}, good for 5 minutes; tell nobody."
    );
    Ok(Some(Letter { to: phone, kind: SOURCE.to_owned(), number: None, words, link: None }))
}

/// Forgets number and code, which were sent or never will be.
pub async fn sent(tx: &mut Tx, parcel: &Parcel) -> Result<(), Error> {
    Ok(store::wipe(tx, &parcel.object_id).await?)
}
