//! What members, clerks and staff see of vouchers and redemptions.

use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta};

use super::store;
use super::store::page::Till;
use super::store::voucher::VoucherRow;
use super::terms::Terms;
use super::told::{Place, ToldLine, ToldTill, ToldVoucher, ToldWallet};
use crate::app::App;
use crate::benefits::model::VoucherState;
use crate::error::Error;
use crate::ids::{CampaignId, ClerkId, MemberId, RedemptionId, StoreId, VoucherId};

/// How many entries a page has that names no limit, and at most.
pub(super) const PAGE: usize = 20;
/// The most entries of a page.
pub(super) const MOST: usize = 100;

/// Which part of a list is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part<Id> {
    /// Where it begins.
    pub(super) before: Option<Id>,
    /// The most entries.
    pub(super) limit: usize,
}

impl<Id: ToString> Part<Id> {
    fn begin(&self) -> String {
        self.before.as_ref().map(ToString::to_string).unwrap_or_default()
    }

    /// One more than asked for, which says whether there is a next page.
    fn most(&self) -> i64 {
        i64::try_from(self.limit).unwrap_or(i64::MAX - 1) + 1
    }
}

/// Cuts a page, and names the cursor of the next one.
fn cut<T>(rows: &mut Vec<T>, limit: usize, id: impl Fn(&T) -> String) -> Option<String> {
    let more = rows.len() > limit;
    rows.truncate(limit);
    rows.last().filter(|_| more).map(id)
}

/// A member's vouchers.
pub(super) async fn wallet(
    app: &App,
    member: MemberId,
    state: Option<VoucherState>,
    part: &Part<VoucherId>,
) -> Result<ToldWallet, Error> {
    let (zone, now, key) = (app.config.zone(), app.clock.now(), member.to_string());
    let state = state.map_or("", VoucherState::as_str);
    let mut rows = store::page::wallet(&app.db, &key, state, &part.begin(), part.most()).await?;
    let next = cut(&mut rows, part.limit, |row| row.id.clone());
    let first = zone.local(now).date().with_ordinal(1).unwrap_or_default();
    let since = zone.instant(first.and_time(NaiveTime::MIN)).timestamp_millis();
    let year = store::page::year(&app.db, &key, since, now.timestamp_millis()).await?;
    let mut items = Vec::new();
    for row in rows {
        items.push(whole(app, &row).await?);
    }
    let (live, saved_fen_year, times_year) = (year.live, year.saved_fen, year.times);
    Ok(ToldWallet { items, next, live, saved_fen_year, times_year })
}

/// One of a member's vouchers.
pub(super) async fn of_member(app: &App, member: MemberId, id: VoucherId) -> Result<ToldVoucher, Error> {
    let row = store::voucher::find(&app.db, &id.to_string()).await?;
    let row = row.filter(|row| row.member_id == member.to_string()).ok_or(Error::NotFound("voucher"))?;
    whole(app, &row).await
}

/// A voucher with its campaign, places and uses.
async fn whole(app: &App, row: &VoucherRow) -> Result<ToldVoucher, Error> {
    let zone = app.config.zone();
    let terms = store::campaign::terms(&app.db, &row.campaign_id).await?;
    let terms = Terms::read(terms.ok_or(Error::NotFound("campaign"))?)?;
    let places = Place::all(store::campaign::places(&app.db, &row.campaign_id).await?);
    let uses = store::page::uses(&app.db, &row.id).await?;
    Ok(ToldVoucher::new(row, &terms, places, zone)?.used(uses, zone))
}

/// Which vouchers staff look for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Search {
    /// Of a campaign.
    pub(super) campaign: Option<CampaignId>,
    /// Of a member.
    pub(super) member: Option<MemberId>,
    /// In a state.
    pub(super) state: Option<VoucherState>,
}

/// Vouchers as staff look for them, with the cursor of the next page.
pub(super) async fn searched(
    app: &App,
    search: &Search,
    part: &Part<VoucherId>,
) -> Result<(Vec<ToldVoucher>, Option<String>), Error> {
    let text = |id: Option<String>| id.unwrap_or_default();
    let campaign = text(search.campaign.map(|id| id.to_string()));
    let member = text(search.member.map(|id| id.to_string()));
    let wanted = (campaign.as_str(), member.as_str(), search.state.map_or("", VoucherState::as_str));
    let mut rows = store::page::searched(&app.db, wanted, &part.begin(), part.most()).await?;
    let next = cut(&mut rows, part.limit, |row| row.id.clone());
    let mut items = Vec::new();
    for row in rows {
        items.push(whole(app, &row).await?);
    }
    Ok((items, next))
}

/// Which redemptions a clerk looks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TillAsked {
    /// Of which local day; none: today.
    pub(super) day: Option<NaiveDate>,
    /// Of which store; only who leads the merchant's clerks sees another than his own.
    pub(super) store: Option<StoreId>,
}

/// What was redeemed on a day at a clerk's store, or at each store of the merchant whose clerks he leads.
pub(super) async fn till(
    app: &App,
    clerk: ClerkId,
    asked: &TillAsked,
    part: &Part<RedemptionId>,
) -> Result<ToldTill, Error> {
    let zone = app.config.zone();
    let clerk = store::code::clerk(&app.db, &clerk.to_string()).await?.ok_or(Error::Forbidden)?;
    let day = asked.day.unwrap_or_else(|| zone.local(app.clock.now()).date());
    let begins = |day: NaiveDate| zone.instant(day.and_time(NaiveTime::MIN)).timestamp_millis();
    let wanted = asked.store.map(|id| id.to_string()).unwrap_or_default();
    let store = if clerk.is_lead { wanted } else { clerk.store_id };
    let (from_ms, until_ms) = (begins(day), begins(day + TimeDelta::days(1)));
    let till = Till { merchant: clerk.merchant_id, store, from_ms, until_ms };
    let mut rows = store::page::till(&app.db, &till, &part.begin(), part.most()).await?;
    let next = cut(&mut rows, part.limit, |row| row.id.clone());
    let sum = store::page::till_sum(&app.db, &till).await?;
    let items: Result<Vec<ToldLine>, Error> = rows.into_iter().map(|row| ToldLine::new(row, zone)).collect();
    Ok(ToldTill { items: items?, next, count: sum.count, sum_fen: sum.sum_fen })
}
