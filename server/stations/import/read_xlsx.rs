//! Workbooks, cell by cell: the reader of whole ranges would ask for memory by the corners of a sheet.

use std::io::{Read, Seek};

use calamine::{Data, DataRef, ExcelDateTime, Reader, Xlsx, XlsxError};

use super::assemble::{Assembler, check_column};
use super::read_error::ReadError;
use super::sheet::{Bounds, Format, SheetRow};

/// Reads the first sheet that has any text.
pub(super) fn read<R: Read + Seek>(file: R, bounds: &Bounds, to: &mut Assembler) -> Result<(), ReadError> {
    let mut workbook = Xlsx::new(file).map_err(broken)?;
    for name in workbook.sheet_names() {
        match read_cells(&mut workbook, &name, bounds, to) {
            // Neither an empty sheet nor a sheet with only a diagram ends the search.
            Err(SheetError::Workbook(XlsxError::NotAWorksheet(_))) | Ok(false) => {}
            Err(SheetError::Workbook(error)) => return Err(broken(error)),
            Err(SheetError::Read(error)) => return Err(error),
            Ok(true) => return to.finish(),
        }
    }
    Err(ReadError::Empty)
}

enum SheetError {
    Workbook(XlsxError),
    Read(ReadError),
}

impl From<XlsxError> for SheetError {
    fn from(error: XlsxError) -> Self {
        Self::Workbook(error)
    }
}

impl From<ReadError> for SheetError {
    fn from(error: ReadError) -> Self {
        Self::Read(error)
    }
}

/// Hands the rows of one sheet over; says whether there was any text.
fn read_cells<R: Read + Seek>(
    workbook: &mut Xlsx<R>,
    name: &str,
    bounds: &Bounds,
    to: &mut Assembler,
) -> Result<bool, SheetError> {
    let mut reader = workbook.worksheet_cells_reader(name)?;
    let mut row = SheetRow::new(0, Vec::new());
    let mut any = false;
    while let Some(cell) = reader.next_cell_with_formula()? {
        let text = text_of(&cell.value);
        if text.trim().is_empty() && cell.formula.is_none() {
            continue;
        }
        any = true;
        let (row_index, column) = cell.pos;
        let (cell_number, column) = (row_index.saturating_add(1), column as usize);
        check_column(cell_number, column, bounds)?;
        if cell_number != row.number {
            to.row_with(std::mem::replace(&mut row, SheetRow::new(cell_number, Vec::new())))?;
        }
        if row.cells.len() <= column {
            row.cells.resize(column + 1, String::new());
        }
        row.cells[column] = text;
        row.formulas.extend(cell.formula.map(|_| column));
    }
    to.row_with(row)?;
    Ok(any)
}

/// A cell as a clerk sees it: whole numbers without a point, dates and times in ISO 8601.
fn text_of(value: &DataRef) -> String {
    match value {
        DataRef::DateTime(when) => date_text(when),
        DataRef::Bool(yes) => yes.to_string().to_uppercase(),
        DataRef::Empty => String::new(),
        DataRef::Error(error) => error.to_string(),
        other => Data::from(other.clone()).to_string(),
    }
}

fn date_text(when: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = when.to_ymd_hms_milli();
    let serial = when.as_f64();
    if when.is_duration() || serial < 1.0 {
        return format!("{hour:02}:{minute:02}");
    }
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) { date } else { format!("{date} {hour:02}:{minute:02}") }
}

fn broken(error: XlsxError) -> ReadError {
    match error {
        XlsxError::Password => ReadError::OldWorkbook,
        other => ReadError::Broken { format: Format::Xlsx, reason: other.to_string() },
    }
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::{ExcelDateTime, Format as CellFormat, Formula, Workbook, Worksheet, XlsxError};

    use super::super::read::read_bytes;
    use super::super::read_error::ReadError;
    use super::super::sheet::{Bounds, COLUMNS, Collect, Format, Sheet};

    fn workbook(fill: impl FnOnce(&mut Worksheet) -> Result<(), XlsxError>) -> Vec<u8> {
        let mut book = Workbook::new();
        book.add_worksheet();
        fill(book.add_worksheet()).unwrap();
        book.save_to_buffer().unwrap()
    }

    fn read(bytes: Vec<u8>) -> Result<Sheet, ReadError> {
        let mut sheet = Collect::default();
        read_bytes(bytes, &Bounds::COMMAND_LINE, &mut sheet)?;
        sheet.finish()
    }

    #[test]
    fn cells_are_texts_as_a_clerk_sees_them() {
        let date = CellFormat::new().set_num_format("yyyy-mm-dd");
        let time = CellFormat::new().set_num_format("hh:mm");
        let sheet = read(workbook(|sheet| {
            sheet.write_row(0, 0, ["编号", "经度", "日期", "时间", "电话", "是"])?;
            sheet.write(2, 0, 1001)?.write(2, 1, 119.600_123)?;
            sheet.write_with_format(2, 2, &ExcelDateTime::from_ymd(2023, 8, 1)?, &date)?;
            sheet.write_with_format(2, 3, &ExcelDateTime::from_hms(8, 30, 0.0)?, &time)?;
            sheet.write(2, 4, 13_800_138_000_i64)?.write(2, 5, true)?;
            Ok(())
        }));
        let sheet = sheet.unwrap();
        assert_eq!((sheet.header.format, sheet.header.encoding), (Format::Xlsx, None));
        assert_eq!(sheet.rows[0].number, 3);
        assert_eq!(sheet.rows[0].cells, ["1001", "119.600123", "2023-08-01", "08:30", "13800138000", "TRUE"]);
    }

    #[test]
    fn formulas_are_told_from_texts() {
        let sheet = read(workbook(|sheet| {
            sheet.write_row(0, 0, ["name", "lon", "lat"])?.write(1, 0, "=not one")?;
            sheet.write_formula(1, 1, Formula::new("=119+0.6").set_result("119.6"))?.write(1, 2, 39.9)?;
            Ok(())
        }));
        let row = &sheet.unwrap().rows[0];
        assert_eq!((row.cells.join("|"), row.formulas.as_slice()), ("=not one|119.6|39.9".into(), &[1][..]));
    }

    #[test]
    fn a_cell_in_the_last_corner_is_named_and_costs_nothing() {
        let bomb = workbook(|sheet| {
            sheet.write(0, 0, "name")?.write(59_999, 16_383, "boom")?;
            Ok(())
        });
        let error = ReadError::TooManyColumns { row: 60_000, column: "XFD".into(), limit: COLUMNS };
        assert_eq!(read(bomb), Err(error));
    }

    #[test]
    fn a_far_row_alone_is_read() {
        let sheet = read(workbook(|sheet| {
            sheet.write_row(0, 0, ["name", "lon"])?.write_row(1_048_575, 0, ["last", "119"])?;
            Ok(())
        }));
        assert_eq!(sheet.unwrap().rows[0].number, 1_048_576);
    }

    #[test]
    fn a_workbook_without_text_is_empty() {
        assert_eq!(read(workbook(|_| Ok(()))), Err(ReadError::Empty));
    }
}
