//! Opening a database with the settings that keep its promises.

use std::{path::Path, time::Duration};

use sqlx::pool::PoolOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};

use super::{Db, DbError, migrate};

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
        let db = match url.strip_prefix("sqlite:") {
            Some(file) => Self::open_sqlite(Path::new(file.trim_start_matches("//"))).await?,
            None => Self::Postgres(pool(POSTGRES_CONNECTIONS).connect(url).await?),
        };
        migrate::run(&db).await?;
        Ok(db)
    }

    async fn open_sqlite(file: &Path) -> Result<Self, DbError> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
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

fn pool<D: sqlx::Database>(size: u32) -> PoolOptions<D> {
    PoolOptions::new().max_connections(size).acquire_timeout(WAIT)
}
