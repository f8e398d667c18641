//! Opening a database with the settings that keep its promises.

use std::{path::Path, time::Duration};

use sqlx::pool::PoolOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};

use super::{Db, DbError};

/// How long a request waits for a connection or a lock before it is told to come back.
const WAIT: Duration = Duration::from_secs(5);
/// Reading connections of an SQLite file.
const SQLITE_READERS: u32 = 4;
/// Connections to a PostgreSQL server.
const POSTGRES_CONNECTIONS: u32 = 16;
/// The write-ahead log is cut back to this many bytes after a checkpoint.
const JOURNAL_BYTES: &str = "67108864";

impl Db {
    /// Opens a database and brings its tables up to date.
    ///
    /// `url` is `sqlite:FILE` or `postgres://…`; anything else is handed to PostgreSQL's parser and refused there.
    pub async fn open(url: &str) -> Result<Self, DbError> {
        let db = Self::connect(url).await?;
        db.migrate().await?;
        Ok(db)
    }

    /// Opens a database with the tables that it has; an SQLite file that is missing is made.
    pub async fn connect(url: &str) -> Result<Self, DbError> {
        match sqlite_file(url) {
            Some(file) => Self::open_sqlite(file, true).await,
            None => Ok(Self::Postgres(pool(POSTGRES_CONNECTIONS).connect(url).await?)),
        }
    }

    /// Opens a database as it is: nothing is made and no table is changed.
    pub async fn attach(url: &str) -> Result<Self, DbError> {
        match sqlite_file(url) {
            Some(file) => Self::open_sqlite(file, false).await,
            None => Self::connect(url).await,
        }
    }

    async fn open_sqlite(file: &Path, create: bool) -> Result<Self, DbError> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(create)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(WAIT)
            .pragma("journal_size_limit", JOURNAL_BYTES);
        // The writer comes first: it makes the file that the readers open.
        let write = pool(1).connect_with(options.clone()).await?;
        let read =
            pool(SQLITE_READERS).connect_with(options.read_only(true).create_if_missing(false)).await?;
        Ok(Self::Sqlite { read, write })
    }
}

/// The file that an SQLite URL names.
fn sqlite_file(url: &str) -> Option<&Path> {
    url.strip_prefix("sqlite:").map(|file| Path::new(file.trim_start_matches("//")))
}

fn pool<D: sqlx::Database>(size: u32) -> PoolOptions<D> {
    PoolOptions::new().max_connections(size).acquire_timeout(WAIT)
}
