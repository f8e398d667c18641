//! What a backup says of itself, and the names of its files.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use crate::db::catalogue::Column;

/// The number of this form of backups. A reader takes its own and older ones.
pub const FORMAT: u32 = 1;
/// The file with the manifest.
pub(super) const MANIFEST: &str = "manifest.json";
/// The file with the checksum of every other file, as `sha256sum --check` reads it.
pub(super) const SUMS: &str = "SHA256SUMS";
/// The file with the heads of the audit chain that were witnessed.
pub(super) const HEADS: &str = "audit-heads.jsonl.gz";

/// What a backup says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The form of the folder, [`FORMAT`].
    pub format: u32,
    /// The version of the program that wrote it.
    pub service: String,
    /// The version of the last migration of the database.
    pub schema: i64,
    /// The engine that it was saved from.
    pub engine: String,
    /// The moment that it shows.
    pub at: DateTime<FixedOffset>,
    /// Its tables, each after those that it refers to.
    pub tables: Vec<Part>,
    /// How many heads of the audit chain were witnessed.
    pub heads: u64,
}

/// One table of a backup. Its file has one row a line, as a JSON array of the columns' values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// The table.
    pub name: String,
    /// Its columns, in the order of the values.
    pub columns: Vec<Column>,
    /// How many rows it has.
    pub rows: u64,
}

impl Part {
    /// The name of its file.
    pub(super) fn file(&self) -> String {
        format!("{}.jsonl.gz", self.name)
    }
}

impl Manifest {
    /// Every file of the backup besides the one with the checksums.
    pub(super) fn files(&self) -> Vec<String> {
        let fixed = [MANIFEST, HEADS].map(str::to_owned);
        fixed.into_iter().chain(self.tables.iter().map(Part::file)).collect()
    }

    /// How many rows it has in all.
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|t| t.rows).sum()
    }
}
