//! The sheet as it was corrected, back as a workbook with its problems marked, to be mended and sent again.

use std::collections::{BTreeMap, HashMap};

use rust_xlsxwriter::{Color, Format, Note, Workbook, Worksheet, XlsxError};

use super::plan::Plan;
use super::problem::{Level, Problem};
use super::sheet::{COLUMNS, Sheet};
use super::values::{clean, neutral};
use crate::error::Error;
use crate::language::Language;

/// So many cells get a note: a workbook with more opens slowly. The column and the list name every problem.
const NOTES: usize = 2_000;
/// Digits that a number keeps in a workbook.
const DIGITS: usize = 15;
/// The most characters of a cell that lists problems; Excel takes 32,767.
const CELL_CHARS: usize = 30_000;

/// What the colours mean, as red, green and blue.
const ERROR: Color = Color::RGB(0x00F8_CBC6);
const WARNING: Color = Color::RGB(0x00FF_E9A8);

/// The workbook: the sheet with a column of problems, which an import leaves out, and a list of all of them.
///
/// Rows keep their numbers, so that the problems name the right ones. Formulas and what begins like one are texts.
pub fn workbook(sheet: &Sheet, plan: &Plan, language: Language) -> Result<Vec<u8>, Error> {
    let wrong = |e: XlsxError| Error::Internal(format!("the workbook cannot be written: {e}"));
    let mut book = Workbook::new();
    let name = language.of("表格", "Sheet");
    let marked = book.add_worksheet().set_name(name).map_err(wrong)?;
    Marker { sheet, problems: &plan.report.problems, language }.write(marked).map_err(wrong)?;
    let list = book.add_worksheet().set_name(language.of("问题", "Problems")).map_err(wrong)?;
    write_list(list, &plan.report.problems, language).map_err(wrong)?;
    book.save_to_buffer().map_err(wrong)
}

struct Marker<'a> {
    sheet: &'a Sheet,
    problems: &'a [Problem],
    language: Language,
}

impl Marker<'_> {
    fn write(&self, to: &mut Worksheet) -> Result<(), XlsxError> {
        let by_row = self.by_row();
        let header = &self.sheet.header;
        let top = header.heading_row.unwrap_or(1).saturating_sub(1);
        // GeoJSON counts its features from 1 and has no row of headings.
        let shift = u32::from(header.heading_row.is_none());
        let width = self.width();
        let bold = Format::new().set_bold();
        for (column, heading) in (0_u16..).zip(&header.headings) {
            to.write_string_with_format(top, column, neutral(heading), &bold)?;
        }
        if let Some(column) = width {
            to.write_string_with_format(top, column, self.language.of("导入问题", "import problems"), &bold)?;
            to.set_column_width(column, 60)?;
        }
        let mut notes = NOTES;
        for row in &self.sheet.rows {
            let at = (row.number + shift).saturating_sub(1);
            let found = by_row.get(&row.number).map_or(&[][..], Vec::as_slice);
            let cells: BTreeMap<usize, Vec<&Problem>> = by_column(found);
            for (column, text) in row.cells.iter().enumerate() {
                write_cell(to, at, column, text, cells.get(&column).map_or(&[], Vec::as_slice), &mut notes)?;
            }
            for (column, problems) in cells.range(row.cells.len()..) {
                write_cell(to, at, *column, "", problems, &mut notes)?;
            }
            if let (Some(column), false) = (width, found.is_empty()) {
                let told = found.iter().map(|p| p.told_in_row(self.language)).collect::<Vec<_>>().join("\n");
                let told: String = told.chars().take(CELL_CHARS).collect();
                to.write_string_with_format(at, column, neutral(&told), &coloured(heaviest(found)))?;
            }
        }
        to.set_freeze_panes(top + 1, 0)?;
        Ok(())
    }

    fn by_row(&self) -> HashMap<u32, Vec<&Problem>> {
        let mut by_row: HashMap<u32, Vec<&Problem>> = HashMap::new();
        for problem in self.problems {
            if let Some(row) = problem.row {
                by_row.entry(row).or_default().push(problem);
            }
        }
        by_row
    }

    /// The column of problems, behind all others; none where a file may not have another.
    fn width(&self) -> Option<u16> {
        let widest = self.sheet.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let width = widest.max(self.sheet.header.headings.len());
        u16::try_from(width).ok().filter(|_| width < COLUMNS)
    }
}

fn by_column<'p>(problems: &[&'p Problem]) -> BTreeMap<usize, Vec<&'p Problem>> {
    let mut by_column: BTreeMap<usize, Vec<&Problem>> = BTreeMap::new();
    for problem in problems {
        if let Some(column) = problem.at {
            by_column.entry(column).or_default().push(problem);
        }
    }
    by_column
}

fn heaviest(problems: &[&Problem]) -> Option<Level> {
    problems.iter().map(|p| p.level).max()
}

fn coloured(level: Option<Level>) -> Format {
    match level {
        Some(Level::Error) => Format::new().set_background_color(ERROR),
        Some(Level::Warning) => Format::new().set_background_color(WARNING),
        Some(Level::Info) | None => Format::new(),
    }
}

fn write_cell(
    to: &mut Worksheet,
    row: u32,
    column: usize,
    text: &str,
    problems: &[&Problem],
    notes: &mut usize,
) -> Result<(), XlsxError> {
    let Ok(column) = u16::try_from(column) else { return Ok(()) };
    let format = coloured(heaviest(problems));
    // What an export made harmless before is not made so twice.
    let text = &clean(text);
    match number(text) {
        Some(number) => to.write_number_with_format(row, column, number, &format)?,
        None if text.is_empty() && problems.is_empty() => return Ok(()),
        None if text.is_empty() => to.write_blank(row, column, &format)?,
        None => to.write_string_with_format(row, column, neutral(text), &format)?,
    };
    if !problems.is_empty() && *notes > 0 {
        *notes -= 1;
        let told = problems.iter().map(|p| p.detail.as_str()).collect::<Vec<_>>().join("\n");
        to.insert_note(row, column, &Note::new(told).add_author_prefix(false))?;
    }
    Ok(())
}

/// A text that is a number and would be read back as the same text.
fn number(text: &str) -> Option<f64> {
    let number: f64 = text.parse().ok().filter(|n: &f64| n.is_finite())?;
    (text.len() <= DIGITS && number.to_string() == text).then_some(number)
}

fn write_list(to: &mut Worksheet, problems: &[Problem], language: Language) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let headings =
        language.of(["行", "列", "级别", "代码", "说明"], ["row", "column", "level", "code", "detail"]);
    for ((column, heading), width) in (0_u16..).zip(headings).zip([8.0, 18.0, 8.0, 22.0, 90.0]) {
        to.write_string_with_format(0, column, heading, &bold)?;
        to.set_column_width(column, width)?;
    }
    for (row, problem) in (1_u32..).zip(problems) {
        let level = match problem.level {
            Level::Error => language.of("错误", "error"),
            Level::Warning => language.of("提醒", "warning"),
            Level::Info => language.of("说明", "note"),
        };
        if let Some(number) = problem.row {
            to.write_number(row, 0, number)?;
        }
        to.write_string(row, 1, neutral(problem.column.as_deref().unwrap_or_default()))?;
        to.write_string_with_format(row, 2, level, &coloured(Some(problem.level)))?;
        to.write_string(row, 3, problem.code)?;
        to.write_string(row, 4, neutral(&problem.detail))?;
    }
    to.set_freeze_panes(1, 0)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::plan::Options;
    use super::super::read::read_bytes;
    use super::super::sheet::{Bounds, Collect, Sheet};
    use super::super::tests::{codes, plan_sheet, sheet};
    use super::*;

    fn read(bytes: Vec<u8>) -> Sheet {
        let mut sheet = Collect::default();
        read_bytes(bytes, &Bounds::COMMAND_LINE, &mut sheet).unwrap();
        sheet.finish().unwrap()
    }

    #[test]
    fn what_is_written_is_read_back_with_the_same_problems() {
        let text = "标题,,\n,,\n编号,名称,经度,纬度,区县,电话,备注\n007,=1+1驿站,39.9,119.55,北戴河,0335-1,'=x\n8,,119.55,39.91,海港区,13800138000,@y\n";
        let sheet = sheet(text);
        let plan = plan_sheet(&sheet, &Options::default(), &[]);
        let back = read(workbook(&sheet, &plan, Language::ZhCn).unwrap());
        assert_eq!(back.header.heading_row, sheet.header.heading_row);
        assert_eq!(back.header.headings[..7], sheet.header.headings[..]);
        assert_eq!(back.header.headings[7], "导入问题");
        let numbers = |sheet: &Sheet| sheet.rows.iter().map(|row| row.number).collect::<Vec<_>>();
        assert_eq!(numbers(&back), numbers(&sheet));
        assert!(back.rows.iter().all(|row| row.formulas.is_empty()), "no formula runs");
        let again = plan_sheet(&back, &Options::default(), &[]);
        assert_eq!(codes(&again), codes(&plan), "{again:?}");
        assert_eq!((back.rows[0].cells[0].as_str(), back.rows[1].cells[5].as_str()), ("007", "13800138000"));
    }
}
