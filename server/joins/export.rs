//! Requests to join as a table for the union's own lists.

use super::told::Told;
use crate::city::City;
use crate::error::Error;
use crate::language::Language;
use crate::table::{Cell, Column, csv, workbook};

/// What a table is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// A workbook.
    Xlsx,
    /// Separated text.
    Csv,
}

impl Format {
    /// Every choice.
    pub(super) const ALL: [Self; 2] = [Self::Xlsx, Self::Csv];

    /// The word of the parameter, and the ending of the file.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
        }
    }

    /// The media type of the file.
    pub(super) const fn media_type(self) -> &'static str {
        match self {
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }
}

impl std::str::FromStr for Format {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|format| format.as_str() == word).ok_or(())
    }
}

/// The headings in Chinese and English, and the width of each column in characters.
const HEADINGS: [(&str, &str, f64); 11] = [
    ("编号", "number", 16.0),
    ("姓名", "name", 14.0),
    ("电话", "phone", 16.0),
    ("单位", "workplace", 28.0),
    ("行业", "trade", 12.0),
    ("驿站", "station", 28.0),
    ("区县", "district", 12.0),
    ("进度", "state", 10.0),
    ("说明版本", "consent version", 10.0),
    ("提交时间", "came", 26.0),
    ("备注", "remark", 40.0),
];

/// The name of a state for people.
pub(super) fn state_word(state: super::State, language: Language) -> &'static str {
    use super::State::{Contacted, Declined, Erased, Joined, New};
    match state {
        New => language.of("待联系", "new"),
        Contacted => language.of("已联系", "contacted"),
        Joined => language.of("已入会", "joined"),
        Declined => language.of("不办理", "declined"),
        Erased => language.of("已删除", "erased"),
    }
}

/// The requests as a file.
pub(super) fn write(
    format: Format,
    rows: &[Told],
    city: &City,
    language: Language,
) -> Result<Vec<u8>, Error> {
    let columns: Vec<Column> = HEADINGS
        .iter()
        .map(|(zh, en, width)| Column { heading: language.of(*zh, *en).to_owned(), width: *width })
        .collect();
    let cells = rows.iter().map(|row| cells(row, city, language));
    match format {
        Format::Xlsx => workbook(&columns, cells),
        Format::Csv => csv(&columns, cells),
    }
}

fn cells(r: &Told, city: &City, language: Language) -> Vec<Cell> {
    let district = r.district.and_then(|adcode| city.district(adcode)).map(|d| d.label(language));
    vec![
        Cell::text(Some(&r.number)),
        Cell::text(r.name.as_deref()),
        Cell::text(r.phone.as_deref()),
        Cell::text(r.unit.as_deref()),
        Cell::text(r.trade.map(|t| city.vocabularies.word(t, language))),
        Cell::text(r.station.as_ref().and_then(|s| s.name.as_deref())),
        Cell::text(district),
        Cell::text(Some(state_word(r.state, language))),
        Cell::text(Some(r.consent_version.to_string())),
        Cell::text(Some(r.created.to_rfc3339())),
        Cell::text(r.note.as_deref()),
    ]
}
