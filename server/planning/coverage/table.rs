//! Coverage as a table: the figures, then the districts, then the trades.

use super::told::Told;
use crate::language::Language;
use crate::planning::sheet::{Heading, Sheet, count};
use crate::planning::told::Share;
use crate::table::Cell;

const HEADINGS: [Heading; 6] = [
    ("指标", "figure", 28.0),
    ("分子", "numerator", 14.0),
    ("分母", "denominator", 14.0),
    ("比例", "share", 10.0),
    ("其中两处以上", "of them two or more", 18.0),
    ("怎么算", "method", 60.0),
];

/// The table.
pub(super) fn sheet(told: &Told, language: Language) -> Sheet {
    let mut sheet = Sheet::new(&HEADINGS, language);
    for figure in &told.figures {
        sheet.rows.push(row(&figure.name, &figure.share, None, &figure.method));
    }
    for one in &told.by_district {
        sheet.rows.push(row(&one.name, &one.share, one.twice, ""));
    }
    for one in &told.by_trade {
        sheet.rows.push(row(&one.name, &one.share, one.twice, ""));
    }
    if let Some(area) = &told.area {
        let name = language.of("面积（平方公里）", "area (km²)");
        let (numerator, denominator) = (Cell::Number(area.numerator_km2), Cell::Number(area.denominator_km2));
        let (share, method) = (Cell::number(area.share), Cell::text(Some(area.method.as_str())));
        sheet.rows.push(vec![Cell::text(Some(name)), numerator, denominator, share, Cell::Empty, method]);
    }
    sheet.signed(&told.frame.method, &told.frame.request);
    sheet
}

fn row(name: &str, share: &Share, twice: Option<i64>, method: &str) -> Vec<Cell> {
    vec![
        Cell::text(Some(name)),
        count(share.numerator),
        count(share.denominator),
        Cell::number(share.share),
        count(twice),
        Cell::text(Some(method)),
    ]
}
