//! Closing books, putting right, and what is read of both.

use chrono::{NaiveTime, TimeDelta};
use serde_json::json;

use super::store::{self, AdjustmentRow};
use super::told::{ToldAdjustment, ToldLine, ToldSettlement, ToldStatement};
use super::wish::{AdjustmentWish, SettlementWish};
use crate::accounts::Actor;
use crate::app::App;
use crate::audit::{self, Entry, Object};
use crate::benefits::ledger::{self, Cause, Move};
use crate::benefits::model::{Account, PostingKind};
use crate::db::DbError;
use crate::error::{Error, FieldError, Words};
use crate::ids::{AdjustmentId, SettlementId};

/// Closes a merchant's books up to the end of a day that is over.
///
/// # Errors
/// [`Error::Conflict`] `closed_before` where they are closed up to that day or a later one.
pub(super) async fn close(app: &App, actor: &Actor, wish: &SettlementWish) -> Result<ToldSettlement, Error> {
    let (now, zone, merchant) = (app.clock.now(), app.config.zone(), wish.merchant_id.to_string());
    let ends = zone.instant((wish.until_day + TimeDelta::days(1)).and_time(NaiveTime::MIN));
    if ends > now {
        let (zh, en) = ("这一天还没有过完。", "this day is not over yet");
        return Err(Error::Refused(vec![FieldError::new("until_day", "not_over", zh, en)]));
    }
    let (id, day) = (SettlementId::new(now), wish.until_day.to_string());
    let (key, number) = (id.to_string(), number(&day, &merchant));
    let mut tx = app.db.begin().await?;
    store::merchant(&mut tx, &merchant).await?.ok_or(Error::NotFound("merchant"))?;
    if store::last(&mut tx, &merchant).await?.is_some_and(|last| last >= day) {
        return Err(closed_before());
    }
    let account = actor.account.map(|id| id.to_string());
    match store::add(&mut tx, (&key, &number, &merchant), &day, now.timestamp_millis(), account).await {
        Err(DbError::Unique(_)) => return Err(closed_before()),
        other => other?,
    }
    store::claim(&mut tx, &key, &merchant, ends.timestamp_millis()).await?;
    store::sum(&mut tx, &key).await?;
    let row = store::find_in(&mut tx, &key).await?;
    let cause = Cause {
        kind: PostingKind::Settle,
        object: &key,
        line: 0,
        campaign: None,
        voucher: None,
        merchant: Some(&merchant),
        at: now,
    };
    let due = row.union_fen + row.adjusted_fen;
    ledger::post(&mut tx, &cause, &[moved(Account::Settled, Account::Due, due)]).await?;
    let detail = json!({ "merchant": merchant, "until": day, "fen": due });
    let entry =
        Entry { action: "settlement.close", object: Object::new("settlement", id), district: None, detail };
    audit::record(&mut tx, actor, now, &entry).await?;
    tx.commit().await?;
    Ok(ToldSettlement::new(row, zone))
}

/// An amount from one account to another, which goes the other way where it is negative.
fn moved(to: Account, from: Account, fen: i64) -> Move {
    if fen < 0 { (from, to, -fen) } else { (to, from, fen) }
}

/// The number of a settlement: its day, and the end of the merchant's identity.
fn number(day: &str, merchant: &str) -> String {
    let end: String = merchant.chars().rev().take(6).collect::<Vec<_>>().into_iter().rev().collect();
    format!("JS{}-{}", day.replace('-', ""), end.to_uppercase())
}

fn closed_before() -> Error {
    let detail = Words::new(
        "这家商户的账已经结到这一天或更晚。",
        "This merchant's books are closed up to that day or a later one.",
    );
    Error::Conflict { code: "closed_before", detail }
}

/// Puts a settled redemption right; it counts in the next settlement.
///
/// # Errors
/// [`Error::Conflict`] `not_settled` where it can still be taken back, [`Error::Refused`] where more would be
/// taken back than was paid for it.
pub(super) async fn adjust(app: &App, actor: &Actor, wish: &AdjustmentWish) -> Result<ToldAdjustment, Error> {
    wish.check()?;
    let (now, redemption) = (app.clock.now(), wish.redemption_id.to_string());
    let mut tx = app.db.begin().await?;
    // Of two at once the second one sees the first.
    store::hold(&mut tx, &redemption).await?;
    let redeemed = store::redeemed(&mut tx, &redemption).await?.ok_or(Error::NotFound("redemption"))?;
    if redeemed.settlement_id.is_none() {
        let detail = Words::new("还没有结算，可以直接撤销。", "It is not settled yet; it can be taken back.");
        return Err(Error::Conflict { code: "not_settled", detail });
    }
    if redeemed.union_fen + redeemed.adjusted_fen + wish.amount_fen < 0 {
        let (zh, en) = ("扣回的比付出的多。", "more would be taken back than was paid");
        return Err(Error::Refused(vec![FieldError::new("amount_fen", "too_large", zh, en)]));
    }
    let id = AdjustmentId::new(now).to_string();
    let row = AdjustmentRow {
        id: id.clone(),
        redemption_id: redemption,
        amount_fen: wish.amount_fen,
        reason: wish.reason.trim().to_owned(),
        at_ms: now.timestamp_millis(),
    };
    store::adjust(&mut tx, &row, &redeemed.merchant_id, actor.account.map(|id| id.to_string())).await?;
    let cause = Cause {
        kind: PostingKind::Adjust,
        object: &id,
        line: 0,
        campaign: None,
        voucher: None,
        merchant: Some(&redeemed.merchant_id),
        at: now,
    };
    let moves = [moved(Account::Due, Account::Appropriation, wish.amount_fen)];
    ledger::post(&mut tx, &cause, &moves).await?;
    let detail = json!({ "redemption": wish.redemption_id, "campaign": redeemed.campaign_id,
        "fen": wish.amount_fen, "reason": row.reason });
    let entry =
        Entry { action: "redemption.adjust", object: Object::new("adjustment", &id), district: None, detail };
    audit::record(&mut tx, actor, now, &entry).await?;
    tx.commit().await?;
    Ok(ToldAdjustment::new(row, app.config.zone()))
}

/// A settlement with its lines.
pub(in crate::benefits) async fn statement(app: &App, id: SettlementId) -> Result<ToldStatement, Error> {
    let (zone, key) = (app.config.zone(), id.to_string());
    let row = store::find(&app.db, &key).await?.ok_or(Error::NotFound("settlement"))?;
    let lines = store::lines(&app.db, &key).await?;
    let adjustments = store::adjustments(&app.db, &key).await?;
    Ok(ToldStatement {
        settlement: ToldSettlement::new(row, zone),
        lines: lines.into_iter().map(|line| ToldLine::new(line, zone)).collect(),
        adjustments: adjustments.into_iter().map(|row| ToldAdjustment::new(row, zone)).collect(),
    })
}

/// A page of settlements, the newest first, with the cursor of the next one; an empty merchant asks for all.
pub(in crate::benefits) async fn page(
    app: &App,
    merchant: &str,
    before: &str,
    limit: usize,
) -> Result<(Vec<ToldSettlement>, Option<String>), Error> {
    let most = i64::try_from(limit).unwrap_or(i64::MAX - 1) + 1;
    let mut rows = store::page(&app.db, merchant, before, most).await?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(|row| row.id.clone());
    let zone = app.config.zone();
    Ok((rows.into_iter().map(|row| ToldSettlement::new(row, zone)).collect(), next))
}
