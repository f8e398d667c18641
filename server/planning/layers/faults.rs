//! What is wrong with a file, row by row: errors, for which all of it is refused, and warnings.

use serde::Serialize;
use utoipa::ToSchema;

use crate::error::{Error, FieldError, Words};
use crate::language::Language;
use crate::stations::import::Sheet;

/// How many errors, and how many warnings, are told.
const TOLD: usize = 100;

/// What is wrong in one row.
pub(in crate::planning) type Fault = (&'static str, Words);

/// What is wrong, in words of both languages.
pub(in crate::planning) fn fault(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Fault {
    (code, Words::new(zh, en))
}

/// What is wrong with a file.
#[derive(Debug)]
pub(in crate::planning) struct Faults {
    /// What a row is called.
    row: &'static str,
    errors: Vec<FieldError>,
    more_errors: usize,
    warnings: Warnings,
}

/// What somebody should know of a file that is taken.
#[derive(Debug, Default)]
pub(in crate::planning) struct Warnings {
    told: Vec<Warning>,
    /// How many there are besides.
    pub(in crate::planning) more: usize,
}

#[derive(Debug)]
struct Warning {
    row: u32,
    column: String,
    code: &'static str,
    words: Words,
}

/// A warning as it is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = LayerProblem)]
pub(in crate::planning) struct WarningTold {
    /// The row as the sheet numbers it; of GeoJSON the feature, from 1.
    row: u32,
    /// The column's heading.
    column: String,
    /// The contract's word for it.
    code: &'static str,
    /// What it is, in the asker's language.
    detail: String,
}

impl Faults {
    /// Nothing wrong with a file yet.
    pub(in crate::planning) fn of(sheet: &Sheet) -> Self {
        let row = if sheet.header.heading_row.is_some() { "row" } else { "feature" };
        Self { row, errors: Vec::new(), more_errors: 0, warnings: Warnings::default() }
    }

    /// Notes an error of a row.
    pub(in crate::planning) fn error(&mut self, row: u32, column: &str, (code, words): Fault) {
        let field = format!("{} {row} {column}", self.row);
        if self.errors.len() < TOLD {
            self.errors.push(FieldError { field, code, detail: words });
        } else {
            self.more_errors += 1;
        }
    }

    /// Notes an error of the file as a whole.
    pub(in crate::planning) fn of_file(&mut self, (code, words): Fault) {
        self.errors.push(FieldError { field: "file".to_owned(), code, detail: words });
    }

    /// Notes a warning of a row.
    pub(in crate::planning) fn warn(&mut self, row: u32, column: String, (code, words): Fault) {
        let warnings = &mut self.warnings;
        if warnings.told.len() < TOLD {
            warnings.told.push(Warning { row, column, code, words });
        } else {
            warnings.more += 1;
        }
    }

    /// Whether nothing is wrong.
    pub(in crate::planning) fn is_empty(&self) -> bool {
        self.errors.is_empty()
    }

    /// The warnings, where there is no error.
    ///
    /// # Errors
    /// [`Error::Refused`] with the first errors and how many there are besides.
    pub(in crate::planning) fn or_refused(mut self) -> Result<Warnings, Error> {
        if self.errors.is_empty() {
            return Ok(self.warnings);
        }
        let more = self.more_errors;
        if more > 0 {
            self.of_file(fault(
                "more_errors",
                format!("还有 {more} 处错误。"),
                format!("there are {more} more errors"),
            ));
        }
        Err(Error::Refused(self.errors))
    }
}

impl Warnings {
    /// What is told of them.
    pub(in crate::planning) fn told(&self, language: Language) -> Vec<WarningTold> {
        let told = |w: &Warning| WarningTold {
            row: w.row,
            column: w.column.clone(),
            code: w.code,
            detail: w.words.of(language).to_owned(),
        };
        self.told.iter().map(told).collect()
    }
}
