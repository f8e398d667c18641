//! Migrations: `migrations/*.sql` for both engines, `migrations/{sqlite,postgres}/*.sql` for one.
//!
//! They are merged by version into one run, because two runs over two folders lose their common order.

use include_dir::{Dir, File, include_dir};
use sqlx::SqlSafeStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};

use super::{Db, DbError};

static MIGRATIONS: Dir = include_dir!("$CARGO_MANIFEST_DIR/server/migrations");

/// Applies what is missing, in the order of the versions.
pub(super) async fn run(db: &Db) -> Result<(), DbError> {
    match db {
        Db::Sqlite { write, .. } => migrator("sqlite").run(write).await?,
        Db::Postgres(pool) => migrator("postgres").run(pool).await?,
    }
    Ok(())
}

fn migrator(engine: &str) -> Migrator {
    let own = MIGRATIONS.get_dir(engine).into_iter().flat_map(Dir::files);
    Migrator::with_migrations(MIGRATIONS.files().chain(own).filter_map(migration).collect())
}

fn migration(file: &'static File<'static>) -> Option<Migration> {
    let (version, name) = file.path().file_stem()?.to_str()?.split_once('_')?;
    let sql = file.contents_utf8()?.into_sql_str();
    Some(Migration::new(version.parse().ok()?, name.into(), MigrationType::Simple, sql, false))
}
