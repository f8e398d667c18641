//! What an import finds wrong or worth a look, each with one sentence in each language.

use serde::{Deserialize, Serialize};
use spatial::Datum;

use super::columns::Mapping;
use super::field::Field;
use super::wording::sentence;
use crate::ids::{Adcode, StationId};
use crate::language::Language;

/// How much a problem weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Something was taken for granted.
    Info,
    /// To be decided by a person; the import goes on.
    Warning,
    /// Nothing of the file is imported.
    Error,
}

/// One line of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The row as the sheet numbers it; absent where the whole file is meant.
    pub row: Option<u32>,
    /// The heading of the column; absent where the whole row is meant.
    pub column: Option<String>,
    /// The column, counted from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<usize>,
    /// How much it weighs.
    pub level: Level,
    /// The contract's word for it.
    pub code: &'static str,
    /// What is wrong, and how to mend it. Where it is, the fields above say.
    pub detail: String,
}

impl Problem {
    /// Words an issue for a place in the sheet.
    pub(super) fn new(row: Option<u32>, column: Option<String>, issue: &Issue, language: Language) -> Self {
        let (level, code) = issue.kind();
        Self { row, column, at: None, level, code, detail: sentence(issue, language) }
    }

    /// Where it is and what is wrong, where nothing around it shows the place.
    pub(super) fn told(&self, language: Language) -> String {
        let Some(row) = self.row else { return self.told_in_row(language) };
        let place = match &self.column {
            Some(column) => {
                language.of(format!("第 {row} 行“{column}”："), format!("Row {row}, \"{column}\": "))
            }
            None => language.of(format!("第 {row} 行："), format!("Row {row}: ")),
        };
        place + &self.detail
    }

    /// In which column it is and what is wrong, for whoever sees the row.
    pub(super) fn told_in_row(&self, language: Language) -> String {
        let Some(column) = &self.column else { return self.detail.clone() };
        let place = language.of(format!("“{column}”列："), format!("Column \"{column}\": "));
        place + &self.detail
    }

    /// Words an issue of a row, at the column of its field.
    pub(super) fn of_row(
        row: u32,
        field: Option<Field>,
        issue: &Issue,
        mapping: &Mapping,
        language: Language,
    ) -> Self {
        let at = field.and_then(|field| mapping.column(field));
        let column = field.and_then(|field| mapping.heading(field)).map(str::to_owned);
        Self { at, ..Self::new(Some(row), column, issue, language) }
    }
}

/// Another row of the file or a station of the registry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Other {
    /// A row, by its number.
    #[serde(rename = "other_row")]
    Row(u32),
    /// A registered station.
    #[serde(rename = "station_id")]
    Station(StationId),
}

/// Several others: the first few by name, and how many there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Others {
    pub(super) first: Vec<Other>,
    pub(super) count: usize,
}

/// What can be wrong or worth a look.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Issue {
    NameColumnMissing,
    PositionColumnsMissing,
    MapColumnUnknown {
        headings: String,
    },
    MapFieldTwice {
        field: Field,
    },
    ColumnTwice {
        field: Field,
        kept: String,
    },
    DistrictNotLoaded {
        adcode: Adcode,
    },
    BetterDatum {
        declared: Datum,
        better: Datum,
        rows: usize,
        of: usize,
        p: f64,
    },

    NameMissing,
    PositionMissing,
    Parked,
    NotDegrees {
        text: String,
    },
    OutOfRange {
        limit: u32,
    },
    PositionZero,
    Swapped {
        other_column: String,
    },
    CodeTwice {
        code: String,
        others: Others,
    },
    TooLong {
        length: usize,
        limit: usize,
    },

    /// Two decisions lead to two registered stations.
    TwoStations,
    /// Whoever imports may not write this; `code` is the number that belongs to a station he does not see.
    OutOfReach {
        code: Option<String>,
    },
    /// What the row is about is no longer in use.
    Retired,
    OtherDatum {
        better: Datum,
        offset_m: u32,
        better_m: u32,
    },

    Formula {
        value: String,
    },
    LooksLikeFormula,
    WordUnknown {
        text: String,
        known: String,
    },
    FacilityUnknown {
        text: String,
    },
    HoursUncertain {
        text: String,
    },
    HolidaysAssumedOff,
    NumberUnreadable {
        text: String,
    },
    NumberImplausible {
        text: String,
        limit: u32,
    },
    DayUnreadable {
        text: String,
    },
    PhoneUnreadable {
        text: String,
    },
    DistrictUnknown {
        text: String,
    },
    DistrictMissing,
    DistrictDerived {
        name: String,
    },
    DistrictDiffers {
        stated: String,
        actual: String,
    },
    SamePoint {
        others: Others,
    },
    SimilarName {
        other: Other,
    },
    SameAddress {
        others: Others,
    },
}

impl Issue {
    /// The level and the contract's word.
    pub(super) fn kind(&self) -> (Level, &'static str) {
        use Level::{Error, Info, Warning};
        match self {
            Self::NameColumnMissing => (Error, "name_column_missing"),
            Self::PositionColumnsMissing => (Error, "position_columns_missing"),
            Self::MapColumnUnknown { .. } => (Error, "map_column_unknown"),
            Self::MapFieldTwice { .. } => (Error, "map_field_twice"),
            Self::ColumnTwice { .. } => (Warning, "column_twice"),
            Self::BetterDatum { .. } => (Warning, "crs_doubtful"),
            Self::TwoStations => (Error, "two_stations"),
            Self::OutOfReach { .. } => (Error, "out_of_reach"),
            Self::Retired => (Error, "retired"),
            Self::OtherDatum { .. } => (Warning, "crs_differs"),
            Self::Formula { .. } => (Error, "formula_cell"),
            Self::DistrictNotLoaded { .. } => (Error, "district_not_loaded"),
            Self::NameMissing => (Error, "name_missing"),
            Self::PositionMissing => (Error, "position_missing"),
            Self::Parked => (Warning, "parked"),
            Self::NotDegrees { .. } => (Error, "not_degrees"),
            Self::OutOfRange { .. } => (Error, "out_of_range"),
            Self::PositionZero => (Error, "position_zero"),
            Self::Swapped { .. } => (Error, "swapped"),
            Self::CodeTwice { .. } => (Error, "code_twice"),
            Self::TooLong { .. } => (Error, "too_long"),
            Self::LooksLikeFormula => (Warning, "looks_like_formula"),
            Self::WordUnknown { .. } => (Warning, "word_unknown"),
            Self::FacilityUnknown { .. } => (Warning, "facility_unknown"),
            Self::HoursUncertain { .. } => (Warning, "hours_uncertain"),
            Self::HolidaysAssumedOff => (Info, "holidays_assumed_off"),
            Self::NumberUnreadable { .. } => (Warning, "number_unreadable"),
            Self::NumberImplausible { .. } => (Warning, "number_implausible"),
            Self::DayUnreadable { .. } => (Warning, "day_unreadable"),
            Self::PhoneUnreadable { .. } => (Warning, "phone_unreadable"),
            Self::DistrictUnknown { .. } => (Warning, "district_unknown"),
            Self::DistrictMissing => (Warning, "district_missing"),
            Self::DistrictDerived { .. } => (Warning, "district_derived"),
            Self::DistrictDiffers { .. } => (Warning, "district_differs"),
            Self::SamePoint { .. } => (Warning, "same_point"),
            Self::SimilarName { .. } => (Warning, "similar_name"),
            Self::SameAddress { .. } => (Warning, "same_address"),
        }
    }
}

impl Issue {
    /// Whether it is about the row of headings.
    pub(super) fn is_of_headings(&self) -> bool {
        matches!(self, Self::NameColumnMissing | Self::PositionColumnsMissing | Self::ColumnTwice { .. })
    }
}

impl Others {
    /// The others by name.
    pub(super) fn list(&self, language: Language) -> String {
        let mut names: Vec<String> = self.first.iter().map(|other| other.name(language)).collect();
        let unnamed = self.count.saturating_sub(self.first.len());
        if unnamed > 0 {
            names.push(language.of(format!("另外 {unnamed} 处"), format!("{unnamed} more")));
        }
        names.join(language.of("、", ", "))
    }
}

impl Other {
    pub(super) fn name(self, language: Language) -> String {
        match self {
            Self::Row(row) => language.of(format!("第 {row} 行"), format!("row {row}")),
            Self::Station(id) => {
                language.of(format!("已登记的站点 {id}"), format!("the registered station {id}"))
            }
        }
    }
}
