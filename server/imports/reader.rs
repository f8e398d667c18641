//! A file that came in becomes a sheet, in the limited process; and the sheet as it is kept.

use std::io::{Read, Write};
use std::path::PathBuf;

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

use crate::app::App;
use crate::error::{Error, FieldError};
use crate::stations::import::child::Limits;
use crate::stations::import::{ReadError, Sheet, read_bytes_in_child, this_program};

/// Reads a file of a list. Two are read at once, because each may take much memory; others wait for their turn.
pub async fn read(app: &App, bytes: &[u8]) -> Result<Sheet, Error> {
    read_within(app, bytes, &Limits::UPLOAD).await
}

/// Reads a file within limits of its own.
pub async fn read_within(app: &App, bytes: &[u8], limits: &Limits) -> Result<Sheet, Error> {
    let _turn = app.imports.readers.acquire().await.map_err(|e| Error::Internal(e.to_string()))?;
    let program = program(app).map_err(refused)?;
    read_bytes_in_child(&program, bytes, limits).await.map_err(refused)
}

fn program(app: &App) -> Result<PathBuf, ReadError> {
    let set = &app.config.import.reader;
    if set.as_os_str().is_empty() { this_program() } else { Ok(set.clone()) }
}

/// What a file that cannot be read is answered with.
#[expect(clippy::needless_pass_by_value, reason = "it is what the error becomes")]
pub fn refused(error: ReadError) -> Error {
    let words = error.words();
    if error.is_fault() {
        return Error::Internal(words.en);
    }
    Error::Refused(vec![FieldError::new("file", error.code(), words.zh, words.en)])
}

/// A sheet as it is kept: gzipped JSON.
pub fn packed(sheet: &Sheet) -> Result<Vec<u8>, Error> {
    let wrong = |e: std::io::Error| Error::Internal(format!("a sheet that cannot be kept: {e}"));
    let mut to = GzEncoder::new(Vec::new(), Compression::fast());
    let json = serde_json::to_vec(sheet).map_err(|e| wrong(e.into()))?;
    to.write_all(&json).map_err(wrong)?;
    to.finish().map_err(wrong)
}

/// The sheet that was kept.
pub fn unpacked(kept: &[u8]) -> Result<Sheet, Error> {
    let wrong = |e: std::io::Error| Error::Internal(format!("a sheet that cannot be read back: {e}"));
    let mut json = Vec::new();
    GzDecoder::new(kept).read_to_end(&mut json).map_err(wrong)?;
    serde_json::from_slice(&json).map_err(|e| wrong(e.into()))
}
