//! Opening hours as people write them in Chinese, read into the grammar where they are certain.

mod clauses;
mod times;
mod tokens;
mod write;

use super::{GRAMMAR_CHARS, Hours};
use crate::calendar::Calendar;

/// What a free text says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FreeText {
    /// The text has one meaning.
    Certain {
        /// The hours in the grammar.
        grammar: String,
        /// What was assumed, to be reported.
        assumptions: Vec<Assumption>,
    },
    /// The text is kept as it is, and the state is unknown.
    Uncertain,
}

/// Something that a text does not say and that was taken for granted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Assumption {
    /// Hours for Monday to Friday, or for working days, were read as closed on public holidays.
    HolidaysAssumedOff,
}

impl Assumption {
    /// The code used in reports and answers.
    pub const fn code(self) -> &'static str {
        match self {
            Self::HolidaysAssumedOff => "holidays_assumed_off",
        }
    }
}

/// Reads opening hours as somebody wrote them, or as text of the grammar. Whatever could be meant in
/// two ways, or has one word that is not understood, is [`FreeText::Uncertain`].
pub fn parse_free_text(text: &str) -> FreeText {
    if text.chars().nth(GRAMMAR_CHARS).is_some() {
        return FreeText::Uncertain;
    }
    let certain = grammar(text).or_else(|| clauses::read(&tokens::read(text)?)?.write());
    certain.map_or(FreeText::Uncertain, |(grammar, assumptions)| FreeText::Certain { grammar, assumptions })
}

/// Text that is already of the grammar. Times alone are not taken for it: the grammar would read the
/// afternoon's `2:30-5:30` as the night's.
fn grammar(text: &str) -> Option<(String, Vec<Assumption>)> {
    if !text.trim().starts_with("24/7") && !text.contains(|letter: char| letter.is_ascii_alphabetic()) {
        return None;
    }
    Some((Hours::parse(text, &Calendar::default()).ok()?.to_string(), Vec::new()))
}

#[cfg(test)]
mod tests;
