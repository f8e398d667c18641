//! The registry as a file: for a spreadsheet, for a map program, and for the upload to three map services.
//!
//! Tables have the columns that an import recognises, so that a file that was exported and comes back unchanged
//! changes nothing. What a spreadsheet would take for a formula is neutralised (`values::neutral`), and the import
//! reads it back as it was. `maps` describes the packages for map services.

mod cells;
mod features;
mod maps;
mod openapi;
mod routes;

use spatial::Datum;

pub use routes::routes;

use super::import::Lexicon;
use super::model::Station;
use crate::city::City;
use crate::code::codes;
use crate::error::Error;
use crate::language::Language;
use crate::table;

codes! {
    /// What is written.
    Format {
        Xlsx = "xlsx", Csv = "csv", Geojson = "geojson", GeojsonSeq = "geojsonseq",
        Amap = "amap", Baidu = "baidu", Tencent = "tencent",
    }
}

/// The media type of a workbook.
const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

impl Format {
    /// The media type of the file.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Geojson => "application/geo+json",
            Self::GeojsonSeq => "application/geo+json-seq",
            Self::Xlsx | Self::Amap | Self::Baidu | Self::Tencent => WORKBOOK,
        }
    }

    /// What the name of the file ends with.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Geojson => "geojson",
            Self::GeojsonSeq => "geojsons",
            Self::Xlsx | Self::Amap | Self::Baidu | Self::Tencent => "xlsx",
        }
    }

    /// The coordinate system that the map service works in; `None` where any may be asked for.
    pub fn own_crs(self) -> Option<Datum> {
        match self {
            Self::Amap | Self::Tencent => Some(Datum::Gcj02),
            Self::Baidu => Some(Datum::Bd09),
            Self::Xlsx | Self::Csv | Self::Geojson | Self::GeojsonSeq => None,
        }
    }
}

/// How a file is to be written.
#[derive(Debug, Clone, Copy)]
pub struct Export<'a> {
    /// What is written.
    pub format: Format,
    /// The coordinate system of positions; a map service has its own.
    pub crs: Datum,
    /// The language of headings and words.
    pub language: Language,
    /// Districts, and the words of codes.
    pub city: &'a City,
}

impl Export<'_> {
    /// The bytes of the file with these stations, in their order.
    pub fn write(&self, stations: &[Station]) -> Result<Vec<u8>, Error> {
        match self.format {
            Format::Geojson => features::collection(stations, self.crs),
            Format::GeojsonSeq => features::sequence(stations, self.crs),
            Format::Csv | Format::Xlsx => {
                let lexicon = Lexicon::new(&self.city.vocabularies);
                let cells = cells::Cells::new(self, &lexicon);
                let rows = stations.iter().map(|station| cells.row(station));
                if self.format == Format::Csv {
                    table::csv(&cells.headings(), rows)
                } else {
                    table::workbook(&cells.headings(), rows)
                }
            }
            Format::Amap | Format::Baidu | Format::Tencent => maps::package(self, stations),
        }
    }
}
