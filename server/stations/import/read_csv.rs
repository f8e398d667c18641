//! Tables of separated text: comma, semicolon or tab, with the rows numbered as a spreadsheet shows them.

use csv::{ReaderBuilder, StringRecord};

use super::assemble::Assembler;
use super::read_error::ReadError;
use super::sheet::Format;

const SEPARATORS: [u8; 3] = *b",;\t";

/// Reads the whole text of a file.
pub(super) fn read(mut text: String, to: &mut Assembler) -> Result<(), ReadError> {
    // Rows are counted by line ends, so all are written alike and the last line has one too.
    if text.contains('\r') {
        text = text.replace("\r\n", "\n").replace('\r', "\n");
    }
    text.push('\n');
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(&text))
        .from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    let (mut within_cells, mut previous) = (0, 0);
    while reader.read_record(&mut record).map_err(|e| broken(&e))? {
        // A spreadsheet counts empty lines as rows, which the reader skips, and does not count line ends
        // within a cell, which the reader's line number has.
        within_cells += record.iter().map(line_ends).sum::<u64>();
        let by_line = reader.position().line().saturating_sub(1 + within_cells);
        let number = u32::try_from(by_line).unwrap_or(u32::MAX).max(previous + 1);
        previous = number;
        to.row(number, record.iter().map(str::to_owned).collect())?;
    }
    to.finish()
}

fn line_ends(cell: &str) -> u64 {
    cell.bytes().filter(|b| *b == b'\n').count() as u64
}

/// The separator that the first line has most of outside quotes; a comma if it has none.
fn separator(text: &str) -> u8 {
    let line = text.trim_start().bytes();
    let mut counts = [0_usize; SEPARATORS.len()];
    let mut quoted = false;
    for byte in line.take_while(|b| *b != b'\n') {
        quoted ^= byte == b'"';
        if let Some(i) = SEPARATORS.iter().position(|s| *s == byte && !quoted) {
            counts[i] += 1;
        }
    }
    let most = (0..counts.len()).rev().max_by_key(|i| counts[*i]);
    most.map_or(b',', |i| SEPARATORS[i])
}

fn broken(error: &csv::Error) -> ReadError {
    ReadError::Broken { format: Format::Csv, reason: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::super::read::read_bytes;
    use super::super::sheet::{Bounds, Collect, Sheet};

    fn sheet(text: &str) -> Sheet {
        let mut sheet = Collect::default();
        read_bytes(text.into(), &Bounds::COMMAND_LINE, &mut sheet).unwrap();
        sheet.finish().unwrap()
    }

    #[test]
    fn three_separators_are_recognised() {
        for text in ["a,b;c\n1,2", "a;b,c;d\n1;2", "a\tb\n1\t2", "\"a,b,c\";d\n1;2", "a,b\r\n1,2\r\n"] {
            let read = sheet(text);
            assert_eq!(read.rows[0].cells, ["1", "2"], "{text:?}");
        }
    }

    #[test]
    fn rows_are_numbered_as_the_sheet_shows_them() {
        let cases: [(&str, &[u32]); 6] = [
            ("a,b\n1,2\n3,4\n", &[2, 3]),
            ("a,b\n1,2\n3,4", &[2, 3]),
            ("a,b\r\n1,2\r\n\r\n3,4\r\n", &[2, 4]),
            ("a,b\n\"x\ny\nz\",2\n3,4\n", &[2, 3]),
            ("\n\na,b\n,\n1,2\n", &[5]),
            ("a,b\r1,2\r3,4\r", &[2, 3]),
        ];
        for (text, numbers) in cases {
            let read: Vec<u32> = sheet(text).rows.iter().map(|r| r.number).collect();
            assert_eq!(read, numbers, "{text:?}");
        }
    }

    #[test]
    fn rows_may_be_shorter_or_longer_than_the_headings() {
        let rows = sheet("a,b\n1\n1,2,3\n").rows;
        assert_eq!((rows[0].cells.len(), rows[1].cells.len()), (1, 3));
    }
}
