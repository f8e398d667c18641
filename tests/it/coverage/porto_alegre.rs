//! A whole city that is not made up: 1,227 hexagons of people in Porto Alegre, with stations at its known places, against
//! brute force and against PostGIS. The file is not part of the project; without it the test says that it was skipped.

use std::fs;
use std::path::PathBuf;

use serde_json::json;
use spatial::Position;
use sqlx::{AssertSqlSafe, Connection, PgConnection, Row};

use super::stage::{People, covered, figure};
use crate::arrange::place;
use crate::harness::{Town, on_blank_postgres, skip};

const AT: (&str, &str) = ("at", "2026-11-25T13:00:00+08:00");
/// Every third keeps the posted hours of a bank, every third closes at midday, the rest never closes.
const HOURS: [&str; 3] = ["Mo-Fr 09:00-17:00", "Mo-Su 08:30-12:00,14:30-18:00", "24/7"];

fn file(name: &str) -> Option<Vec<Vec<String>>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data/osm").join(name);
    let text = fs::read_to_string(path).ok()?;
    Some(text.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect())
}

fn degrees(lon: &str, lat: &str) -> Position {
    place((lon.parse().unwrap(), lat.parse().unwrap()))
}

/// The hexagons with anybody in them.
fn hexagons() -> Option<Vec<People>> {
    let rows = file("porto_alegre_hexgrid.csv")?;
    let people =
        rows.iter().map(|r| People { at: degrees(&r[1], &r[2]), count: r[3].parse().unwrap(), trade: "" });
    Some(people.filter(|one| one.count > 0).collect())
}

/// Its known places and every twentieth hexagon, as stations.
async fn stations(t: &Town, hexagons: &[People]) -> Vec<(Position, &'static str)> {
    let places = file("porto_alegre_poi.csv").unwrap();
    let places =
        places.iter().map(|row| degrees(&row[2], &row[1])).chain(hexagons.iter().step_by(20).map(|h| h.at));
    let stations: Vec<_> = places.zip(HOURS.into_iter().cycle()).collect();
    for (number, (at, hours)) in stations.iter().enumerate() {
        t.station(&format!("站 {number}")).at(at.lon(), at.lat()).hours(hours).open().await;
    }
    stations
}

both_engines! {
    async fn a_real_city_is_counted_as_by_brute_force(t: Town) {
        let Some(hexagons) = hexagons() else { return skip("coverage::porto_alegre (the file is not at hand)") };
        let stations = stations(&t, &hexagons).await;
        let planner = t.with_people(&hexagons).await;
        let open: Vec<Position> = stations.iter().filter(|(_, hours)| *hours != HOURS[1]).map(|(at, _)| *at).collect();
        let all: i64 = hexagons.iter().map(|one| one.count).sum();
        for (reach, within_m) in [("300", 300.0), ("1000", 1_000.0), ("5000", 5_000.0)] {
            let told = t.coverage(&planner, "/api/v1/coverage", &[AT, ("within_m", reach), ("by", "straight")]).await;
            let numerators = ["covered", "covered_twice"].map(|code| figure(&told, code)["numerator"].clone());
            let expected = [1, 2].map(|min| covered(&hexagons, &open, within_m, min));
            assert_eq!(json!(numerators), json!(expected), "{reach} m");
            assert_eq!(figure(&told, "covered")["denominator"], json!(all));
        }
        let week = t.coverage(&planner, "/api/v1/coverage/timetable", &[("week", "2026-11-25")]).await;
        assert_eq!((&week["lowest"][0]["from_hour"], &week["lowest"][0]["to_hour"]), (&json!(12), &json!(15)), "{}", week["lowest"]);
        let gaps = t.coverage(&planner, "/api/v1/coverage/gaps.geojson", &[AT]).await;
        let first = &gaps["features"][0]["properties"];
        assert!(first["uncovered"].as_i64().unwrap() >= 1_000 && first["hours"].as_i64().unwrap() > 100);
        let longer = t.coverage(&planner, "/api/v1/coverage/extensions", &[("week", "2026-11-25")]).await;
        assert_eq!(longer["items"].as_array().map(Vec::len), Some(20));
    }
}

/// Counts the same in PostGIS, with the geography type and its geodesics.
async fn by_postgis(url: &str, people: &[People], open: &[Position], within_m: f64) -> Option<[i64; 2]> {
    let mut connection = PgConnection::connect(url).await.unwrap();
    let at = |position: &Position| format!("ST_Point({}, {})::geography", position.lon(), position.lat());
    let rows = |rows: Vec<String>| rows.join(", ");
    let people = rows(people.iter().map(|one| format!("({}, {})", at(&one.at), one.count)).collect());
    let open = rows(open.iter().map(|position| format!("({})", at(position))).collect());
    sqlx::query("CREATE EXTENSION IF NOT EXISTS postgis").execute(&mut connection).await.ok()?;
    let sql = format!(
        "WITH people (at, count) AS (VALUES {people}), station (at) AS (VALUES {open}), near AS (
           SELECT count, (SELECT COUNT(*) FROM station s WHERE ST_DWithin(s.at, p.at, {within_m})) AS stations
           FROM people p)
         SELECT COALESCE(SUM(count) FILTER (WHERE stations >= 1), 0)::BIGINT,
           COALESCE(SUM(count) FILTER (WHERE stations >= 2), 0)::BIGINT FROM near"
    );
    let row = sqlx::query(AssertSqlSafe(sql)).fetch_one(&mut connection).await.unwrap();
    Some([row.get(0), row.get(1)])
}

#[tokio::test]
async fn postgis_counts_the_same() {
    let Some(hexagons) = hexagons() else { return skip("coverage::porto_alegre (the file is not at hand)") };
    let counted = on_blank_postgres(async |url| {
        let open: Vec<Position> = hexagons.iter().step_by(7).map(|one| one.at).collect();
        for within_m in [250.0, 1_000.0, 3_000.0] {
            let theirs: Option<[i64; 2]> = by_postgis(&url, &hexagons, &open, within_m).await;
            let Some(theirs) = theirs else { return false };
            assert_eq!(theirs, [1, 2].map(|min| covered(&hexagons, &open, within_m, min)), "{within_m} m");
        }
        true
    });
    match counted.await {
        Some(true) => {}
        _ => skip("coverage::porto_alegre::postgis_counts_the_same (PostGIS is not installed)"),
    }
}
