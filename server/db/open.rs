//! Opening a database with the settings that keep its promises.

use std::net::IpAddr;
use std::{path::Path, time::Duration};

use sqlx::pool::PoolOptions;
use sqlx::postgres::{PgConnectOptions, PgSslMode};
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

    /// What an operator should know of a URL: that whoever stands between could read all, or be the database. The name
    /// of the host is all of the URL that it tells.
    pub fn warning(url: &str) -> Option<String> {
        if sqlite_file(url).is_some() {
            return None;
        }
        // What cannot be parsed is refused where it is opened.
        let options = url.parse::<PgConnectOptions>().ok()?;
        let is_safe = is_local(&options) || matches!(options.get_ssl_mode(), PgSslMode::VerifyFull);
        (!is_safe).then(|| {
            format!(
                "nobody checks that the database at {} is the right one, so all may be read and changed on its way: add \
                 ?sslmode=verify-full&sslrootcert=FILE to the URL, where FILE is the certificate of the authority that \
                 signed the database's own",
                options.get_host()
            )
        })
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

/// Whether a connection stays on this machine.
fn is_local(options: &PgConnectOptions) -> bool {
    let host = options.get_host();
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    let is_loopback = address.map_or(host == "localhost", |a| a.to_canonical().is_loopback());
    options.get_socket().is_some() || host.starts_with('/') || is_loopback
}

fn pool<D: sqlx::Database>(size: u32) -> PoolOptions<D> {
    PoolOptions::new().max_connections(size).acquire_timeout(WAIT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_elsewhere_must_prove_who_it_is() {
        let elsewhere = "postgres://yizhan:word-of-pass@db.example.cn/yizhan";
        for wrong in ["", "?sslmode=prefer", "?sslmode=require", "?sslmode=verify-ca&sslrootcert=ca.pem"] {
            let told = Db::warning(&format!("{elsewhere}{wrong}")).expect(wrong);
            assert!(told.contains("db.example.cn") && told.contains("sslmode=verify-full"), "{told}");
            assert!(!told.contains("word-of-pass"), "{told}");
        }
        assert!(Db::warning("postgres://u@10.0.0.7/yizhan").is_some());
        for right in [
            &format!("{elsewhere}?sslmode=verify-full&sslrootcert=ca.pem"),
            "postgres://u@localhost/yizhan",
            "postgres://u@127.0.0.1:5433/yizhan",
            "postgres://u@[::1]/yizhan",
            "postgres://u@%2Frun%2Fpostgresql/yizhan",
            "postgres://u@localhost/yizhan?host=/run/postgresql",
            "sqlite:var/yizhan.db",
        ] {
            assert_eq!(Db::warning(right), None, "{right}");
        }
    }
}
