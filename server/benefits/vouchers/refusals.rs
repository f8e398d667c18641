//! Why a code, a voucher or an amount is refused, in words that a clerk can tell a member.

use chrono::{DateTime, Datelike, Timelike, Utc};

use super::redeem::Wanted;
use super::store;
use super::store::code::CodeRow;
use super::store::voucher::VoucherRow;
use super::terms::Terms;
use crate::app::App;
use crate::benefits::fen::Fen;
use crate::benefits::model::VoucherState;
use crate::db::Tx;
use crate::error::{Error, FieldError, Words};

fn conflict(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Error {
    Error::Conflict { code, detail: Words::new(zh, en) }
}

/// Why a code cannot be used that is known: somebody used it, or its minute is over.
pub(super) async fn code(app: &App, tx: &mut Tx, row: &CodeRow) -> Result<Error, Error> {
    if row.redemption_id.is_some() {
        return used(app, tx, &row.voucher_id).await;
    }
    let zh = "这个券码过了一分钟，已经失效。请会员看一眼新码。";
    Ok(conflict(
        "code_expired",
        zh,
        "The code is older than a minute; ask for the new one on the member's screen.",
    ))
}

/// Why a voucher cannot be used.
pub(super) async fn over(app: &App, tx: &mut Tx, voucher: &str, now: DateTime<Utc>) -> Result<Error, Error> {
    let row = store::voucher::find_in(tx, voucher).await?.ok_or(Error::NotFound("code"))?;
    match row.state.parse() {
        Ok(VoucherState::Redeemed) => used(app, tx, voucher).await,
        Ok(VoucherState::Void) => {
            Ok(conflict("voucher_void", "这张券已经作废。", "This voucher was withdrawn by the union."))
        }
        Ok(VoucherState::Issued) if row.expires_ms > now.timestamp_millis() => {
            // Another use of a part of it came between.
            Ok(too_much(row.left_fen))
        }
        _ => Ok(conflict("voucher_expired", "这张券已经过期。", "This voucher has expired.")),
    }
}

/// That a voucher was used: when and where.
async fn used(app: &App, tx: &mut Tx, voucher: &str) -> Result<Error, Error> {
    let Some(last) = store::redemption::last_of(tx, voucher).await? else {
        let zh = "这个券码已经用过，那次核销后来撤销了。请会员出示新码。";
        let en = "This code was used, and that use taken back; ask for a new one.";
        return Ok(conflict("code_expired", zh, en));
    };
    let at = app.config.zone().from_ms(last.at_ms);
    let (month, day, hour, minute) = (at.month(), at.day(), at.hour(), at.minute());
    let zh = format!("已经用过：{month} 月 {day} 日 {hour:02}:{minute:02}，{}。", last.store_name);
    let en = format!("Used before: {}, {}.", at.format("%Y-%m-%d %H:%M"), last.store_name);
    Ok(conflict("already_redeemed", zh, en))
}

/// That it is not redeemed here.
pub(super) fn wrong_store() -> Error {
    let (zh, en) =
        ("这张券不在本店使用，请会员看券上的门店。", "this voucher is redeemed elsewhere; it names where");
    Error::Refused(vec![FieldError::new("code", "wrong_store", zh, en)])
}

/// How much is taken off, in fen, where that is allowed.
pub(super) fn amount(terms: &Terms, voucher: &VoucherRow, wanted: &Wanted) -> Result<i64, Error> {
    if terms.min_spend_fen > 0 {
        bill(terms, wanted)?;
    }
    let left = voucher.left_fen;
    match wanted.amount_fen {
        None => Ok(left),
        Some(amount) if amount > left => Err(too_much(left)),
        Some(amount) if amount < left && !terms.is_partial => Err(whole(left)),
        Some(amount) if amount < 1 => Err(whole(left)),
        Some(amount) => Ok(amount),
    }
}

fn bill(terms: &Terms, wanted: &Wanted) -> Result<(), Error> {
    let least = yuan(terms.min_spend_fen);
    let refuse = |code, zh: String, en: String| {
        Err(Error::Refused(vec![FieldError::new("purchase_fen", code, zh, en)]))
    };
    match wanted.purchase_fen {
        None => {
            let zh = format!("这张券满 {least} 元可用，请填账单金额。");
            refuse("missing", zh, format!("needs a bill of {least} yuan or more; say how much it is"))
        }
        Some(bill) if bill < terms.min_spend_fen => {
            let zh = format!("账单不到 {least} 元，不能用这张券。");
            refuse("too_small", zh, format!("the bill must be {least} yuan or more"))
        }
        Some(_) => Ok(()),
    }
}

fn too_much(left_fen: i64) -> Error {
    let left = yuan(left_fen);
    let (zh, en) = (format!("券里只剩 {left} 元。"), format!("only {left} yuan are left of it"));
    Error::Refused(vec![FieldError::new("amount_fen", "too_large", zh, en)])
}

fn whole(left_fen: i64) -> Error {
    let left = yuan(left_fen);
    let (zh, en) =
        (format!("这张券要一次用完 {left} 元。"), format!("must be {left} yuan, all of it at once"));
    Error::Refused(vec![FieldError::new("amount_fen", "not_whole", zh, en)])
}

fn yuan(fen: i64) -> String {
    Fen::try_from(fen).map_or_else(|_| fen.to_string(), |fen| fen.to_string())
}
