//! What anybody, staff and members are told of a campaign.

use chrono::{DateTime, FixedOffset};
use serde::Serialize;
use utoipa::ToSchema;

use super::judging::Limit;
use super::model::Campaign;
use super::service::Placed;
use super::store::{PlaceRow, UsedRow};
use crate::app::App;
use crate::benefits::draw::{Drawing, Entered};
use crate::benefits::eligibility::{Rules, Verdict, is_eligible};
use crate::benefits::model::{CampaignState, CardKind, Category, Mode, Phase};
use crate::city::City;
use crate::ids::{Adcode, CampaignId};
use crate::language::Language;
use crate::stations::model::Trade;

/// Something with a name.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = CampaignNamed)]
pub(super) struct Named {
    /// Its identity.
    id: String,
    /// Its name.
    name: String,
}

/// Where vouchers are redeemed.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = CampaignPlace)]
pub(super) struct Place {
    merchant: Named,
    /// One store; none: every store of the merchant.
    #[serde(skip_serializing_if = "Option::is_none")]
    store: Option<Named>,
}

/// A campaign for anybody.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Campaign)]
pub(super) struct Told {
    /// Its identity.
    #[schema(value_type = String, format = Uuid)]
    id: CampaignId,
    /// Its name.
    name: String,
    /// What a member may expect, in words.
    rule: String,
    /// What it belongs to.
    project: Option<String>,
    /// What it is for.
    #[schema(value_type = String)]
    category: Category,
    /// Whose it is; none: the whole city's.
    #[schema(value_type = Option<String>)]
    district: Option<Adcode>,
    /// `first_come` or `draw`.
    #[schema(value_type = String)]
    mode: Mode,
    /// `upcoming`, `running`, `frozen` or `ended`; for staff `draft` too.
    #[schema(value_type = String)]
    state: Phase,
    /// From when on vouchers are given out.
    opens_at: DateTime<FixedOffset>,
    /// From when on none are.
    closes_at: DateTime<FixedOffset>,
    /// When its vouchers expire, where they all do at once.
    valid_until: Option<DateTime<FixedOffset>>,
    /// How many days after it was issued a voucher expires.
    valid_days: Option<i64>,
    /// What a voucher is worth.
    face_fen: i64,
    /// The least bill that a voucher may be used for.
    min_spend_fen: i64,
    /// Whether a voucher may be used in parts.
    is_partial: bool,
    /// How many vouchers one member may have in all.
    limit_total: i64,
    /// How many on one day.
    limit_day: Option<i64>,
    /// How many in one month.
    limit_month: Option<i64>,
    /// How many vouchers there are.
    stock: i64,
    /// How many of them nobody has yet.
    left: i64,
    /// Where they are redeemed; empty: everywhere.
    places: Vec<Place>,
    /// Its draw, where it has one.
    draw: Option<Drawing>,
    /// What is asked of a member, in words.
    eligibility: Vec<String>,
}

/// A campaign for staff.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = CampaignForStaff)]
pub(super) struct ToldToStaff {
    #[serde(flatten)]
    campaign: Told,
    /// The version that a change is meant for.
    pub(super) version: i64,
    /// `draft`, `running`, `frozen` or `ended`: what decides the next steps.
    #[schema(value_type = String)]
    life: CampaignState,
    /// Why it is frozen.
    frozen_reason: Option<String>,
    /// What of a voucher the union pays.
    union_fen: i64,
    /// What the union spends at most.
    budget_fen: i64,
    /// The union's part of all vouchers issued.
    spent_fen: i64,
    /// How many vouchers were issued.
    issued: i64,
    /// How many redemptions hold.
    redeemed: i64,
    /// What they come to.
    redeemed_fen: i64,
    /// In a draw, the tickets of somebody who never won.
    weight_never_won: i64,
    /// What is asked of a member.
    rules: Rules,
    /// When it was drafted.
    created: DateTime<FixedOffset>,
}

/// A page of campaigns.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Campaigns)]
pub(super) struct Page<T: ToSchema> {
    /// The campaigns, the newest first.
    pub(super) items: Vec<T>,
    /// The cursor of the next page, where there is one.
    #[schema(value_type = Option<String>)]
    pub(super) next: Option<CampaignId>,
}

impl Told {
    /// Tells a campaign, with its draw where it has one.
    pub(super) fn of(app: &App, placed: &Placed, draw: Option<Drawing>, language: Language) -> Self {
        let (c, zone) = (&placed.campaign, app.config.zone());
        let row = c.row.clone();
        Self {
            id: c.id,
            state: c.phase(app.clock.now().timestamp_millis()),
            left: c.left(),
            places: placed.places.iter().map(place).collect(),
            draw,
            eligibility: asked(&c.rules, app.registry.snapshot().city(), language),
            name: row.name,
            rule: row.rule,
            project: row.project,
            category: c.category,
            district: c.district,
            mode: c.mode,
            opens_at: zone.from_ms(row.opens_ms),
            closes_at: zone.from_ms(row.closes_ms),
            valid_until: row.valid_until_ms.map(|ms| zone.from_ms(ms)),
            valid_days: row.valid_days,
            face_fen: row.face_fen,
            min_spend_fen: row.min_spend_fen,
            is_partial: row.is_partial,
            limit_total: row.limit_total,
            limit_day: row.limit_day,
            limit_month: row.limit_month,
            stock: row.stock,
        }
    }
}

impl ToldToStaff {
    /// Tells a campaign with what was given out and redeemed.
    pub(super) fn of(app: &App, campaign: Told, from: &Campaign, used: Option<&UsedRow>) -> Self {
        let row = &from.row;
        Self {
            campaign,
            version: row.version,
            life: from.state,
            frozen_reason: row.frozen_reason.clone(),
            union_fen: row.union_fen,
            budget_fen: row.budget_fen,
            spent_fen: row.spent_fen,
            issued: row.issued,
            redeemed: used.map_or(0, |u| u.redeemed),
            redeemed_fen: used.map_or(0, |u| u.redeemed_fen),
            weight_never_won: row.weight_never_won,
            rules: from.rules.clone(),
            created: app.config.zone().from_ms(row.created_ms),
        }
    }
}

fn place(row: &PlaceRow) -> Place {
    let named = |id: &String, name: &String| Named { id: id.clone(), name: name.clone() };
    Place {
        merchant: named(&row.merchant_id, &row.merchant_name),
        store: row.store_name.as_ref().map(|name| named(&row.store_id, name)),
    }
}

/// What is asked of a member, a sentence for each rule.
pub(super) fn asked(rules: &Rules, city: &City, language: Language) -> Vec<String> {
    let trade = |code: &String| {
        let known = code.parse::<Trade>().ok();
        known.map_or_else(|| code.clone(), |trade| city.vocabularies.word(trade, language).to_owned())
    };
    let district = |code: &String| {
        let known = code.parse().ok().and_then(|adcode| city.district(adcode));
        known.map_or_else(|| code.clone(), |district| district.label(language).to_owned())
    };
    let lists = [
        (("工会：", "Unions: "), rules.unions.clone()),
        (("职业：", "Trades: "), rules.trades.iter().map(trade).collect()),
        (("区县：", "Districts: "), rules.districts.iter().map(district).collect()),
        (("有其中一种卡：", "One of the cards: "), rules.cards.iter().map(|c| card(*c, language)).collect()),
    ];
    let comma = language.of("、", ", ");
    let said = lists.into_iter().filter(|(_, list): &(_, Vec<String>)| !list.is_empty());
    let mut said: Vec<String> =
        said.map(|((zh, en), list)| format!("{}{}", language.of(zh, en), list.join(comma))).collect();
    said.extend(
        rules.joined_by.map(|day| {
            language.of(format!("在 {day} 前（含当天）入会"), format!("Joined on or before {day}"))
        }),
    );
    said
}

fn card(kind: CardKind, language: Language) -> String {
    let (zh, en) = match kind {
        CardKind::Member => ("会员卡", "member card"),
        CardKind::Bank => ("银行卡", "bank card"),
        CardKind::Fuel => ("加油卡", "fuel card"),
    };
    language.of(zh, en).to_owned()
}

/// What one rule says.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CampaignVerdict)]
struct ToldVerdict {
    /// Which rule.
    rule: &'static str,
    /// Whether the member fulfils it.
    is_met: bool,
    /// Why, or why not.
    reason: String,
}

/// A limit of vouchers for one member.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CampaignLimit)]
struct ToldLimit {
    /// `total`, `month` or `day`.
    period: &'static str,
    /// How many he may have.
    limit: i64,
    /// How many he has.
    used: i64,
}

/// Whether a member may claim.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CampaignEligibility)]
pub(super) struct Eligibility {
    /// Whether every rule is met.
    is_eligible: bool,
    /// What each rule says.
    rules: Vec<ToldVerdict>,
    /// His limits.
    limits: Vec<ToldLimit>,
    /// His entry in the draw, where he has one.
    entry: Option<Entered>,
}

impl Eligibility {
    /// Tells it.
    pub(super) fn of(
        verdicts: &[Verdict],
        limits: &[Limit],
        entry: Option<Entered>,
        language: Language,
    ) -> Self {
        let rule = |v: &Verdict| ToldVerdict {
            rule: v.rule.as_str(),
            is_met: v.is_met,
            reason: v.reason.of(language).to_owned(),
        };
        let limit = |l: &Limit| ToldLimit { period: l.period, limit: l.most, used: l.used };
        Self {
            is_eligible: is_eligible(verdicts),
            rules: verdicts.iter().map(rule).collect(),
            limits: limits.iter().map(limit).collect(),
            entry,
        }
    }
}
