//! Whose hours to extend: gains that can be reckoned by hand, and a set of them that no single one sums up.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::stage::{People, people, query};
use crate::arrange::place;
use crate::harness::Town;

const PATH: &str = "/api/v1/coverage/extensions";
const WEEK: (&str, &str) = ("week", "2026-11-25");

fn here(lon: f64, count: i64) -> People {
    People { at: place((lon, 39.931)), count, trade: "" }
}

fn lines(told: &Value) -> Vec<(String, String, i64, i64)> {
    let line = |item: &Value| {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let number = |what: &str| item[what].as_i64().unwrap();
        (text(&item["station"]["name"]), text(&item["hours_text"]), number("gain"), number("added"))
    };
    told["items"].as_array().unwrap().iter().map(line).collect()
}

both_engines! {
    async fn the_best_hours_come_first_and_each_counts_after_those_above_it(t: Town) {
        // Both are within reach of the same 100; 60 more have only the bank.
        t.station("银行").at(119.6, 39.93).hours("Mo-Fr 09:00-12:00,14:00-18:00").open().await;
        t.station("岗亭").at(119.608, 39.93).hours("Mo-Fr 09:00-12:00,14:00-18:00").open().await;
        let planner = t.with_people(&[here(119.604, 100), here(119.5915, 60)]).await;
        let told = t.coverage(&planner, PATH, &[WEEK, ("hours", "1")]).await;
        let line = |name: &str, hours: &str, gain, added| (name.to_owned(), hours.to_owned(), gain, added);
        assert_eq!(lines(&told), [
            line("银行", "Mon–Fri 12:00–14:00", 160 * 10, 160 * 10),
            line("银行", "Mon–Fri 8:00–9:00", 160 * 5, 160 * 5),
            line("银行", "Mon–Fri 18:00–19:00", 160 * 5, 160 * 5),
        ], "the post adds nobody once the bank is open");
        let before = told["before"]["numerator"].as_i64().unwrap();
        assert_eq!(before, 160 * 35);
        assert_eq!(told["after"]["numerator"].as_i64().unwrap(), before + 160 * 20);
        assert_eq!(told["items"][0]["people"], json!(160));
        assert_eq!(told["items"][0]["opening_hours"], json!(10));
        let twice = t.coverage(&planner, PATH, &[WEEK, ("hours", "1"), ("min", "2")]).await;
        assert_eq!(lines(&twice), [], "where nobody is open, one place more makes no two");
    }

    async fn what_is_promised_comes_true_when_the_hours_are_longer(t: Town) {
        t.demonstrate().await;
        let planner = t.with_people(&people(500)).await;
        let told = t.coverage(&planner, PATH, &[WEEK, ("limit", "1")]).await;
        let (item, before) = (&told["items"][0], told["before"]["numerator"].as_i64().unwrap());
        let id = item["station"]["id"].as_str().unwrap().parse().unwrap();
        let mut longer = t.snapshot().station(id).unwrap().station.clone();
        let span = |what: &str| item[what].as_u64().unwrap();
        let days = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
        let on: Vec<&str> = item["days"].as_array().unwrap().iter().map(|d| days[usize::try_from(d.as_u64().unwrap()).unwrap() - 1]).collect();
        let own = longer.facts.hours.clone().unwrap();
        longer.facts.hours = Some(format!("{own}, {} {:02}:00-{:02}:00", on.join(","), span("from_hour"), span("to_hour")));
        t.put(&longer).await;
        let after = t.coverage(&planner, PATH, &[WEEK, ("limit", "1")]).await;
        assert_eq!(after["before"]["numerator"].as_i64().unwrap(), before + item["gain"].as_i64().unwrap());
    }

    async fn a_season_is_refused_and_the_bounds_are_named(t: Town) {
        let planner = t.planner().await;
        let refused = async |pairs: &[(&str, &str)], field: &str| {
            let reply = t.get(format!("{PATH}?{}", query(pairs))).by(&planner).send().await;
            assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{pairs:?}");
            assert_eq!(reply.json()["errors"][0]["field"], json!(field), "{}", reply.text());
        };
        refused(&[("from", "2026-11-15"), ("to", "2027-03-15")], "from").await;
        refused(&[("at", "2026-11-25T13:00:00+08:00")], "at").await;
        refused(&[("hours", "5")], "hours").await;
        refused(&[("hours", "1.5")], "hours").await;
        refused(&[("limit", "0")], "limit").await;
    }
}
