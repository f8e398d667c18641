//! What is wrong with a filter text, and where.

use crate::error::FieldError;

/// A reason why a filter cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The character at which it was noticed, counted from 1; one more than there are at the end.
    pub at: usize,
    /// The stable word.
    pub code: &'static str,
    zh: String,
    en: String,
}

impl Fault {
    /// A fault of a code, with what to do in both languages.
    pub fn new(at: usize, code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { at, code, zh: zh.into(), en: en.into() }
    }

    /// A text that is not as the grammar says.
    pub fn syntax(at: usize, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(at, "unreadable", zh, en)
    }

    /// The fault as that of the parameter `filter`.
    pub fn of_field(self) -> FieldError {
        let Self { at, code, zh, en } = self;
        FieldError::new("filter", code, format!("第 {at} 个字符：{zh}"), format!("character {at}: {en}"))
    }
}
