//! Figures as a workbook: a line for each part, then the whole. Amounts are yuan.

use super::model::{Sums, percent};
use super::service::Figures;
use super::told::Told;
use crate::error::Error;
use crate::language::Language;
use crate::table::{Cell, Column, workbook};

/// The headings in Chinese and English, and the width of each column in characters.
const HEADINGS: [(&str, &str, f64); 13] = [
    ("分项", "part", 28.0),
    ("发放（张）", "issued", 10.0),
    ("发放（元）", "issued (yuan)", 14.0),
    ("核销（次）", "redeemed", 10.0),
    ("核销（元）", "redeemed (yuan)", 14.0),
    ("节省（元）", "saved (yuan)", 14.0),
    ("其中外部报来（元）", "of it reported (yuan)", 18.0),
    ("过期（元）", "expired (yuan)", 12.0),
    ("作废（元）", "void (yuan)", 12.0),
    ("有效（元）", "live (yuan)", 12.0),
    ("人数", "persons", 10.0),
    ("人次", "person-times", 12.0),
    ("核销率（%）", "rate (%)", 10.0),
];

/// Writes the workbook.
pub(super) fn write(figures: &Figures, told: &Told, language: Language) -> Result<Vec<u8>, Error> {
    let heading = |(zh, en, width): &(&str, &str, f64)| Column {
        heading: language.of(*zh, *en).to_owned(),
        width: *width,
    };
    let columns: Vec<_> = HEADINGS.iter().map(heading).collect();
    let names = told.rows.iter().map(|row| row.name.as_str());
    let parts = names.zip(&figures.rows).map(|(name, (_, sums))| cells(name, sums));
    let whole = cells(language.of("合计", "total"), &figures.totals);
    let said = vec![Cell::text(Some(told.definition.as_str()))];
    workbook(&columns, parts.chain([whole, said]))
}

fn cells(name: &str, s: &Sums) -> Vec<Cell> {
    vec![
        Cell::text(Some(name)),
        count(s.issued),
        yuan(s.issued_fen),
        count(s.redeemed),
        yuan(s.redeemed_fen),
        yuan(s.saved_fen()),
        yuan(s.reported.saved_fen),
        yuan(s.expired_fen),
        yuan(s.void_fen),
        yuan(s.live_fen),
        count(s.persons),
        count(s.redeemed),
        Cell::number(percent(s.redeemed_fen, s.issued_fen)),
    ]
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
fn count(number: i64) -> Cell {
    Cell::Number(number as f64)
}

#[expect(clippy::cast_precision_loss, reason = "amounts are far below 2^53")]
fn yuan(fen: i64) -> Cell {
    Cell::Number(fen as f64 / 100.0)
}
