//! A statement as a workbook. What a spreadsheet would take for a formula is made harmless by `table.rs`.

use super::sheet::{Row, Sheet};
use crate::error::Error;
use crate::language::Language;
use crate::table::{Cell, Column, workbook};

/// The headings in Chinese and English, and the width of each column in characters.
const HEADINGS: [(&str, &str, f64); 6] = [
    ("时间", "time", 18.0),
    ("门店", "store", 26.0),
    ("活动", "campaign", 30.0),
    ("核销（元）", "redeemed (yuan)", 14.0),
    ("工会承担（元）", "union (yuan)", 16.0),
    ("商户承担（元）", "merchant (yuan)", 16.0),
];

/// Writes the workbook.
pub(super) fn write(sheet: &Sheet, language: Language) -> Result<Vec<u8>, Error> {
    let heading = |(zh, en, width): &(&str, &str, f64)| Column {
        heading: language.of(*zh, *en).to_owned(),
        width: *width,
    };
    let columns: Vec<_> = HEADINGS.iter().map(heading).collect();
    let rows = sheet.rows(language).into_iter().map(cells);
    let word = |zh: &str, en: &str| Cell::text(Some(language.of(zh, en)));
    let count = Cell::text(Some(sheet.redemptions.to_string()));
    let sums = [
        vec![
            word("合计", "total"),
            count,
            Cell::Empty,
            yuan(sheet.amount_fen),
            yuan(sheet.union_fen),
            yuan(sheet.amount_fen - sheet.union_fen),
        ],
        vec![word("调整", "adjusted"), Cell::Empty, Cell::Empty, Cell::Empty, yuan(sheet.adjusted_fen)],
        vec![
            word("工会应付", "due by the union"),
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            yuan(sheet.due_fen),
        ],
        vec![
            Cell::text(sheet.number.as_deref()),
            Cell::text(Some(sheet.merchant.name.as_str())),
            Cell::text(Some(sheet.days(language))),
        ],
    ];
    workbook(&columns, rows.chain(sums))
}

fn cells(row: Row) -> Vec<Cell> {
    vec![
        Cell::Time(row.at.naive_local()),
        Cell::text(Some(row.store)),
        Cell::text(Some(row.what)),
        row.amount_fen.map_or(Cell::Empty, yuan),
        yuan(row.union_fen),
        row.amount_fen.map_or(Cell::Empty, |amount| yuan(amount - row.union_fen)),
    ]
}

#[expect(clippy::cast_precision_loss, reason = "amounts are far below 2^53")]
fn yuan(fen: i64) -> Cell {
    Cell::Number(fen as f64 / 100.0)
}
