//! What is sent with a file: the form, its options, the coordinate system.

use serde::de::DeserializeOwned;
use spatial::Datum;

use crate::error::{Error, FieldError};
use crate::http::body;
use crate::http::form::{Form, SentFile};
use crate::stations::import::UPLOAD_BYTES;
use crate::stations::import::child::Limits;

/// The most cells of a file: a million points have four or so each where they come by themselves.
const CELLS: usize = 1_000_000;
/// What the reader of a file may use.
pub(in crate::planning) const READER: Limits =
    Limits { file_bytes: UPLOAD_BYTES, cells: CELLS, ..Limits::UPLOAD };

/// The file of a form and what is said with it.
pub(in crate::planning) fn sent<T: DeserializeOwned + Default>(form: &Form) -> Result<(&SentFile, T), Error> {
    let (zh, en) = ("请选一个文件（表单字段 file）。", "choose a file (the form's field `file`)");
    let file = form.file("file").ok_or_else(|| FieldError::new("file", "missing", zh, en))?;
    let options = form.text("options").map(|text| body::read(text.as_bytes())).transpose()?;
    Ok((file, options.unwrap_or_default()))
}

/// The coordinate system of a name; WGS-84 where none is said.
pub(in crate::planning) fn crs(said: Option<&str>) -> Result<Datum, FieldError> {
    said.map_or(Ok(Datum::Wgs84), str::parse).map_err(|_| {
        FieldError::new("crs", "unreadable", "要写 wgs84、gcj02 或 bd09。", "must be wgs84, gcj02 or bd09")
    })
}
