//! The scene: a planner, people whose places are known, and the stations that the public interface calls open.

use std::fmt::Write;

use axum::body::Body;
use axum::http::StatusCode;
use serde_json::{Value, json};
use spatial::Position;
use yizhan::accounts::Role;

use crate::arrange::place;
use crate::chance::Chance;
use crate::harness::Town;
use crate::imports::{FORM, form};
use crate::staff::Staff;

/// The trades that the people of the scene have.
const TRADES: [&str; 3] = ["courier", "sanitation", ""];

/// So many people at a place.
#[derive(Debug, Clone, Copy)]
pub(super) struct People {
    pub(super) at: Position,
    pub(super) count: i64,
    pub(super) trade: &'static str,
}

/// People scattered over the east of the city, the same in every run.
pub(super) fn people(count: usize) -> Vec<People> {
    let mut chance = Chance::new(8);
    let degrees = |thousandths: i64| f64::from(i32::try_from(thousandths).unwrap()) / 1_000.0;
    let one = |_| {
        let at = (degrees(chance.of(119_400..=119_800)), degrees(chance.of(39_800..=40_020)));
        People { at: place(at), count: chance.of(1..=40), trade: TRADES[chance.index(3)] }
    };
    (0..count).map(one).collect()
}

/// A file of them.
pub(super) fn csv(people: &[People]) -> String {
    let mut file = "lon,lat,people,trade\n".to_owned();
    for one in people {
        writeln!(file, "{},{},{},{}", one.at.lon(), one.at.lat(), one.count, one.trade).unwrap();
    }
    file
}

/// How an answer's address is encoded.
pub(super) fn query(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

impl Town {
    pub(super) async fn planner(&self) -> Staff {
        self.staff("planner", Role::Planner, "").await
    }

    /// Brings a layer of demand or of service points.
    pub(super) async fn bring(&self, by: &Staff, path: &str, file: &str, options: Value) -> Value {
        let ask = self.post(path).by(by).header("content-type", FORM);
        let reply = ask.body(Body::from(form("layer.csv", file.as_bytes(), &options))).send().await;
        assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text());
        reply.json()
    }

    /// A planner with the layer `default` of these people.
    pub(super) async fn with_people(&self, people: &[People]) -> Staff {
        let planner = self.planner().await;
        self.bring(&planner, "/api/v1/demand", &csv(people), json!({ "name": "tried", "source": "a test" }))
            .await;
        planner
    }

    /// What a planner is told.
    pub(super) async fn coverage(&self, by: &Staff, path: &str, pairs: &[(&str, &str)]) -> Value {
        let reply =
            self.get(format!("{path}?{}", query(pairs))).by(by).header("accept-language", "en").send().await;
        assert_eq!(reply.status, StatusCode::OK, "{pairs:?}: {}", reply.text());
        reply.json()
    }

    /// Where the stations are that the public interface calls open at an instant, with what is asked of them.
    pub(super) async fn open_at(&self, at: &str, filter: &[(&str, &str)]) -> Vec<Position> {
        let ask =
            filter.iter().fold(self.list().with("open", at).with("limit", 200), |ask, (n, v)| ask.with(n, v));
        let position = |station: &Value| {
            let at = &station["geometry"]["coordinates"];
            place((at[0].as_f64().unwrap(), at[1].as_f64().unwrap()))
        };
        ask.all().await.iter().map(position).collect()
    }
}

/// Who has so many of these places within a geodesic distance, by measuring every pair.
pub(super) fn covered(people: &[People], places: &[Position], within_m: f64, min: usize) -> i64 {
    // The straight way through the earth is never the longer one, and much quicker to measure.
    let reaches =
        |one: &People, to: &Position| to.chord_m(one.at) <= within_m && to.geodesic_m(one.at) <= within_m;
    let near = |one: &&People| places.iter().filter(|place| reaches(one, place)).count() >= min;
    people.iter().filter(near).map(|one| one.count).sum()
}

/// The figure of a code.
pub(super) fn figure<'a>(told: &'a Value, code: &str) -> &'a Value {
    let figures = told["figures"].as_array().unwrap();
    figures.iter().find(|f| f["code"] == code).unwrap_or_else(|| panic!("no figure {code} in {told}"))
}
