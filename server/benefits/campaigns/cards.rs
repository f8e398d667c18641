//! Campaigns as pages for everybody draw them.

use chrono::{DateTime, FixedOffset};

use super::service::{self, Placed, Query};
use super::told::asked;
use crate::app::App;
use crate::benefits::draw::{self, Drawing};
use crate::benefits::fen::Fen;
use crate::benefits::model::{Category, Mode, Phase};
use crate::error::Error;
use crate::ids::CampaignId;
use crate::language::Language;

/// A campaign on a page.
#[derive(Debug, Clone)]
pub struct CampaignCard {
    /// Its identity.
    pub id: CampaignId,
    /// Its name.
    pub name: String,
    /// What a member may expect, in words.
    pub rule: String,
    /// What it is for.
    pub category: Category,
    /// How its vouchers are given out.
    pub mode: Mode,
    /// Where it stands.
    pub phase: Phase,
    /// From when on vouchers are given out.
    pub opens_at: DateTime<FixedOffset>,
    /// From when on none are.
    pub closes_at: DateTime<FixedOffset>,
    /// When its vouchers expire, where they all do at once.
    pub valid_until: Option<DateTime<FixedOffset>>,
    /// How many days after it was issued a voucher expires.
    pub valid_days: Option<i64>,
    /// What a voucher is worth.
    pub face: Fen,
    /// The least bill that a voucher may be used for.
    pub least: Fen,
    /// How many vouchers there are.
    pub stock: i64,
    /// How many of them nobody has yet.
    pub left: i64,
    /// Where they are redeemed, by merchant and store; empty: everywhere.
    pub places: Vec<(String, Option<String>)>,
    /// What is asked of a member, a sentence for each rule.
    pub asked: Vec<String>,
    /// Its draw, where it has one.
    pub draw: Option<Drawing>,
}

/// The campaigns that are in a phase, the newest first.
///
/// # Errors
/// Those of the database.
pub async fn in_phase(
    app: &App,
    phase: Phase,
    most: usize,
    language: Language,
) -> Result<Vec<CampaignCard>, Error> {
    let query = Query { phase: Some(phase), limit: most, before: None };
    let (found, _) = service::list(app, None, &query).await?;
    cards(app, &found, language).await
}

/// One campaign.
///
/// # Errors
/// [`Error::NotFound`] where there is none, or it is a draft.
pub async fn card(app: &App, id: CampaignId, language: Language) -> Result<CampaignCard, Error> {
    let found = [service::public(app, id).await?];
    cards(app, &found, language).await?.pop().ok_or(Error::NotFound("campaign"))
}

async fn cards(app: &App, found: &[Placed], language: Language) -> Result<Vec<CampaignCard>, Error> {
    let (Some(newest), Some(oldest)) = (found.first(), found.last()) else { return Ok(Vec::new()) };
    let mut draws = draw::drawings(app, oldest.campaign.id, newest.campaign.id).await?;
    found.iter().map(|placed| one(app, placed, draws.remove(&placed.campaign.row.id), language)).collect()
}

fn one(app: &App, placed: &Placed, draw: Option<Drawing>, language: Language) -> Result<CampaignCard, Error> {
    let (campaign, zone) = (&placed.campaign, app.config.zone());
    let row = &campaign.row;
    let fen = |fen: i64| Fen::try_from(fen).map_err(|e| Error::Internal(format!("campaign {}: {e}", row.id)));
    Ok(CampaignCard {
        id: campaign.id,
        name: row.name.clone(),
        rule: row.rule.clone(),
        category: campaign.category,
        mode: campaign.mode,
        phase: campaign.phase(app.clock.now().timestamp_millis()),
        opens_at: zone.from_ms(row.opens_ms),
        closes_at: zone.from_ms(row.closes_ms),
        valid_until: row.valid_until_ms.map(|ms| zone.from_ms(ms)),
        valid_days: row.valid_days,
        face: fen(row.face_fen)?,
        least: fen(row.min_spend_fen)?,
        stock: row.stock,
        left: campaign.left(),
        places: placed.places.iter().map(|p| (p.merchant_name.clone(), p.store_name.clone())).collect(),
        asked: asked(&campaign.rules, app.registry.snapshot().city(), language),
        draw,
    })
}
