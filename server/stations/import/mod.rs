//! Import.
pub mod assemble;
pub mod child;
pub mod decode;
pub mod field;
pub mod parent;
pub mod read;
mod read_csv;
pub mod read_error;
mod read_geojson;
mod read_xlsx;
pub mod sheet;
