//! What may be asked: bad questions are refused by their fields, and who asks decides whom they are about.

use axum::http::StatusCode;
use serde_json::json;
use yizhan::accounts::Role;

use super::stage::{People, figure, people, query};
use crate::arrange::place;
use crate::harness::Town;

const PATH: &str = "/api/v1/coverage";
const AT: (&str, &str) = ("at", "2026-11-25T10:00:00+08:00");

both_engines! {
    async fn a_bad_question_names_its_fields(t: Town) {
        let planner = t.planner().await;
        let cases: [(&[(&str, &str)], &str, &str); 16] = [
            (&[("within_m", "0")], "within_m", "out_of_range"),
            (&[("within_m", "50001")], "within_m", "out_of_range"),
            (&[("within_s", "NaN")], "within_s", "out_of_range"),
            (&[("by", "ride")], "by", "unknown_code"),
            (&[("min", "3")], "min", "unknown_code"),
            (&[("of", "banks")], "of", "unknown_code"),
            (&[("trade", "pirate")], "trade", "unknown_code"),
            (&[("district", "13")], "district", "unknown_code"),
            (&[("facility", "pool")], "facility", "unknown_code"),
            (&[("demand", "nobody")], "demand", "unknown_layer"),
            (&[("at", "noon")], "at", "no_instant"),
            (&[("week", "2026-13-01")], "week", "unreadable"),
            (&[AT, ("week", "2026-11-25")], "at", "contradiction"),
            (&[("from", "2026-11-25")], "to", "missing"),
            (&[("from", "2026-11-25"), ("to", "2026-11-24")], "to", "out_of_range"),
            (&[("from", "2026-01-01"), ("to", "2027-01-02")], "to", "out_of_range"),
        ];
        for (pairs, field, code) in cases {
            let reply = t.get(format!("{PATH}?{}", query(pairs))).by(&planner).send().await;
            assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{pairs:?}");
            let error = &reply.json()["errors"][0];
            assert_eq!([&error["field"], &error["code"]], [&json!(field), &json!(code)], "{}", reply.text());
        }
    }

    async fn who_has_one_district_is_told_of_its_people_only(t: Town) {
        t.demonstrate().await;
        let planner = t.with_people(&people(600)).await;
        let all = t.coverage(&planner, PATH, &[AT]).await;
        let haigang = all["by_district"].as_array().unwrap().iter().find(|d| d["adcode"] == "130302").unwrap();
        let staff = t.staff("haigang", Role::District, "130302").await;
        let own = t.coverage(&staff, PATH, &[AT]).await;
        assert_eq!(figure(&own, "covered")["denominator"], haigang["denominator"]);
        assert_eq!(own["by_district"].as_array().unwrap().len(), 1);
        assert_eq!(own["demand"]["people"], haigang["denominator"], "nor does the layer tell of others");
        let keeper = t.keeper("keeper", &[]).await;
        let refused = t.get(PATH).by(&keeper).send().await;
        assert!(refused.status.is_client_error());
    }

    async fn fewer_than_ten_people_are_never_told_of(t: Town) {
        t.station("岗亭").at(119.6, 39.93).open().await;
        let here = |count, trade| People { at: place((119.6, 39.931)), count, trade };
        let planner = t.with_people(&[here(9, "courier"), here(30, "sanitation")]).await;
        let told = t.coverage(&planner, PATH, &[AT]).await;
        assert_eq!(told["by_trade"].as_array().unwrap().len(), 1);
        assert_eq!((&told["by_trade"][0]["trade"], &told["suppressed"]), (&json!("sanitation"), &json!(1)));
        let couriers = t.coverage(&planner, PATH, &[AT, ("trade", "courier")]).await;
        for figure in couriers["figures"].as_array().unwrap() {
            assert!(figure["numerator"].is_null() && figure["denominator"].is_null(), "{figure}");
        }
        let week = t.coverage(&planner, "/api/v1/coverage/timetable", &[("trade", "courier")]).await;
        assert!(week["numerator"].as_array().unwrap().iter().all(serde_json::Value::is_null));
    }

    async fn without_a_layer_the_stand_in_says_that_it_is_one(t: Town) {
        t.demonstrate().await;
        let planner = t.planner().await;
        let told = t.coverage(&planner, PATH, &[AT]).await;
        assert_eq!((&told["demand"]["code"], &told["demand"]["stand_in"]), (&json!("stand-in"), &json!(true)));
        let method = told["method"].as_str().unwrap();
        assert!(method.contains("stands in for it") && method.contains("GeoNames"), "{method}");
        assert!(figure(&told, "covered")["denominator"].as_i64().unwrap() > 500_000);
        let area = &told["area"];
        let whole = area["denominator_km2"].as_f64().unwrap();
        assert!((whole - 7_772.0).abs() < 5.0, "the seven districts have 7,772 km²: {whole}");
        assert!(area["numerator_km2"].as_f64().unwrap() > 100.0);
    }
}
