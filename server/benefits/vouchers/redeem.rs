//! Redeeming: a code becomes an amount that is taken off a bill, once.
//!
//! Everything happens in one transaction that holds the clerk first, so that his tries are counted one by one, then
//! the code, then the voucher. Whoever comes second to code or voucher waits there and is told when and where the
//! first one was.

use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use spatial::Position;

use super::claim::frozen;
use super::code::{hashed, is_bound};
use super::store;
use super::store::code::{ClerkRow, CodeRow};
use super::store::redemption::NewRedemption;
use super::store::voucher::VoucherRow;
use super::terms::Terms;
use super::told::{Named, ToldRedemption};
use super::{misses, refusals};
use crate::app::App;
use crate::benefits::ledger::{self, Cause};
use crate::benefits::model::{Account, CampaignState, PostingKind, VoucherState};
use crate::benefits::request::{Answer, Request};
use crate::db::Tx;
use crate::error::Error;
use crate::ids::{ClerkId, RedemptionId};

/// What a clerk wants.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    /// Eight digits.
    pub(super) code: String,
    /// How much is to be taken off, in fen; none: all that is left.
    pub(super) amount_fen: Option<i64>,
    /// The whole bill, in fen.
    pub(super) purchase_fen: Option<i64>,
    /// Where the clerk's phone is; only its distance from the store is kept.
    pub(super) position: Option<Position>,
}

/// What a code leads to.
struct Found {
    voucher: VoucherRow,
    terms: Terms,
}

/// Redeems a voucher, once for each key.
pub(super) async fn redeem(
    app: &App,
    clerk: ClerkId,
    wanted: &Wanted,
    request: &Request,
) -> Result<Answer, Error> {
    if let Some(answer) = request.before(&app.db).await? {
        return Ok(answer);
    }
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    if let Some(answer) = request.begin(&mut tx, now).await? {
        tx.rollback().await?;
        return Ok(answer);
    }
    store::code::hold_clerk(&mut tx, &clerk.to_string()).await?;
    let clerk = store::code::clerk_in(&mut tx, &clerk.to_string()).await?.ok_or(Error::Forbidden)?;
    match carry_out(app, &mut tx, &clerk, wanted, now).await {
        Ok(told) => {
            let answer = request.answered(&mut tx, StatusCode::CREATED, &told).await?;
            tx.commit().await?;
            Ok(answer)
        }
        Err(Error::NotFound("code")) => {
            // The key stays free: what is kept is the miss alone.
            request.free(&mut tx).await?;
            let refused = misses::count(&mut tx, &clerk, now).await?;
            tx.commit().await?;
            Err(refused)
        }
        Err(error) => {
            tx.rollback().await?;
            Err(error)
        }
    }
}

async fn carry_out(
    app: &App,
    tx: &mut Tx,
    clerk: &ClerkRow,
    wanted: &Wanted,
    now: DateTime<Utc>,
) -> Result<ToldRedemption, Error> {
    misses::must_not_be_locked(clerk, now)?;
    let id = RedemptionId::new(now);
    let found = by_code(app, tx, clerk, wanted, id, now).await?;
    let amount_fen = refusals::amount(&found.terms, &found.voucher, wanted)?;
    if !store::voucher::spend(tx, &found.voucher.id, amount_fen, now.timestamp_millis()).await? {
        return Err(refusals::over(app, tx, &found.voucher.id, now).await?);
    }
    // Read again: the voucher is held now, so that nobody else changes what is left of it.
    let held = store::voucher::find_in(tx, &found.voucher.id).await?.ok_or(Error::NotFound("code"))?;
    let found = Found { voucher: held, ..found };
    let row = redemption(tx, clerk, &found.voucher, wanted, (id, amount_fen), now).await?;
    store::redemption::add(tx, &row).await?;
    post(tx, &row, now).await?;
    if clerk.misses > 0 {
        store::code::note_misses(tx, &clerk.id, 0, None).await?;
    }
    Ok(told(app, &row, &found, clerk))
}

/// Takes the code, and finds what it leads to.
async fn by_code(
    app: &App,
    tx: &mut Tx,
    clerk: &ClerkRow,
    wanted: &Wanted,
    id: RedemptionId,
    now: DateTime<Utc>,
) -> Result<Found, Error> {
    let hash = hashed(&app.secrets, &wanted.code);
    let taken = store::code::take(tx, &hash, &id.to_string(), now.timestamp_millis()).await?;
    let row: Option<CodeRow> = store::code::find(tx, &hash).await?;
    let row = row.filter(|row| is_bound(&app.secrets, &wanted.code, row)).ok_or(Error::NotFound("code"))?;
    if !taken {
        return Err(refusals::code(app, tx, &row).await?);
    }
    let voucher = store::voucher::find_in(tx, &row.voucher_id).await?.ok_or(Error::NotFound("code"))?;
    let terms = store::campaign::terms_in(tx, &voucher.campaign_id).await?;
    let terms = Terms::read(terms.ok_or(Error::NotFound("code"))?)?;
    if terms.state == CampaignState::Frozen {
        return Err(frozen());
    }
    if voucher.state != VoucherState::Issued.as_str() || voucher.expires_ms <= now.timestamp_millis() {
        return Err(refusals::over(app, tx, &voucher.id, now).await?);
    }
    if !store::campaign::is_place(tx, &voucher.campaign_id, &clerk.merchant_id, &clerk.store_id).await? {
        return Err(refusals::wrong_store());
    }
    Ok(Found { voucher, terms })
}

async fn redemption(
    tx: &mut Tx,
    clerk: &ClerkRow,
    voucher: &VoucherRow,
    wanted: &Wanted,
    (id, amount_fen): (RedemptionId, i64),
    now: DateTime<Utc>,
) -> Result<NewRedemption, Error> {
    let union_left = store::voucher::union_left(tx, &voucher.id).await?;
    Ok(NewRedemption {
        id: id.to_string(),
        voucher_id: voucher.id.clone(),
        campaign_id: voucher.campaign_id.clone(),
        merchant_id: clerk.merchant_id.clone(),
        store_id: clerk.store_id.clone(),
        clerk_id: clerk.id.clone(),
        amount_fen,
        union_fen: union_part(union_left, amount_fen, voucher.left_fen + amount_fen),
        purchase_fen: wanted.purchase_fen,
        at_ms: now.timestamp_millis(),
        distance_m: wanted.position.and_then(|position| distance(clerk, position)),
    })
}

/// What of an amount the union pays: its share of what was left, rounded down; the last use takes all that is left,
/// so that the parts come to the whole whatever the rounding.
fn union_part(union_left: i64, amount_fen: i64, left_before: i64) -> i64 {
    if amount_fen >= left_before {
        return union_left;
    }
    let part = i128::from(union_left) * i128::from(amount_fen) / i128::from(left_before);
    i64::try_from(part).unwrap_or(union_left)
}

/// How far a phone is from the clerk's store, in hundreds of metres: enough to ask why, and no place.
fn distance(clerk: &ClerkRow, position: Position) -> Option<i64> {
    let store = Position::new(clerk.lon, clerk.lat).ok()?;
    #[expect(clippy::cast_possible_truncation, reason = "the earth is smaller than i64")]
    let hundreds = (store.geodesic_m(position) / 100.0).round() as i64;
    Some(hundreds * 100)
}

async fn post(tx: &mut Tx, row: &NewRedemption, now: DateTime<Utc>) -> Result<(), Error> {
    let cause = Cause {
        object: &row.id,
        merchant: Some(&row.merchant_id),
        ..Cause::of_voucher(PostingKind::Redeem, &row.campaign_id, &row.voucher_id, now)
    };
    let moves = [
        (Account::Due, Account::Live, row.union_fen),
        (Account::Borne, Account::Live, row.amount_fen - row.union_fen),
    ];
    Ok(ledger::post(tx, &cause, &moves).await?)
}

fn told(app: &App, row: &NewRedemption, found: &Found, clerk: &ClerkRow) -> ToldRedemption {
    ToldRedemption {
        id: row.id.parse().unwrap_or(RedemptionId(uuid::Uuid::nil())),
        at: app.config.zone().from_ms(row.at_ms),
        amount_fen: row.amount_fen,
        left_fen: found.voucher.left_fen,
        campaign: Named { id: found.terms.id.to_string(), name: found.terms.name.clone() },
        store: Named { id: clerk.store_id.clone(), name: clerk.store_name.clone() },
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn parts_come_to_the_whole(
            (face, union) in (1_i64..100_000).prop_flat_map(|face| (Just(face), 0..=face)),
            uses in prop::collection::vec(1_i64..40_000, 1..12),
        ) {
            let (mut left, mut union_left) = (face, union);
            for wish in uses.into_iter().chain([face]) {
                let amount = wish.min(left);
                if amount == 0 { break; }
                let part = union_part(union_left, amount, left);
                prop_assert!((0..=amount).contains(&part), "{part} of {amount}");
                left -= amount;
                union_left -= part;
                prop_assert!((0..=left).contains(&union_left), "{union_left} of {left}");
            }
            prop_assert_eq!((left, union_left), (0, 0));
        }
    }
}
