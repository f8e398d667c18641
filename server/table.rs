//! Tables as files: separated text and workbooks. What a spreadsheet would take for a formula is made harmless.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use crate::error::Error;
use crate::stations::import::neutral;

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// A text, which no spreadsheet may take for a formula.
    Text(String),
    /// A number.
    Number(f64),
    /// A day.
    Day(NaiveDate),
    /// A local time.
    Time(NaiveDateTime),
}

/// How a spreadsheet shows a day, and a time.
const SHOWN: [&str; 2] = ["yyyy-mm-dd", "yyyy-mm-dd hh:mm"];
/// The day that spreadsheets count as 0. It is right from March 1900 on, before which nothing here happened.
const DAY_0: NaiveDate = NaiveDate::from_ymd_opt(1899, 12, 30).expect("a day");

impl Cell {
    /// A text, or nothing.
    pub fn text(text: Option<impl Into<String>>) -> Self {
        text.map(Into::into).filter(|t: &String| !t.is_empty()).map_or(Self::Empty, Self::Text)
    }

    /// A number, or nothing.
    pub fn number(number: Option<f64>) -> Self {
        number.map_or(Self::Empty, Self::Number)
    }
}

/// A column: its heading, and how wide a workbook shows it, in characters.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// What stands above it.
    pub heading: String,
    /// How wide it is shown, in characters.
    pub width: f64,
}

/// Separated text, UTF-8 with a byte order mark, without which a spreadsheet reads Chinese wrongly.
pub fn csv(columns: &[Column], rows: impl Iterator<Item = Vec<Cell>>) -> Result<Vec<u8>, Error> {
    let mut text =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(b"\xEF\xBB\xBF".to_vec());
    let wrong = |e: csv::Error| Error::Internal(format!("the table cannot be written: {e}"));
    text.write_record(columns.iter().map(|c| &c.heading)).map_err(wrong)?;
    for row in rows {
        text.write_record(row.into_iter().map(written)).map_err(wrong)?;
    }
    text.into_inner().map_err(|e| Error::Internal(format!("the table cannot be written: {e}")))
}

fn written(cell: Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => neutral(&text).into_owned(),
        Cell::Number(number) => number.to_string(),
        Cell::Day(day) => day.to_string(),
        Cell::Time(time) => time.format("%Y-%m-%d %H:%M").to_string(),
    }
}

/// A workbook of one sheet whose headings stay in view.
pub fn workbook(columns: &[Column], rows: impl Iterator<Item = Vec<Cell>>) -> Result<Vec<u8>, Error> {
    filled(columns, rows).map_err(|e| Error::Internal(format!("the workbook cannot be written: {e}")))
}

fn filled(columns: &[Column], rows: impl Iterator<Item = Vec<Cell>>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let bold = Format::new().set_bold();
    let shown = SHOWN.map(|shown| Format::new().set_num_format(shown));
    sheet.set_freeze_panes(1, 0)?;
    for (at, column) in (0_u16..).zip(columns) {
        sheet.set_column_width(at, column.width)?;
        sheet.write_string_with_format(0, at, &column.heading, &bold)?;
    }
    for (number, row) in (1_u32..).zip(rows) {
        for (at, cell) in (0_u16..).zip(row) {
            fill(sheet, (number, at), cell, &shown)?;
        }
    }
    book.save_to_buffer()
}

fn fill(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: Cell,
    [day, time]: &[Format; 2],
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => return Ok(()),
        Cell::Text(text) => sheet.write_string(row, column, neutral(&text))?,
        Cell::Number(value) => sheet.write_number(row, column, value)?,
        Cell::Day(value) => sheet.write_with_format(row, column, &serial(value.into())?, day)?,
        Cell::Time(value) => sheet.write_with_format(row, column, &serial(value)?, time)?,
    };
    Ok(())
}

/// A time as a spreadsheet counts it: days since its first one.
fn serial(time: NaiveDateTime) -> Result<ExcelDateTime, XlsxError> {
    let days = u32::try_from((time.date() - DAY_0).num_days()).unwrap_or_default();
    let seconds = u32::try_from((time.time() - NaiveTime::MIN).num_seconds()).unwrap_or_default();
    ExcelDateTime::from_serial_datetime(f64::from(days) + f64::from(seconds) / 86_400.0)
}
