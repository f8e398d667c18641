//! A registry as a table of texts, whatever file it came from.

use serde::{Deserialize, Serialize};

use super::read_error::ReadError;

/// The kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// A workbook of Excel 2007 or later.
    Xlsx,
    /// Text with a separator.
    Csv,
    /// A feature collection of points, RFC 7946.
    Geojson,
}

/// How a text file writes its characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Encoding {
    /// UTF-8.
    #[serde(rename = "utf-8")]
    Utf8,
    /// UTF-8 that starts with a byte order mark.
    #[serde(rename = "utf-8-bom")]
    Utf8Bom,
    /// GB18030, and with it GBK and GB2312.
    #[serde(rename = "gb18030")]
    Gb18030,
    /// UTF-16, least significant byte first, with a byte order mark.
    #[serde(rename = "utf-16le")]
    Utf16Le,
    /// UTF-16, most significant byte first, with a byte order mark.
    #[serde(rename = "utf-16be")]
    Utf16Be,
}

/// What a file says before its rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// The kind of file.
    pub format: Format,
    /// How it writes characters; a workbook has no choice of its own.
    pub encoding: Option<Encoding>,
    /// The number of the row of headings; absent in GeoJSON, which has none.
    pub heading_row: Option<u32>,
    /// The headings, column by column.
    pub headings: Vec<String>,
}

/// One row below the headings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetRow {
    /// The row as the sheet numbers it, from 1; of GeoJSON the feature, from 1.
    pub number: u32,
    /// The cells as text, in the order of the headings; empty ones at the end may be missing.
    pub cells: Vec<String>,
    /// Columns whose cell is a formula of a workbook, which is not imported; the text is the value it had last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub formulas: Vec<usize>,
}

impl SheetRow {
    /// A row without formulas.
    pub fn new(number: u32, cells: Vec<String>) -> Self {
        Self { number, cells, formulas: Vec::new() }
    }
}

/// A whole table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// What the file says before its rows.
    pub header: Header,
    /// The rows that are not empty, in the order of the file.
    pub rows: Vec<SheetRow>,
}

/// How much of a file is read before it is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Bytes of the file.
    pub file_bytes: u64,
    /// Rows that are not empty, the headings included.
    pub rows: usize,
    /// Columns.
    pub columns: usize,
    /// Bytes of one cell's text in UTF-8.
    pub cell_bytes: usize,
    /// Cells of all rows together, empty ones before the last of a row included.
    pub cells: usize,
    /// Whether a feature of GeoJSON may be an area, which is a cell of its own.
    pub areas: bool,
}

/// Bytes of a file that may be uploaded.
pub const UPLOAD_BYTES: u64 = 20 << 20;
/// Bytes of a file that the command line reads.
pub const FILE_BYTES: u64 = 256 << 20;
/// Rows of one file; twice the largest registry the service is measured with.
pub(super) const ROWS: usize = 400_000;
/// Columns of one file.
pub(super) const COLUMNS: usize = 200;
/// Bytes of one cell; a cell of Excel holds 32,767 characters, a fact of a station never so many.
pub(super) const CELL_BYTES: usize = 16_384;
/// Bytes of one cell where features may be areas: an outline of some 100,000 corners.
pub(super) const AREA_BYTES: usize = 4 << 20;
/// Cells of a file that may be uploaded.
pub const UPLOAD_CELLS: usize = 200_000;
/// Cells of a file that the command line reads.
pub const CELLS: usize = 12_000_000;

impl Bounds {
    /// The bounds of a file of at most so many bytes and cells.
    pub const fn new(file_bytes: u64, cells: usize) -> Self {
        Self { file_bytes, rows: ROWS, columns: COLUMNS, cell_bytes: CELL_BYTES, cells, areas: false }
    }

    /// The same for files whose features may be areas.
    #[must_use]
    pub const fn with_areas(self) -> Self {
        Self { cell_bytes: AREA_BYTES, areas: true, ..self }
    }

    /// The bounds of a file that the operator imports.
    pub const COMMAND_LINE: Self = Self::new(FILE_BYTES, CELLS);
}

/// Where a reader hands over what it found.
pub(super) trait Output {
    /// Once, before the first row.
    fn header(&mut self, header: Header) -> Result<(), ReadError>;
    /// Each row in turn.
    fn row(&mut self, row: SheetRow) -> Result<(), ReadError>;
}

/// Collects a sheet in memory.
#[derive(Debug, Default)]
pub(super) struct Collect {
    header: Option<Header>,
    rows: Vec<SheetRow>,
}

impl Collect {
    /// The sheet, once the reader is done.
    pub(super) fn finish(self) -> Result<Sheet, ReadError> {
        Ok(Sheet { header: self.header.ok_or(ReadError::Empty)?, rows: self.rows })
    }
}

impl Output for Collect {
    fn header(&mut self, header: Header) -> Result<(), ReadError> {
        self.header = Some(header);
        Ok(())
    }

    fn row(&mut self, row: SheetRow) -> Result<(), ReadError> {
        self.rows.push(row);
        Ok(())
    }
}
