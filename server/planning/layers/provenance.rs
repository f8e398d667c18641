//! Where a layer comes from, as somebody says.

use crate::error::FieldError;

/// The most characters of a code, of a name and a source, and of a note.
pub(in crate::planning) const CODE_CHARS: usize = 40;
const SHORT_CHARS: usize = 200;
const NOTE_CHARS: usize = 2_000;

/// Texts of a layer, checked one by one.
#[derive(Debug, Default)]
pub(in crate::planning) struct Texts {
    pub(in crate::planning) wrong: Vec<FieldError>,
}

impl Texts {
    /// A code of 1 to 40 of `a-z`, `0-9`, `-` and `_`.
    pub(in crate::planning) fn code(&mut self, code: &str) {
        let is_code = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_".contains(&b);
        if !(1..=CODE_CHARS).contains(&code.len()) || !code.bytes().all(is_code) {
            let zh = format!("要用 1 到 {CODE_CHARS} 个 a-z、0-9、- 或 _。");
            self.refuse("code", "unreadable", zh, format!("must be 1 to {CODE_CHARS} of a-z, 0-9, - and _"));
        }
    }

    /// Notes what is wrong with a field.
    pub(in crate::planning) fn refuse(
        &mut self,
        field: &str,
        code: &'static str,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) {
        self.wrong.push(FieldError::new(field, code, zh, en));
    }

    /// A short text, else what was there before.
    pub(in crate::planning) fn short(&mut self, field: &str, said: Option<&str>, before: &str) -> String {
        self.text(field, said, before, SHORT_CHARS)
    }

    /// A long text, else what was there before.
    pub(in crate::planning) fn long(&mut self, field: &str, said: Option<&str>, before: &str) -> String {
        self.text(field, said, before, NOTE_CHARS)
    }

    fn text(&mut self, field: &str, said: Option<&str>, before: &str, most: usize) -> String {
        let Some(said) = said else { return before.to_owned() };
        let text: String = said.chars().filter(|c| !c.is_control() || *c == '\n').collect();
        let text = text.trim();
        if text.chars().count() > most {
            self.refuse(
                field,
                "too_long",
                format!("最多 {most} 个字。"),
                format!("at most {most} characters"),
            );
        }
        text.to_owned()
    }

    /// A name, which must not be empty, else what was there before.
    pub(in crate::planning) fn name(&mut self, said: Option<&str>, before: &str) -> String {
        let name = self.short("name", said, before);
        if name.is_empty() {
            self.refuse("name", "missing", "要写名称。", "is required");
        }
        name
    }
}
