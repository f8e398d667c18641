//! Claiming a voucher.

use axum::http::StatusCode;
use chrono::{DateTime, NaiveDate, Utc};

use super::issue::{Issue, NotIssued, issue, limit_reached, next_slots, sold_out};
use super::store;
use super::terms::Terms;
use super::told::{Place, ToldVoucher};
use crate::app::App;
use crate::benefits::eligibility::{self, Facts};
use crate::benefits::model::{CampaignState, MemberState, Mode};
use crate::benefits::request::{Answer, Request};
use crate::error::{Error, FieldError, Words};
use crate::ids::{CampaignId, MemberId};

/// How often a claim is tried anew that met another one of the same member.
const TRIES: usize = 8;

/// Claims a voucher for a member, once for each key.
///
/// # Errors
/// [`Error::Conflict`] `sold_out`, `limit_reached`, `not_open`, `frozen` or `by_draw`; [`Error::Ineligible`]
/// with each rule that he does not fulfil.
pub(super) async fn claim(
    app: &App,
    member: MemberId,
    campaign: CampaignId,
    request: &Request,
) -> Result<Answer, Error> {
    if let Some(answer) = request.before(&app.db).await? {
        return Ok(answer);
    }
    let row = store::campaign::terms(&app.db, &campaign.to_string()).await?;
    let terms = Terms::read(row.ok_or(Error::NotFound("campaign"))?)?;
    let now = app.clock.now();
    must_give_out(&terms, now)?;
    must_be_eligible(app, &terms, member).await?;
    let places = Place::all(store::campaign::places(&app.db, &campaign.to_string()).await?);
    for _ in 0..TRIES {
        match try_claim(app, member, &terms, &places, request, now).await {
            Err(NotIssued::Taken) => {}
            Err(NotIssued::Nothing) => return Err(nothing(app, campaign).await?),
            Err(NotIssued::Failed(error)) => return Err(error),
            Ok(answer) => return Ok(answer),
        }
    }
    Err(Error::Unavailable { retry_s: 1, reason: "claims of one member wait for each other".to_owned() })
}

async fn try_claim(
    app: &App,
    member: MemberId,
    terms: &Terms,
    places: &[Place],
    request: &Request,
    now: DateTime<Utc>,
) -> Result<Answer, NotIssued> {
    let (zone, campaign) = (app.config.zone(), terms.id.to_string());
    let used = store::campaign::used(&app.db, &campaign, &member.to_string()).await?;
    let Some(slots) = next_slots(&terms.limits.periods(now, zone), &used) else {
        // A claim of the same key may be what used the limit up.
        let before = request.before(&app.db).await?;
        return before.ok_or_else(|| limit_reached().into());
    };
    if !store::campaign::has_left(&app.db, &campaign, terms.union_fen).await? {
        let before = request.before(&app.db).await?;
        return before.ok_or_else(|| sold_out().into());
    }
    let mut tx = app.db.begin().await?;
    if let Some(answer) = request.begin(&mut tx, now).await? {
        tx.rollback().await?;
        return Ok(answer);
    }
    let row = issue(&mut tx, &Issue { terms, member, slots: &slots, now, within: now, zone }).await;
    let row = match row {
        Err(why @ (NotIssued::Nothing | NotIssued::Taken)) => {
            tx.rollback().await?;
            return Err(why);
        }
        other => other?,
    };
    let told = ToldVoucher::new(&row, terms, places.to_vec(), zone)?;
    let answer = request.answered(&mut tx, StatusCode::CREATED, &told).await?;
    tx.commit().await?;
    Ok(answer)
}

/// Refuses where the campaign gives out nothing now.
fn must_give_out(terms: &Terms, now: DateTime<Utc>) -> Result<(), Error> {
    let refuse = |code, zh: &str, en: &str| Err(Error::Conflict { code, detail: Words::new(zh, en) });
    match terms.state {
        CampaignState::Frozen => return Err(frozen()),
        CampaignState::Ended => return refuse("not_open", "活动已经结束。", "The campaign is over."),
        CampaignState::Draft | CampaignState::Running => {}
    }
    if terms.mode == Mode::Draw {
        return refuse(
            "by_draw",
            "这个活动要抽签，请报名。",
            "Vouchers are drawn by lot here; enter the draw.",
        );
    }
    if now < terms.window.0 {
        return refuse("not_open", "还没有开始领取。", "Vouchers are not given out yet.");
    }
    if now >= terms.window.1 {
        return refuse("not_open", "领取时间已经过了。", "Vouchers are not given out any more.");
    }
    Ok(())
}

/// That a campaign is frozen.
pub(super) fn frozen() -> Error {
    let zh = "活动暂停，请稍后再试或问工会。";
    let en = "The campaign is paused; try again later or ask the union.";
    Error::Conflict { code: "frozen", detail: Words::new(zh, en) }
}

/// Why the stock gave out nothing: it is spent, or the campaign was stopped meanwhile.
async fn nothing(app: &App, campaign: CampaignId) -> Result<Error, Error> {
    let row = store::campaign::terms(&app.db, &campaign.to_string()).await?;
    let terms = Terms::read(row.ok_or(Error::NotFound("campaign"))?)?;
    Ok(must_give_out(&terms, app.clock.now()).err().unwrap_or_else(sold_out))
}

/// What is known of a member.
pub async fn facts(app: &App, member: MemberId) -> Result<Facts, Error> {
    let id = member.to_string();
    let row = store::campaign::member(&app.db, &id).await?.ok_or(Error::NotFound("member"))?;
    let cards = store::campaign::cards(&app.db, &id).await?;
    Ok(Facts {
        is_active: row.state == MemberState::Active.as_str(),
        union_name: row.union_name,
        trade: row.trade,
        district: row.district,
        cards: cards.iter().filter_map(|kind| kind.parse().ok()).collect(),
        joined_on: row.joined_on.and_then(|day| day.parse::<NaiveDate>().ok()),
    })
}

async fn must_be_eligible(app: &App, terms: &Terms, member: MemberId) -> Result<(), Error> {
    let verdicts = eligibility::judge(&terms.eligibility, &facts(app, member).await?);
    let unmet = verdicts.into_iter().filter(|verdict| !verdict.is_met);
    let errors: Vec<FieldError> = unmet
        .map(|v| FieldError { field: v.rule.to_string(), code: "not_eligible", detail: v.reason })
        .collect();
    if errors.is_empty() { Ok(()) } else { Err(Error::Ineligible(errors)) }
}
