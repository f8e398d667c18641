//! Reads a file whatever its format, within bounds. Runs in a limited process: see `child`.

use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::Path;

use super::assemble::Assembler;
use super::decode::decode;
use super::read_error::ReadError;
use super::sheet::{Bounds, Collect, Format, Output, Sheet};
use super::{read_csv, read_geojson, read_xlsx};

/// The first bytes of a zip archive, which a workbook is.
const ZIP: &[u8] = b"PK\x03\x04";
/// The first bytes of a compound file: old and encrypted workbooks.
const COMPOUND_FILE: &[u8] = b"\xD0\xCF\x11\xE0";
/// The first bytes of files that are often sent instead of a table: PDF, RAR, gzip, PNG, JPEG.
const OTHERS: [&[u8]; 5] = [b"%PDF", b"Rar!", b"\x1F\x8B", b"\x89PNG", b"\xFF\xD8\xFF"];

/// Reads a file into a sheet.
pub fn read_sheet(path: &Path, bounds: &Bounds) -> Result<Sheet, ReadError> {
    let mut sheet = Collect::default();
    read_file(path, bounds, &mut sheet)?;
    sheet.finish()
}

/// Reads a file and hands its rows over one by one.
pub(super) fn read_file(path: &Path, bounds: &Bounds, output: &mut dyn Output) -> Result<(), ReadError> {
    read_bytes(load(path, bounds)?, bounds, output)
}

/// Reads the contents of a file. The contents decide the format, not the name of the file.
pub(super) fn read_bytes(bytes: Vec<u8>, bounds: &Bounds, output: &mut dyn Output) -> Result<(), ReadError> {
    if bytes.starts_with(ZIP) {
        let mut to = Assembler::new(output, bounds, Format::Xlsx, None);
        return read_xlsx::read(Cursor::new(bytes), bounds, &mut to);
    }
    if bytes.starts_with(COMPOUND_FILE) {
        return Err(ReadError::OldWorkbook);
    }
    if OTHERS.iter().any(|start| bytes.starts_with(start)) {
        return Err(ReadError::UnknownFormat);
    }
    let (text, encoding) = decode(bytes)?;
    if text.contains('\0') {
        return Err(ReadError::UnknownFormat);
    }
    if text.trim_start().starts_with('{') {
        let mut to = Assembler::new(output, bounds, Format::Geojson, Some(encoding));
        return read_geojson::read(&text, bounds.areas, &mut to);
    }
    read_csv::read(text, &mut Assembler::new(output, bounds, Format::Csv, Some(encoding)))
}

/// The contents of a file, or as much of it as the bound lets through.
fn load(path: &Path, bounds: &Bounds) -> Result<Vec<u8>, ReadError> {
    let unreadable = |e: io::Error| match e.kind() {
        io::ErrorKind::OutOfMemory => ReadError::OutOfMemory,
        _ => ReadError::Unreadable { reason: e.to_string() },
    };
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|f| f.take(bounds.file_bytes + 1).read_to_end(&mut bytes));
    let length = read.map_err(unreadable)?;
    if length as u64 > bounds.file_bytes {
        return Err(ReadError::FileTooLarge { limit: bounds.file_bytes });
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const BOUNDS: Bounds = Bounds::COMMAND_LINE;

    fn read(bytes: &[u8]) -> Result<Sheet, ReadError> {
        let mut sheet = Collect::default();
        read_bytes(bytes.to_vec(), &BOUNDS, &mut sheet)?;
        sheet.finish()
    }

    #[test]
    fn the_contents_decide_the_format() {
        let collection = br#" {"type":"FeatureCollection","features":[]}"#;
        assert_eq!(read(collection).unwrap().header.format, Format::Geojson);
        assert_eq!(read(b"a,b\n1,2\n").unwrap().header.format, Format::Csv);
        assert_eq!(read(b"\xD0\xCF\x11\xE0...."), Err(ReadError::OldWorkbook));
        assert_eq!(read(b"%PDF-1.7"), Err(ReadError::UnknownFormat));
        assert_eq!(read(b"a\0b"), Err(ReadError::UnknownFormat));
        assert_eq!(read(b""), Err(ReadError::Empty));
        assert!(matches!(
            read(b"PK\x03\x04 no archive"),
            Err(ReadError::Broken { format: Format::Xlsx, .. })
        ));
    }

    #[test]
    fn a_file_larger_than_the_bound_is_refused() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), [b'a'; 100]).unwrap();
        let bounds = |file_bytes| Bounds { file_bytes, ..BOUNDS };
        assert!(read_sheet(file.path(), &bounds(100)).is_ok());
        assert_eq!(read_sheet(file.path(), &bounds(99)), Err(ReadError::FileTooLarge { limit: 99 }));
        let missing = read_sheet(&file.path().join("missing"), &BOUNDS).unwrap_err();
        assert!(missing.is_fault(), "{missing}");
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(start in 0..5_usize, rest in prop::collection::vec(any::<u8>(), 0..400)) {
            let starts: [&[u8]; 5] = [b"", ZIP, b"{\"type\":", b"\xEF\xBB\xBF", b"\xFF\xFE"];
            let _ = read(&[starts[start], &rest].concat());
        }

        #[test]
        fn arbitrary_text_never_panics(text in "[\\PC\"\n\r,;\t]{0,200}") {
            let _ = read(text.as_bytes());
        }
    }
}
