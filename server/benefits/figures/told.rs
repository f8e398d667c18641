//! Figures as they are told.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::Serialize;
use utoipa::ToSchema;

use super::asked::Asked;
use super::model::{Sums, of_all, of_bank, of_members, of_merchants, percent};
use super::service::Figures;
use crate::app::App;
use crate::benefits::model::{By, Category};
use crate::language::Language;

/// A share with what it is made of.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = BenefitRate)]
pub(super) struct Rate {
    /// What was redeemed, in fen.
    numerator: i64,
    /// What was issued, in fen.
    denominator: i64,
    /// Per cent with one decimal, half up; null of nothing.
    #[schema(required)]
    pub(super) percent: Option<f64>,
}

/// What others report.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = BenefitReported)]
struct ToldReported {
    persons: i64,
    person_times: i64,
    issued_fen: i64,
    saved_fen: i64,
}

/// The sums of a period, or of a part of it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = BenefitSums)]
pub(super) struct ToldSums {
    /// Vouchers issued.
    issued: i64,
    /// Their face value.
    issued_fen: i64,
    /// Redemptions that hold.
    redeemed: i64,
    /// What they come to.
    redeemed_fen: i64,
    /// What was redeemed, and what others report as saved.
    saved_fen: i64,
    /// What expired.
    expired_fen: i64,
    /// What was made void.
    void_fen: i64,
    /// What of the vouchers issued can be used now.
    live_fen: i64,
    /// Members who redeemed, each once.
    persons: i64,
    /// How often they did.
    person_times: i64,
    /// What was redeemed of what was issued.
    pub(super) rate: Rate,
    /// What others report.
    reported: ToldReported,
}

/// A part of the figures.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BenefitFigureRow)]
pub(super) struct ToldRow {
    /// Its id, code or month.
    key: String,
    /// Its name.
    pub(super) name: String,
    #[serde(flatten)]
    sums: ToldSums,
}

/// The members' side.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BenefitMemberSide)]
struct MemberSide {
    saved_fen: i64,
    persons: i64,
    person_times: i64,
    reported_persons: i64,
    reported_person_times: i64,
    /// What this is, in words.
    definition: String,
}

/// The merchants' side.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BenefitMerchantSide)]
struct MerchantSide {
    /// Merchants where something was redeemed.
    merchants: i64,
    redemptions: i64,
    redeemed_fen: i64,
    /// What merchants bear.
    borne_fen: i64,
    /// What the union owes them.
    due_fen: i64,
    /// The bills that were written down.
    purchase_fen: i64,
    /// What this is, in words.
    definition: String,
}

/// The bank's side.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BenefitBankSide)]
struct BankSide {
    /// What the union owes of the period.
    due_fen: i64,
    /// What of it stands in a settlement.
    settled_fen: i64,
    /// What of it does not.
    open_fen: i64,
    /// Bank cards registered at the end of the period.
    bank_cards: i64,
    /// What this is, in words.
    definition: String,
}

/// Three sides of the same figures.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BenefitSides)]
struct Sides {
    member: MemberSide,
    merchant: MerchantSide,
    bank: BankSide,
}

/// The days of figures.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BenefitPeriod)]
struct Days {
    /// The first day.
    from: NaiveDate,
    /// The last day.
    to: NaiveDate,
}

/// The figures of a period.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BenefitFigures)]
pub(super) struct Told {
    period: Days,
    /// When they were counted.
    at: DateTime<FixedOffset>,
    /// By what they are told apart.
    #[schema(value_type = String)]
    by: By,
    /// Of which project.
    #[schema(required)]
    project: Option<String>,
    pub(super) totals: ToldSums,
    sides: Sides,
    /// The parts, the largest first, months in their order.
    pub(super) rows: Vec<ToldRow>,
    /// How many parts are left out.
    left_out: usize,
    /// What is counted, in words.
    pub(super) definition: String,
}

impl From<&Sums> for ToldSums {
    fn from(s: &Sums) -> Self {
        let percent = percent(s.redeemed_fen, s.issued_fen);
        let reported = s.reported;
        Self {
            issued: s.issued,
            issued_fen: s.issued_fen,
            redeemed: s.redeemed,
            redeemed_fen: s.redeemed_fen,
            saved_fen: s.saved_fen(),
            expired_fen: s.expired_fen,
            void_fen: s.void_fen,
            live_fen: s.live_fen,
            persons: s.persons,
            person_times: s.redeemed,
            rate: Rate { numerator: s.redeemed_fen, denominator: s.issued_fen, percent },
            reported: ToldReported {
                persons: reported.persons,
                person_times: reported.person_times,
                issued_fen: reported.issued_fen,
                saved_fen: reported.saved_fen,
            },
        }
    }
}

impl Told {
    /// Tells them.
    pub(super) fn of(
        app: &App,
        figures: &Figures,
        asked: &Asked,
        names: &BTreeMap<String, String>,
        language: Language,
    ) -> Self {
        let row = |(key, sums): &(String, Sums)| ToldRow {
            name: name(app, asked.by, key, names, language),
            key: key.clone(),
            sums: sums.into(),
        };
        Self {
            period: Days { from: asked.period.from, to: asked.period.to },
            at: app.config.zone().stamp(app.clock.now()),
            by: asked.by,
            project: asked.project.clone(),
            totals: (&figures.totals).into(),
            sides: sides(figures, language),
            rows: figures.rows.iter().map(row).collect(),
            left_out: figures.left_out,
            definition: of_all().of(language).to_owned(),
        }
    }
}

fn sides(figures: &Figures, language: Language) -> Sides {
    let s = &figures.totals;
    let said = |words: crate::error::Words| words.of(language).to_owned();
    Sides {
        member: MemberSide {
            saved_fen: s.saved_fen(),
            persons: s.persons,
            person_times: s.redeemed,
            reported_persons: s.reported.persons,
            reported_person_times: s.reported.person_times,
            definition: said(of_members()),
        },
        merchant: MerchantSide {
            merchants: s.merchants,
            redemptions: s.redeemed,
            redeemed_fen: s.redeemed_fen,
            borne_fen: s.redeemed_fen - s.union_fen,
            due_fen: s.union_fen,
            purchase_fen: s.purchase_fen,
            definition: said(of_merchants()),
        },
        bank: BankSide {
            due_fen: s.union_fen,
            settled_fen: s.settled_fen,
            open_fen: s.union_fen - s.settled_fen,
            bank_cards: figures.bank_cards,
            definition: said(of_bank()),
        },
    }
}

/// What a part is called.
fn name(app: &App, by: By, key: &str, names: &BTreeMap<String, String>, language: Language) -> String {
    let known = match by {
        By::Campaign | By::Merchant => names.get(key).cloned(),
        By::Category => key.parse::<Category>().ok().map(|c| c.words().of(language).to_owned()),
        By::District => {
            let (snapshot, code) = (app.registry.snapshot(), key.parse().ok());
            code.and_then(|code| snapshot.city().district(code)).map(|d| d.label(language).to_owned())
        }
        By::Month => None,
    };
    known.unwrap_or_else(|| key.to_owned())
}
