//! Taking a redemption back: once, by the same merchant, before its books are closed.

use axum::http::StatusCode;
use chrono::{DateTime, Utc};

use super::store;
use super::store::redemption::RedeemedRow;
use super::told::ToldReversal;
use crate::app::App;
use crate::benefits::ledger::{self, Cause};
use crate::benefits::model::{Account, PostingKind, VoucherState};
use crate::benefits::request::{Answer, Request};
use crate::db::Tx;
use crate::error::{Error, Words};
use crate::ids::{ClerkId, RedemptionId};

/// The most characters of a reason.
pub(super) const REASON_CHARS: usize = 200;

/// Takes a redemption back, once for each key.
pub(super) async fn reverse(
    app: &App,
    clerk: ClerkId,
    id: RedemptionId,
    reason: &str,
    request: &Request,
) -> Result<Answer, Error> {
    let now = app.clock.now();
    let clerk = store::code::clerk(&app.db, &clerk.to_string()).await?.ok_or(Error::Forbidden)?;
    let mut tx = app.db.begin().await?;
    if let Some(answer) = request.begin(&mut tx, now).await? {
        tx.rollback().await?;
        return Ok(answer);
    }
    let (key, now_ms) = (id.to_string(), now.timestamp_millis());
    if !store::redemption::reverse(&mut tx, &key, &clerk.merchant_id, now_ms).await? {
        let refused = refused(&mut tx, &key, &clerk.merchant_id).await?;
        tx.rollback().await?;
        return Err(refused);
    }
    store::redemption::add_reversal(&mut tx, &key, &clerk.id, reason, now_ms).await?;
    let row = store::redemption::find_in(&mut tx, &key).await?.ok_or(Error::NotFound("redemption"))?;
    let given_back_fen = give_back(&mut tx, &key, &row, now).await?;
    let told = ToldReversal { redemption_id: id, at: app.config.zone().stamp(now), given_back_fen };
    let answer = request.answered(&mut tx, StatusCode::CREATED, &told).await?;
    tx.commit().await?;
    Ok(answer)
}

/// Why a redemption cannot be taken back. Another merchant's is not there.
async fn refused(tx: &mut Tx, id: &str, merchant: &str) -> Result<Error, Error> {
    let row = store::redemption::find_in(tx, id).await?.filter(|row| row.merchant_id == merchant);
    let row = row.ok_or(Error::NotFound("redemption"))?;
    let conflict = |code, zh: &str, en: &str| Error::Conflict { code, detail: Words::new(zh, en) };
    Ok(if row.reversed_ms.is_some() {
        conflict("already_reversed", "这笔已经撤销过了。", "It was taken back before.")
    } else {
        conflict("settled", "这笔已经结算，请找工会调整。", "It was settled; ask the union to put it right.")
    })
}

/// Gives the amount back to the voucher; where that has ended meanwhile, to what it ended as. Says how much of it the
/// voucher has again, in fen.
async fn give_back(tx: &mut Tx, id: &str, row: &RedeemedRow, now: DateTime<Utc>) -> Result<i64, Error> {
    let merchant = Some(row.merchant_id.as_str());
    let cause = |kind| Cause {
        object: id,
        merchant,
        ..Cause::of_voucher(kind, &row.campaign_id, &row.voucher_id, now)
    };
    let moves = [
        (Account::Live, Account::Due, row.union_fen),
        (Account::Live, Account::Borne, row.amount_fen - row.union_fen),
    ];
    ledger::post(tx, &cause(PostingKind::Reverse), &moves).await?;
    if store::voucher::give_back(tx, &row.voucher_id, row.amount_fen).await? {
        return Ok(row.amount_fen);
    }
    let voucher = store::voucher::find_in(tx, &row.voucher_id).await?.ok_or(Error::NotFound("voucher"))?;
    let (kind, account) = match voucher.state.parse() {
        Ok(VoucherState::Void) => (PostingKind::Void, Account::Void),
        _ => (PostingKind::Expire, Account::Expired),
    };
    ledger::post(tx, &cause(kind), &[(account, Account::Live, row.amount_fen)]).await?;
    Ok(0)
}
