//! One SQL text over two engines: SQLite by default, PostgreSQL by URL.
//!
//! [`on!`](crate::on) reads from a pool, [`in_tx!`](crate::in_tx) works inside a [`Tx`], and [`Built`] is for
//! statements whose shape depends on the question.
//! What differs between the engines, and the rule that follows:
//!
//! | case | rule |
//! | --- | --- |
//! | SQLite names no constraint | a unique violation is mapped by what the statement can violate |
//! | PostgreSQL aborts a transaction after an error | leave with the error, never go on |
//! | `SUM(bigint)` is NUMERIC on PostgreSQL | `CAST(COALESCE(SUM(x), 0) AS BIGINT)` |
//! | integer widths differ | `i64` in every row |
//! | `lower` and `LIKE` differ beyond ASCII | text is folded in Rust |
//! | time | `BIGINT` milliseconds UTC from our clock, never `now()` |
//! | ids | UUIDv7 made in Rust, stored as text |

mod built;
pub mod catalogue;
mod error;
pub mod migrate;
mod open;
mod row;
mod tx;

pub use built::{Built, Value};
pub use error::DbError;
pub use tx::{Conn, Tx};

use chrono::{DateTime, Utc};
use sqlx::{PgPool, SqlitePool};

/// A database: SQLite with many readers and one writer, or PostgreSQL.
#[derive(Debug, Clone)]
pub enum Db {
    /// One file; writers queue in the pool instead of failing on the lock.
    Sqlite {
        /// Reading connections.
        read: SqlitePool,
        /// The one writing connection.
        write: SqlitePool,
    },
    /// A server.
    Postgres(PgPool),
}

/// Runs one expression over the reading pool of either engine.
#[macro_export]
macro_rules! on {
    ($db:expr, $pool:ident => $body:expr) => {
        match $db {
            $crate::db::Db::Sqlite { read: $pool, .. } => $body.map_err($crate::db::DbError::from),
            $crate::db::Db::Postgres($pool) => $body.map_err($crate::db::DbError::from),
        }
    };
}

/// Runs one expression over the connection of a transaction on either engine.
#[macro_export]
macro_rules! in_tx {
    ($tx:expr, $conn:ident => $body:expr) => {
        match $tx.conn() {
            $crate::db::Conn::Sqlite(connection) => {
                let $conn = &mut **connection;
                $body.map_err($crate::db::DbError::from)
            }
            $crate::db::Conn::Postgres(connection) => {
                let $conn = &mut **connection;
                $body.map_err($crate::db::DbError::from)
            }
        }
    };
}

const CLOCK: &str = "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)";
const PING: &str = "SELECT CAST(1 AS BIGINT)";

impl Db {
    /// The engine's name, for logs and reports.
    pub fn engine(&self) -> &'static str {
        match self {
            Self::Sqlite { .. } => "sqlite",
            Self::Postgres(_) => "postgres",
        }
    }

    /// Asks the database for a sign of life.
    pub async fn ping(&self) -> Result<(), DbError> {
        on!(self, pool => sqlx::query_scalar::<_, i64>(PING).fetch_one(pool).await).map(drop)
    }

    /// What a database with a clock of its own takes for now; a file has none.
    pub async fn clock(&self) -> Result<Option<DateTime<Utc>>, DbError> {
        match self {
            Self::Sqlite { .. } => Ok(None),
            Self::Postgres(pool) => {
                let ms: i64 = sqlx::query_scalar(CLOCK).fetch_one(pool).await?;
                Ok(DateTime::from_timestamp_millis(ms))
            }
        }
    }

    /// Closes every connection; on SQLite the log is merged into the file.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}
