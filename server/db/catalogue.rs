//! What a database says of itself: its tables, their columns, and which refers to which.
//!
//! Whoever copies a database asks here, so that the tables of later migrations are never forgotten.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Conn, DbError, Tx};
use crate::{in_tx, row};

/// What a column holds, the same on both engines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Text.
    Text,
    /// A whole number of 64 bits.
    Integer,
    /// A number of double precision.
    Real,
    /// Yes or no.
    Boolean,
    /// Bytes.
    Bytes,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
}

/// A table of the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns, in their order.
    pub columns: Vec<Column>,
    /// The columns of its primary key.
    pub key: Vec<String>,
}

row! {
    /// A name that belongs to a table.
    #[derive(Debug)]
    struct Named {
        of: String,
        name: String,
    }
}

row! {
    /// A column as the engine declares it.
    #[derive(Debug)]
    struct Declared {
        of: String,
        name: String,
        word: String,
    }
}

/// Where the migrations note themselves; no table of the service.
const MIGRATIONS: &str = "_sqlx_migrations";

/// A question to each engine.
struct Question {
    sqlite: &'static str,
    postgres: &'static str,
}

const COLUMNS: Question = Question {
    sqlite: "SELECT m.name AS \"of\", c.name AS name, c.type AS word
        FROM sqlite_master m JOIN pragma_table_info(m.name) c
        WHERE m.type = 'table' AND substr(m.name, 1, 7) <> 'sqlite_'
        ORDER BY m.name, c.cid",
    postgres: "SELECT CAST(c.table_name AS TEXT) AS \"of\", CAST(c.column_name AS TEXT) AS name,
            CAST(c.data_type AS TEXT) AS word
        FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
        WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE'
        ORDER BY c.table_name, c.ordinal_position",
};

const KEYS: Question = Question {
    sqlite: "SELECT m.name AS \"of\", c.name AS name
        FROM sqlite_master m JOIN pragma_table_info(m.name) c
        WHERE m.type = 'table' AND c.pk > 0
        ORDER BY m.name, c.pk",
    postgres: "SELECT CAST(t.relname AS TEXT) AS \"of\", CAST(a.attname AS TEXT) AS name
        FROM pg_index i
        JOIN pg_class t ON t.oid = i.indrelid
        JOIN pg_namespace n ON n.oid = t.relnamespace
        CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k (attnum, place)
        JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.attnum
        WHERE i.indisprimary AND n.nspname = current_schema()
        ORDER BY t.relname, k.place",
};

const PARENTS: Question = Question {
    sqlite: "SELECT m.name AS \"of\", f.\"table\" AS name
        FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f
        WHERE m.type = 'table'",
    postgres: "SELECT CAST(child.relname AS TEXT) AS \"of\", CAST(parent.relname AS TEXT) AS name
        FROM pg_constraint f
        JOIN pg_class child ON child.oid = f.conrelid
        JOIN pg_class parent ON parent.oid = f.confrelid
        JOIN pg_namespace n ON n.oid = child.relnamespace
        WHERE f.contype = 'f' AND n.nspname = current_schema()",
};

impl Question {
    fn of(&self, tx: &mut Tx) -> &'static str {
        match tx.conn() {
            Conn::Sqlite(_) => self.sqlite,
            Conn::Postgres(_) => self.postgres,
        }
    }
}

/// The tables of the service, each after those that it refers to; none in a new database.
///
/// # Errors
/// [`DbError::Fault`] where a column's type is not one of [`Kind`], or where tables refer to each other in a ring.
pub async fn tables(tx: &mut Tx) -> Result<Vec<Table>, DbError> {
    let sql = COLUMNS.of(tx);
    let columns: Vec<Declared> = in_tx!(tx, c => sqlx::query_as(sql).fetch_all(c).await)?;
    let mut tables: BTreeMap<String, Table> = BTreeMap::new();
    for Declared { of, name, word } in columns.into_iter().filter(|c| c.of != MIGRATIONS) {
        let kind = kind(&word).ok_or_else(|| fault(format!("{of}.{name} is of type {word}")))?;
        let new = || Table { name: of.clone(), columns: Vec::new(), key: Vec::new() };
        tables.entry(of.clone()).or_insert_with(new).columns.push(Column { name, kind });
    }
    let sql = KEYS.of(tx);
    let keys: Vec<Named> = in_tx!(tx, c => sqlx::query_as(sql).fetch_all(c).await)?;
    for Named { of, name } in keys {
        if let Some(table) = tables.get_mut(&of) {
            table.key.push(name);
        }
    }
    let sql = PARENTS.of(tx);
    let parents: Vec<Named> = in_tx!(tx, c => sqlx::query_as(sql).fetch_all(c).await)?;
    let parents: Vec<_> = parents.into_iter().filter(|p| p.of != p.name).map(|p| (p.of, p.name)).collect();
    in_order(tables, &parents)
}

/// SQLite keeps the words of the statement, PostgreSQL has its own.
fn kind(word: &str) -> Option<Kind> {
    match word.to_ascii_lowercase().as_str() {
        "text" => Some(Kind::Text),
        "bigint" => Some(Kind::Integer),
        "double precision" => Some(Kind::Real),
        "boolean" => Some(Kind::Boolean),
        "blob" | "bytea" => Some(Kind::Bytes),
        _ => None,
    }
}

/// Each table after its parents (Kahn's algorithm, by name where the order is free).
fn in_order(mut rest: BTreeMap<String, Table>, parents: &[(String, String)]) -> Result<Vec<Table>, DbError> {
    let mut ordered = Vec::with_capacity(rest.len());
    while !rest.is_empty() {
        let waiting: BTreeSet<&String> =
            parents.iter().filter(|(_, parent)| rest.contains_key(parent)).map(|(child, _)| child).collect();
        let Some(next) = rest.keys().find(|name| !waiting.contains(name)).cloned() else {
            return Err(fault("tables refer to each other in a ring".to_owned()));
        };
        ordered.extend(rest.remove(&next));
    }
    Ok(ordered)
}

fn fault(what: String) -> DbError {
    DbError::Fault(sqlx::Error::Protocol(what))
}

const KNOWN: Question = Question {
    sqlite: "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = '_sqlx_migrations'",
    postgres: "SELECT COUNT(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = '_sqlx_migrations'",
};
const VERSION: &str = "SELECT COALESCE(MAX(version), 0) FROM _sqlx_migrations";

/// The version of the last migration that was applied; 0 in a new database.
pub async fn version(tx: &mut Tx) -> Result<i64, DbError> {
    let known = KNOWN.of(tx);
    let known: i64 = in_tx!(tx, c => sqlx::query_scalar(known).fetch_one(c).await)?;
    if known == 0 {
        return Ok(0);
    }
    in_tx!(tx, c => sqlx::query_scalar(VERSION).fetch_one(c).await)
}
