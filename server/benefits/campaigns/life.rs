//! The life of a campaign: published, frozen and resumed, ended, and given more stock and budget.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::model::Campaign;
use super::service::{Placed, find, held, record};
use super::store::{self, PlaceRow};
use super::wish::Raise;
use crate::accounts::{Actor, Permission};
use crate::app::App;
use crate::benefits::draw;
use crate::benefits::ledger::{self, Cause};
use crate::benefits::model::{Account, CampaignState, MerchantState, Mode, PostingKind};
use crate::db::Tx;
use crate::error::{Error, FieldError, Words};
use crate::ids::CampaignId;

/// A step in the life of a campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// From draft to running.
    Publish,
    /// Nothing is given out or redeemed until it is resumed; why.
    Freeze(String),
    /// It goes on.
    Resume,
    /// For good.
    End,
}

impl Step {
    /// Who may do it.
    fn permission(&self) -> Permission {
        match self {
            Self::Publish | Self::End => Permission::BenefitManage,
            Self::Freeze(_) | Self::Resume => Permission::BenefitFreeze,
        }
    }

    /// From which states to which one, and the name of the entry in the audit log.
    fn moves(&self) -> (&'static [CampaignState], CampaignState, &'static str) {
        use CampaignState::{Draft, Ended, Frozen, Running};
        match self {
            Self::Publish => (&[Draft], Running, "campaign.publish"),
            Self::Freeze(_) => (&[Running], Frozen, "campaign.freeze"),
            Self::Resume => (&[Frozen], Running, "campaign.resume"),
            Self::End => (&[Running, Frozen], Ended, "campaign.end"),
        }
    }
}

/// Takes a step.
///
/// # Errors
/// [`Error::Conflict`] where its state does not allow it, [`Error::Stale`] where it is another version, and
/// [`Error::Refused`] where a draft cannot be published.
pub(super) async fn step(
    app: &App,
    actor: &Actor,
    id: CampaignId,
    version: i64,
    step: &Step,
) -> Result<Placed, Error> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let campaign = held(&mut tx, actor, step.permission(), id).await?;
    let (from, to, action) = step.moves();
    if !from.contains(&campaign.state) {
        return Err(wrong_state(campaign.state));
    }
    let reason = if let Step::Freeze(reason) = step { Some(reason.as_str()) } else { None };
    if !store::move_to(&mut tx, &campaign.row.id, version, to.as_str(), reason).await? {
        return Err(Error::Stale { version: campaign.row.version });
    }
    if *step == Step::Publish {
        publish(app, &mut tx, &campaign, now).await?;
    }
    store::raise_revision(&mut tx).await?;
    record(&mut tx, actor, now, action, (id, campaign.district), json!({ "reason": reason })).await?;
    tx.commit().await?;
    find(app, id).await
}

fn wrong_state(state: CampaignState) -> Error {
    let (zh, en) = match state {
        CampaignState::Draft => ("活动还是草稿，请先发布。", "The campaign is a draft; publish it first."),
        CampaignState::Running => ("活动正在进行。", "The campaign is running."),
        CampaignState::Frozen => ("活动已经冻结，请先恢复。", "The campaign is frozen; resume it first."),
        CampaignState::Ended => ("活动已经结束。", "The campaign has ended."),
    };
    Error::Conflict { code: "wrong_state", detail: Words::new(zh, en) }
}

/// What comes with publishing: the checks that a draft may fail, the fund, and the draw's commitment.
async fn publish(app: &App, tx: &mut Tx, campaign: &Campaign, now: DateTime<Utc>) -> Result<(), Error> {
    let places = store::places_in(tx, &campaign.row.id).await?;
    let wrong = unpublishable(campaign, &places, now);
    if !wrong.is_empty() {
        return Err(Error::Refused(wrong));
    }
    if campaign.mode == Mode::Draw {
        draw::begin(app, tx, campaign.id).await?;
    }
    fund(tx, campaign, (0, campaign.row.budget_fen), now).await
}

/// Puts a part of the union's budget into the fund of a campaign; each part has a line of its own.
async fn fund(
    tx: &mut Tx,
    campaign: &Campaign,
    (line, fen): (i64, i64),
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let cause = Cause {
        kind: PostingKind::Fund,
        object: &campaign.row.id,
        line,
        campaign: Some(&campaign.row.id),
        voucher: None,
        merchant: None,
        at,
    };
    Ok(ledger::post(tx, &cause, &[(Account::Fund, Account::Appropriation, fen)]).await?)
}

/// What keeps a draft from being published.
fn unpublishable(campaign: &Campaign, places: &[PlaceRow], now: DateTime<Utc>) -> Vec<FieldError> {
    let mut wrong = Vec::new();
    if campaign.row.closes_ms <= now.timestamp_millis() {
        let (zh, en) = ("活动结束时间已经过了。", "is in the past");
        wrong.push(FieldError::new("closes_at", "too_early", zh, en));
    }
    let is_gone = |p: &&PlaceRow| p.merchant_state != MerchantState::Active.as_str();
    for place in places.iter().filter(is_gone) {
        let name = &place.merchant_name;
        let (zh, en) = (format!("{name}现在不参加。"), format!("{name} does not take part now"));
        wrong.push(FieldError::new("places", "not_active", zh, en));
    }
    wrong
}

/// Raises stock and budget.
///
/// # Errors
/// [`Error::Refused`] where one would be less than before, [`Error::Conflict`] where it is no running campaign or
/// its draw is closed, and [`Error::Stale`] where it is another version.
pub(super) async fn raise(
    app: &App,
    actor: &Actor,
    id: CampaignId,
    version: i64,
    raise: Raise,
) -> Result<Placed, Error> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let campaign = held(&mut tx, actor, Permission::BenefitManage, id).await?;
    let (state, row) = (campaign.state, &campaign.row);
    if ![CampaignState::Running, CampaignState::Frozen].contains(&state) {
        return Err(wrong_state(state));
    }
    // The number of winners must not depend on who entered.
    if campaign.mode == Mode::Draw && row.closes_ms <= now.timestamp_millis() {
        let (zh, en) =
            ("抽签报名已经截止，名额不能再改。", "Entries are closed, so the number of winners stays.");
        return Err(Error::Conflict { code: "closed", detail: Words::new(zh, en) });
    }
    let raise = raise.checked(row, campaign.mode)?;
    if !store::move_to(&mut tx, &row.id, version, state.as_str(), row.frozen_reason.as_deref()).await? {
        return Err(Error::Stale { version: row.version });
    }
    let budget_fen = raise.budget_fen.get();
    store::set_stock(&mut tx, &row.id, raise.stock, budget_fen).await?;
    fund(&mut tx, &campaign, (version, budget_fen - row.budget_fen), now).await?;
    store::raise_revision(&mut tx).await?;
    let detail = json!({ "stock": raise.stock, "budget_fen": budget_fen });
    record(&mut tx, actor, now, "campaign.raise", (id, campaign.district), detail).await?;
    tx.commit().await?;
    find(app, id).await
}
