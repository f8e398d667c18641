//! All SQL on layers of service points.

use crate::db::{Built, Db, DbError, Tx};
use crate::planning::layers::store::VersionRow;
use crate::{bound, in_tx, on, row};

row! {
    /// A row of `service_layer`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct LayerRow {
        pub(super) code: String,
        pub(super) version: i64,
        pub(super) first_version: i64,
        pub(super) name: String,
        pub(super) source: String,
        pub(super) licence: String,
        pub(super) as_of: String,
        pub(super) points: i64,
        pub(super) with_hours: i64,
    }
}

row! {
    /// A row of `service_point`, without its layer and place.
    #[derive(Debug, Clone, PartialEq)]
    pub(super) struct PointRow {
        pub(super) name: String,
        pub(super) address: String,
        pub(super) phone: String,
        pub(super) lon: f64,
        pub(super) lat: f64,
        pub(super) district: Option<String>,
        pub(super) hours_text: String,
        pub(super) hours: Option<String>,
    }
}

const VERSIONS: &str = "SELECT code, version FROM service_layer ORDER BY first_version";

/// The versions of all layers, the one that was imported first before the others.
pub(super) async fn versions(db: &Db) -> Result<Vec<VersionRow>, DbError> {
    on!(db, pool => sqlx::query_as(VERSIONS).fetch_all(pool).await)
}

macro_rules! layers {
    ($rest:literal) => {
        concat!(
            "SELECT code, version, first_version, name, source, licence, as_of, points, with_hours FROM service_layer ",
            $rest
        )
    };
}

const LAYERS: &str = layers!("ORDER BY first_version");
const LAYER: &str = layers!("WHERE code = $1");

/// All layers, in the same order.
pub(super) async fn layers(db: &Db) -> Result<Vec<LayerRow>, DbError> {
    on!(db, pool => sqlx::query_as(LAYERS).fetch_all(pool).await)
}

const COUNT: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM service_layer";

/// How many layers there are.
pub(super) async fn count(tx: &mut Tx) -> Result<usize, DbError> {
    let count: i64 = in_tx!(tx, c => sqlx::query_scalar(COUNT).fetch_one(c).await)?;
    Ok(usize::try_from(count).unwrap_or_default())
}

/// One layer.
pub(super) async fn layer(tx: &mut Tx, code: &str) -> Result<Option<LayerRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(LAYER).bind(code).fetch_optional(c).await)
}

const POINTS: &str = "SELECT name, address, phone, lon, lat, district, hours_text, hours FROM service_point
    WHERE layer = $1 ORDER BY place";

/// The points of a layer.
pub(super) async fn points(tx: &mut Tx, layer: &str) -> Result<Vec<PointRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(POINTS).bind(layer).fetch_all(c).await)
}

const WRITE: &str =
    "INSERT INTO service_layer (code, version, first_version, name, source, licence, as_of, points, with_hours)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    ON CONFLICT (code) DO UPDATE SET version = excluded.version, name = excluded.name, source = excluded.source,
        licence = excluded.licence, as_of = excluded.as_of, points = excluded.points,
        with_hours = excluded.with_hours";

/// Writes a layer, in place of the one of its code.
pub(super) async fn write(tx: &mut Tx, r: &LayerRow) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(WRITE)
        .bind(&r.code).bind(r.version).bind(r.first_version).bind(&r.name).bind(&r.source).bind(&r.licence)
        .bind(&r.as_of).bind(r.points).bind(r.with_hours)
        .execute(c).await.map(drop))
}

const CLEAR: &str = "DELETE FROM service_point WHERE layer = $1";
const REMOVE: &str = "DELETE FROM service_layer WHERE code = $1";

/// Takes the points of a layer away.
pub(super) async fn clear(tx: &mut Tx, layer: &str) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(CLEAR).bind(layer).execute(c).await.map(drop))
}

/// Takes a layer away, whose points were taken away before.
pub(super) async fn remove(tx: &mut Tx, layer: &str) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(REMOVE).bind(layer).execute(c).await.map(drop))
}

const ADD_POINTS: &str =
    "INSERT INTO service_point (layer, place, name, address, phone, lon, lat, district, hours_text, hours)
    VALUES ";
/// How many points one statement writes: SQLite compares the name of each value with those of all others.
const WRITTEN: usize = 100;

/// Writes the points of a layer.
pub(super) async fn add_points(tx: &mut Tx, layer: &str, points: &[PointRow]) -> Result<(), DbError> {
    let mut place = 0_i64;
    for part in points.chunks(WRITTEN) {
        let mut sql = Built::new(ADD_POINTS);
        sql.rows(part.iter().cloned().zip(place..).map(|(p, place)| {
            [
                layer.into(),
                place.into(),
                p.name.into(),
                p.address.into(),
                p.phone.into(),
                p.lon.into(),
                p.lat.into(),
                p.district.into(),
                p.hours_text.into(),
                p.hours.into(),
            ]
        }));
        place = place.saturating_add(i64::try_from(part.len()).unwrap_or(i64::MAX));
        let (text, values) = sql.finish();
        in_tx!(tx, c => bound!(sqlx::query(text), values).execute(c).await.map(drop))?;
    }
    Ok(())
}
