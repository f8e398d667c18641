//! All SQL on photos.

use super::Size;
use crate::db::{Db, DbError, Tx};
use crate::{in_tx, on, row};

row! {
    /// A row of `station_photo` without its pictures.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in crate::stations) struct PhotoRow {
        pub(in crate::stations) id: String,
        pub(in crate::stations) station_id: String,
        pub(in crate::stations) rank: i64,
        pub(in crate::stations) caption: Option<String>,
        pub(in crate::stations) width: i64,
        pub(in crate::stations) height: i64,
        pub(in crate::stations) added_ms: i64,
        pub(in crate::stations) hash: String,
    }
}

/// The columns that every reading statement below lists, once.
macro_rules! columns {
    () => {
        "id, station_id, rank, caption, width, height, added_ms, hash"
    };
}

const ALL: &str = concat!("SELECT ", columns!(), " FROM station_photo ORDER BY station_id, rank, id");

/// Every photo, those of a station in their order.
pub(in crate::stations) async fn all(db: &Db) -> Result<Vec<PhotoRow>, DbError> {
    on!(db, pool => sqlx::query_as(ALL).fetch_all(pool).await)
}

const OF: &str =
    concat!("SELECT ", columns!(), " FROM station_photo WHERE station_id = $1 ORDER BY rank, id");

/// One station's photos in their order.
pub(in crate::stations) async fn of(db: &Db, station: &str) -> Result<Vec<PhotoRow>, DbError> {
    on!(db, pool => sqlx::query_as(OF).bind(station).fetch_all(pool).await)
}

/// One station's photos as a transaction sees them.
pub(super) async fn of_in(tx: &mut Tx, station: &str) -> Result<Vec<PhotoRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(OF).bind(station).fetch_all(c).await)
}

const STATION: &str =
    "SELECT id FROM station WHERE id = $1 OR code = $1 ORDER BY CASE id WHEN $1 THEN 0 ELSE 1 END LIMIT 1";

/// The id of the station with an id or an official number, public or not.
pub(super) async fn station(db: &Db, name: &str) -> Result<Option<String>, DbError> {
    on!(db, pool => sqlx::query_scalar(STATION).bind(name).fetch_optional(pool).await)
}

const ADD: &str = "INSERT INTO station_photo (
        id, station_id, rank, caption, width, height, added_ms, hash, large, small)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

/// Writes a photo.
pub(super) async fn add(tx: &mut Tx, p: &PhotoRow, large: &[u8], small: &[u8]) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD)
        .bind(&p.id).bind(&p.station_id).bind(p.rank).bind(&p.caption).bind(p.width).bind(p.height)
        .bind(p.added_ms).bind(&p.hash).bind(large).bind(small)
        .execute(c).await.map(drop))
}

const REMOVE: &str = "DELETE FROM station_photo WHERE id = $1 RETURNING station_id";

/// Deletes a photo and gives its station.
pub(super) async fn remove(tx: &mut Tx, id: &str) -> Result<Option<String>, DbError> {
    in_tx!(tx, c => sqlx::query_scalar(REMOVE).bind(id).fetch_optional(c).await)
}

const LARGE: &str = "SELECT large FROM station_photo WHERE id = $1";
const SMALL: &str = "SELECT small FROM station_photo WHERE id = $1";

/// One of a photo's pictures.
pub(super) async fn picture(db: &Db, id: &str, size: Size) -> Result<Option<Vec<u8>>, DbError> {
    let sql = match size {
        Size::Large => LARGE,
        Size::Small => SMALL,
    };
    on!(db, pool => sqlx::query_scalar(sql).bind(id).fetch_optional(pool).await)
}
