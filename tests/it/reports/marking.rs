//! Doors found locked: two of them mark a station.

use axum::http::StatusCode;
use chrono::TimeDelta;
use serde_json::{Value, json};
use yizhan::accounts::Role;
use yizhan::reports::service as reports;

use crate::harness::Town;

const CONFIRMED: &str = "confirmed";

both_engines! {
    async fn the_second_confirmed_locked_door_marks_the_station(t: Town) {
        let clerk = t.staff("clerk", Role::District, "130302").await;
        let s = t.station("海港驿站").district("130302").open().await;
        let record = || t.get(format!("/api/v1/registry/{}", s.id)).by(&clerk).json();
        let marked = || t.get("/api/v1/registry?marked=true").by(&clerk).json();
        let answer = |verdict: &str| json!({ "verdict": verdict, "answer": "看过了" });
        let (first, second, third) = (t.locked(s.id).await, t.locked(s.id).await, t.locked(s.id).await);
        for (slip, verdict, mark) in [
            (&first, "unfounded", Value::Null),
            (&second, CONFIRMED, Value::Null),
            (&third, CONFIRMED, json!({ "locked_reports": 2 })),
        ] {
            let reply = t.answer(slip, &clerk, answer(verdict)).await;
            assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
            assert_eq!(record().await["marked"], mark, "{verdict}");
            let count = usize::from(!mark.is_null());
            assert_eq!(marked().await["items"].as_array().unwrap().len(), count);
            assert_eq!(t.get("/api/v1/registry/queues").by(&clerk).json().await["marked"]["count"], count);
        }
        assert_eq!(marked().await["items"][0]["marked"]["locked_reports"], 2);
        assert_eq!(t.get("/api/v1/registry?marked=true&state=suspended").by(&clerk).json().await["total"], 0);
        assert_eq!(t.report(&third, &clerk).await["locked"], json!({ "times": 2, "marks_at": 2, "days": 30 }));
        let later = t.at("2026-12-24T10:00:01+08:00").await;
        let clerk = later.staff("later", Role::District, "130302").await;
        let listed = later.get("/api/v1/registry?marked=true").by(&clerk).json().await;
        assert_eq!(listed["total"], 0, "30 days on it is clean again");
    }

    async fn answers_in_time_are_counted_by_the_last_day(t: Town) {
        let clerk = t.staff("clerk", Role::City, "1303").await;
        let (s, other) = (t.station("海港驿站").district("130302").open().await, t.station("没人反映").open().await);
        let at = async |day: &str| t.at(&format!("{day}T09:00:00+08:00")).await.locked(s.id).await;
        // Due on the 19th and the 24th; two that still have time.
        let (_, last) = (at("2026-11-16").await, at("2026-11-19").await);
        at("2026-11-23").await;
        at("2026-11-24").await;
        t.answer(&last, &clerk, json!({ "verdict": "unclear", "answer": "没见到" })).await;
        let (db, zone, now) = (&t.app.db, t.app.config.zone(), t.app.clock.now());
        let since = now - TimeDelta::days(30);
        let told = reports::answered_in_time(db, zone, s.id, since, now).await.unwrap();
        assert_eq!((told.in_time, told.of), (1, 2), "on the last day is in time, open after it is not");
        let all = reports::answered_in_time_by_station(db, zone, since, now).await.unwrap();
        assert_eq!((all.len(), all[&s.id]), (1, told));
        let none = reports::answered_in_time(db, zone, other.id, since, now).await.unwrap();
        assert_eq!((none.in_time, none.of), (0, 0));
        let since = now - TimeDelta::days(3);
        assert_eq!(reports::answered_in_time(db, zone, s.id, since, now).await.unwrap().of, 0);
    }
}
