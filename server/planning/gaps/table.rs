//! Gaps as a table: a line for each cell.

use super::told::Told;
use crate::language::Language;
use crate::planning::sheet::{Heading, Sheet, count};
use crate::table::Cell;

const HEADINGS: [Heading; 8] = [
    ("名次", "rank", 8.0),
    ("格（H3）", "cell (H3)", 20.0),
    ("区县", "district", 16.0),
    ("没覆盖", "uncovered", 12.0),
    ("覆盖", "covered", 12.0),
    ("合计", "in all", 12.0),
    ("每周缺口小时", "hours a week uncovered", 14.0),
    ("缺口时间", "hours uncovered", 50.0),
];

/// The table.
pub(super) fn sheet(told: &Told, language: Language) -> Sheet {
    let mut sheet = Sheet::new(&HEADINGS, language);
    let number = |n: usize| i64::try_from(n).ok();
    sheet.rows.extend(told.features.iter().map(|feature| &feature.properties).map(|cell| {
        vec![
            count(cell.rank.and_then(number)),
            Cell::text(Some(cell.cell.as_str())),
            Cell::text(Some(cell.district.as_str())),
            count(Some(cell.uncovered)),
            count(Some(cell.covered)),
            count(Some(cell.demand)),
            count(number(cell.hours)),
            Cell::text(Some(cell.hours_text.as_str())),
        ]
    }));
    sheet.signed(&told.frame.method, &told.frame.request);
    sheet
}
