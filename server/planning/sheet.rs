//! Answers as tables: separated text, or a workbook.

use axum::response::Response;

use super::asked::Format;
use crate::error::Error;
use crate::http::list::attachment;
use crate::language::Language;
use crate::table::{Cell, Column, csv, workbook};

/// The media type of separated text.
pub const CSV: &str = "text/csv; charset=utf-8";
/// The media type of a workbook.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A heading in Chinese and English, and how wide the column is, in characters.
pub type Heading = (&'static str, &'static str, f64);

/// A table that can be written either way.
#[derive(Debug)]
pub struct Sheet {
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
}

impl Sheet {
    /// A table without rows.
    pub fn new(headings: &[Heading], language: Language) -> Self {
        let column =
            |(zh, en, width): &Heading| Column { heading: language.of(*zh, *en).to_owned(), width: *width };
        Self { columns: headings.iter().map(column).collect(), rows: Vec::new() }
    }

    /// Adds lines that say how it was found and how to ask again.
    pub fn signed(&mut self, method: &str, request: &str) {
        self.rows.push(Vec::new());
        self.rows.extend([method, request].map(|text| vec![Cell::text(Some(text))]));
    }

    /// The table as a file for download; `name` is without its ending.
    pub fn file(self, format: Format, name: &str) -> Result<Response, Error> {
        let rows = self.rows.into_iter();
        Ok(match format {
            Format::Csv => {
                let filled = rows.map(|row| padded(row, self.columns.len()));
                attachment(CSV, &format!("{name}.csv"), csv(&self.columns, filled)?)
            }
            _ => attachment(XLSX, &format!("{name}.xlsx"), workbook(&self.columns, rows)?),
        })
    }
}

/// Separated text has as many cells in each line.
fn padded(mut row: Vec<Cell>, columns: usize) -> Vec<Cell> {
    row.resize(columns, Cell::Empty);
    row
}

/// A count, or nothing.
pub fn count(number: Option<i64>) -> Cell {
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
    let cell = Cell::number(number.map(|n| n as f64));
    cell
}
