//! The database as an outsider sees it: its tables, and every value in them as text.

use std::collections::BTreeMap;

use sqlx::AssertSqlSafe;
use yizhan::db::Db;
use yizhan::{in_tx, on};

/// The tables of the service by name, each with its rows in order.
pub(crate) async fn dump(db: &Db) -> BTreeMap<String, Vec<String>> {
    let mut dump = BTreeMap::new();
    for table in names(db).await {
        let columns = columns(db, &table).await;
        let rows = rows_of(db, &table, &columns).await;
        dump.insert(table, rows);
    }
    dump
}

/// The rows of a table in order, each with the columns named, as text; bytes are told in hexadecimal.
pub(crate) async fn rows_of(db: &Db, table: &str, columns: &[String]) -> Vec<String> {
    let cells = columns.iter().map(|c| match db {
        Db::Sqlite { .. } => format!(
            "COALESCE(CASE typeof(\"{c}\") WHEN 'blob' THEN hex(\"{c}\") ELSE CAST(\"{c}\" AS TEXT) END, '')"
        ),
        Db::Postgres(_) => format!("COALESCE(CAST(\"{c}\" AS TEXT), '')"),
    });
    let row = cells.collect::<Vec<_>>().join(" || ' | ' || ");
    texts(db, format!("SELECT {row} FROM \"{table}\" ORDER BY 1")).await
}

pub(crate) async fn names(db: &Db) -> Vec<String> {
    let sql = match db {
        Db::Sqlite { .. } => {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        }
        Db::Postgres(_) => "SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE schemaname = 'public'",
    };
    let names = texts(db, sql.to_owned()).await;
    names.into_iter().filter(|name| name != "_sqlx_migrations").collect()
}

async fn columns(db: &Db, table: &str) -> Vec<String> {
    let sql = match db {
        Db::Sqlite { .. } => format!("SELECT name FROM pragma_table_info('{table}')"),
        Db::Postgres(_) => format!(
            "SELECT CAST(column_name AS TEXT) FROM information_schema.columns
             WHERE table_schema = 'public' AND table_name = '{table}' ORDER BY ordinal_position"
        ),
    };
    texts(db, sql).await
}

/// The first column of a query, as text.
pub(crate) async fn texts(db: &Db, sql: String) -> Vec<String> {
    let found = on!(db, pool => sqlx::query_scalar::<_, String>(AssertSqlSafe(sql)).fetch_all(pool).await);
    found.expect("the database answers")
}

/// The first column of a query, as numbers.
pub(crate) async fn numbers(db: &Db, sql: &'static str) -> Vec<i64> {
    let found = on!(db, pool => sqlx::query_scalar::<_, i64>(sql).fetch_all(pool).await);
    found.expect("the database answers")
}

/// Carries out one statement.
pub(crate) async fn execute(db: &Db, sql: &'static str) {
    let mut tx = db.begin().await.expect("a transaction");
    let done = in_tx!(tx, c => sqlx::query(sql).execute(c).await.map(drop));
    done.expect("the database obeys");
    tx.commit().await.expect("committed");
}

/// Every value of every table as one text, to look for what must not be there.
pub(crate) async fn everything(db: &Db) -> String {
    dump(db).await.into_values().flatten().collect::<Vec<_>>().join("\n")
}
