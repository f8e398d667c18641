//! Counting figures.

use std::collections::BTreeMap;

use super::asked::Asked;
use super::model::{Reported, Sums};
use super::period::Period;
use super::store::{self, Frame};
use crate::accounts::{Actor, Permission};
use crate::app::App;
use crate::benefits::goals::{ReportedRow, reported};
use crate::benefits::model::By;
use crate::error::Error;

/// The most parts that are told.
pub(super) const MOST_ROWS: usize = 1_000;

/// The figures of a period.
#[derive(Debug, Clone, Default)]
pub(super) struct Figures {
    /// The whole.
    pub(super) totals: Sums,
    /// The parts, each with its key: those where most was issued or redeemed first, months in their order.
    pub(super) rows: Vec<(String, Sums)>,
    /// How many parts are left out.
    pub(super) left_out: usize,
    /// How many bank cards are registered at the end of the period.
    pub(super) bank_cards: i64,
}

/// Counts what an actor may see.
pub(super) async fn figures(app: &App, actor: &Actor, asked: &Asked) -> Result<Figures, Error> {
    let reach = actor.reach(Permission::BenefitFigures);
    let prefixes = (!reach.is_everywhere()).then_some(reach.prefixes);
    let frame = |period: Period| Frame {
        ms: period.instants(app.config.zone()),
        project: asked.project.clone(),
        prefixes: prefixes.clone(),
    };
    let whole = frame(asked.period);
    let mut totals = sums(app, None, &whole).await?.remove("").unwrap_or_default();
    totals.reported = of_others(app, asked.period, &whole).await?;
    let mut rows = Vec::new();
    if asked.by == By::Month {
        for month in asked.period.months() {
            let part = frame(month);
            let mut sums = sums(app, None, &part).await?.remove("").unwrap_or_default();
            sums.reported = of_others(app, month, &part).await?;
            rows.push((month.month_codes().0, sums));
        }
    } else {
        rows.extend(sums(app, Some(asked.by), &whole).await?);
        rows.sort_by_key(|(key, sums)| (-(sums.issued_fen + sums.redeemed_fen), key.clone()));
    }
    let left_out = rows.len().saturating_sub(MOST_ROWS);
    rows.truncate(MOST_ROWS);
    let bank_cards = store::bank_cards(&app.db, whole.ms.1).await?;
    Ok(Figures { totals, rows, left_out, bank_cards })
}

/// The sums of each key.
async fn sums(app: &App, by: Option<By>, frame: &Frame) -> Result<BTreeMap<String, Sums>, Error> {
    let mut sums: BTreeMap<String, Sums> = BTreeMap::new();
    for row in store::redeemed(&app.db, by, frame).await? {
        let found = sums.entry(row.key).or_default();
        found.redeemed = row.redeemed;
        found.redeemed_fen = row.redeemed_fen;
        found.union_fen = row.union_fen;
        found.settled_fen = row.settled_fen;
        found.purchase_fen = row.purchase_fen;
        found.persons = row.persons;
        found.merchants = row.merchants;
    }
    // A voucher is of no merchant until it is redeemed.
    if by == Some(By::Merchant) {
        return Ok(sums);
    }
    for row in store::issued(&app.db, by, frame).await? {
        let found = sums.entry(row.key).or_default();
        found.issued = row.issued;
        found.issued_fen = row.issued_fen;
        found.live_fen = row.live_fen;
    }
    for row in store::ended(&app.db, by, frame).await? {
        let found = sums.entry(row.key).or_default();
        found.expired_fen = row.expired_fen;
        found.void_fen = row.void_fen;
    }
    Ok(sums)
}

/// What others report of the months that a period touches.
async fn of_others(app: &App, period: Period, frame: &Frame) -> Result<Reported, Error> {
    let (first, last) = period.month_codes();
    let row = reported(&app.db, (&first, &last), frame.project.as_deref(), frame.prefixes.as_deref()).await?;
    let ReportedRow { persons, person_times, issued_fen, saved_fen } = row;
    Ok(Reported { persons, person_times, issued_fen, saved_fen })
}

/// What the parts are called, by their keys.
pub(super) async fn names(app: &App, by: By) -> Result<BTreeMap<String, String>, Error> {
    let rows = store::names(&app.db, by).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}
