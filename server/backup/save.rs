//! Saving: every table as of one moment into a new folder, while the service goes on.

use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset};
use serde::Serialize;
use serde_json::Value;

use super::cell::Cell;
use super::draft::Draft;
use super::manifest::{FORMAT, HEADS, MANIFEST, Manifest, Part};
use super::{Failed, Progress, refused, store};
use crate::audit::{self, Head, Witness};
use crate::db::catalogue::{self, Table};
use crate::db::{Db, Tx};
use crate::error::Error;

/// The migration that brought the audit log.
const AUDITED: i64 = 5;
/// After so many rows progress is told.
const TELL_EVERY: u64 = 1_000;

/// What was saved.
#[derive(Debug, Clone, Serialize)]
pub struct Saved {
    /// The new folder.
    pub folder: PathBuf,
    /// What it says of itself.
    #[serde(flatten)]
    pub manifest: Manifest,
    /// How many bytes its files have.
    pub bytes: u64,
}

/// Saves the database into a new folder, with the heads of the audit chain that this server witnessed.
///
/// It reads and writes files as it goes; run it in a process of its own.
pub async fn save(
    db: &Db,
    witness: &Witness,
    target: &Path,
    at: DateTime<FixedOffset>,
    progress: Progress<'_>,
) -> Result<Saved, Failed> {
    let mut draft = Draft::begin(target)?;
    let mut tx = db.begin_reading().await?;
    let schema = catalogue::version(&mut tx).await?;
    if schema == 0 {
        return Err(refused(
            "数据库里还没有任何表，没有可备份的内容。",
            "the database has no tables yet; there is nothing to save",
        ));
    }
    let mut tables = Vec::new();
    for table in catalogue::tables(&mut tx).await? {
        tables.push(copy(&mut tx, table, &mut draft, progress).await?);
    }
    let last = if schema >= AUDITED { audit::last(&mut tx).await? } else { 0 };
    tx.rollback().await?;
    let heads = heads(witness.heads()?, last, &mut draft)?;
    let service = env!("CARGO_PKG_VERSION").to_owned();
    let manifest =
        Manifest { format: FORMAT, service, schema, engine: db.engine().to_owned(), at, tables, heads };
    let text = serde_json::to_string_pretty(&manifest).map_err(|e| Error::Internal(e.to_string()))?;
    draft.plain(MANIFEST, &(text + "\n"))?;
    Ok(Saved { folder: target.to_owned(), manifest, bytes: draft.finish()? })
}

async fn copy(tx: &mut Tx, table: Table, draft: &mut Draft, progress: Progress<'_>) -> Result<Part, Failed> {
    let mut part = Part { name: table.name.clone(), columns: table.columns.clone(), rows: 0 };
    let mut file = draft.pack(part.file())?;
    store::read(tx, &table, &mut |cells| {
        let values = cells.into_iter().map(Cell::into_json).collect();
        file.line(Value::Array(values).to_string())?;
        part.rows += 1;
        if part.rows.is_multiple_of(TELL_EVERY) {
            progress(&table.name, part.rows);
        }
        Ok(())
    })
    .await?;
    progress(&table.name, part.rows);
    draft.packed(file)?;
    Ok(part)
}

/// Copies the witnessed heads up to the moment; one that was signed later would look like a chain cut short.
fn heads(witnessed: Vec<Option<Head>>, last: i64, draft: &mut Draft) -> Result<u64, Failed> {
    let mut file = draft.pack(HEADS.to_owned())?;
    let mut count = 0;
    for head in witnessed.into_iter().flatten().filter(|head| head.seq <= last) {
        file.line(serde_json::to_string(&head).map_err(|e| Error::Internal(e.to_string()))?)?;
        count += 1;
    }
    draft.packed(file)?;
    Ok(count)
}
