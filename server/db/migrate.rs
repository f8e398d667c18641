//! Migrations: `migrations/*.sql` for both engines, `migrations/{sqlite,postgres}/*.sql` for one.
//!
//! They are merged by version into one run, because two runs over two folders lose their common order.

use include_dir::{Dir, File, include_dir};
use sqlx::SqlSafeStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};

use super::{Conn, Db, DbError, Tx};

static MIGRATIONS: Dir = include_dir!("$CARGO_MANIFEST_DIR/server/migrations");

impl Db {
    /// Applies the migrations that are missing, in the order of their versions.
    pub async fn migrate(&self) -> Result<(), DbError> {
        match self {
            Self::Sqlite { write, .. } => migrator("sqlite", false).run(write).await?,
            Self::Postgres(pool) => migrator("postgres", false).run(pool).await?,
        }
        Ok(())
    }
}

/// The version of the last migration that this program knows.
pub fn latest() -> i64 {
    migrator("sqlite", false).iter().map(|m| m.version).max().unwrap_or_default()
}

/// Applies the missing migrations up to a version, as a part of the transaction.
pub async fn within(tx: &mut Tx, target: i64) -> Result<(), DbError> {
    match tx.conn() {
        Conn::Sqlite(c) => migrator("sqlite", true).run_to(target, &mut **c).await?,
        Conn::Postgres(c) => migrator("postgres", true).run_to(target, &mut **c).await?,
    }
    Ok(())
}

/// Every migration of an engine, each in a transaction of its own or `inside` one that is open already.
fn migrator(engine: &str, inside: bool) -> Migrator {
    let own = MIGRATIONS.get_dir(engine).into_iter().flat_map(Dir::files);
    Migrator::with_migrations(MIGRATIONS.files().chain(own).filter_map(|f| migration(f, inside)).collect())
}

fn migration(file: &'static File<'static>, inside: bool) -> Option<Migration> {
    let (version, name) = file.path().file_stem()?.to_str()?.split_once('_')?;
    let sql = file.contents_utf8()?.into_sql_str();
    Some(Migration::new(version.parse().ok()?, name.into(), MigrationType::Simple, sql, inside))
}
