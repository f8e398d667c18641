//! The timetable as a table: a line for each hour of the week.

use super::told::Told;
use crate::language::Language;
use crate::planning::sheet::{Heading, Sheet, count};
use crate::planning::spans::day_name;
use crate::table::Cell;

const HEADINGS: [Heading; 6] = [
    ("星期", "weekday", 8.0),
    ("整点", "hour", 8.0),
    ("分子", "numerator", 14.0),
    ("分母", "denominator", 14.0),
    ("比例", "share", 10.0),
    ("其中两处以上", "of them two or more", 18.0),
];

/// The table.
pub(super) fn sheet(told: &Told, language: Language) -> Sheet {
    let mut sheet = Sheet::new(&HEADINGS, language);
    let days = (1_u8..=7).flat_map(|day| (0_i64..24).map(move |hour| (day, hour)));
    let counts = told.numerator.iter().zip(&told.denominator).zip(told.share.iter().zip(&told.twice));
    sheet.rows.extend(days.zip(counts).map(|((day, hour), ((numerator, denominator), (share, twice)))| {
        vec![
            Cell::text(Some(day_name(day, language))),
            count(Some(hour)),
            count(*numerator),
            count(*denominator),
            Cell::number(*share),
            count(*twice),
        ]
    }));
    sheet.signed(&told.frame.method, &told.frame.request);
    sheet
}
