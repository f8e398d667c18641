//! Beginning a draw, drawing, and what is published of it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::json;

use super::lot::{self, Entry, Published, SEED_BYTES};
use super::store::{self, DrawRow, EntryRow};
use super::told::{Drawing, Entered};
use crate::accounts::{Actor, Permission};
use crate::app::App;
use crate::audit;
use crate::benefits::campaigns::{Campaign, find_in};
use crate::benefits::model::Mode;
use crate::benefits::vouchers;
use crate::db::Tx;
use crate::error::{Error, Words};
use crate::ids::{CampaignId, MemberId};
use crate::seal::Seal;
use crate::secrets::{hex, random};

/// What seeds are sealed for until they are drawn.
const PURPOSE: &str = "benefits draw";

/// Begins the draw of a campaign that is being published.
pub(in super::super) async fn begin(app: &App, tx: &mut Tx, id: CampaignId) -> Result<(), Error> {
    let (seed, id) = (random::<SEED_BYTES>()?, id.to_string());
    let sealed = Seal::new(&app.secrets, PURPOSE).close(&seed, &id)?;
    Ok(store::add(tx, &id, &lot::commitment(&seed), &sealed).await?)
}

/// Draws as campaigns tell them, by the campaign's id, from one id to another, both included.
pub(in super::super) async fn drawings(
    app: &App,
    first: CampaignId,
    last: CampaignId,
) -> Result<BTreeMap<String, Drawing>, Error> {
    let rows = store::all(&app.db, &first.to_string(), &last.to_string()).await?;
    let zone = app.config.zone();
    Ok(rows.into_iter().map(|row| (row.campaign_id.clone(), Drawing::of(&row, zone))).collect())
}

/// The entry of a member in the draw of a campaign.
pub(in super::super) async fn entered(
    app: &App,
    id: CampaignId,
    member: MemberId,
) -> Result<Option<Entered>, Error> {
    let row = store::entry(&app.db, &id.to_string(), &member.to_string()).await?;
    Ok(row.map(|row| Entered { number: row.number, weight: row.weight, has_won: row.has_won }))
}

pub(super) fn conflict(code: &'static str, zh: &str, en: &str) -> Error {
    Error::Conflict { code, detail: Words::new(zh, en) }
}

/// Draws: finds the winners, gives each his voucher, and makes seed and list public, all at once.
///
/// # Errors
/// [`Error::Conflict`] where entries are still open, it is frozen or has ended, or was drawn before.
pub(super) async fn draw(app: &App, actor: &Actor, id: CampaignId) -> Result<(), Error> {
    let (now, campaign_id) = (app.clock.now(), id.to_string());
    let mut tx = app.db.begin().await?;
    let is_first = store::close(&mut tx, &campaign_id, now.timestamp_millis()).await?;
    let campaign = find_in(&mut tx, &campaign_id).await?.ok_or(Error::NotFound("campaign"))?;
    if !actor.may(Permission::BenefitManage, campaign.district) {
        return Err(Error::NotFound("campaign"));
    }
    drawable(&campaign, is_first, now)?;
    let row = store::find_in(&mut tx, &campaign_id).await?.ok_or(Error::NotFound("draw"))?;
    let seed = unsealed(app, &row)?;
    let rows = store::entries(&mut tx, &campaign_id).await?;
    let entries: Vec<Entry> = rows.iter().map(entry).collect();
    let won = lot::winners(&seed, &campaign_id, &entries, small(campaign.row.stock));
    store::reveal(&mut tx, &campaign_id, &hex(&seed), &lot::digest(&entries)).await?;
    let terms = vouchers::terms(&mut tx, id).await?;
    for winner in rows.iter().filter(|row| won.contains(&small(row.number))) {
        store::won(&mut tx, &campaign_id, winner.number).await?;
        let broken = |_| Error::Internal(format!("draw {id}: a member"));
        let member = winner.member_id.parse().map_err(broken)?;
        vouchers::issue_to_winner(&mut tx, &terms, member, now, app.config.zone()).await?;
    }
    let detail = json!({ "entries": entries.len(), "winners": won.len() });
    let object = audit::Object::new("campaign", id);
    let entry = audit::Entry { action: "campaign.draw", object, district: campaign.district, detail };
    audit::record(&mut tx, actor, now, &entry).await?;
    Ok(tx.commit().await?)
}

/// Refuses where it is not the time for drawing.
fn drawable(campaign: &Campaign, is_first: bool, now: DateTime<Utc>) -> Result<(), Error> {
    use crate::benefits::model::CampaignState::{Draft, Ended, Frozen, Running};
    let is_open = now.timestamp_millis() < campaign.row.closes_ms;
    match (campaign.mode, campaign.state) {
        (Mode::FirstCome, _) => Err(conflict("first_come", "这个活动不抽签。", "This campaign has no draw.")),
        (_, Draft) => Err(conflict("wrong_state", "活动还没有发布。", "The campaign is a draft.")),
        (_, Frozen) => {
            Err(conflict("frozen", "活动已经冻结，请先恢复。", "The campaign is frozen; resume it first."))
        }
        (_, Ended) => Err(conflict("wrong_state", "活动已经结束。", "The campaign has ended.")),
        (_, Running) if !is_first => Err(conflict("drawn", "已经抽过签了。", "It was drawn before.")),
        (_, Running) if is_open => Err(conflict("not_closed", "报名还没有截止。", "Entries are still open.")),
        (_, Running) => Ok(()),
    }
}

fn unsealed(app: &App, row: &DrawRow) -> Result<[u8; SEED_BYTES], Error> {
    let seed = Seal::new(&app.secrets, PURPOSE).open(&row.seed, &row.campaign_id)?;
    let seed = seed.try_into().map_err(|_| Error::Internal("a seed of another length".to_owned()))?;
    if lot::commitment(&seed) == row.commitment {
        return Ok(seed);
    }
    Err(Error::Internal(format!("the seed of draw {} is not the one committed to", row.campaign_id)))
}

fn entry(row: &EntryRow) -> Entry {
    Entry { number: small(row.number), weight: small(row.weight), has_won: row.has_won }
}

fn small(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Draws what is due: entries are closed and nobody drew yet. One that fails does not keep the others.
pub(in super::super) async fn due(app: &App) -> Result<(), Error> {
    for id in store::due(&app.db, app.clock.now().timestamp_millis()).await? {
        let Ok(id) = id.parse() else { continue };
        match draw(app, &Actor::system(), id).await {
            Ok(()) | Err(Error::Conflict { .. }) => {}
            Err(error) => tracing::error!(campaign = %id, %error, "a draw could not be drawn"),
        }
    }
    Ok(())
}

/// A draw as anybody may read it.
///
/// # Errors
/// [`Error::NotFound`] where the campaign is not public or has no draw.
pub async fn published(app: &App, id: CampaignId) -> Result<Published, Error> {
    let campaign_id = id.to_string();
    let mut tx = app.db.begin_reading().await?;
    let campaign = find_in(&mut tx, &campaign_id).await?.ok_or(Error::NotFound("campaign"))?;
    let row = store::find_in(&mut tx, &campaign_id).await?.ok_or(Error::NotFound("draw"))?;
    let entries = store::entries(&mut tx, &campaign_id).await?.iter().map(entry).collect();
    tx.rollback().await?;
    let is_drawn = row.drawn_ms.is_some();
    Ok(Published {
        campaign_id,
        commitment: row.commitment,
        seed: Some(row.seed).filter(|_| is_drawn),
        digest: row.digest,
        stock: small(campaign.row.stock),
        entries,
        drawn_at: row.drawn_ms.map(|ms| app.config.zone().from_ms(ms).to_rfc3339()),
        method: lot::METHOD.to_owned(),
    })
}
