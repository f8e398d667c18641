//! The description of the export.

use spatial::Datum;
use utoipa::openapi::Content;
use utoipa::openapi::path::Operation;
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat};

use super::Format;
use crate::http::openapi::parts::{answer, one_of, parameter_named, query, staff, text};
use crate::stations::life::filters;

/// `GET /api/v1/stations/export`
pub(super) fn export() -> Operation {
    let binary = || Content::new(Some(text().format(Some(SchemaFormat::KnownFormat(KnownFormat::Binary)))));
    let ok = answer("The file, as an attachment.")
        .content("text/csv", Content::new(Some(text())))
        .content("application/geo+json", Content::new(Some(ObjectBuilder::new())))
        .content("application/geo+json-seq", Content::new(Some(text())))
        .content(Format::Xlsx.media_type(), binary());
    let format = one_of(Format::ALL.iter().map(|f| f.as_str())).default(Some(Format::Xlsx.as_str().into()));
    let crs = one_of(Datum::ALL.map(Datum::as_str)).default(Some(Datum::Wgs84.as_str().into()));
    staff("exportStations", "stations", "The stations as a file", "200", ok)
        .description(Some(
            "Every status, within the caller's districts, with what only staff may know. A table or GeoJSON has \
             columns that `yizhan import` recognises; a file that comes back unchanged changes nothing. A cell that \
             a spreadsheet would take for a formula has an apostrophe before it. `amap`, `baidu` and `tencent` are \
             workbooks for the upload to these maps: only open stations that are real places, in the map's own \
             coordinate system.",
        ))
        .parameter_ref(parameter_named("Accept-Language"))
        .parameter(query("format", "What is written.", format, "csv"))
        .parameter(query("crs", "The coordinate system of positions; a map has its own.", crs, "wgs84"))
        .parameters(Some(filters()))
        .into()
}
