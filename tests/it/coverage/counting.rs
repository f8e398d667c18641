//! Shares at an instant against brute force: every pair of people and stations is measured.

use serde_json::{Value, json};

use super::stage::{People, covered, figure, people};
use crate::arrange::place;
use crate::harness::Town;

const PATH: &str = "/api/v1/coverage";
/// Open, at midday, at night, on a day off of many, in the cold, and beyond the days worked out beforehand.
const INSTANTS: [&str; 6] = [
    "2026-11-25T10:00:00+08:00",
    "2026-11-25T13:00:00+08:00",
    "2026-11-25T23:00:00+08:00",
    "2026-11-29T15:30:00+08:00",
    "2027-01-06T08:45:00+08:00",
    "2026-07-15T21:40:00+08:00",
];
/// What is asked of stations.
const FILTERS: [&[(&str, &str)]; 5] = [
    &[],
    &[("facility", "microwave")],
    &[("facility", "heating,water")],
    &[("host", "bank,sanitation"), ("no_phone", "true")],
    &[("access", "open_door")],
];
/// A quarter of an hour on foot, as a straight distance by the settings' factor and speed.
const QUARTER_M: f64 = 900.0 * 1.25 / 1.3;

both_engines! {
    async fn shares_are_those_of_brute_force(t: Town) {
        t.demonstrate().await;
        let people = people(600);
        let all: i64 = people.iter().map(|one| one.count).sum();
        let planner = t.with_people(&people).await;
        let mut seen = Vec::new();
        for (at, filter) in INSTANTS.iter().flat_map(|at| FILTERS.map(|filter| (*at, filter))) {
            let open = t.open_at(at, filter).await;
            for (reach, within_m) in [("500", 500.0), ("2000", 2_000.0)] {
                let asked = [&[("at", at), ("within_m", reach), ("by", "straight")], filter].concat();
                let told = t.coverage(&planner, PATH, &asked).await;
                let shares = ["covered", "covered_twice", "double_15"].map(|code| figure(&told, code)["numerator"].clone());
                let expected = [(within_m, 1), (within_m, 2), (QUARTER_M, 1)];
                assert_eq!(json!(shares), json!(expected.map(|(m, min)| covered(&people, &open, m, min))), "{asked:?}");
                assert_eq!(figure(&told, "covered")["denominator"], json!(all));
                seen.push(shares[0].as_i64().unwrap());
            }
        }
        seen.sort_unstable();
        seen.dedup();
        assert!(seen.len() > 20, "the questions have different answers: {seen:?}");
    }

    async fn what_breaks_or_closes_counts_no_longer(t: Town) {
        let station = t.station("岗亭").at(119.6, 39.93).facility("microwave".parse().unwrap()).open().await;
        let here = [People { at: place((119.6, 39.931)), count: 50, trade: "" }];
        let planner = t.with_people(&here).await;
        let with_microwave = [("at", "2026-11-24T12:00:00+08:00"), ("facility", "microwave")];
        let numerator = async |t: &Town| figure(&t.coverage(&planner, PATH, &with_microwave).await, "covered")["numerator"].clone();
        assert_eq!(numerator(&t).await, json!(50));
        t.close(station.id, "2026-11-24T11:00:00+08:00", Some("2026-11-24T13:00:00+08:00")).await;
        assert_eq!(numerator(&t).await, json!(0), "it is closed by a notice then");
    }

    async fn parts_sum_to_the_whole_and_each_is_a_question_of_its_own(t: Town) {
        t.demonstrate().await;
        let planner = t.with_people(&people(600)).await;
        let at = ("at", "2026-11-25T13:00:00+08:00");
        let told = t.coverage(&planner, PATH, &[at]).await;
        let sum = |rows: &Value, what: &str| -> i64 { rows.as_array().unwrap().iter().map(|r| r[what].as_i64().unwrap()).sum() };
        let whole = figure(&told, "covered");
        for rows in ["by_district", "by_trade"] {
            for side in ["numerator", "denominator"] {
                assert_eq!(json!(sum(&told[rows], side)), whole[side], "{rows} {side}");
            }
            assert_eq!(json!(sum(&told[rows], "twice")), figure(&told, "covered_twice")["numerator"]);
        }
        for district in told["by_district"].as_array().unwrap().iter().filter(|d| !d["adcode"].is_null()) {
            let own = t.coverage(&planner, PATH, &[at, ("district", district["adcode"].as_str().unwrap())]).await;
            assert_eq!(figure(&own, "covered")["numerator"], district["numerator"]);
        }
        let couriers = t.coverage(&planner, PATH, &[at, ("trade", "courier")]).await;
        let of_all = told["by_trade"].as_array().unwrap().iter().find(|r| r["trade"] == "courier").unwrap();
        assert_eq!(figure(&couriers, "covered")["denominator"], of_all["denominator"]);
        for one in told["figures"].as_array().unwrap() {
            let again = t.get(one["request"].as_str().unwrap()).by(&planner).json().await;
            let same = figure(&again, "covered");
            assert_eq!([&same["numerator"], &same["denominator"]], [&one["numerator"], &one["denominator"]], "{one}");
        }
    }
}
