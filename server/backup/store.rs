//! All SQL of copying: rows of any table out of a database and into one.
//!
//! The names in these statements come from the catalogue of the database itself.

use futures_util::TryStreamExt;
use futures_util::stream::BoxStream;
use sqlx::{AssertSqlSafe, ColumnIndex, Decode, Row, Type};

use super::Failed;
use super::cell::Cell;
use crate::db::catalogue::{Column, Kind, Table};
use crate::db::{DbError, Tx};
use crate::in_tx;

/// What takes rows one by one.
pub(super) type Sink<'a> = &'a mut (dyn FnMut(Vec<Cell>) -> Result<(), Failed> + Send);

/// Hands over each row of a table in the order of its key.
pub(super) async fn read(tx: &mut Tx, table: &Table, sink: Sink<'_>) -> Result<(), Failed> {
    let (columns, key) = (listed(table.columns.iter().map(|c| &c.name)), listed(&table.key));
    let sql = AssertSqlSafe(format!("SELECT {columns} FROM {} ORDER BY {key}", quoted(&table.name)));
    in_tx!(tx, c => each(sqlx::query(sql).fetch(c), &table.columns, sink).await)?
}

/// The outer error is the database's, the inner one that of the sink.
async fn each<'r, R>(
    mut rows: BoxStream<'_, sqlx::Result<R>>,
    columns: &[Column],
    sink: Sink<'_>,
) -> sqlx::Result<Result<(), Failed>>
where
    R: Row + 'r,
    usize: ColumnIndex<R>,
    String: for<'a> Decode<'a, R::Database> + Type<R::Database>,
    i64: for<'a> Decode<'a, R::Database> + Type<R::Database>,
    f64: for<'a> Decode<'a, R::Database> + Type<R::Database>,
    bool: for<'a> Decode<'a, R::Database> + Type<R::Database>,
    Vec<u8>: for<'a> Decode<'a, R::Database> + Type<R::Database>,
{
    while let Some(row) = rows.try_next().await? {
        let mut cells = Vec::with_capacity(columns.len());
        for (i, column) in columns.iter().enumerate() {
            cells.push(match column.kind {
                Kind::Text => Cell::Text(row.try_get(i)?),
                Kind::Integer => Cell::Integer(row.try_get(i)?),
                Kind::Real => Cell::Real(row.try_get(i)?),
                Kind::Boolean => Cell::Boolean(row.try_get(i)?),
                Kind::Bytes => Cell::Bytes(row.try_get(i)?),
            });
        }
        if let Err(failed) = sink(cells) {
            return Ok(Err(failed));
        }
    }
    Ok(Ok(()))
}

/// The most values of one statement; SQLite takes 32,766 and PostgreSQL 65,535.
const MOST_VALUES: usize = 8_000;

/// How many rows of a table go into one statement.
pub(super) fn rows_at_once(columns: usize) -> usize {
    (MOST_VALUES / columns.max(1)).clamp(1, 500)
}

/// Adds rows whose cells are those of `columns`.
pub(super) async fn insert(
    tx: &mut Tx,
    table: &str,
    columns: &[Column],
    rows: Vec<Vec<Cell>>,
) -> Result<(), DbError> {
    let mut number = 0..;
    let mut row = || {
        let marks: Vec<_> = columns.iter().zip(&mut number).map(|(_, n)| format!("${}", n + 1)).collect();
        format!("({})", marks.join(", "))
    };
    let values: Vec<_> = rows.iter().map(|_| row()).collect();
    let (table, names) = (quoted(table), listed(columns.iter().map(|c| &c.name)));
    let sql = AssertSqlSafe(format!("INSERT INTO {table} ({names}) VALUES {}", values.join(", ")));
    in_tx!(tx, c => {
        let mut query = sqlx::query(sql);
        for cell in rows.into_iter().flatten() {
            query = match cell {
                Cell::Text(value) => query.bind(value),
                Cell::Integer(value) => query.bind(value),
                Cell::Real(value) => query.bind(value),
                Cell::Boolean(value) => query.bind(value),
                Cell::Bytes(value) => query.bind(value),
            };
        }
        query.execute(c).await.map(drop)
    })
}

/// Removes every row of a table: those that a migration put into it.
pub(super) async fn clear(tx: &mut Tx, table: &str) -> Result<(), DbError> {
    let sql = AssertSqlSafe(format!("DELETE FROM {}", quoted(table)));
    in_tx!(tx, c => sqlx::query(sql).execute(c).await.map(drop))
}

/// How many rows a table has.
pub(super) async fn count(tx: &mut Tx, table: &str) -> Result<i64, DbError> {
    let sql = AssertSqlSafe(format!("SELECT COUNT(*) FROM {}", quoted(table)));
    in_tx!(tx, c => sqlx::query_scalar(sql).fetch_one(c).await)
}

const LEAP: &str = "UPDATE registry SET revision = revision + $1 WHERE one = 1 RETURNING revision";
const LEAPT: &str = "INSERT INTO station_change (revision, station_id) VALUES ($1, '*')";

/// Raises the registry's revision by many, and notes that every station may have changed.
pub(super) async fn leap(tx: &mut Tx, by: i64) -> Result<i64, DbError> {
    let revision: i64 = in_tx!(tx, c => sqlx::query_scalar(LEAP).bind(by).fetch_one(c).await)?;
    in_tx!(tx, c => sqlx::query(LEAPT).bind(revision).execute(c).await.map(drop))?;
    Ok(revision)
}

/// What was good for once or for a while, and may have been used or ended after the moment of the backup.
const PASSING: [&str; 3] = ["DELETE FROM session", "DELETE FROM invitation", "DELETE FROM idempotency"];

/// Ends every session, and makes every secret link and every kept answer void.
pub(super) async fn end_what_passes(tx: &mut Tx) -> Result<(), DbError> {
    for sql in PASSING {
        in_tx!(tx, c => sqlx::query(sql).execute(c).await.map(drop))?;
    }
    Ok(())
}

fn listed<'n>(names: impl IntoIterator<Item = &'n String>) -> String {
    names.into_iter().map(|n| quoted(n)).collect::<Vec<_>>().join(", ")
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
