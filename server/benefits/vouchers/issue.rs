//! Giving a voucher out: stock, budget, limits and postings in one transaction.

use chrono::{DateTime, Utc};

use super::store;
use super::store::voucher::VoucherRow;
use super::terms::Terms;
use crate::benefits::ledger::{self, Cause};
use crate::benefits::model::{Account, PostingKind, VoucherState};
use crate::db::{DbError, Tx};
use crate::error::{Error, Words};
use crate::ids::{MemberId, VoucherId};
use crate::time::Zone;

/// A voucher that is to be given out.
pub(super) struct Issue<'a> {
    /// Under what terms.
    pub(super) terms: &'a Terms,
    /// To whom.
    pub(super) member: MemberId,
    /// The place that it takes in each period that is counted.
    pub(super) slots: &'a [(String, i64)],
    /// When.
    pub(super) now: DateTime<Utc>,
    /// The instant at which the campaign must give out vouchers: a draw gives them out after its window.
    pub(super) within: DateTime<Utc>,
    /// The city's zone.
    pub(super) zone: Zone,
}

/// Why no voucher was given out.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotIssued {
    /// Another claim of the same member took the place; the transaction is lost.
    #[error("the place is taken")]
    Taken,
    /// Nothing is left, or the campaign gives out nothing now.
    #[error("nothing is left")]
    Nothing,
    /// Something else.
    #[error(transparent)]
    Failed(#[from] Error),
}

impl From<DbError> for NotIssued {
    fn from(error: DbError) -> Self {
        Self::Failed(error.into())
    }
}

/// Gives a voucher out. The stock is taken last: its row is shared by everybody who claims, and is held until the
/// commit.
pub(super) async fn issue(tx: &mut Tx, what: &Issue<'_>) -> Result<VoucherRow, NotIssued> {
    let (terms, campaign) = (what.terms, what.terms.id.to_string());
    let row = voucher(what);
    store::voucher::add(tx, &row).await?;
    for (period, n) in what.slots {
        let taken = store::campaign::take_slot(tx, &campaign, &row.member_id, (period, *n), &row.id).await;
        match taken {
            Err(DbError::Unique(_)) => return Err(NotIssued::Taken),
            other => other?,
        }
    }
    let cause = Cause::of_voucher(PostingKind::Issue, &campaign, &row.id, what.now);
    let merchant_fen = terms.face_fen - terms.union_fen;
    let moves = [
        (Account::Live, Account::Fund, terms.union_fen),
        (Account::Live, Account::MerchantShare, merchant_fen),
    ];
    ledger::post(tx, &cause, &moves).await?;
    let at_ms = what.within.timestamp_millis();
    if !store::campaign::take(tx, &campaign, terms.union_fen, at_ms).await? {
        return Err(NotIssued::Nothing);
    }
    Ok(row)
}

fn voucher(what: &Issue<'_>) -> VoucherRow {
    let (terms, now) = (what.terms, what.now);
    VoucherRow {
        id: VoucherId::new(now).to_string(),
        campaign_id: terms.id.to_string(),
        member_id: what.member.to_string(),
        state: VoucherState::Issued.to_string(),
        face_fen: terms.face_fen,
        union_fen: terms.union_fen,
        left_fen: terms.face_fen,
        issued_ms: now.timestamp_millis(),
        expires_ms: terms.expires(now, what.zone).timestamp_millis(),
        ended_ms: None,
    }
}

/// The next place of a member in each period; `None` where a limit is reached.
pub(super) fn next_slots(
    periods: &[(String, i64)],
    used: &[store::campaign::UsedRow],
) -> Option<Vec<(String, i64)>> {
    let next = |(period, most): &(String, i64)| {
        let used = used.iter().find(|row| row.period == *period).map_or(0, |row| row.used);
        (used < *most).then(|| (period.clone(), used + 1))
    };
    periods.iter().map(next).collect()
}

/// Gives a voucher to the winner of a draw, after the campaign's window.
///
/// # Errors
/// [`Error::Conflict`] `sold_out` where stock or budget are spent or the campaign does not run, `limit_reached` where
/// the member has as many as one may have.
pub async fn issue_to_winner(
    tx: &mut Tx,
    terms: &Terms,
    member: MemberId,
    now: DateTime<Utc>,
    zone: Zone,
) -> Result<VoucherId, Error> {
    let used = store::campaign::used_in(tx, &terms.id.to_string(), &member.to_string()).await?;
    let slots = next_slots(&terms.limits.periods(now, zone), &used).ok_or_else(limit_reached)?;
    let within = terms.window.0;
    let what = Issue { terms, member, slots: &slots, now, within, zone };
    let row = issue(tx, &what).await.map_err(|why| match why {
        NotIssued::Taken => limit_reached(),
        NotIssued::Nothing => sold_out(),
        NotIssued::Failed(error) => error,
    })?;
    row.id.parse().map_err(|_| Error::Internal("a voucher's id cannot be read".to_owned()))
}

/// The terms of a campaign that was published, as a transaction sees it.
pub async fn terms(tx: &mut Tx, campaign: crate::ids::CampaignId) -> Result<Terms, Error> {
    let row = store::campaign::terms_in(tx, &campaign.to_string()).await?;
    Terms::read(row.ok_or(Error::NotFound("campaign"))?)
}

pub(super) fn sold_out() -> Error {
    let detail = Words::new("已经领完了。", "All vouchers have been given out.");
    Error::Conflict { code: "sold_out", detail }
}

pub(super) fn limit_reached() -> Error {
    let detail = Words::new("你已经领到上限了。", "You already have as many as one may have.");
    Error::Conflict { code: "limit_reached", detail }
}
