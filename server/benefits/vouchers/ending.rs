//! Vouchers that end unused: by time, or by the union's will. Either is a posting.

use serde_json::json;

use super::store;
use super::store::voucher::VoucherRow;
use crate::accounts::{Actor, Permission};
use crate::app::App;
use crate::audit::{self, Entry, Object};
use crate::benefits::ledger::{self, Cause};
use crate::benefits::model::{Account, PostingKind};
use crate::error::{Error, Words};
use crate::ids::VoucherId;

/// How many vouchers expire in one transaction.
const PART: i64 = 200;

/// Ends every voucher whose time is over, and says how many. One that is redeemed at the same instant is left to
/// whichever statement comes first.
pub async fn expire_due(app: &App) -> Result<usize, Error> {
    let mut ended = 0;
    loop {
        let now = app.clock.now();
        let due = store::voucher::due(&app.db, now.timestamp_millis(), PART).await?;
        let mut done = 0;
        let mut tx = app.db.begin().await?;
        for row in &due {
            done += usize::from(expire(&mut tx, row, now).await?);
        }
        tx.commit().await?;
        ended += done;
        if done == 0 {
            return Ok(ended);
        }
    }
}

async fn expire(
    tx: &mut crate::db::Tx,
    row: &VoucherRow,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<bool, Error> {
    if !store::voucher::expire(tx, &row.id, row.left_fen, now.timestamp_millis()).await? {
        return Ok(false);
    }
    let cause = Cause::of_voucher(PostingKind::Expire, &row.campaign_id, &row.id, now);
    ledger::post(tx, &cause, &[(Account::Expired, Account::Live, row.left_fen)]).await?;
    Ok(true)
}

/// Withdraws a voucher that was not used up.
///
/// # Errors
/// [`Error::Conflict`] where it has ended, or was used at the same time.
pub(super) async fn withdraw(app: &App, actor: &Actor, id: VoucherId, reason: &str) -> Result<(), Error> {
    let (now, key) = (app.clock.now(), id.to_string());
    let mut tx = app.db.begin().await?;
    let row = store::voucher::find_in(&mut tx, &key).await?.ok_or(Error::NotFound("voucher"))?;
    let district = store::campaign::district(&mut tx, &row.campaign_id).await?;
    actor.must(Permission::BenefitManage, district.and_then(|code| code.parse().ok()))?;
    if !store::voucher::void(&mut tx, &key, row.left_fen, now.timestamp_millis()).await? {
        tx.rollback().await?;
        let detail = Words::new("这张券已经用完或结束。", "This voucher has ended, or was used just now.");
        return Err(Error::Conflict { code: "voucher_over", detail });
    }
    let cause = Cause::of_voucher(PostingKind::Void, &row.campaign_id, &key, now);
    ledger::post(&mut tx, &cause, &[(Account::Void, Account::Live, row.left_fen)]).await?;
    let entry = Entry {
        action: "voucher.void",
        object: Object::new("voucher", id),
        district: None,
        detail: json!({ "campaign": row.campaign_id, "fen": row.left_fen, "reason": reason }),
    };
    audit::record(&mut tx, actor, now, &entry).await?;
    Ok(tx.commit().await?)
}
