//! How full a station is: three levels from counts, and nothing where too few have said that they are there.

use axum::http::StatusCode;
use chrono::Utc;
use serde_json::{Value, json};
use yizhan::ids::StationId;
use yizhan::in_tx;

use crate::arrange::instant;
use crate::harness::Town;

const VISITS: &str = "INSERT INTO visit_count (station_id, hour_ms, trade, visits) VALUES ($1, $2, $3, $4)";

impl Town {
    async fn visited(&self, station: StationId, hour: &str, trade: &str, visits: i64) {
        let hour_ms = instant(hour).with_timezone(&Utc).timestamp_millis();
        let mut tx = self.app.db.begin().await.unwrap();
        let done = in_tx!(tx, c => sqlx::query(VISITS)
            .bind(station.to_string()).bind(hour_ms).bind(trade).bind(visits).execute(c).await.map(drop));
        done.unwrap();
        tx.commit().await.unwrap();
    }

    async fn level(&self, station: StationId) -> Value {
        self.get(format!("/api/v1/stations/{station}/occupancy")).json().await["level"].clone()
    }
}

both_engines! {
    async fn a_station_is_as_full_as_its_last_hours_say(t: Town) {
        let seats = |n| move |facts: &mut yizhan::stations::model::Facts| facts.capacity = n;
        let s = t.station("海港驿站").fact(seats(Some(9))).open().await;
        assert_eq!(t.level(s.id).await, Value::Null, "nobody has said anything");
        // Long ago, and of another station.
        t.visited(s.id, "2026-11-24T08:00:00+08:00", "courier", 50).await;
        let other = t.station("没写座位").fact(seats(None)).open().await;
        t.visited(other.id, "2026-11-24T09:00:00+08:00", "courier", 50).await;
        assert_eq!((t.level(s.id).await, t.level(other.id).await), (Value::Null, Value::Null));
        t.visited(s.id, "2026-11-24T09:00:00+08:00", "courier", 3).await;
        t.visited(s.id, "2026-11-24T10:00:00+08:00", "", 1).await;
        assert_eq!(t.level(s.id).await, Value::Null, "four are too few to tell");
        t.visited(s.id, "2026-11-24T09:00:00+08:00", "rider", 1).await;
        assert_eq!(t.level(s.id).await, json!("quiet"));
        t.visited(s.id, "2026-11-24T10:00:00+08:00", "rider", 1).await;
        assert_eq!(t.level(s.id).await, json!("some"), "6 an hour stay half an hour: 3 of 9 seats");
        t.visited(s.id, "2026-11-24T09:00:00+08:00", "sanitation", 6).await;
        assert_eq!(t.level(s.id).await, json!("busy"), "12 an hour: 6 of 9 seats");
        let told = t.get(format!("/api/v1/stations/{}/occupancy", s.id)).send().await;
        assert_eq!(told.json()["as_of"], "2026-11-24T10:00:00+08:00");
        let again = t.get(format!("/api/v1/stations/{}/occupancy", s.id)).header("if-none-match", told.header("etag"));
        assert_eq!(again.send().await.status, StatusCode::NOT_MODIFIED);
        t.close(s.id, "2026-11-24T09:30:00+08:00", None).await;
        assert_eq!(t.level(s.id).await, Value::Null, "closed");
        let draft = t.station("草稿").store(yizhan::stations::model::Status::Draft).await;
        let hidden = t.get(format!("/api/v1/stations/{}/occupancy", draft.id)).send().await;
        assert_eq!(hidden.status, StatusCode::NOT_FOUND);
    }
}
