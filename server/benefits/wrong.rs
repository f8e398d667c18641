//! What is wrong with an input, gathered field by field, so that a client learns of all of it at once.

use serde::{Deserialize, Deserializer};

use crate::error::{Error, FieldError};

/// What is wrong so far.
#[derive(Debug, Default)]
pub(super) struct Wrong(Vec<FieldError>);

impl Wrong {
    /// Notes what is wrong with a field.
    pub(super) fn add(
        &mut self,
        field: &str,
        code: &'static str,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) {
        self.0.push(FieldError::new(field, code, zh, en));
    }

    /// A text of 1 to `most` characters without control characters and the space around it.
    pub(super) fn text(&mut self, field: &str, text: &str, most: usize) -> String {
        let text = self.optional(field, Some(text), most);
        if text.is_none() && !self.0.iter().any(|e| e.field == field) {
            self.add(field, "missing", "必须填写。", "is required");
        }
        text.unwrap_or_default()
    }

    /// The same of a text that may be empty or absent.
    pub(super) fn optional(&mut self, field: &str, text: Option<&str>, most: usize) -> Option<String> {
        let text: String = text?.chars().filter(|c| !c.is_control()).collect();
        let text = text.trim();
        if text.chars().count() > most {
            self.add(field, "too_long", format!("最多 {most} 个字。"), format!("at most {most} characters"));
            return None;
        }
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// The value, where nothing is wrong.
    ///
    /// # Errors
    /// [`Error::Refused`] with everything that is.
    pub(super) fn or<T>(self, value: T) -> Result<T, Error> {
        if self.0.is_empty() { Ok(value) } else { Err(Error::Refused(self.0)) }
    }
}

/// Tells null from absent.
pub(super) fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    from: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(from).map(Some)
}
