//! Entering a draw: once for each member, numbered without a gap.

use axum::http::StatusCode;
use chrono::{DateTime, Utc};

use super::lot::MOST_ENTRIES;
use super::service::conflict;
use super::store::{self, EntryRow};
use super::told::Taken;
use crate::app::App;
use crate::benefits::campaigns::{Campaign, find_in};
use crate::benefits::eligibility::{Facts, judge};
use crate::benefits::model::{Mode, Phase};
use crate::benefits::request::{Answer, Request};
use crate::benefits::vouchers;
use crate::db::Tx;
use crate::error::{Error, FieldError};
use crate::ids::{CampaignId, MemberId};

/// Enters a member into a draw, once.
///
/// # Errors
/// [`Error::Conflict`] where entries are not open, the campaign is frozen or he has entered; [`Error::Ineligible`] with
/// each rule of the campaign that he does not meet.
pub(super) async fn enter(
    app: &App,
    request: &Request,
    id: CampaignId,
    member: MemberId,
) -> Result<Answer, Error> {
    if let Some(answer) = request.before(&app.db).await? {
        return Ok(answer);
    }
    let now = app.clock.now();
    let facts = vouchers::facts(app, member).await?;
    let mut tx = app.db.begin().await?;
    if let Some(answer) = request.begin(&mut tx, now).await? {
        tx.rollback().await?;
        return Ok(answer);
    }
    let taken = take(&mut tx, (id, member), &facts, now).await?;
    let answer = request.answered(&mut tx, StatusCode::CREATED, &taken).await?;
    tx.commit().await?;
    Ok(answer)
}

async fn take(
    tx: &mut Tx,
    (id, member): (CampaignId, MemberId),
    facts: &Facts,
    now: DateTime<Utc>,
) -> Result<Taken, Error> {
    let (campaign_id, member_id) = (id.to_string(), member.to_string());
    // The lock on the draw comes first, so that what is read of the campaign afterwards holds until the end.
    let most = i64::try_from(MOST_ENTRIES).unwrap_or(i64::MAX);
    let next = store::next(tx, &campaign_id, most).await?;
    let campaign = find_in(tx, &campaign_id).await?.ok_or(Error::NotFound("campaign"))?;
    open(&campaign, now)?;
    let number = next.ok_or_else(|| conflict("closed", "报名已经截止。", "Entries are closed."))?;
    let verdicts = judge(&campaign.rules, facts);
    let unmet: Vec<FieldError> = verdicts
        .into_iter()
        .filter(|v| !v.is_met)
        .map(|v| FieldError { field: v.rule.to_string(), code: "not_eligible", detail: v.reason })
        .collect();
    if !unmet.is_empty() {
        return Err(Error::Ineligible(unmet));
    }
    let weight = if store::wins(tx, &member_id).await? == 0 { campaign.row.weight_never_won } else { 1 };
    let entry = EntryRow { number, member_id, weight, has_won: None };
    if !store::enter(tx, &campaign_id, &entry, now.timestamp_millis()).await? {
        return Err(conflict("entered", "您已经报过名了。", "You have entered already."));
    }
    Ok(Taken { number, weight, entries: number })
}

/// Refuses where entries are not open.
fn open(campaign: &Campaign, now: DateTime<Utc>) -> Result<(), Error> {
    if campaign.mode != Mode::Draw {
        return Err(conflict(
            "first_come",
            "这个活动先到先得，不用报名。",
            "This campaign has no draw; claim it.",
        ));
    }
    match campaign.phase(now.timestamp_millis()) {
        Phase::Running => Ok(()),
        Phase::Frozen => {
            Err(conflict("frozen", "活动暂停，请稍后再来。", "The campaign is frozen; come back later."))
        }
        Phase::Upcoming => Err(conflict("not_open", "报名还没有开始。", "Entries are not open yet.")),
        Phase::Ended => Err(conflict("closed", "报名已经截止。", "Entries are closed.")),
        Phase::Draft => Err(Error::NotFound("campaign")),
    }
}
