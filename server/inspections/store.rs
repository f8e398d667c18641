//! All SQL on inspections.

use crate::db::{Db, DbError, Tx};
use crate::{in_tx, on, row};

row! {
    /// A row of `inspection`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct InspectionRow {
        pub(super) id: String,
        pub(super) client_key: Option<String>,
        pub(super) round_id: Option<String>,
        pub(super) station_id: String,
        pub(super) account_id: Option<String>,
        pub(super) at_ms: i64,
        pub(super) is_open: bool,
        pub(super) answers: String,
        pub(super) note: Option<String>,
    }
}

/// The columns that every reading statement lists, once.
macro_rules! inspection {
    ($rest:literal) => {
        concat!(
            "SELECT id, client_key, round_id, station_id, account_id, at_ms, is_open, answers, note FROM inspection ",
            $rest
        )
    };
}

const BY_KEY: &str = inspection!("WHERE client_key = $1");

/// The inspection that a phone sent under a key.
pub(super) async fn by_key(db: &Db, key: &str) -> Result<Option<InspectionRow>, DbError> {
    on!(db, pool => sqlx::query_as(BY_KEY).bind(key).fetch_optional(pool).await)
}

const OF_STATION: &str = inspection!("WHERE station_id = $1 ORDER BY at_ms DESC, id DESC LIMIT $2");

/// The last inspections of a station.
pub(super) async fn of_station(db: &Db, station: &str, limit: i64) -> Result<Vec<InspectionRow>, DbError> {
    on!(db, pool => sqlx::query_as(OF_STATION).bind(station).bind(limit).fetch_all(pool).await)
}

const ADD: &str = "INSERT INTO inspection
        (id, client_key, round_id, station_id, account_id, at_ms, is_open, answers, note)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

/// Writes a new inspection.
pub(super) async fn add(tx: &mut Tx, i: &InspectionRow) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD)
        .bind(&i.id).bind(&i.client_key).bind(&i.round_id).bind(&i.station_id).bind(&i.account_id).bind(i.at_ms)
        .bind(i.is_open).bind(&i.answers).bind(&i.note)
        .execute(c).await.map(drop))
}
