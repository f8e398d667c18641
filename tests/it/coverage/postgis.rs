//! PostGIS, with its geography type and geodesics, counts what the service counts.

use serde_json::json;
use spatial::Position;
use sqlx::{AssertSqlSafe, Connection, PgConnection, Row};

use super::stage::{People, figure, people};
use crate::harness::{Town, not_here, on_blank_postgres, skip};

const AT: &str = "2026-11-25T13:00:00+08:00";

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
    let counted = on_blank_postgres(async |url: String| {
        let data = tempfile::tempdir().unwrap();
        let t = Town::open(data.path(), Some(url.clone())).await;
        t.demonstrate().await;
        let people = people(600);
        let planner = t.with_people(&people).await;
        let open = t.open_at(AT, &[]).await;
        for (reach, within_m) in [("300", 300.0), ("1000", 1_000.0), ("4000", 4_000.0)] {
            let Some(theirs) = by_postgis(&url, &people, &open, within_m).await else {
                return not_here("PostGIS");
            };
            let asked = [("at", AT), ("within_m", reach), ("by", "straight")];
            let told = t.coverage(&planner, "/api/v1/coverage", &asked).await;
            let ours = ["covered", "covered_twice"].map(|code| figure(&told, code)["numerator"].clone());
            assert_eq!(json!(ours), json!(theirs), "{reach} m");
        }
    });
    if counted.await.is_none() {
        skip("coverage::postgis");
    }
}
