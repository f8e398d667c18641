//! Restoring: a checked backup into an empty database, all or nothing.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::json;

use super::folder::Folder;
use super::manifest::{Manifest, Part};
use super::{Failed, Progress, refused, store};
use crate::accounts::Actor;
use crate::audit::{self, Entry, Object, Witness};
use crate::db::catalogue::{self, Column, Table};
use crate::db::{Db, Tx, migrate};
use crate::error::Error;

/// The revision leaps by so much, past every revision that was given out after the moment of the backup: a
/// client or a server that has seen one of them would otherwise take the restored registry for an older one.
const LEAP: i64 = 1_000_000;

/// What was restored.
#[derive(Debug, Clone, Serialize)]
pub struct Restored {
    /// What the backup says of itself.
    #[serde(flatten)]
    pub manifest: Manifest,
    /// How many rows came back.
    pub rows: u64,
    /// The version of the last migration now.
    pub schema_now: i64,
    /// The registry's revision from now on.
    pub revision: i64,
    /// Where the heads that this server had witnessed before are now.
    pub set_aside: Option<PathBuf>,
}

/// Makes an empty database what the backup in `from` is, brought forward to this program's tables.
///
/// It reads files as it goes; run it in a process of its own.
pub async fn restore(
    db: &Db,
    witness: &Witness,
    from: &Path,
    now: DateTime<Utc>,
    progress: Progress<'_>,
) -> Result<Restored, Failed> {
    let folder = Folder::open(from)?;
    let heads = folder.heads()?;
    let mut tx = db.begin().await?;
    if !catalogue::tables(&mut tx).await?.is_empty() {
        return Err(not_empty());
    }
    migrate::within(&mut tx, folder.manifest.schema).await?;
    load(&mut tx, &folder, progress).await?;
    migrate::within(&mut tx, migrate::latest()).await?;
    store::end_what_passes(&mut tx).await?;
    let revision = store::leap(&mut tx, LEAP).await?;
    let manifest = folder.manifest;
    audit::record(&mut tx, &Actor::command(), now, &entry(&manifest, revision)).await?;
    tx.commit().await?;
    let set_aside = witness.replace(&heads, now)?;
    Ok(Restored { rows: manifest.rows(), manifest, schema_now: migrate::latest(), revision, set_aside })
}

fn not_empty() -> Failed {
    refused(
        "数据库不是空的；恢复只写入空数据库。请换一个 --database-url 或 --data，或把旧的数据库移开。",
        "the database is not empty, and a restore only fills an empty one; name another --database-url or --data, \
         or move the old database away",
    )
}

/// That everything is as of an earlier moment is itself worth recording.
fn entry(manifest: &Manifest, revision: i64) -> Entry {
    let Manifest { at, service, engine, schema, .. } = manifest;
    let detail =
        json!({ "at": at, "service": service, "engine": engine, "schema": schema, "revision": revision });
    Entry { action: "database.restore", object: Object::new("database", ""), district: None, detail }
}

async fn load(tx: &mut Tx, folder: &Folder, progress: Progress<'_>) -> Result<(), Failed> {
    let tables = catalogue::tables(tx).await?;
    let parts = &folder.manifest.tables;
    if tables.len() != parts.len() {
        return Err(unlike());
    }
    for table in tables.iter().rev() {
        store::clear(tx, &table.name).await?;
    }
    // The order is that of this database, whose rules they must keep.
    for table in &tables {
        let part = parts.iter().find(|p| p.name == table.name).ok_or_else(unlike)?;
        if sorted(&table.columns) != sorted(&part.columns) {
            return Err(unlike());
        }
        load_table(tx, folder, table, part, progress).await?;
    }
    Ok(())
}

fn sorted(columns: &[Column]) -> Vec<&Column> {
    let mut sorted: Vec<_> = columns.iter().collect();
    sorted.sort_by(|a, b| a.name.cmp(&b.name));
    sorted
}

async fn load_table(
    tx: &mut Tx,
    folder: &Folder,
    table: &Table,
    part: &Part,
    progress: Progress<'_>,
) -> Result<(), Failed> {
    let mut lines = folder.rows(part)?;
    let (mut done, mut rows) = (0, Vec::new());
    loop {
        let row = lines.row(part)?;
        let is_last = row.is_none();
        rows.extend(row);
        if rows.len() == store::rows_at_once(part.columns.len()) || (is_last && !rows.is_empty()) {
            done += rows.len() as u64;
            store::insert(tx, &table.name, &part.columns, std::mem::take(&mut rows)).await?;
            progress(&table.name, done);
        }
        if is_last {
            break;
        }
    }
    let found = u64::try_from(store::count(tx, &table.name).await?);
    if done == part.rows && found == Ok(part.rows) { Ok(()) } else { Err(folder.contradicts(part)) }
}

/// A backup whose tables are not those of its own schema.
fn unlike() -> Failed {
    Failed::Broken(Error::Internal("the backup has other tables than its schema says".to_owned()))
}
