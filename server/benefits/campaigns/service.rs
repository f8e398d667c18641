//! Drafting campaigns and reading them. Each change is one transaction with its audit entry.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::model::Campaign;
use super::store::{self, CampaignRow, Listing, PlaceRow};
use super::wish::{Patch, Wish};
use crate::accounts::{Actor, Permission};
use crate::app::App;
use crate::audit::{self, Entry, Object};
use crate::benefits::model::{CampaignState, Phase};
use crate::db::Tx;
use crate::error::{Error, FieldError, Words};
use crate::ids::{Adcode, CampaignId};

/// A campaign with the places where its vouchers are redeemed.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    /// The campaign.
    pub(super) campaign: Campaign,
    /// Its places; none: everywhere.
    pub(super) places: Vec<PlaceRow>,
}

/// Writes a new draft.
///
/// # Errors
/// [`Error::Refused`] where the terms break a rule, [`Error::NotFound`] where it is for another's district.
pub(super) async fn draft(app: &App, actor: &Actor, wish: Wish) -> Result<Placed, Error> {
    let (wish, now) = (wish.checked()?, app.clock.now());
    must(actor, Permission::BenefitManage, wish.district)?;
    known_district(app, wish.district)?;
    let id = CampaignId::new(now);
    let row = row_of(&wish, id, now, 1)?;
    let mut tx = app.db.begin().await?;
    store::add(&mut tx, &row).await?;
    write_places(&mut tx, &row.id, &wish).await?;
    record(&mut tx, actor, now, "campaign.draft", (id, wish.district), Value::Null).await?;
    tx.commit().await?;
    find(app, id).await
}

/// Changes a draft.
///
/// # Errors
/// [`Error::Stale`] where it is another version, [`Error::Conflict`] where it is no draft any more, and as with
/// [`draft`].
pub(super) async fn change(
    app: &App,
    actor: &Actor,
    id: CampaignId,
    version: i64,
    patch: Patch,
) -> Result<Placed, Error> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let campaign = held(&mut tx, actor, Permission::BenefitManage, id).await?;
    if campaign.state != CampaignState::Draft {
        return Err(not_draft());
    }
    let places = store::places_in(&mut tx, &campaign.row.id).await?;
    let wish = Wish::of(&campaign, &places, app.config.zone())?.patched(patch)?.checked()?;
    must(actor, Permission::BenefitManage, wish.district)?;
    known_district(app, wish.district)?;
    let row = row_of(&wish, id, now, version)?;
    if !store::change(&mut tx, &row).await? {
        return Err(Error::Stale { version: campaign.row.version });
    }
    write_places(&mut tx, &row.id, &wish).await?;
    record(&mut tx, actor, now, "campaign.change", (id, wish.district), Value::Null).await?;
    tx.commit().await?;
    find(app, id).await
}

/// One campaign as a transaction sees it, for whoever may do something with it.
///
/// # Errors
/// [`Error::NotFound`] where there is none, or it is another district's.
pub(in super::super) async fn held(
    tx: &mut Tx,
    actor: &Actor,
    permission: Permission,
    id: CampaignId,
) -> Result<Campaign, Error> {
    let found = store::find_in(tx, &id.to_string()).await?.ok_or(Error::NotFound("campaign"))?;
    must(actor, permission, found.district)?;
    Ok(found)
}

/// One campaign with its places.
pub(super) async fn find(app: &App, id: CampaignId) -> Result<Placed, Error> {
    let id = id.to_string();
    let campaign = store::find(&app.db, &id).await?.ok_or(Error::NotFound("campaign"))?;
    let places = store::places(&app.db, &id, &id).await?;
    Ok(Placed { campaign, places })
}

/// One campaign, for whoever may see it, drafts too.
pub(super) async fn seen(app: &App, actor: &Actor, id: CampaignId) -> Result<Placed, Error> {
    let placed = find(app, id).await?;
    must(actor, Permission::BenefitSee, placed.campaign.district)?;
    Ok(placed)
}

/// One campaign, for anybody.
pub(super) async fn public(app: &App, id: CampaignId) -> Result<Placed, Error> {
    let placed = find(app, id).await?;
    if placed.campaign.is_public() { Ok(placed) } else { Err(Error::NotFound("campaign")) }
}

/// What is asked of a list.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Query {
    /// Only those in a phase.
    pub(super) phase: Option<Phase>,
    /// At most how many.
    pub(super) limit: usize,
    /// Only those before this one.
    pub(super) before: Option<CampaignId>,
}

/// A page of campaigns and the cursor of the next one: for anybody, or those that somebody may see.
pub(super) async fn list(
    app: &App,
    actor: Option<&Actor>,
    query: &Query,
) -> Result<(Vec<Placed>, Option<CampaignId>), Error> {
    let reach = actor.map(|a| a.reach(Permission::BenefitSee)).filter(|reach| !reach.is_everywhere());
    let asked = Listing {
        phase: query.phase,
        with_drafts: actor.is_some(),
        with_city: actor.is_none_or(|a| a.may(Permission::BenefitSee, None)),
        prefixes: reach.map(|reach| reach.prefixes),
        before: query.before.map(|id| id.to_string()),
        most: i64::try_from(query.limit + 1).unwrap_or(i64::MAX),
    };
    let mut found = store::page(&app.db, &asked, app.clock.now().timestamp_millis()).await?;
    let has_more = found.len() > query.limit;
    found.truncate(query.limit);
    let (Some(first), Some(last)) = (found.first(), found.last()) else { return Ok((Vec::new(), None)) };
    let next = Some(last.id).filter(|_| has_more);
    let places = store::places(&app.db, &last.row.id, &first.row.id).await?;
    let of = |c: &Campaign| places.iter().filter(|p| p.campaign_id == c.row.id).cloned().collect();
    let placed = found.into_iter().map(|campaign| Placed { places: of(&campaign), campaign });
    Ok((placed.collect(), next))
}

/// Records what was done with a campaign.
pub(super) async fn record(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    action: &'static str,
    (id, district): (CampaignId, Option<Adcode>),
    detail: Value,
) -> Result<(), Error> {
    let entry = Entry { action, object: Object::new("campaign", id), district, detail };
    audit::record(tx, actor, now, &entry).await
}

fn must(actor: &Actor, permission: Permission, district: Option<Adcode>) -> Result<(), Error> {
    if actor.may(permission, district) { Ok(()) } else { Err(Error::NotFound("campaign")) }
}

fn known_district(app: &App, district: Option<Adcode>) -> Result<(), Error> {
    let (snapshot, Some(adcode)) = (app.registry.snapshot(), district) else { return Ok(()) };
    if snapshot.city().district(adcode).is_some() {
        return Ok(());
    }
    let (zh, en) = ("没有这个区县。", "there is no such district");
    Err(Error::Refused(vec![FieldError::new("district", "no_such_district", zh, en)]))
}

fn not_draft() -> Error {
    let zh = "活动已经发布，条款不能再改；库存和预算可以增加。";
    let en = "The campaign is published and its terms stay; raise stock and budget by their own request.";
    Error::Conflict { code: "not_draft", detail: Words::new(zh, en) }
}

async fn write_places(tx: &mut Tx, id: &str, wish: &Wish) -> Result<(), Error> {
    store::clear_places(tx, id).await?;
    for (at, place) in wish.places.iter().enumerate() {
        let store_id = place.store_id.map(|id| id.to_string()).unwrap_or_default();
        if !store::add_place(tx, id, &place.merchant_id.to_string(), &store_id).await? {
            let (zh, en) = ("没有这个商户或门店。", "there is no such merchant, or store of it");
            return Err(Error::Refused(vec![FieldError::new(
                format!("places[{at}]"),
                "no_such_place",
                zh,
                en,
            )]));
        }
    }
    Ok(())
}

fn row_of(wish: &Wish, id: CampaignId, now: DateTime<Utc>, version: i64) -> Result<CampaignRow, Error> {
    let eligibility = serde_json::to_string(&wish.eligibility)
        .map_err(|e| Error::Internal(format!("rules that are no JSON: {e}")))?;
    let ms = |at: DateTime<chrono::FixedOffset>| at.timestamp_millis();
    Ok(CampaignRow {
        id: id.to_string(),
        version,
        name: wish.name.clone(),
        rule: wish.rule.clone(),
        project: wish.project.clone(),
        category: wish.category.to_string(),
        district: wish.district.map(|d| d.to_string()),
        state: CampaignState::Draft.to_string(),
        mode: wish.mode.to_string(),
        opens_ms: ms(wish.opens_at),
        closes_ms: ms(wish.closes_at),
        valid_until_ms: wish.valid_until.map(ms),
        valid_days: wish.valid_days,
        face_fen: wish.face_fen.get(),
        union_fen: wish.union_fen.get(),
        min_spend_fen: wish.min_spend_fen.get(),
        is_partial: wish.is_partial,
        limit_total: wish.limit_total,
        limit_day: wish.limit_day,
        limit_month: wish.limit_month,
        eligibility,
        weight_never_won: wish.weight_never_won,
        frozen_reason: None,
        created_ms: now.timestamp_millis(),
        stock: wish.stock,
        issued: 0,
        budget_fen: wish.budget_fen.get(),
        spent_fen: 0,
    })
}
