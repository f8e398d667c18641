//! All SQL on districts, places, the calendar and vocabularies.

use crate::db::{Db, DbError, Tx};
use crate::{in_tx, on, row};

row! {
    /// A row of `district`.
    #[derive(Debug, Clone)]
    pub(super) struct DistrictRow {
        pub(super) adcode: String,
        pub(super) name: String,
        pub(super) name_en: String,
        pub(super) area: String,
    }
}

row! {
    /// A row of `place`.
    #[derive(Debug)]
    pub(super) struct PlaceRow {
        pub(super) id: String,
        pub(super) name: String,
        pub(super) name_zh: Option<String>,
        pub(super) lon: f64,
        pub(super) lat: f64,
        pub(super) population: i64,
        pub(super) district: Option<String>,
    }
}

row! {
    /// A row of `calendar_day`.
    #[derive(Debug)]
    pub(super) struct DayRow {
        pub(super) day: String,
        pub(super) kind: String,
        pub(super) name: String,
    }
}

row! {
    /// A row of `vocabulary`.
    #[derive(Debug)]
    pub(super) struct TermRow {
        pub(super) kind: String,
        pub(super) code: String,
        pub(super) zh: String,
        pub(super) en: String,
        pub(super) synonyms: String,
    }
}

const DISTRICTS: &str = "SELECT adcode, name, name_en, area FROM district ORDER BY adcode";

pub(super) async fn districts(db: &Db) -> Result<Vec<DistrictRow>, DbError> {
    on!(db, pool => sqlx::query_as(DISTRICTS).fetch_all(pool).await)
}

const PLACES: &str = "SELECT id, name, name_zh, lon, lat, population, district
    FROM place
    ORDER BY population DESC, id";

pub(super) async fn places(db: &Db) -> Result<Vec<PlaceRow>, DbError> {
    on!(db, pool => sqlx::query_as(PLACES).fetch_all(pool).await)
}

const DAYS: &str = "SELECT day, kind, name FROM calendar_day ORDER BY day";

pub(super) async fn days(db: &Db) -> Result<Vec<DayRow>, DbError> {
    on!(db, pool => sqlx::query_as(DAYS).fetch_all(pool).await)
}

const YEARS: &str = "SELECT year FROM calendar_year ORDER BY year";

pub(super) async fn years(db: &Db) -> Result<Vec<i64>, DbError> {
    on!(db, pool => sqlx::query_scalar(YEARS).fetch_all(pool).await)
}

const TERMS: &str = "SELECT kind, code, zh, en, synonyms FROM vocabulary ORDER BY kind, code";

pub(super) async fn terms(db: &Db) -> Result<Vec<TermRow>, DbError> {
    on!(db, pool => sqlx::query_as(TERMS).fetch_all(pool).await)
}

const ALONE: &str = "UPDATE registry SET revision = revision WHERE one = 1";

/// Keeps every other process from filling the database until the transaction ends.
pub(super) async fn alone(tx: &mut Tx) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ALONE).execute(c).await.map(drop))
}

const COUNTS: &str = "SELECT
    (SELECT COUNT(*) FROM district) + (SELECT COUNT(*) FROM calendar_year) + (SELECT COUNT(*) FROM vocabulary)";

/// How many standing facts there are: 0 in a new database.
pub(super) async fn count(tx: &mut Tx) -> Result<i64, DbError> {
    in_tx!(tx, c => sqlx::query_scalar(COUNTS).fetch_one(c).await)
}

const ADD_DISTRICT: &str = "INSERT INTO district (adcode, name, name_en, area) VALUES ($1, $2, $3, $4)";

pub(super) async fn add_district(tx: &mut Tx, d: &DistrictRow) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD_DISTRICT)
        .bind(&d.adcode).bind(&d.name).bind(&d.name_en).bind(&d.area).execute(c).await.map(drop))
}

const REMOVE_DISTRICTS: &str = "DELETE FROM district";

pub(super) async fn remove_districts(tx: &mut Tx) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(REMOVE_DISTRICTS).execute(c).await.map(drop))
}

const REMOVE_STRANGE_PLACES: &str = "DELETE FROM place
    WHERE district IS NULL OR district NOT IN (SELECT adcode FROM district)";

/// Removes place names that lie in no district that there is.
pub(super) async fn remove_strange_places(tx: &mut Tx) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(REMOVE_STRANGE_PLACES).execute(c).await.map(drop))
}

const ADD_PLACE: &str = "INSERT INTO place (id, name, name_zh, lon, lat, population, district)
    VALUES ($1, $2, $3, $4, $5, $6, $7)";

pub(super) async fn add_place(tx: &mut Tx, p: &PlaceRow) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD_PLACE)
        .bind(&p.id).bind(&p.name).bind(&p.name_zh).bind(p.lon).bind(p.lat).bind(p.population).bind(&p.district)
        .execute(c).await.map(drop))
}

const ADD_DAY: &str = "INSERT INTO calendar_day (day, kind, name) VALUES ($1, $2, $3)
    ON CONFLICT (day) DO UPDATE SET kind = excluded.kind, name = excluded.name";

pub(super) async fn add_day(tx: &mut Tx, d: &DayRow) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD_DAY).bind(&d.day).bind(&d.kind).bind(&d.name).execute(c).await.map(drop))
}

const REMOVE_DAYS: &str = "DELETE FROM calendar_day WHERE day >= $1 AND day <= $2";

/// Removes the days of a year.
pub(super) async fn remove_days(tx: &mut Tx, year: i64) -> Result<(), DbError> {
    let (first, last) = (format!("{year:04}-01-01"), format!("{year:04}-12-31"));
    in_tx!(tx, c => sqlx::query(REMOVE_DAYS).bind(first).bind(last).execute(c).await.map(drop))
}

const REMOVE_YEAR: &str = "DELETE FROM calendar_year WHERE year = $1";

/// Makes a year one whose notice is not loaded.
pub(super) async fn remove_year(tx: &mut Tx, year: i64) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(REMOVE_YEAR).bind(year).execute(c).await.map(drop))
}

const ADD_YEAR: &str = "INSERT INTO calendar_year (year) VALUES ($1)";

pub(super) async fn add_year(tx: &mut Tx, year: i64) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD_YEAR).bind(year).execute(c).await.map(drop))
}

const ADD_TERM: &str = "INSERT INTO vocabulary (kind, code, zh, en, synonyms) VALUES ($1, $2, $3, $4, $5)";

pub(super) async fn add_term(tx: &mut Tx, t: &TermRow) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD_TERM)
        .bind(&t.kind).bind(&t.code).bind(&t.zh).bind(&t.en).bind(&t.synonyms).execute(c).await.map(drop))
}
