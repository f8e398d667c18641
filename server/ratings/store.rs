//! All SQL on rules and on what stations were given.

use crate::db::{Built, Db, DbError, Tx, Value};
use crate::{bound, in_tx, on, row};

row! {
    /// A row of `rating_rules` with its author's name.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct RulesRow {
        pub(super) version: i64,
        pub(super) rules: String,
        pub(super) note: Option<String>,
        pub(super) account_id: Option<String>,
        pub(super) account_name: Option<String>,
        pub(super) created_ms: i64,
    }
}

row! {
    /// A row of `station_rating`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct GivenRow {
        pub(super) station_id: String,
        pub(super) at_ms: i64,
        pub(super) rules_version: i64,
        pub(super) stars: i64,
        pub(super) score: i64,
        pub(super) clauses: String,
    }
}

const FILL: &str = "INSERT INTO rating_rules (version, rules, created_ms) VALUES (1, $1, $2)
    ON CONFLICT (version) DO NOTHING";

/// Writes the first version where there is none.
pub(super) async fn fill(tx: &mut Tx, rules: &str, now_ms: i64) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(FILL).bind(rules).bind(now_ms).execute(c).await.map(drop))
}

const RULES: &str =
    "SELECT r.version AS version, r.rules AS rules, r.note AS note, r.account_id AS account_id,
        a.name AS account_name, r.created_ms AS created_ms
    FROM rating_rules r
    LEFT JOIN account a ON a.id = r.account_id
    ORDER BY r.version DESC
    LIMIT $1";

/// The newest versions of the rules.
pub(super) async fn rules(db: &Db, limit: i64) -> Result<Vec<RulesRow>, DbError> {
    on!(db, pool => sqlx::query_as(RULES).bind(limit).fetch_all(pool).await)
}

/// An update, because it locks the row on both engines until the transaction ends.
const HOLD: &str = "UPDATE rating_rules SET version = version
    WHERE version = (SELECT MAX(version) FROM rating_rules)
    RETURNING version";

/// The number of the newest version, held until the transaction ends, so that two do not compute or write at once.
pub(super) async fn hold(tx: &mut Tx) -> Result<i64, DbError> {
    in_tx!(tx, c => sqlx::query_scalar(HOLD).fetch_one(c).await)
}

const ADD_RULES: &str =
    "INSERT INTO rating_rules (version, rules, note, account_id, created_ms) VALUES ($1, $2, $3, $4, $5)";

/// Writes the next version.
pub(super) async fn add_rules(tx: &mut Tx, r: &RulesRow) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD_RULES)
        .bind(r.version).bind(&r.rules).bind(&r.note).bind(&r.account_id).bind(r.created_ms)
        .execute(c).await.map(drop))
}

/// The columns that every reading statement on stars lists, once.
macro_rules! given {
    ($rest:literal) => {
        concat!(
            "SELECT g.station_id AS station_id, g.at_ms AS at_ms, g.rules_version AS rules_version, g.stars AS stars,
                g.score AS score, g.clauses AS clauses
            FROM station_rating g ",
            $rest
        )
    };
}

const LATEST: &str =
    given!("WHERE g.at_ms = (SELECT MAX(x.at_ms) FROM station_rating x WHERE x.station_id = g.station_id)");

/// What each station was given last.
pub(super) async fn latest(db: &Db) -> Result<Vec<GivenRow>, DbError> {
    on!(db, pool => sqlx::query_as(LATEST).fetch_all(pool).await)
}

/// The same as a transaction sees it.
pub(super) async fn latest_in(tx: &mut Tx) -> Result<Vec<GivenRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(LATEST).fetch_all(c).await)
}

const OF_STATION: &str = given!("WHERE g.station_id = $1 ORDER BY g.at_ms DESC LIMIT $2");

/// What a station was given, the newest first.
pub(super) async fn of_station(db: &Db, station: &str, limit: i64) -> Result<Vec<GivenRow>, DbError> {
    on!(db, pool => sqlx::query_as(OF_STATION).bind(station).bind(limit).fetch_all(pool).await)
}

/// So many rows are written by one statement.
const ROWS: usize = 50;
const ADD: &str =
    "INSERT INTO station_rating (station_id, at_ms, rules_version, stars, score, clauses) VALUES ";

/// Writes what stations are given.
pub(super) async fn add(tx: &mut Tx, rows: &[GivenRow]) -> Result<(), DbError> {
    let values = |g: &GivenRow| -> [Value; 6] {
        let g = g.clone();
        [
            g.station_id.into(),
            g.at_ms.into(),
            g.rules_version.into(),
            g.stars.into(),
            g.score.into(),
            g.clauses.into(),
        ]
    };
    for some in rows.chunks(ROWS) {
        let mut sql = Built::new(ADD);
        sql.rows(some.iter().map(values));
        let (text, values) = sql.finish();
        in_tx!(tx, c => bound!(sqlx::query(text), values).execute(c).await.map(drop))?;
    }
    Ok(())
}
