//! From a stream of rows to a sheet: finds the row of headings and keeps every bound.

use super::read_error::ReadError;
use super::sheet::{Bounds, Encoding, Format, Header, Output, SheetRow};

/// A title of one cell may stand above the headings; so many such rows are looked past.
const TITLE_ROWS: usize = 10;

/// Takes rows in the order of the file and hands the headings and the rows below them on.
pub(super) struct Assembler<'a> {
    output: &'a mut dyn Output,
    bounds: &'a Bounds,
    format: Format,
    encoding: Option<Encoding>,
    /// Rows of a single cell before the headings are found.
    titles: Vec<SheetRow>,
    headed: bool,
    rows: usize,
    cells: usize,
}

impl<'a> Assembler<'a> {
    /// Nothing read yet.
    pub(super) fn new(
        output: &'a mut dyn Output,
        bounds: &'a Bounds,
        format: Format,
        encoding: Option<Encoding>,
    ) -> Self {
        Self { output, bounds, format, encoding, titles: Vec::new(), headed: false, rows: 0, cells: 0 }
    }

    /// Headings that the format states by itself.
    pub(super) fn headings(&mut self, headings: Vec<String>) -> Result<(), ReadError> {
        self.check(0, &headings)?;
        self.head(None, headings)
    }

    /// The next row; an empty one is left out.
    pub(super) fn row(&mut self, number: u32, cells: Vec<String>) -> Result<(), ReadError> {
        self.row_with(SheetRow::new(number, cells))
    }

    /// The next row, which may hold formulas; an empty one is left out.
    pub(super) fn row_with(&mut self, row: SheetRow) -> Result<(), ReadError> {
        let SheetRow { number, mut cells, formulas } = row;
        let texts = cells.iter().rposition(|c| !c.trim().is_empty());
        let used = texts.max(formulas.last().copied()).map_or(0, |last| last + 1);
        if used == 0 {
            return Ok(());
        }
        cells.truncate(used);
        self.check(number, &cells)?;
        let row = SheetRow { number, cells, formulas };
        if self.headed {
            return self.output.row(row);
        }
        let is_title = row.cells.iter().filter(|c| !c.trim().is_empty()).count() == 1;
        if !is_title {
            return self.head(Some(row.number), row.cells);
        }
        self.titles.push(row);
        if self.titles.len() == TITLE_ROWS { self.head_by_first() } else { Ok(()) }
    }

    /// After the last row.
    pub(super) fn finish(&mut self) -> Result<(), ReadError> {
        match (self.headed, self.titles.is_empty()) {
            (true, _) => Ok(()),
            (false, true) => Err(ReadError::Empty),
            (false, false) => self.head_by_first(),
        }
    }

    fn head(&mut self, heading_row: Option<u32>, headings: Vec<String>) -> Result<(), ReadError> {
        self.headed = true;
        self.titles.clear();
        let headings = headings.into_iter().map(|h| h.trim().to_owned()).collect();
        self.output.header(Header { format: self.format, encoding: self.encoding, heading_row, headings })
    }

    /// A table of one column: its first row is the heading.
    fn head_by_first(&mut self) -> Result<(), ReadError> {
        let mut rows = std::mem::take(&mut self.titles).into_iter();
        if let Some(first) = rows.next() {
            self.head(Some(first.number), first.cells)?;
        }
        rows.try_for_each(|row| self.output.row(row))
    }

    fn check(&mut self, number: u32, cells: &[String]) -> Result<(), ReadError> {
        self.rows += 1;
        self.cells += cells.len();
        if self.rows > self.bounds.rows {
            return Err(ReadError::TooManyRows { limit: self.bounds.rows });
        }
        if self.cells > self.bounds.cells {
            return Err(ReadError::TooManyCells { limit: self.bounds.cells });
        }
        check_column(number, cells.len().saturating_sub(1), self.bounds)?;
        match cells.iter().position(|c| c.len() > self.bounds.cell_bytes) {
            Some(at) => {
                let limit = self.bounds.cell_bytes;
                Err(ReadError::CellTooLong { row: number, column: column_name(at), limit })
            }
            None => Ok(()),
        }
    }
}

/// Refuses a column, counted from 0, beyond the bound.
pub(super) fn check_column(row: u32, column: usize, bounds: &Bounds) -> Result<(), ReadError> {
    if column < bounds.columns {
        return Ok(());
    }
    Err(ReadError::TooManyColumns { row, column: column_name(column), limit: bounds.columns })
}

/// A column, counted from 0, as a spreadsheet names it: A, B, … Z, AA.
pub(super) fn column_name(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().map(|b| char::from(*b)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::sheet::{Collect, Sheet};
    use super::*;

    fn assemble(rows: &[(u32, &[&str])], bounds: &Bounds) -> Result<Sheet, ReadError> {
        let mut sheet = Collect::default();
        let mut to = Assembler::new(&mut sheet, bounds, Format::Csv, Some(Encoding::Utf8));
        for (number, cells) in rows {
            to.row(*number, cells.iter().map(|c| (*c).to_owned()).collect())?;
        }
        to.finish()?;
        sheet.finish()
    }

    const BOUNDS: Bounds =
        Bounds { file_bytes: 1000, rows: 4, columns: 3, cell_bytes: 5, cells: 9, areas: false };

    #[test]
    fn titles_and_empty_rows_are_no_headings() {
        let rows: [(u32, &[&str]); 4] =
            [(1, &["title"]), (2, &["", " "]), (3, &["a ", "b"]), (5, &["1", "", ""])];
        let sheet = assemble(&rows, &BOUNDS).unwrap();
        assert_eq!(
            (sheet.header.heading_row, sheet.header.headings),
            (Some(3), vec!["a".into(), "b".into()])
        );
        assert_eq!(sheet.rows, [SheetRow::new(5, vec!["1".into()])]);
    }

    #[test]
    fn a_table_of_one_column_has_its_heading_first() {
        let sheet = assemble(&[(1, &["name"]), (2, &["x"]), (3, &["y"])], &BOUNDS).unwrap();
        assert_eq!((sheet.header.headings, sheet.rows.len()), (vec!["name".into()], 2));
        assert_eq!(assemble(&[(1, &[""])], &BOUNDS), Err(ReadError::Empty));
    }

    #[test]
    fn each_bound_is_kept() {
        let rows = |n: u32| (1..=n).map(|i| (i, &["a", "b"][..])).collect::<Vec<_>>();
        assert!(assemble(&rows(4), &BOUNDS).is_ok());
        assert_eq!(assemble(&rows(5), &BOUNDS), Err(ReadError::TooManyRows { limit: 4 }));
        let wide: [(u32, &[&str]); 1] = [(7, &["a", "b", "c", "d"])];
        assert_eq!(
            assemble(&wide, &BOUNDS),
            Err(ReadError::TooManyColumns { row: 7, column: "D".into(), limit: 3 })
        );
        let long: [(u32, &[&str]); 1] = [(2, &["a", "sixsix"])];
        assert_eq!(
            assemble(&long, &BOUNDS),
            Err(ReadError::CellTooLong { row: 2, column: "B".into(), limit: 5 })
        );
        let many = [(1, &["a", "b", "c"][..]); 4];
        assert_eq!(assemble(&many, &BOUNDS), Err(ReadError::TooManyCells { limit: 9 }));
    }

    #[test]
    fn columns_are_named_as_in_a_spreadsheet() {
        for (column, name) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")] {
            assert_eq!(column_name(column), name);
        }
    }
}
