//! Gaps: nobody is lost between cells, nobody can be known by them, and they say when.

use std::collections::BTreeMap;

use h3o::{LatLng, Resolution};
use serde_json::{Value, json};

use super::stage::{People, covered, people};
use crate::arrange::place;
use crate::harness::Town;

const PATH: &str = "/api/v1/coverage/gaps.geojson";
const AT: &str = "2026-11-25T13:00:00+08:00";

fn features(told: &Value) -> Vec<&Value> {
    told["features"].as_array().unwrap().iter().map(|f| &f["properties"]).collect()
}

fn number(value: &Value) -> i64 {
    value.as_i64().unwrap()
}

/// The people of each cell, and those of them without a station within 500 m.
fn cells(people: &[People], open: &[spatial::Position]) -> BTreeMap<String, (i64, i64)> {
    let mut cells: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    for one in people {
        let at = LatLng::new(one.at.lat(), one.at.lon()).unwrap().to_cell(Resolution::Eight);
        let cell = cells.entry(at.to_string()).or_default();
        cell.0 += one.count;
        cell.1 += one.count - covered(&[*one], open, 500.0, 1);
    }
    cells
}

both_engines! {
    async fn cells_are_those_of_brute_force_and_none_has_fewer_than_ten_people(t: Town) {
        t.demonstrate().await;
        let people = people(700);
        let planner = t.with_people(&people).await;
        let open = t.open_at(AT, &[]).await;
        let expected = cells(&people, &open);
        let asked = [("at", AT), ("within_m", "500"), ("by", "straight"), ("covered", "true"), ("limit", "10000")];
        let told = t.coverage(&planner, PATH, &asked).await;
        let mut last = i64::MAX;
        for cell in features(&told) {
            let (all, open) = expected[cell["cell"].as_str().unwrap()];
            let open = if open < 10 { 0 } else { open };
            assert_eq!((number(&cell["demand"]), number(&cell["uncovered"])), (all, open));
            assert!(all >= 10 && open <= last, "the largest gap first, and nobody who could be known");
            assert_eq!(cell["rank"].is_null(), open == 0);
            last = open;
        }
        let small: Vec<i64> = expected.values().map(|(all, _)| *all).filter(|all| *all < 10).collect();
        assert!(!small.is_empty(), "the scene has cells with few people");
        assert_eq!(features(&told).len() + small.len(), expected.len());
        assert_eq!(told["suppressed"], json!({ "cells": small.len(), "people": small.iter().sum::<i64>() }));
        let only_gaps = t.coverage(&planner, PATH, &asked[..3]).await;
        assert!(features(&only_gaps).iter().all(|cell| number(&cell["uncovered"]) >= 10));
    }

    async fn a_cell_says_at_which_hours_nobody_covers_it(t: Town) {
        t.station("银行").at(119.6, 39.93).hours("Mo-Fr 08:30-12:00,14:30-18:00").open().await;
        let here = People { at: place((119.6, 39.931)), count: 60, trade: "" };
        let planner = t.with_people(&[here]).await;
        let told = t.coverage(&planner, PATH, &[("at", AT)]).await;
        let cell = features(&told)[0];
        assert_eq!((number(&cell["uncovered"]), number(&cell["hours"])), (60, 168 - 5 * 6));
        assert_eq!(
            cell["hours_text"],
            json!("Sat, Sun all day; Mon–Fri 0:00–9:00; Mon–Fri 18:00–24:00; Mon–Fri 12:00–15:00")
        );
        let ring = told["features"][0]["geometry"]["coordinates"][0].as_array().unwrap();
        assert_eq!((ring.len(), &ring[0]), (7, &ring[6]), "a closed hexagon");
        let week = t.coverage(&planner, PATH, &[("week", "2026-11-25")]).await;
        assert_eq!(number(&features(&week)[0]["uncovered"]), 60 * (168 - 30), "people times hours");
        let open = t.coverage(&planner, PATH, &[("at", "2026-11-25T10:00:00+08:00")]).await;
        assert!(features(&open).is_empty(), "no gap while it is open");
    }

    async fn sizes_and_limits_are_as_asked(t: Town) {
        let people = people(700);
        let planner = t.with_people(&people).await;
        let count = async |resolution: &str| {
            let asked = [("at", AT), ("resolution", resolution), ("limit", "10000")];
            features(&t.coverage(&planner, PATH, &asked).await).len()
        };
        assert!(count("6").await < count("7").await);
        let few = t.coverage(&planner, PATH, &[("at", AT), ("limit", "3")]).await;
        let all = t.coverage(&planner, PATH, &[("at", AT), ("limit", "10000")]).await;
        assert_eq!(features(&few)[..], features(&all)[..3]);
        assert_eq!(number(&few["left_out"]) + 3, i64::try_from(features(&all).len()).unwrap());
    }
}
