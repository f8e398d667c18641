//! Why a text is no usable opening hours, in words for the person who wrote it.

use std::fmt;

use opening_hours_syntax::{Error as SyntaxError, rules::OpeningHoursExpression};

use super::GRAMMAR_CHARS;
use crate::language::Language;

/// A text that cannot be used as opening hours.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HoursError {
    /// The text, cut at [`GRAMMAR_CHARS`].
    pub text: String,
    /// The character at which reading failed, counted from 1, where that is known.
    pub position: Option<usize>,
    /// What is wrong.
    pub problem: Problem,
}

/// What is wrong with opening hours.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Problem {
    /// There is no text.
    Empty,
    /// More than [`GRAMMAR_CHARS`] characters.
    TooLong,
    /// Not a text of the grammar.
    Syntax,
    /// Sunrise and sunset have no fixed minute.
    SunTimes,
    /// An end that is left open (`17:00+`) says nothing about when the door is shut.
    OpenEnd,
    /// Points in time or repeated times, which are for departures.
    Repeats,
    /// School holidays are not in the calendar.
    SchoolHolidays,
    /// Days before or after a public holiday.
    HolidayOffset,
    /// A choice of days that the library cannot evaluate.
    Days,
}

impl Problem {
    /// The code used in answers of the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "hours_empty",
            Self::TooLong => "hours_too_long",
            Self::Syntax => "hours_syntax",
            Self::SunTimes => "hours_sun_times",
            Self::OpenEnd => "hours_open_end",
            Self::Repeats => "hours_repeats",
            Self::SchoolHolidays => "hours_school_holidays",
            Self::HolidayOffset => "hours_holiday_offset",
            Self::Days => "hours_days",
        }
    }

    /// The sentence in Chinese and in English.
    const fn sentences(self) -> (&'static str, &'static str) {
        match self {
            Self::Empty => ("开放时间为空。", "The opening hours are empty."),
            Self::TooLong => ("开放时间超过500个字符。", "The opening hours have more than 500 characters."),
            Self::Syntax => (
                "开放时间无法识别，请按“Mo-Fr 09:00-17:00; PH off”的格式填写。",
                "The opening hours cannot be read; write them like \"Mo-Fr 09:00-17:00; PH off\".",
            ),
            Self::SunTimes => (
                "日出、日落不是固定时间，请填写几点几分。",
                "Sunrise and sunset are no fixed times; write hours and minutes.",
            ),
            Self::OpenEnd => (
                "缺少关门时间，请写明几点结束。",
                "The closing time is missing; write when the station closes.",
            ),
            Self::Repeats => (
                "请填写起止时间，不要填写时间点或间隔。",
                "Write spans from and to, not points in time or intervals.",
            ),
            Self::SchoolHolidays => (
                "日历中没有学校假期（SH），请写明日期。",
                "The calendar has no school holidays (SH); write the dates.",
            ),
            Self::HolidayOffset => (
                "不支持“节假日前后几天”，请写明日期。",
                "Days before or after a holiday are not supported; write the dates.",
            ),
            Self::Days => (
                "这种日期写法不支持，请换一种写法。",
                "This choice of days is not supported; write it in another way.",
            ),
        }
    }
}

impl HoursError {
    pub(super) fn new(text: &str, position: Option<usize>, problem: Problem) -> Self {
        Self { text: text.chars().take(GRAMMAR_CHARS).collect(), position, problem }
    }

    /// The sentence for the person who wrote the text, with the position where it is known.
    pub fn message(&self, language: Language) -> String {
        let (zh, en) = self.problem.sentences();
        match (language, self.position) {
            (Language::ZhCn, None) => zh.to_owned(),
            (Language::ZhCn, Some(position)) => format!("{zh}（第{position}个字符处）"),
            (Language::En, None) => en.to_owned(),
            (Language::En, Some(position)) => format!("{en} (at character {position})"),
        }
    }
}

impl fmt::Display for HoursError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Language::En))
    }
}

impl std::error::Error for HoursError {}

/// Reads a text of the grammar, without judging whether its rules can be evaluated.
pub(super) fn read_expression(text: &str) -> Result<OpeningHoursExpression, HoursError> {
    let problem = |position, problem| HoursError::new(text, position, problem);
    if text.chars().nth(GRAMMAR_CHARS).is_some() {
        return Err(problem(None, Problem::TooLong));
    }
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Err(problem(None, Problem::Empty));
    }
    let skipped = text.chars().count() - text.trim_start().chars().count();
    opening_hours_syntax::parse(trimmed).map_err(|error| match error {
        SyntaxError::Unsupported("point in time") => problem(None, Problem::Repeats),
        error => problem(position_of(&error).map(|column| column + skipped), Problem::Syntax),
    })
}

/// The column of a syntax error. The library gives it in its text only, as ` --> line:column`.
fn position_of(error: &SyntaxError) -> Option<usize> {
    let text = error.to_string();
    let (_, after) = text.split_once("--> 1:")?;
    after.split(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{calendar::Calendar, stations::hours::Hours};

    fn error(text: &str) -> HoursError {
        Hours::parse(text, &Calendar::default()).unwrap_err()
    }

    #[test]
    fn each_problem_is_told() {
        for (text, problem) in [
            ("  ", Problem::Empty),
            ("周一至周五 9:00", Problem::Syntax),
            ("9-5pm", Problem::Syntax),
            ("25:00-26:00", Problem::Syntax),
            ("sunrise-sunset", Problem::SunTimes),
            ("17:00+", Problem::OpenEnd),
            ("10:00-16:00/30", Problem::Repeats),
            ("SH 10:00-16:00", Problem::SchoolHolidays),
            ("PH -1 day off", Problem::HolidayOffset),
            ("PH +1 day off", Problem::HolidayOffset),
        ] {
            assert_eq!(error(text).problem, problem, "{text}");
        }
        assert_eq!(error(&"时".repeat(GRAMMAR_CHARS + 1)).problem, Problem::TooLong);
    }

    #[test]
    fn the_position_counts_characters_of_the_text_as_given() {
        let found = error(" Mo-Fr 09:00-17:00 节假日");
        assert_eq!(found.position, Some(20));
        assert!(found.message(Language::ZhCn).ends_with("（第20个字符处）"));
        assert!(found.message(Language::En).ends_with("(at character 20)"));
    }
}
