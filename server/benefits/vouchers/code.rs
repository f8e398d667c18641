//! Codes on screen: eight digits that a merchant scans or types, good for a minute and once.
//!
//! The table holds keyed hashes: one of the code finds its row, and one of code, voucher and end says that nobody
//! moved the row to another voucher. Six digits over 50,000 vouchers would let one random guess in ten succeed.

use chrono::{DateTime, TimeDelta, Utc};

use super::store;
use super::store::code::CodeRow;
use super::told::ToldCode;
use crate::app::App;
use crate::benefits::model::VoucherState;
use crate::error::{Error, FieldError, Words};
use crate::ids::{MemberId, VoucherId};
use crate::secrets::{Secrets, random};

/// How long a code is good.
pub(super) const GOOD: TimeDelta = TimeDelta::seconds(60);
/// How long it is remembered that a code was used, or that its time is over.
const REMEMBERED: TimeDelta = TimeDelta::minutes(10);
/// Digits of a code.
pub(super) const DIGITS: usize = 8;
/// Codes are below this.
const RANGE: u64 = 100_000_000;
/// The most codes of a voucher that are good at the same time: the next draw forgets the oldest.
const MOST_GOOD: i64 = 5;
/// How often a code is drawn that is on another screen.
const TRIES: usize = 20;

/// Draws a code for a member's voucher, which has few at a time; `till` is the address of the till's page.
///
/// # Errors
/// [`Error::NotFound`] where it is not his, [`Error::Conflict`] where it cannot be used any more.
pub(super) async fn draw(
    app: &App,
    member: MemberId,
    voucher: VoucherId,
    till: &str,
) -> Result<ToldCode, Error> {
    let (now, id) = (app.clock.now(), voucher.to_string());
    let row = store::voucher::find(&app.db, &id).await?.filter(|row| row.member_id == member.to_string());
    let row = row.ok_or(Error::NotFound("voucher"))?;
    if row.state != VoucherState::Issued.as_str() || row.expires_ms <= now.timestamp_millis() {
        let detail = Words::new("这张券已经不能用了。", "This voucher cannot be used any more.");
        return Err(Error::Conflict { code: "voucher_over", detail });
    }
    let expires = now + GOOD;
    let code = put(app, (&row.member_id, &id), now, expires).await?;
    let qr = format!("{till}#{code}");
    Ok(ToldCode { code, expires_at: app.config.zone().stamp(expires), seconds: GOOD.num_seconds(), qr })
}

/// Puts a code on screen that is on no other.
async fn put(
    app: &App,
    (member, voucher): (&str, &str),
    now: DateTime<Utc>,
    expires: DateTime<Utc>,
) -> Result<String, Error> {
    let mut tx = app.db.begin().await?;
    store::code::hold_member(&mut tx, member).await?;
    store::code::forget(&mut tx, (now - REMEMBERED).timestamp_millis()).await?;
    store::code::keep(&mut tx, voucher, now.timestamp_millis(), MOST_GOOD - 1).await?;
    for _ in 0..TRIES {
        let code = drawn()?;
        let expires_ms = expires.timestamp_millis();
        let bond = bond(&app.secrets, &code, voucher, expires_ms);
        if store::code::add(&mut tx, &hashed(&app.secrets, &code), voucher, &bond, expires_ms).await? {
            tx.commit().await?;
            return Ok(code);
        }
    }
    tx.rollback().await?;
    Err(Error::Unavailable { retry_s: 5, reason: "every code drawn is on a screen".to_owned() })
}

/// Eight random digits, each code as likely as any other to within 2^-37.
fn drawn() -> Result<String, Error> {
    Ok(format!("{:0width$}", u64::from_be_bytes(random()?) % RANGE, width = DIGITS))
}

/// What a clerk typed or scanned: eight digits, also in groups.
///
/// # Errors
/// [`Error::Refused`] where it is something else.
pub(super) fn read(given: &str) -> Result<String, Error> {
    let code: String = given.chars().filter(|c| !c.is_whitespace()).collect();
    if code.len() == DIGITS && code.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(code);
    }
    let (zh, en) = ("券码是 8 位数字。", "must be eight digits");
    Err(Error::Refused(vec![FieldError::new("code", "not_a_code", zh, en)]))
}

/// How the table knows a code.
pub(super) fn hashed(secrets: &Secrets, code: &str) -> String {
    secrets.keyed("voucher code", code)
}

/// What binds a code to its voucher.
fn bond(secrets: &Secrets, code: &str, voucher: &str, expires_ms: i64) -> String {
    secrets.keyed("voucher bond", &format!("{code} {voucher} {expires_ms}"))
}

/// Whether a row is the one that was written for a code.
pub(super) fn is_bound(secrets: &Secrets, code: &str, row: &CodeRow) -> bool {
    bond(secrets, code, &row.voucher_id, row.expires_ms) == row.bond
}
