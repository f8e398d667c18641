//! Restoring: a checked backup into an empty database, all or nothing.

use std::path::Path;

use serde::Serialize;

use super::folder::Folder;
use super::manifest::Part;
use super::{Failed, Progress, refused, store};
use crate::db::catalogue::{self, Column, Table};
use crate::db::{Db, Tx, migrate};
use crate::error::Error;

/// The revision leaps by so much, past every revision that was given out after the moment of the backup: a
/// client or a server that has seen one of them would otherwise take the restored registry for an older one.
const LEAP: i64 = 1_000_000;

/// What was restored.
#[derive(Debug, Clone, Serialize)]
pub struct Restored {
    /// The version of the last migration of the backup.
    pub from_schema: i64,
    /// The version of the last migration now.
    pub schema: i64,
    /// How many tables.
    pub tables: usize,
    /// How many rows.
    pub rows: u64,
    /// The registry's revision from now on.
    pub revision: i64,
}

/// Makes an empty database what the backup in `from` is, brought forward to this program's tables.
///
/// It reads files as it goes; run it in a process of its own.
pub async fn restore(db: &Db, from: &Path, progress: Progress<'_>) -> Result<Restored, Failed> {
    let folder = Folder::open(from)?;
    let mut tx = db.begin().await?;
    if !catalogue::tables(&mut tx).await?.is_empty() {
        return Err(refused(
            "数据库不是空的；恢复只写入空数据库。请换一个 --database-url，或把旧的数据库移开。",
            "the database is not empty, and a restore only fills an empty one; name another --database-url, or move the old database away",
        ));
    }
    let manifest = &folder.manifest;
    migrate::within(&mut tx, manifest.schema).await?;
    load(&mut tx, &folder, progress).await?;
    migrate::within(&mut tx, migrate::latest()).await?;
    store::end_what_passes(&mut tx).await?;
    let revision = store::leap(&mut tx, LEAP).await?;
    tx.commit().await?;
    Ok(Restored {
        from_schema: manifest.schema,
        schema: migrate::latest(),
        tables: manifest.tables.len(),
        rows: manifest.rows(),
        revision,
    })
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
