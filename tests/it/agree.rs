//! List, detail, nearest, tiles and offline copy are asked the same at the same instants and must say the same.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;

use serde_json::Value;
use spatial::TileCoord;
use yizhan::stations::model::{FacilityCode, Status};
use yizhan::stations::notices::model::Kind;
use yizhan::stations::state::Effect;

use crate::arrange::{around, instant, place};
use crate::client::text;
use crate::copy::Copy;
use crate::harness::Town;

/// Instants at which states change or calendars differ.
const INSTANTS: [&str; 44] = [
    // An ordinary Tuesday, around closings, warnings and midnight.
    "2026-11-24T00:00:00+08:00",
    "2026-11-24T05:59:59+08:00",
    "2026-11-24T06:00:00+08:00",
    "2026-11-24T08:30:00+08:00",
    "2026-11-24T10:00:00+08:00",
    "2026-11-24T11:30:00+08:00",
    "2026-11-24T11:31:00+08:00",
    "2026-11-24T12:00:00+08:00",
    "2026-11-24T12:30:00+08:00",
    "2026-11-24T14:29:59+08:00",
    "2026-11-24T16:30:00+08:00",
    "2026-11-24T16:31:30+08:00",
    "2026-11-24T17:00:00+08:00",
    "2026-11-24T17:30:00+08:00",
    "2026-11-24T17:31:00+08:00",
    "2026-11-24T18:00:00+08:00",
    "2026-11-24T19:59:59+08:00",
    "2026-11-24T20:30:00+08:00",
    "2026-11-24T21:45:00+08:00",
    "2026-11-24T23:59:59+08:00",
    "2026-11-25T00:00:00+08:00",
    "2026-11-28T10:00:00+08:00",
    "2026-11-29T17:00:00+08:00",
    // The last of the days worked out beforehand, and the first beyond them.
    "2026-12-03T23:45:00+08:00",
    "2026-12-04T00:00:00+08:00",
    "2026-12-04T09:15:00+08:00",
    // Make-up workdays and days off that are past.
    "2026-01-01T10:00:00+08:00",
    "2026-01-04T10:00:00+08:00",
    "2026-02-14T17:10:00+08:00",
    "2026-02-16T10:00:00+08:00",
    "2026-02-28T10:00:00+08:00",
    "2026-05-09T09:00:00+08:00",
    "2026-09-20T16:45:00+08:00",
    "2026-10-01T12:00:00+08:00",
    "2026-10-10T08:30:00+08:00",
    // Summer hours and seasons.
    "2026-06-01T00:00:00+08:00",
    "2026-07-15T21:40:00+08:00",
    "2026-10-15T21:50:00+08:00",
    // New Year, and a year whose days off are not published.
    "2026-12-31T23:59:00+08:00",
    "2027-01-01T00:00:00+08:00",
    "2027-01-01T10:00:00+08:00",
    "2027-02-06T10:00:00+08:00",
    "2027-03-15T17:00:00+08:00",
    "2027-05-01T10:00:00+08:00",
];

/// The districts whose offline copies are asked in turn.
const DISTRICTS: [&str; 3] = ["130302", "130303", "130304"];

/// One station in so many is asked for in a round.
const SHARE: usize = 14;

/// What must be the same wherever a station is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) state: String,
    pub(crate) provisional: Value,
    /// `state_until`, `opens_at` and `closes_at`.
    pub(crate) times: [Value; 3],
    pub(crate) facilities: Value,
    pub(crate) notice: Option<Value>,
}

/// A station of an answer by its id.
pub(crate) fn told(feature: &Value) -> (String, Told) {
    let p = &feature["properties"];
    let times = ["state_until", "opens_at", "closes_at"].map(|key| p[key].clone());
    let (provisional, facilities) = (p["provisional"].clone(), p["facilities"].clone());
    let told =
        Told { state: text(&p["state"]), provisional, times, facilities, notice: p.get("notice").cloned() };
    (text(&feature["id"]), told)
}

/// Whether a worker can walk in.
pub(crate) fn is_open(state: &str) -> bool {
    state == "open" || state == "closing_soon"
}

/// The bits of the facilities that can be used.
fn usable(facilities: &Value) -> u64 {
    let open = facilities.as_array().unwrap().iter().filter(|f| f["open"] == true);
    open.map(|f| text(&f["code"]).parse::<FacilityCode>().unwrap().bit()).fold(0, |mask, bit| mask | bit)
}

impl Town {
    /// The demonstration with every kind of exception besides.
    pub(crate) async fn exceptional(&self) {
        self.demonstrate().await;
        self.station("停用").store(Status::Suspended).await;
        self.station("不清楚").uncertain("看情况").open().await;
        self.station("读不懂").hours("sometimes").open().await;
        self.station("季节")
            .hours("Nov 15-Mar 15 07:00-21:00")
            .seasonal(FacilityCode::Heating, (11, 15), (3, 15))
            .open()
            .await;
        let closed = self.station("短停").timed(FacilityCode::Toilet, "06:00-18:00").open().await;
        self.close(closed.id, "2026-11-24T11:00:00+08:00", Some("2026-11-24T17:00:00+08:00")).await;
        let gone = self.station("长停").hours("08:00-20:00").open().await;
        self.close(gone.id, "2026-12-01T00:00:00+08:00", None).await;
        let longer = self.station("延时").hours("Mo-Fr 09:00-17:00; PH off").open().await;
        self.announce(
            longer.id,
            Effect::Open,
            "2026-11-24T17:00:00+08:00",
            Some("2026-11-25T00:00:00+08:00"),
        )
        .await;
        self.announce(
            longer.id,
            Effect::Closed,
            "2026-11-24T19:00:00+08:00",
            Some("2026-11-24T20:00:00+08:00"),
        )
        .await;
        self.exceptions_of_many().await;
    }

    /// Notices for facilities and areas, and regimes.
    async fn exceptions_of_many(&self) {
        let (from, noon, to) =
            ("2026-11-24T09:15:00+08:00", "2026-11-24T12:00:30+08:00", Some("2026-11-24T16:50:00+08:00"));
        let some = self
            .station("设施")
            .hours("08:00-18:00")
            .facility(FacilityCode::Microwave)
            .timed(FacilityCode::Toilet, "09:00-11:00")
            .seasonal(FacilityCode::Cooling, (6, 1), (9, 30))
            .broken(FacilityCode::Water)
            .open()
            .await;
        let announce = async |code, effect, from, to| {
            self.announce_facility(some.id, code, effect, from, to).await;
        };
        announce(FacilityCode::Microwave, Effect::Closed, from, to).await;
        announce(FacilityCode::Toilet, Effect::Open, noon, Some("2026-11-25T03:00:00+08:00")).await;
        announce(FacilityCode::Cooling, Effect::Open, noon, None).await;
        announce(FacilityCode::Water, Effect::Closed, noon, None).await;
        announce(FacilityCode::Cooling, Effect::Closed, "2026-11-25T09:00:00+08:00", None).await;
        let harbour = around((119.59, 39.94), 0.01, &["130302"]);
        self.announced(harbour, None, Effect::Closed, noon, to).await;
        let west = around((119.55, 39.95), 0.03, &[""]);
        self.announced(west, Some(FacilityCode::Heating), Effect::Closed, from, None).await;
        let (evening, over) = ("2026-11-24T18:00:00+08:00", Some("2026-11-26T20:00:00+08:00"));
        self.extend(Kind::Cold, &["130304", "130303"], "06:00-08:00,19:30-23:00", evening, over).await;
        self.extend(Kind::Storm, &["130302"], "24/7", "2026-12-31T12:00:00+08:00", None).await;
    }

    /// What the list says of every station.
    pub(crate) async fn listed(&self, at: &str) -> BTreeMap<String, Told> {
        self.list().with("limit", 200).with("at", at).all().await.iter().map(told).collect()
    }

    async fn tile(&self, tile: TileCoord, at: &str) -> Vec<Value> {
        let path = format!("/tiles/stations/{}/{}/{}.geojson", tile.z(), tile.x(), tile.y());
        let reply = self.get(path).with("at", at).send().await;
        if reply.status == 204 { Vec::new() } else { reply.json()["features"].as_array().unwrap().clone() }
    }
}

impl Town {
    /// The clusters of a tile that holds every station, and the list of the open ones, count alike.
    async fn counts_agree(&self, listed: &BTreeMap<String, Told>, from: (f64, f64), z: u8, at: &str) {
        let open = listed.values().filter(|told| is_open(&told.state)).count();
        let features = self.tile(TileCoord::containing(place(from), z).unwrap(), at).await;
        let sum = |key: &str, single: fn(&Value) -> u64| -> u64 {
            let properties = features.iter().map(|f| &f["properties"]);
            properties.map(|p| p[key].as_u64().unwrap_or_else(|| single(p))).sum()
        };
        let points = sum("point_count", |_| 1);
        let opens = sum("open_count", |p| u64::from(is_open(p["state"].as_str().unwrap())));
        assert_eq!((points, opens), (listed.len() as u64, open as u64), "{at} zoom {z}");
        let filtered = self.list().with("limit", 200).with("open", at).all().await;
        assert_eq!(filtered.len(), open, "{at}");
    }
}

both_engines! {
    async fn everyone_is_told_the_same(t: Town) {
        t.exceptional().await;
        let stations = t.list().with("limit", 200).all().await;
        let positions: Vec<(f64, f64)> = stations.iter()
            .map(|f| serde_json::from_value(f["geometry"]["coordinates"].clone()).unwrap())
            .collect();
        let singles: BTreeSet<_> = positions.iter()
            .map(|p| TileCoord::containing(place(*p), 13).unwrap())
            .map(|t| (t.x(), t.y()))
            .collect();
        let mut states = BTreeSet::new();
        for (round, at) in INSTANTS.into_iter().enumerate() {
            let listed = t.listed(at).await;
            assert_eq!(listed.len(), 276);
            states.extend(listed.values().map(|told| told.state.clone()));
            // Each station's sheet is read in some rounds, and its neighbours from where it stands.
            for (station, from) in stations.iter().zip(&positions).skip(round % SHARE).step_by(SHARE) {
                let sheet = t.get(format!("/api/v1/stations/{}", text(&station["id"]))).with("at", at).json().await;
                let (id, sheet) = told(&sheet);
                assert_eq!(sheet, listed[&id], "{at} {id}");
                for (id, near) in t.nearest(from.0, from.1).with("at", at).features().await.iter().map(told) {
                    assert_eq!(near, listed[&id], "{at} {id}");
                }
            }
            for (x, y) in singles.iter().skip(round % 4).step_by(4) {
                for feature in t.tile(TileCoord::new(13, *x, *y).unwrap(), at).await {
                    let p = &feature["properties"];
                    let expected = &listed[p["id"].as_str().unwrap()];
                    assert_eq!((&text(&p["state"]), p["facilities"].as_u64().unwrap()), (&expected.state, usable(&expected.facilities)), "{at} {p}");
                }
            }
            let district = DISTRICTS[round % DISTRICTS.len()];
            let before = TimeDelta::hours([1, 5, 13, 23, 24, 36, 47][round % 7]);
            let copied = Copy::ask(&t, district, instant(at) - before).await.told(instant(at));
            assert!(copied.len() > 2, "{district}");
            for (id, copied) in copied {
                assert_eq!(copied, listed[&id], "{at} {id}");
            }
            if round % 2 == 0 {
                t.counts_agree(&listed, positions[0], [0, 5][round / 2 % 2], at).await;
            }
        }
        assert_eq!(states.len(), 6, "every state was seen: {states:?}");
    }

    async fn a_time_asked_for_beforehand_is_what_is_told_then(t: Town) {
        t.exceptional().await;
        for now in ["2026-11-24T17:31:00+08:00", "2026-12-04T09:15:00+08:00", "2027-01-01T00:00:00+08:00", "2027-02-06T10:00:00+08:00"] {
            let then = t.at(now).await;
            let told_now: BTreeMap<_, _> = then.list().with("limit", 200).all().await.iter().map(told).collect();
            let before = t.listed(now).await;
            assert_eq!(told_now, before, "{now}");
        }
    }

    async fn what_a_station_announces_comes_true(t: Town) {
        t.exceptional().await;
        let mut seen = 0;
        for at in ["2026-11-24T10:00:00+08:00", "2026-11-24T17:31:00+08:00", "2026-12-31T23:59:00+08:00"] {
            let listed = t.listed(at).await;
            let announced: BTreeSet<String> =
                listed.values().filter_map(|told| told.times[0].as_str().map(str::to_owned)).collect();
            for until in announced.into_iter().step_by(6) {
                let (before, then) = (instant(&until) - TimeDelta::minutes(1), &until);
                let (before, then) = (t.listed(&before.to_rfc3339()).await, t.listed(then).await);
                for (id, told) in listed.iter().filter(|(_, told)| told.times[0] == *until) {
                    assert_eq!(before[id].state, told.state, "{id} keeps its state until {until}");
                    assert_ne!(then[id].state, told.state, "{id} changes its state at {until}");
                    seen += 1;
                }
            }
        }
        assert!(seen > 100, "{seen}");
    }
}
