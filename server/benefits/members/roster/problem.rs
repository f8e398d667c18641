//! What is wrong with a row of a list.

use serde::Serialize;
use utoipa::ToSchema;

use super::columns::Field;
use crate::code::codes;
use crate::error::Words;
use crate::language::Language;

codes! {
    /// How bad it is: a row with an error is left out, one with a warning is not.
    Level { Error = "error", Warning = "warning" }
}

codes! {
    /// What is wrong.
    Code {
        Missing = "missing", NoKey = "no_key", NotANumber = "not_a_number", TooLong = "too_long",
        UnknownTrade = "unknown_trade", UnknownDistrict = "unknown_district", NoDay = "no_day", Twice = "twice",
        Taken = "taken", NotYours = "not_yours",
    }
}

impl Code {
    fn level(self) -> Level {
        match self {
            Self::UnknownTrade | Self::NoDay => Level::Warning,
            _ => Level::Error,
        }
    }

    fn words(self) -> Words {
        let (zh, en) = match self {
            Self::Missing => ("新会员必须填写。", "a new member needs it"),
            Self::NoKey => {
                ("身份证号、会员号、手机号至少填一项。", "give an identity number, member number or phone")
            }
            Self::NotANumber => ("号码不对，请核对。", "this is no such number"),
            Self::TooLong => ("太长了。", "it is too long"),
            Self::UnknownTrade => ("不认识这个职业，没有登记。", "this trade is not known and was left out"),
            Self::UnknownDistrict => ("不是本市的区县。", "this is no district of the city"),
            Self::NoDay => (
                "日期读不懂，没有登记；要写成 2025-03-01。",
                "this is no day such as 2025-03-01; it was left out",
            ),
            Self::Twice => ("前面已有同一个人。", "the same person stands above"),
            Self::Taken => ("这个号码是另一位会员的。", "this number is another member's"),
            Self::NotYours => ("这位会员属于别的区县。", "this member is another district's"),
        };
        Words::new(zh, en)
    }
}

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    /// The row as the sheet numbers it.
    pub(super) row: u32,
    /// Which column, where it is one.
    pub(super) field: Option<Field>,
    /// What.
    pub(super) code: Code,
}

impl Problem {
    pub(super) fn new(row: u32, field: impl Into<Option<Field>>, code: Code) -> Self {
        Self { row, field: field.into(), code }
    }

    /// Whether its row is left out.
    pub(super) fn is_error(&self) -> bool {
        self.code.level() == Level::Error
    }

    pub(super) fn told(&self, heading: Option<String>, language: Language) -> ProblemTold {
        let detail = self.code.words().of(language).to_owned();
        ProblemTold { row: self.row, column: heading, level: self.code.level(), code: self.code, detail }
    }
}

/// What is wrong with a row, for people.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = RosterProblem)]
pub(super) struct ProblemTold {
    /// The row as the sheet numbers it; the heading is row 1.
    row: u32,
    /// The heading of the column.
    column: Option<String>,
    /// An error leaves the row out, a warning does not.
    #[schema(value_type = String)]
    level: Level,
    /// What is wrong.
    #[schema(value_type = String)]
    code: Code,
    /// What is wrong and how to mend it.
    detail: String,
}
