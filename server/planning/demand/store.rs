//! All SQL on layers of demand.

use crate::db::{Built, Db, DbError, Tx};
use crate::planning::layers::store::VersionRow;
use crate::{bound, in_tx, on, row};

row! {
    /// A row of `demand_layer`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct LayerRow {
        pub(super) code: String,
        pub(super) version: i64,
        pub(super) first_version: i64,
        pub(super) name: String,
        pub(super) source: String,
        pub(super) licence: String,
        pub(super) as_of: String,
        pub(super) note: String,
        pub(super) profiles: String,
    }
}

row! {
    /// A row of `demand_point`, without its layer and place.
    #[derive(Debug, Clone, PartialEq)]
    pub(super) struct PointRow {
        pub(super) lon: f64,
        pub(super) lat: f64,
        pub(super) people: f64,
        pub(super) trade: Option<String>,
        pub(super) district: Option<String>,
    }
}

row! {
    /// A row of `demand_part`.
    #[derive(Debug, Clone, PartialEq)]
    pub(super) struct PartRow {
        pub(super) layer: String,
        pub(super) district: String,
        pub(super) trade: String,
        pub(super) points: i64,
        pub(super) people: f64,
    }
}

const VERSIONS: &str = "SELECT code, version FROM demand_layer ORDER BY first_version";

/// The versions of all layers, the one that was imported first before the others.
pub(super) async fn versions(db: &Db) -> Result<Vec<VersionRow>, DbError> {
    on!(db, pool => sqlx::query_as(VERSIONS).fetch_all(pool).await)
}

macro_rules! layers {
    ($rest:literal) => {
        concat!(
            "SELECT code, version, first_version, name, source, licence, as_of, note, profiles FROM demand_layer ",
            $rest
        )
    };
}

const LAYERS: &str = layers!("ORDER BY first_version");
const LAYER: &str = layers!("WHERE code = $1");

/// All layers, in the same order.
pub(super) async fn layers(tx: &mut Tx) -> Result<Vec<LayerRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(LAYERS).fetch_all(c).await)
}

/// One layer.
pub(super) async fn layer(tx: &mut Tx, code: &str) -> Result<Option<LayerRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(LAYER).bind(code).fetch_optional(c).await)
}

const PARTS: &str =
    "SELECT layer, district, trade, points, people FROM demand_part ORDER BY layer, district, trade";

/// What each layer has in each district of each trade.
pub(super) async fn parts(tx: &mut Tx) -> Result<Vec<PartRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(PARTS).fetch_all(c).await)
}

const POINTS: &str = "SELECT lon, lat, people, trade, district FROM demand_point
    WHERE layer = $1 AND place >= $2 AND place < $3 ORDER BY place";
/// How many points are read at once.
pub(super) const READ: i64 = 50_000;

/// The points of a layer from a place on, at most [`READ`].
pub(super) async fn points(tx: &mut Tx, layer: &str, from: i64) -> Result<Vec<PointRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(POINTS).bind(layer).bind(from).bind(from + READ).fetch_all(c).await)
}

const ADD: &str =
    "INSERT INTO demand_layer (code, version, first_version, name, source, licence, as_of, note, profiles)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    ON CONFLICT (code) DO UPDATE SET version = excluded.version, name = excluded.name, source = excluded.source,
        licence = excluded.licence, as_of = excluded.as_of, note = excluded.note, profiles = excluded.profiles";

/// Writes a layer, in place of the one of its code.
pub(super) async fn write(tx: &mut Tx, r: &LayerRow) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD)
        .bind(&r.code).bind(r.version).bind(r.first_version).bind(&r.name).bind(&r.source).bind(&r.licence)
        .bind(&r.as_of).bind(&r.note).bind(&r.profiles)
        .execute(c).await.map(drop))
}

const CLEAR_POINTS: &str = "DELETE FROM demand_point WHERE layer = $1";
const CLEAR_PARTS: &str = "DELETE FROM demand_part WHERE layer = $1";

/// Takes the points of a layer away.
pub(super) async fn clear(tx: &mut Tx, layer: &str) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(CLEAR_POINTS).bind(layer).execute(c).await.map(drop))?;
    in_tx!(tx, c => sqlx::query(CLEAR_PARTS).bind(layer).execute(c).await.map(drop))
}

const REMOVE: &str = "DELETE FROM demand_layer WHERE code = $1";

/// Takes a layer away, whose points were taken away before.
pub(super) async fn remove(tx: &mut Tx, layer: &str) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(REMOVE).bind(layer).execute(c).await.map(drop))
}

const ADD_POINTS: &str = "INSERT INTO demand_point (layer, place, lon, lat, people, trade, district) VALUES ";
/// How many points one statement writes: SQLite compares the name of each value with those of all others.
const WRITTEN: usize = 100;

/// Writes the points of a layer.
pub(super) async fn add_points(tx: &mut Tx, layer: &str, points: &[PointRow]) -> Result<(), DbError> {
    let mut place = 0_i64;
    for part in points.chunks(WRITTEN) {
        let mut sql = Built::new(ADD_POINTS);
        sql.rows(part.iter().zip(place..).map(|(p, place)| {
            let (trade, district) = (p.trade.clone(), p.district.clone());
            [
                layer.into(),
                place.into(),
                p.lon.into(),
                p.lat.into(),
                p.people.into(),
                trade.into(),
                district.into(),
            ]
        }));
        place = place.saturating_add(i64::try_from(part.len()).unwrap_or(i64::MAX));
        let (text, values) = sql.finish();
        in_tx!(tx, c => bound!(sqlx::query(text), values).execute(c).await.map(drop))?;
    }
    Ok(())
}

const ADD_PARTS: &str = "INSERT INTO demand_part (layer, district, trade, points, people) VALUES ";

/// Writes what a layer has in each district of each trade.
pub(super) async fn add_parts(tx: &mut Tx, parts: &[PartRow]) -> Result<(), DbError> {
    for part in parts.chunks(WRITTEN) {
        let mut sql = Built::new(ADD_PARTS);
        sql.rows(
            part.iter().cloned().map(|p| {
                [p.layer.into(), p.district.into(), p.trade.into(), p.points.into(), p.people.into()]
            }),
        );
        let (text, values) = sql.finish();
        in_tx!(tx, c => bound!(sqlx::query(text), values).execute(c).await.map(drop))?;
    }
    Ok(())
}
