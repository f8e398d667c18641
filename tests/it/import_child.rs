//! The limited reading process of the built program: what it reads, and what it refuses without harm.

use std::path::Path;

use rust_xlsxwriter::Workbook;
use yizhan::stations::import::child::Limits;
use yizhan::stations::import::{ReadError, Sheet, read_in_child};

const PROGRAM: &str = env!("CARGO_BIN_EXE_yizhan");

async fn read(contents: &[u8], limits: &Limits) -> Result<Sheet, ReadError> {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), contents).unwrap();
    read_in_child(Path::new(PROGRAM), file.path(), limits, &|_| {}).await
}

#[tokio::test]
async fn a_table_is_read() {
    let sheet = read("名称,经度\n甲,119\n".as_bytes(), &Limits::UPLOAD).await.unwrap();
    assert_eq!(sheet.rows[0].cells, ["甲", "119"]);
}

#[tokio::test]
async fn a_workbook_with_a_far_corner_is_refused_with_the_cell() {
    let mut book = Workbook::new();
    book.add_worksheet().write(0, 0, "name").unwrap().write(59_999, 16_383, "boom").unwrap();
    let error = read(&book.save_to_buffer().unwrap(), &Limits::UPLOAD).await.unwrap_err();
    assert_eq!(error.code(), "too_many_columns");
    assert!(error.to_string().contains("XFD60000"), "{error}");
}

#[tokio::test]
async fn more_memory_than_allowed_ends_the_reader_only() {
    let feature = r#"{"type":"Feature","geometry":null,"properties":{"name":"a"}}"#;
    let text = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, vec![feature; 60_000].join(","));
    let limits = Limits { memory_bytes: 8 << 20, ..Limits::COMMAND_LINE };
    assert_eq!(read(text.as_bytes(), &limits).await, Err(ReadError::OutOfMemory));
}

#[tokio::test]
async fn a_wrong_encoding_is_named_with_its_row() {
    let error = read(b"name,lon\nM\xFCnchen,1\n", &Limits::UPLOAD).await.unwrap_err();
    assert_eq!(error, ReadError::Encoding { row: 2, byte: 11 });
}
