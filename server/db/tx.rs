//! Transactions that never hand a broken connection back.

use sqlx::pool::PoolConnection;
use sqlx::{Postgres, Sqlite};

use super::{Db, DbError};
use crate::in_tx;

/// A transaction.
///
/// Dropped without [`Tx::commit`] or [`Tx::rollback`], its connection is closed and not reused: an
/// SQLite connection stays in its failed transaction after a full disk, and must not reach the next caller.
#[derive(Debug)]
pub struct Tx {
    conn: Conn,
    open: bool,
}

/// The connection of a transaction.
#[derive(Debug)]
pub enum Conn {
    /// To an SQLite file.
    Sqlite(PoolConnection<Sqlite>),
    /// To a PostgreSQL server.
    Postgres(PoolConnection<Postgres>),
}

impl Db {
    /// Opens a writing transaction. On SQLite it takes the write lock at once, because a lock taken
    /// later fails under load instead of waiting.
    pub async fn begin(&self) -> Result<Tx, DbError> {
        let conn = match self {
            Self::Sqlite { write, .. } => Conn::Sqlite(write.acquire().await?),
            Self::Postgres(pool) => Conn::Postgres(pool.acquire().await?),
        };
        Tx::begun(conn, "BEGIN IMMEDIATE", "BEGIN").await
    }

    /// Opens a transaction that only reads, and sees the whole database as of its first statement.
    pub async fn begin_reading(&self) -> Result<Tx, DbError> {
        let conn = match self {
            Self::Sqlite { read, .. } => Conn::Sqlite(read.acquire().await?),
            Self::Postgres(pool) => Conn::Postgres(pool.acquire().await?),
        };
        Tx::begun(conn, "BEGIN", "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY").await
    }
}

impl Tx {
    async fn begun(conn: Conn, on_sqlite: &'static str, on_postgres: &'static str) -> Result<Self, DbError> {
        let mut tx = Self { conn, open: true };
        match &mut tx.conn {
            Conn::Sqlite(c) => sqlx::query(on_sqlite).execute(&mut **c).await.map(drop)?,
            Conn::Postgres(c) => sqlx::query(on_postgres).execute(&mut **c).await.map(drop)?,
        }
        Ok(tx)
    }

    /// The connection, for [`in_tx!`](crate::in_tx).
    pub fn conn(&mut self) -> &mut Conn {
        &mut self.conn
    }

    /// Makes everything done in it visible and durable.
    pub async fn commit(self) -> Result<(), DbError> {
        self.end("COMMIT").await
    }

    /// Undoes everything, for a refusal that is no fault of the database.
    pub async fn rollback(self) -> Result<(), DbError> {
        self.end("ROLLBACK").await
    }

    async fn end(mut self, statement: &'static str) -> Result<(), DbError> {
        in_tx!(self, c => sqlx::query(statement).execute(c).await.map(drop))?;
        self.open = false;
        Ok(())
    }
}

impl Drop for Tx {
    fn drop(&mut self) {
        match &mut self.conn {
            Conn::Sqlite(c) if self.open => c.close_on_drop(),
            Conn::Postgres(c) if self.open => c.close_on_drop(),
            _ => {}
        }
    }
}
