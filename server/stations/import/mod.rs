//! Import.
pub mod assemble;
pub mod changes;
pub mod child;
pub mod columns;
mod decode;
mod draft;
pub mod duplicates;
pub mod evidence;
pub mod field;
mod lexicon;
mod matching;
mod names;
pub mod parent;
mod place;
pub mod plan;
pub mod problem;
pub mod read;
mod read_csv;
pub mod read_error;
mod read_geojson;
mod read_xlsx;
mod reading;
mod render;
pub mod report;
mod row;
pub mod sheet;
mod values;
mod wording;

#[cfg(test)]
mod tests;
