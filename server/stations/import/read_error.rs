//! Why a file cannot be read as a table, in words a clerk understands.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::sheet::Format;
use crate::error::Words;
use crate::language::Language;

/// Why a file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the words of each kind say what its fields are")]
pub enum ReadError {
    /// The operating system does not give the file.
    Unreadable { reason: String },
    /// Neither a workbook, nor text, nor GeoJSON.
    UnknownFormat,
    /// A workbook of Excel 97 to 2003, or one with a password.
    OldWorkbook,
    /// More bytes than an import may have.
    FileTooLarge { limit: u64 },
    /// More rows than an import may have.
    TooManyRows { limit: usize },
    /// A cell to the right of the last column an import may have.
    TooManyColumns { row: u32, column: String, limit: usize },
    /// More cells than an import may have.
    TooManyCells { limit: usize },
    /// A cell with more text than any fact has.
    CellTooLong { row: u32, column: String, limit: usize },
    /// Bytes that are no characters of any encoding known here.
    Encoding { row: u32, byte: usize },
    /// The file breaks the rules of its format.
    Broken { format: Format, reason: String },
    /// A feature of GeoJSON that is not one point.
    NotAPoint { feature: u32 },
    /// A feature of GeoJSON that is neither a point nor an area.
    NotAPlace { feature: u32 },
    /// No cell has any text.
    Empty,
    /// Reading needed more memory than an import may use.
    OutOfMemory,
    /// Reading took longer than an import may take.
    TooSlow,
    /// The reading process ended without an answer.
    Crashed,
}

impl ReadError {
    /// The contract's word for it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "unreadable",
            Self::UnknownFormat => "unknown_format",
            Self::OldWorkbook => "old_workbook",
            Self::FileTooLarge { .. } => "file_too_large",
            Self::TooManyRows { .. } => "too_many_rows",
            Self::TooManyColumns { .. } => "too_many_columns",
            Self::TooManyCells { .. } => "too_many_cells",
            Self::CellTooLong { .. } => "cell_too_long",
            Self::Encoding { .. } => "encoding",
            Self::Broken { .. } => "broken",
            Self::NotAPoint { .. } => "not_a_point",
            Self::NotAPlace { .. } => "not_a_place",
            Self::Empty => "empty",
            Self::OutOfMemory => "out_of_memory",
            Self::TooSlow => "too_slow",
            Self::Crashed => "crashed",
        }
    }

    /// Whether the operating system refused, and not the contents of the file.
    pub fn is_fault(&self) -> bool {
        matches!(self, Self::Unreadable { .. })
    }

    /// What is wrong and how to mend it.
    pub fn words(&self) -> Words {
        self.bound_words().unwrap_or_else(|| self.content_words())
    }

    fn bound_words(&self) -> Option<Words> {
        Some(match self {
            Self::FileTooLarge { limit } => Words::new(
                format!("文件超过 {} MiB。请拆成几个文件分别导入。", limit >> 20),
                format!("The file is larger than {} MiB. Split it and import the parts.", limit >> 20),
            ),
            Self::TooManyRows { limit } => Words::new(
                format!("表格超过 {limit} 行。请拆成几个文件分别导入。"),
                format!("The sheet has more than {limit} rows. Split it and import the parts."),
            ),
            Self::TooManyColumns { row, column, limit } => Words::new(
                format!("单元格 {column}{row} 在第 {limit} 列之后。请删除右侧多余的列，另存后再导入。"),
                format!(
                    "Cell {column}{row} lies beyond column {limit}. Delete the columns on the right and save again."
                ),
            ),
            Self::TooManyCells { limit } => Words::new(
                format!("表格超过 {limit} 个单元格。请删除不需要的列，或拆成几个文件。"),
                format!(
                    "The sheet has more than {limit} cells. Delete the columns you do not need, or split it."
                ),
            ),
            Self::CellTooLong { row, column, limit } => Words::new(
                format!("单元格 {column}{row} 的内容超过 {limit} 字节。请缩短后再导入。"),
                format!("The text in cell {column}{row} is longer than {limit} bytes. Shorten it."),
            ),
            Self::OutOfMemory => Words::new(
                "读取该文件所需的内存超过导入的上限。请把内容复制到新的工作表，或另存为 CSV 后再导入。",
                "The file needs more memory than an import may use. Copy its contents to a new sheet, or save it as CSV.",
            ),
            Self::TooSlow => Words::new(
                "读取该文件的时间超过导入的上限。请拆成几个文件，或另存为 CSV 后再导入。",
                "Reading the file takes longer than an import may take. Split it, or save it as CSV.",
            ),
            _ => return None,
        })
    }

    fn content_words(&self) -> Words {
        match self {
            Self::Unreadable { reason } => {
                Words::new(format!("无法打开文件：{reason}"), format!("The file cannot be opened: {reason}"))
            }
            Self::OldWorkbook => Words::new(
                "这是旧版 Excel（.xls）或加密的工作簿。请去掉密码，另存为 .xlsx 后再导入。",
                "This is an old Excel workbook (.xls) or one with a password. Remove the password and save it as .xlsx.",
            ),
            Self::Encoding { row, byte } => Words::new(
                format!(
                    "第 {row} 行（第 {byte} 字节处）的文字无法识别，文件既不是 UTF-8 也不是 GB18030。请在 Excel 中另存为“CSV UTF-8”后再导入。"
                ),
                format!(
                    "The text in row {row} (at byte {byte}) is neither UTF-8 nor GB18030. Save the file as \"CSV UTF-8\"."
                ),
            ),
            Self::Broken { format, reason } => Words::new(
                format!("文件已损坏，或不是正确的 {format} 文件（{reason}）。请重新导出后再试。"),
                format!("The file is damaged or no proper {format} file ({reason}). Export it again."),
            ),
            Self::NotAPoint { feature } => Words::new(
                format!("第 {feature} 个要素不是一个点。每个站点应为一个 Point。"),
                format!("Feature {feature} is not a point. Each station has to be one Point."),
            ),
            Self::NotAPlace { feature } => Words::new(
                format!("第 {feature} 个要素既不是点也不是面。应为 Point、Polygon 或 MultiPolygon。"),
                format!(
                    "Feature {feature} is neither a point nor an area. It has to be a Point, Polygon or MultiPolygon."
                ),
            ),
            Self::Empty => Words::new("文件里没有任何内容。", "There is nothing in the file."),
            Self::Crashed => Words::new(
                "读取程序意外中断，没有导入任何内容。请把内容复制到新的工作表后再试。",
                "The reader stopped unexpectedly and nothing was imported. Copy the contents to a new sheet and try again.",
            ),
            _ => Words::new(
                "无法识别的文件。可以导入 .xlsx、.csv 和 GeoJSON。",
                "Not a file that can be imported: .xlsx, .csv and GeoJSON can.",
            ),
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words().of(Language::En))
    }
}

impl std::error::Error for ReadError {}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Geojson => "GeoJSON",
        })
    }
}
