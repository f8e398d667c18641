//! Extensions as a table: a line for each station and its hours.

use super::told::Told;
use crate::language::Language;
use crate::planning::sheet::{Heading, Sheet, count};
use crate::table::Cell;

const HEADINGS: [Heading; 8] = [
    ("名次", "rank", 8.0),
    ("编号", "code", 16.0),
    ("驿站", "station", 30.0),
    ("多开的时间", "hours longer", 30.0),
    ("一周多开小时", "hours a week", 14.0),
    ("单独新覆盖（人·小时）", "newly covered alone (person-hours)", 22.0),
    ("在前面之后新覆盖（人·小时）", "newly covered after those above (person-hours)", 26.0),
    ("最多一小时新覆盖（人）", "most people at one hour", 22.0),
];

/// The table.
pub(super) fn sheet(told: &Told, language: Language) -> Sheet {
    let mut sheet = Sheet::new(&HEADINGS, language);
    let number = |n: usize| i64::try_from(n).ok();
    sheet.rows.extend(told.items.iter().map(|item| {
        vec![
            count(number(item.rank)),
            Cell::text(item.station.code.as_deref()),
            Cell::text(Some(item.station.name.as_str())),
            Cell::text(Some(item.hours_text.as_str())),
            count(number(item.opening_hours)),
            count(Some(item.gain)),
            count(Some(item.added)),
            count(Some(item.people)),
        ]
    }));
    sheet.signed(&told.frame.method, &told.frame.request);
    sheet
}
