//! All SQL on stations and their changes.

use sqlx::QueryBuilder;

use crate::db::{Built, Db, DbError, Tx, Value};
use crate::{bound, in_tx, on, row};

row! {
    /// A row of `station`.
    #[derive(Debug, Clone, PartialEq)]
    pub(super) struct StationRow {
        pub(super) id: String,
        pub(super) version: i64,
        pub(super) status: String,
        pub(super) demonstration: bool,
        pub(super) code: Option<String>,
        pub(super) name: String,
        pub(super) signboard: Option<String>,
        pub(super) aliases: String,
        pub(super) district: Option<String>,
        pub(super) address: Option<String>,
        pub(super) lon: f64,
        pub(super) lat: f64,
        pub(super) crs: String,
        pub(super) entrance: Option<String>,
        pub(super) build: Option<String>,
        pub(super) partner: Option<String>,
        pub(super) host: Option<String>,
        pub(super) form: Option<String>,
        pub(super) hours: Option<String>,
        pub(super) hours_text: Option<String>,
        pub(super) facilities: String,
        pub(super) other_facilities: String,
        pub(super) access: String,
        pub(super) trades: String,
        pub(super) no_phone: Option<bool>,
        pub(super) phone: Option<String>,
        pub(super) opened_on: Option<String>,
        pub(super) capacity: Option<i64>,
        pub(super) area_m2: Option<f64>,
        pub(super) notes: Option<String>,
        pub(super) keeper_name: Option<String>,
        pub(super) keeper_phone: Option<String>,
        pub(super) rating: Option<i64>,
        pub(super) last_confirmed_ms: Option<i64>,
        pub(super) created_ms: i64,
        pub(super) changed_ms: i64,
    }
}

row! {
    /// A row of `station_change`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct ChangeRow {
        pub(super) revision: i64,
        pub(super) station_id: String,
    }
}

const REVISION: &str = "SELECT revision FROM registry WHERE one = 1";

/// The registry's revision.
pub(super) async fn revision(db: &Db) -> Result<i64, DbError> {
    on!(db, pool => sqlx::query_scalar(REVISION).fetch_one(pool).await)
}

const RAISE: &str = "UPDATE registry SET revision = revision + 1 WHERE one = 1 RETURNING revision";

/// Increases the revision and holds its row until the transaction ends.
pub(super) async fn raise_revision(tx: &mut Tx) -> Result<i64, DbError> {
    in_tx!(tx, c => sqlx::query_scalar(RAISE).fetch_one(c).await)
}

/// An update, because it locks the row on both engines until the transaction ends.
const HOLD: &str = "UPDATE registry SET revision = revision WHERE one = 1 RETURNING revision";
const VERSIONS: &str = "SELECT COUNT(*), CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM station";

/// Holds the revision until the transaction ends, so that nobody else writes what the public sees.
pub(super) async fn hold_revision(tx: &mut Tx) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query_scalar::<_, i64>(HOLD).fetch_one(c).await.map(drop))
}

/// Whether the registry is at a revision still, with so many stations of so many versions in all. Holds the
/// revision until the transaction ends.
pub(super) async fn is_unchanged(tx: &mut Tx, revision: i64, stations: (i64, i64)) -> Result<bool, DbError> {
    let now: i64 = in_tx!(tx, c => sqlx::query_scalar(HOLD).fetch_one(c).await)?;
    let counted: (i64, i64) = in_tx!(tx, c => sqlx::query_as(VERSIONS).fetch_one(c).await)?;
    Ok(now == revision && counted == stations)
}

const STAMP: &str = "SELECT r.revision, (SELECT COUNT(*) FROM station),
        (SELECT CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM station)
    FROM registry r WHERE r.one = 1";

/// The revision, how many stations there are, and the sum of their versions, all of one instant.
pub(super) async fn stamp(db: &Db) -> Result<(i64, (i64, i64)), DbError> {
    let (revision, count, sum) = on!(db, pool => sqlx::query_as(STAMP).fetch_one(pool).await)?;
    Ok((revision, (count, sum)))
}

const CHANGE: &str = "INSERT INTO station_change (revision, station_id) VALUES ($1, $2)
    ON CONFLICT (revision, station_id) DO NOTHING";

/// Notes that a revision touched a station.
pub(super) async fn note_change(tx: &mut Tx, revision: i64, station: &str) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(CHANGE).bind(revision).bind(station).execute(c).await.map(drop))
}

/// How many rows one statement writes.
const ROWS: usize = 1_000;

/// Notes that a revision touched these stations.
pub(super) async fn note_changes(tx: &mut Tx, revision: i64, stations: &[String]) -> Result<(), DbError> {
    for some in stations.chunks(ROWS) {
        in_tx!(tx, c => {
            let mut insert = QueryBuilder::new("INSERT INTO station_change (revision, station_id) ");
            insert.push_values(some, |mut row, id| { row.push_bind(revision).push_bind(id.as_str()); });
            insert.push(" ON CONFLICT (revision, station_id) DO NOTHING");
            insert.build().execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// Stands in `station_change` for every station, where a revision changed what all of them depend on.
pub(super) const EVERY_STATION: &str = "*";

const CHANGES: &str = "SELECT revision, station_id
    FROM station_change
    WHERE revision > $1
    ORDER BY revision, station_id
    LIMIT $2";

/// What was touched after `revision`, oldest first, at most `limit` rows.
pub(super) async fn changes_after(db: &Db, revision: i64, limit: i64) -> Result<Vec<ChangeRow>, DbError> {
    on!(db, pool => sqlx::query_as(CHANGES).bind(revision).bind(limit).fetch_all(pool).await)
}

const LAST_CHANGES: &str = "SELECT revision, station_id
    FROM station_change
    WHERE revision <= $1
    ORDER BY revision DESC, station_id
    LIMIT $2";

/// What was touched last up to `revision`, newest first, at most `limit` rows.
pub(super) async fn last_changes(db: &Db, revision: i64, limit: i64) -> Result<Vec<ChangeRow>, DbError> {
    on!(db, pool => sqlx::query_as(LAST_CHANGES).bind(revision).bind(limit).fetch_all(pool).await)
}

/// The columns that every reading statement below lists, once.
macro_rules! columns {
    () => {
        "id, version, status, demonstration, code, name, signboard, aliases, district, address, lon, lat, crs,
         entrance, build, partner, host, form, hours, hours_text, facilities, other_facilities, access, trades,
         no_phone, phone, opened_on, capacity, area_m2, notes, keeper_name, keeper_phone, rating,
         last_confirmed_ms, created_ms, changed_ms"
    };
}
pub(super) use columns;

const PUBLIC: &str = concat!(
    "SELECT ",
    columns!(),
    "
    FROM station
    WHERE status IN ('open', 'suspended')
    ORDER BY id"
);

/// Every public station, by id.
pub(super) async fn public(db: &Db) -> Result<Vec<StationRow>, DbError> {
    on!(db, pool => sqlx::query_as(PUBLIC).fetch_all(pool).await)
}

const FIND: &str = concat!("SELECT ", columns!(), " FROM station WHERE id = $1");

/// One station, public or not.
pub(super) async fn find(db: &Db, id: &str) -> Result<Option<StationRow>, DbError> {
    on!(db, pool => sqlx::query_as(FIND).bind(id).fetch_optional(pool).await)
}

const ALL: &str = concat!("SELECT ", columns!(), " FROM station ORDER BY id");

/// Every station, public or not.
pub(super) async fn all(db: &Db) -> Result<Vec<StationRow>, DbError> {
    on!(db, pool => sqlx::query_as(ALL).fetch_all(pool).await)
}

const PUT: &str = "INSERT INTO station (
        id, version, status, demonstration, code, name, signboard, aliases, district, address, lon, lat, crs,
        entrance, build, partner, host, form, hours, hours_text, facilities, other_facilities, access, trades,
        no_phone, phone, opened_on, capacity, area_m2, notes, keeper_name, keeper_phone, rating,
        last_confirmed_ms, created_ms, changed_ms, search) VALUES ";
const PUT_OVER: &str = "
    ON CONFLICT (id) DO UPDATE SET
        version = excluded.version, status = excluded.status, demonstration = excluded.demonstration,
        code = excluded.code, name = excluded.name, signboard = excluded.signboard,
        aliases = excluded.aliases, district = excluded.district, address = excluded.address,
        lon = excluded.lon, lat = excluded.lat, crs = excluded.crs, entrance = excluded.entrance,
        build = excluded.build, partner = excluded.partner, host = excluded.host, form = excluded.form,
        hours = excluded.hours, hours_text = excluded.hours_text, facilities = excluded.facilities,
        other_facilities = excluded.other_facilities, access = excluded.access, trades = excluded.trades,
        no_phone = excluded.no_phone, phone = excluded.phone, opened_on = excluded.opened_on,
        capacity = excluded.capacity, area_m2 = excluded.area_m2, notes = excluded.notes,
        keeper_name = excluded.keeper_name, keeper_phone = excluded.keeper_phone, rating = excluded.rating,
        last_confirmed_ms = excluded.last_confirmed_ms, changed_ms = excluded.changed_ms,
        search = excluded.search
    WHERE station.version = excluded.version - 1";

/// Writes some stations, each new or as the version after the one that is there, with what it is found by.
///
/// False where some station has another version: somebody else was faster, and the transaction must not go on.
pub(super) async fn put(tx: &mut Tx, stations: &[(StationRow, String)]) -> Result<bool, DbError> {
    let mut sql = Built::new(PUT);
    sql.rows(stations.iter().map(put_values)).push(PUT_OVER);
    let (text, values) = sql.finish();
    let written =
        in_tx!(tx, c => bound!(sqlx::query(text), values).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(usize::try_from(written) == Ok(stations.len()))
}

#[rustfmt::skip]
fn put_values((s, search): &(StationRow, String)) -> [Value; 37] {
    [
        s.id.clone().into(), s.version.into(), s.status.clone().into(), s.demonstration.into(),
        s.code.clone().into(), s.name.clone().into(), s.signboard.clone().into(), s.aliases.clone().into(),
        s.district.clone().into(), s.address.clone().into(), s.lon.into(), s.lat.into(),
        s.crs.clone().into(), s.entrance.clone().into(), s.build.clone().into(), s.partner.clone().into(),
        s.host.clone().into(), s.form.clone().into(), s.hours.clone().into(), s.hours_text.clone().into(),
        s.facilities.clone().into(), s.other_facilities.clone().into(), s.access.clone().into(),
        s.trades.clone().into(), s.no_phone.into(), s.phone.clone().into(), s.opened_on.clone().into(),
        s.capacity.into(), s.area_m2.into(), s.notes.clone().into(), s.keeper_name.clone().into(),
        s.keeper_phone.clone().into(), s.rating.into(), s.last_confirmed_ms.into(), s.created_ms.into(),
        s.changed_ms.into(), search.as_str().into(),
    ]
}

/// One station as a transaction sees it.
pub(super) async fn find_in(tx: &mut Tx, id: &str) -> Result<Option<StationRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(FIND).bind(id).fetch_optional(c).await)
}

const BY_CODE: &str = concat!("SELECT ", columns!(), " FROM station WHERE code = $1");

/// The station that has an official number, as a transaction sees it.
pub(super) async fn by_code(tx: &mut Tx, code: &str) -> Result<Option<StationRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(BY_CODE).bind(code).fetch_optional(c).await)
}

const UNSEARCHABLE: &str =
    concat!("SELECT ", columns!(), " FROM station WHERE search IS NULL ORDER BY id LIMIT $1");

/// Some stations that were written before it was kept what they are found by.
pub(super) async fn unsearchable(db: &Db, limit: i64) -> Result<Vec<StationRow>, DbError> {
    on!(db, pool => sqlx::query_as(UNSEARCHABLE).bind(limit).fetch_all(pool).await)
}

const SET_SEARCH: &str = "UPDATE station SET search = $2 WHERE id = $1 AND search IS NULL";

/// Writes what a station is found by, where that is not known.
pub(super) async fn set_search(tx: &mut Tx, id: &str, search: &str) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(SET_SEARCH).bind(id).bind(search).execute(c).await.map(drop))
}

const DEMONSTRATION: &str = "SELECT id FROM station WHERE demonstration";

/// The ids of the demonstration registry.
pub(super) async fn demonstration(tx: &mut Tx) -> Result<Vec<String>, DbError> {
    in_tx!(tx, c => sqlx::query_scalar(DEMONSTRATION).fetch_all(c).await)
}

const REMOVE_DEMONSTRATION: &str = "DELETE FROM station WHERE demonstration";

/// Deletes the demonstration registry; real stations are never deleted.
pub(super) async fn remove_demonstration(tx: &mut Tx) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(REMOVE_DEMONSTRATION).execute(c).await.map(drop))
}
