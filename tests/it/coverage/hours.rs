//! The timetable: each of its places is the instant of its hour, and seasons are sums of days.

use serde_json::{Value, json};

use super::stage::{People, figure, people};
use crate::arrange::place;
use crate::harness::Town;

const PATH: &str = "/api/v1/coverage/timetable";

fn numbers(told: &Value, what: &str) -> Vec<i64> {
    told[what].as_array().unwrap().iter().map(|n| n.as_i64().unwrap()).collect()
}

both_engines! {
    async fn each_hour_is_what_the_instant_says(t: Town) {
        t.demonstrate().await;
        let planner = t.with_people(&people(300)).await;
        for filter in [&[][..], &[("facility", "heating")], &[("min", "2"), ("trade", "courier")]] {
            let week = t.coverage(&planner, PATH, &[&[("week", "2026-11-25")], filter].concat()).await;
            assert_eq!(week["at"][0], json!("2026-11-23T00:00:00+08:00"));
            for hour in (0..168).step_by(11).chain([60, 61, 62, 150]) {
                let at = week["at"][hour].as_str().unwrap();
                let told = t.coverage(&planner, "/api/v1/coverage", &[&[("at", at)], filter].concat()).await;
                let (one, two) = (figure(&told, "covered"), figure(&told, "covered_twice"));
                assert_eq!([&week["numerator"][hour], &week["denominator"][hour], &week["twice"][hour]],
                    [&one["numerator"], &one["denominator"], &two["numerator"]], "{at} {filter:?}");
            }
            let whole = t.coverage(&planner, "/api/v1/coverage", &[&[("week", "2026-11-25")], filter].concat()).await;
            assert_eq!(week["mean"]["numerator"], json!(numbers(&week, "numerator").iter().sum::<i64>()));
            assert_eq!(figure(&whole, "covered")["numerator"], week["mean"]["numerator"]);
        }
    }

    async fn a_season_is_the_sum_of_its_days_with_their_holidays(t: Town) {
        t.demonstrate().await;
        let planner = t.with_people(&people(120)).await;
        let days = [("from", "2026-09-28"), ("to", "2026-10-11")];
        let season = t.coverage(&planner, PATH, &days).await;
        let first = t.coverage(&planner, PATH, &[("week", "2026-09-28")]).await;
        let second = t.coverage(&planner, PATH, &[("week", "2026-10-05")]).await;
        for what in ["numerator", "twice", "denominator"] {
            let sums: Vec<i64> =
                numbers(&first, what).iter().zip(numbers(&second, what)).map(|(a, b)| a + b).collect();
            assert_eq!(numbers(&season, what), sums, "{what}");
        }
        assert_ne!(numbers(&first, "numerator"), numbers(&second, "numerator"), "National Day closes many");
    }

    async fn the_midday_that_split_shifts_leave_is_told_in_a_sentence(t: Town) {
        let shifts = "Mo-Fr 08:30-12:00,14:30-18:00";
        t.station("银行").at(119.6, 39.93).hours(shifts).open().await;
        t.station("岗亭").at(119.7, 39.93).hours("24/7").open().await;
        let here = |lon, count| People { at: place((lon, 39.931)), count, trade: "" };
        let planner = t.with_people(&[here(119.6, 900), here(119.7, 100)]).await;
        let week = t.coverage(&planner, PATH, &[("week", "2026-11-25")]).await;
        assert_eq!(week["lowest"], json!([{
            "days": [1, 2, 3, 4, 5], "from_hour": 12, "to_hour": 15, "share": 0.1, "around": 1.0
        }]));
        assert_eq!(week["sentence"], json!("Mon–Fri 12:00–15:00: coverage falls from 100% to 10%."));
    }

    async fn people_count_only_at_the_hours_at_which_they_are_outdoors(t: Town) {
        t.station("岗亭").at(119.6, 39.93).hours("Mo-Su 06:00-12:00").open().await;
        let planner = t.planner().await;
        let sanitation: Vec<f64> = (0..24).map(|hour| if (4..10).contains(&hour) { 1.0 } else { 0.25 }).collect();
        let file = "lon,lat,people,trade\n119.6,39.931,200,sanitation\n119.6,39.931,40,courier\n";
        t.bring(&planner, "/api/v1/demand", file, json!({ "profile": { "sanitation": sanitation } })).await;
        let week = t.coverage(&planner, PATH, &[("week", "2026-11-25")]).await;
        let at = |hour: usize| [week["numerator"][hour].as_i64().unwrap(), week["denominator"][hour].as_i64().unwrap()];
        assert_eq!([at(5), at(6), at(11), at(12)], [[0, 240], [240, 240], [90, 90], [0, 90]]);
        let told = t.coverage(&planner, "/api/v1/coverage", &[("at", "2026-11-25T11:00:00+08:00")]).await;
        assert_eq!(figure(&told, "covered")["denominator"], json!(90));
    }
}
