//! The question a worker asks: what is near, open, and has what I need.

use serde_json::{Value, json};
use yizhan::stations::model::{Access, FacilityCode, Host, Status};
use yizhan::stations::service;

use crate::arrange::{CENTRE, place, scattered};
use crate::client::text;
use crate::harness::Town;

const LON: f64 = CENTRE.0;
const LAT: f64 = CENTRE.1;

both_engines! {
    async fn the_nearest_comes_first_with_its_geodesic_distance(t: Town) {
        // Distances by Vincenty's formula (1975), computed apart from this project's libraries.
        let apart = [
            ("三", 119.72, 39.87, 12_234.965), ("一", 119.601, 39.93, 85.481),
            ("四", 119.48, 39.83, 15_121.361), ("二", 119.6, 39.94, 1_110.334),
        ];
        for (name, lon, lat, _) in apart {
            t.station(name).at(lon, lat).open().await;
        }
        let found = t.nearest(LON, LAT).with("within_m", 20_000).features().await;
        let names: Vec<_> = found.iter().map(|f| text(&f["properties"]["name"])).collect();
        assert_eq!(names, ["一", "二", "三", "四"]);
        for feature in &found {
            let (_, _, _, metres) = apart.into_iter().find(|(n, ..)| *n == feature["properties"]["name"]).unwrap();
            let told = feature["properties"]["distance_m"].as_f64().unwrap();
            assert!((told - metres).abs() < 1.0, "{told} {metres}");
        }
        let first = &found[0]["properties"];
        // 85.5 m × 1.3 at 1.25 m/s.
        assert_eq!((&first["walk_s"], &first["walk_basis"]), (&json!(89), &json!("estimate")));
    }

    async fn the_order_by_a_time_is_estimated_from_the_distance(t: Town) {
        for (name, east) in [("远", 0.03), ("近", 0.001), ("中", 0.02)] {
            t.station(name).at(LON + east, LAT).open().await;
        }
        for by in ["straight", "walk", "ride"] {
            let found = t.nearest(LON, LAT).with("by", by).features().await;
            let names: Vec<_> = found.iter().map(|f| text(&f["properties"]["name"])).collect();
            assert_eq!(names, ["近", "中", "远"], "{by}");
            // 85.5 m × 1.3 at 1.25 and 4 m/s.
            let told = ["walk_s", "ride_s", "walk_basis"].map(|key| found[0]["properties"][key].clone());
            assert_eq!(told, [json!(89), json!(28), json!("estimate")], "{by}");
        }
        let refused = t.nearest(LON, LAT).with("by", "boat").send().await;
        let error = refused.json()["errors"][0].clone();
        assert_eq!((refused.status.as_u16(), &error["field"], &error["code"]), (400, &json!("by"), &json!("unknown_code")));
        let slow = t.reopened(|config| config.walk.ride_speed_m_s = 2.0).await;
        assert_eq!(slow.nearest(LON, LAT).features().await[0]["properties"]["ride_s"], 56);
        // Without a position there is no way.
        let listed = t.list().features().await;
        assert!(["distance_m", "walk_s", "ride_s", "walk_basis"].iter().all(|key| listed[0]["properties"].get(key).is_none()));
    }

    async fn open_chooses_by_an_instant_and_at_only_describes_it(t: Town) {
        t.station("白天").hours("08:00-18:00").timed(FacilityCode::Water, "08:00-12:00").open().await;
        t.station("快关了").hours("22:00-01:20").facility(FacilityCode::Water).open().await;
        t.station("夜里").hours("22:00-06:00").facility(FacilityCode::Water).open().await;
        t.station("不清楚").uncertain("看情况").open().await;
        let night = "2026-11-25T01:00:00+08:00";
        for path in ["/api/v1/stations/nearest?lat=39.93&lon=119.6", "/api/v1/stations"] {
            let told = async |parameters: &[(&str, &str)]| {
                let ask = parameters.iter().fold(t.get(path), |ask, (name, value)| ask.with(name, value));
                let told = ask.json().await;
                let one = |f: &Value| (text(&f["properties"]["name"]), text(&f["properties"]["state"]));
                let stations: Vec<_> = told["features"].as_array().unwrap().iter().map(one).collect();
                (text(&told["at"]), stations.iter().map(|(n, s)| format!("{n} {s}")).collect::<Vec<_>>().join(", "))
            };
            let now = |stations: &str| (crate::harness::NOW.to_owned(), stations.to_owned());
            let then = |stations: &str| (night.to_owned(), stations.to_owned());
            assert_eq!(told(&[]).await, now("白天 open, 快关了 closed, 夜里 closed, 不清楚 unknown"), "{path}");
            assert_eq!(told(&[("open", "now")]).await, now("白天 open"), "{path}");
            assert_eq!(told(&[("at", night)]).await, then("白天 closed, 快关了 closing_soon, 夜里 open, 不清楚 unknown"), "{path}");
            let open = then("快关了 closing_soon, 夜里 open");
            for asked in [&[("open", night)][..], &[("open", night), ("at", night)], &[("open", "now"), ("at", night)]] {
                assert_eq!(told(asked).await, open, "{path} {asked:?}");
            }
            assert_eq!(told(&[("facility", "water"), ("at", night)]).await, open, "{path}");
            assert_eq!(told(&[("facility", "water"), ("open", "now")]).await, now("白天 open"), "{path}");
            for (open, at, code) in [(night, "2026-11-25T02:00:00+08:00", "contradiction"), ("later", night, "no_instant")] {
                let refused = t.get(path).with("open", open).with("at", at).send().await;
                assert_eq!((refused.status.as_u16(), &refused.json()["errors"][0]["code"]), (400, &json!(code)), "{path}");
            }
        }
    }

    async fn no_more_come_than_asked_for_and_never_more_than_fifty(t: Town) {
        for i in 0..55 {
            let station = service::register(crate::arrange::facts(&format!("站{i}")), Status::Open, t.app.clock.now());
            service::put_all(&t.app.db, &[station], t.app.clock.now()).await.unwrap();
        }
        t.follow().await;
        assert_eq!(t.nearest(LON, LAT).ids().await.len(), 5);
        assert_eq!(t.nearest(LON, LAT).with("limit", 7).ids().await.len(), 7);
        assert_eq!(t.nearest(LON, LAT).with("limit", 999).ids().await.len(), 50);
    }

    async fn none_within_the_radius_names_the_nearest_beyond_it(t: Town) {
        let empty = t.nearest(LON, LAT).json().await;
        assert_eq!((&empty["features"], empty.get("beyond")), (&json!([]), None));
        let near = t.station("一公里外").at(119.6, 39.94).open().await;
        let far = t.station("五十公里外").at(119.2, 40.3).facility(FacilityCode::Aed).open().await;
        let beyond = t.nearest(LON, LAT).with("within_m", 1_000).json().await;
        assert_eq!(beyond["features"], json!([]));
        assert_eq!(beyond["beyond"], json!({"id": near.id, "nearest_m": 1110.3}));
        // A radius beyond the widest is cut to it, and the nearest match is the nearest one that matches.
        let beyond = t.nearest(LON, LAT).with("within_m", 999_999).with("facility", "aed").json().await;
        assert_eq!(beyond["beyond"], json!({"id": far.id, "nearest_m": 53391.7}));
        assert_eq!(t.nearest(LON, LAT).with("within_m", 1_111).names().await, ["一公里外"]);
    }

    async fn stations_in_one_place_come_in_the_order_of_their_ids(t: Town) {
        let now = t.app.clock.now();
        let made: Vec<_> = (0..9)
            .map(|i| service::register(crate::arrange::facts(&format!("站{i}")), Status::Open, now))
            .collect();
        for i in [7, 2, 8, 0, 5, 1, 6, 3, 4] {
            t.put(&made[i]).await;
        }
        let ids: Vec<_> = made.iter().map(|s| s.id.to_string()).collect();
        for limit in 1..=9 {
            assert_eq!(t.nearest(LON, LAT).with("limit", limit).ids().await, ids[..limit]);
        }
    }

    async fn a_facility_counts_where_it_can_be_used(t: Town) {
        t.station("有").facility(FacilityCode::Heating).open().await;
        t.station("没有").facility(FacilityCode::Water).open().await;
        t.station("坏了").broken(FacilityCode::Heating).open().await;
        t.station("在季").seasonal(FacilityCode::Heating, (11, 15), (3, 15)).open().await;
        t.station("不在季").seasonal(FacilityCode::Heating, (6, 1), (9, 30)).open().await;
        t.station("时段内").timed(FacilityCode::Heating, "09:00-11:00").open().await;
        t.station("时段外").timed(FacilityCode::Heating, "14:00-16:00").open().await;
        t.station("时段不明").timed(FacilityCode::Heating, "看情况").open().await;
        t.station("关着").hours("14:00-16:00").facility(FacilityCode::Heating).open().await;
        t.station("都有").facility(FacilityCode::Heating).facility(FacilityCode::Toilet).open().await;
        let ask = |codes: &str| t.nearest(LON, LAT).with("limit", 50).with("facility", codes);
        assert_eq!(ask("heating").names().await, ["有", "在季", "时段内", "都有"]);
        assert_eq!(ask("heating,toilet").names().await, ["都有"]);
        assert_eq!(ask("heating").with("at", "2026-11-24T15:00:00+08:00").names().await, ["有", "在季", "时段外", "关着", "都有"]);
        assert_eq!(ask("heating").with("at", "2026-07-24T10:00:00+08:00").names().await, ["有", "不在季", "时段内", "都有"]);
    }

    async fn a_facility_says_why_it_cannot_be_used(t: Town) {
        t.station("站")
            .broken(FacilityCode::Water)
            .seasonal(FacilityCode::Cooling, (6, 1), (9, 30))
            .timed(FacilityCode::Toilet, "09:00-11:00")
            .open().await;
        let found = t.nearest(LON, LAT).features().await;
        let expected = json!([
            {"code": "water", "working": false, "in_season": true, "open": false},
            {"code": "cooling", "working": true, "in_season": false, "open": false, "season": "06-01/09-30"},
            {"code": "toilet", "working": true, "in_season": true, "open": true, "until": "2026-11-24T11:00:00+08:00"},
        ]);
        assert_eq!(found[0]["properties"]["facilities"], expected);
    }

    async fn open_means_certainly_open_at_that_instant(t: Town) {
        t.station("开着").open().await;
        t.station("快关了").hours("08:00-10:20").open().await;
        t.station("关了").hours("14:00-16:00").open().await;
        t.station("不清楚").uncertain("看情况").open().await;
        t.station("停用").store(Status::Suspended).await;
        let noticed = t.station("通知停用").open().await;
        t.close(noticed.id, "2026-11-24T09:00:00+08:00", Some("2026-11-24T12:00:00+08:00")).await;
        let all = ["开着", "快关了", "关了", "不清楚", "停用", "通知停用"];
        assert_eq!(t.nearest(LON, LAT).with("limit", 9).names().await, all);
        assert_eq!(t.nearest(LON, LAT).with("open", "now").names().await, ["开着", "快关了"]);
        let later = t.nearest(LON, LAT).with("open", "2026-11-24T15:00:00+08:00").json().await;
        let names: Vec<_> = later["features"].as_array().unwrap().iter().map(|f| text(&f["properties"]["name"])).collect();
        assert_eq!(names, ["开着", "关了", "通知停用"]);
        assert_eq!(later["at"], "2026-11-24T15:00:00+08:00");
    }

    async fn host_way_in_and_phone_are_asked_together(t: Town) {
        t.station("银行").host(Host::Bank).access(Access::OpenDoor).open().await;
        t.station("油站").host(Host::Fuel).access(Access::Scan).open().await;
        t.station("公园").host(Host::Park).access(Access::Scan).access(Access::Ring).open().await;
        t.station("不清楚").host(Host::Bank).open().await;
        let ask = || t.nearest(LON, LAT);
        assert_eq!(ask().with("host", "bank,fuel").names().await, ["银行", "油站", "不清楚"]);
        assert_eq!(ask().with("access", "scan,app").names().await, ["油站", "公园"]);
        assert_eq!(ask().with("no_phone", true).names().await, ["银行", "公园"]);
        assert_eq!(ask().with("host", "park,fuel").with("no_phone", true).names().await, ["公园"]);
    }

    async fn a_position_may_come_and_go_in_another_system(t: Town) {
        // 秦皇岛站 in three systems, computed by gcoord 1.0.7.
        let known = [
            ("wgs84", 119.595, 39.956),
            ("gcj02", 119.600_776_760_193_23, 39.957_108_977_842_85),
            ("bd09", 119.607_329_564_702_16, 39.962_941_403_655_86),
        ];
        t.station("秦皇岛站").at(known[0].1, known[0].2).open().await;
        for (crs, lon, lat) in known {
            let found = t.nearest(lon, lat).with("crs", crs).json().await;
            assert_eq!(found["crs"], crs);
            let feature = &found["features"][0];
            assert_eq!(feature["properties"]["distance_m"], 0.0, "{crs}");
            for (out_crs, lon, lat) in known {
                let found = t.nearest(known[0].1, known[0].2).with("out_crs", out_crs).json().await;
                assert_eq!(found["crs"], out_crs);
                let told: [f64; 2] = serde_json::from_value(found["features"][0]["geometry"]["coordinates"].clone()).unwrap();
                assert!(place((lon, lat)).geodesic_m(place((told[0], told[1]))) < 0.02, "{out_crs} {told:?}");
            }
        }
        // The same numbers read in the wrong system are some hundred metres off.
        let wrong = t.nearest(known[1].1, known[1].2).features().await;
        assert!(wrong[0]["properties"]["distance_m"].as_f64().unwrap() > 400.0);
    }

    async fn a_client_that_wrote_is_answered_by_its_revision_or_told_to_come_back(t: Town) {
        let station = service::register(crate::arrange::facts("新站"), Status::Open, t.app.clock.now());
        let revision = service::put_all(&t.app.db, &[station], t.app.clock.now()).await.unwrap();
        assert!(t.nearest(LON, LAT).ids().await.is_empty(), "the registry has not followed yet");
        let found = t.nearest(LON, LAT).header("x-min-revision", revision.to_string()).json().await;
        assert_eq!((&found["revision"], found["features"].as_array().unwrap().len()), (&json!(revision), 1));
        let early = t.nearest(LON, LAT).header("x-min-revision", (revision + 1).to_string()).send().await;
        assert_eq!((early.status.as_u16(), early.header("retry-after")), (503, "1"));
        let wrong = t.nearest(LON, LAT).header("x-min-revision", "soon").send().await;
        assert_eq!((wrong.status.as_u16(), &wrong.json()["errors"][0]["field"]), (400, &json!("X-Min-Revision")));
    }

    async fn hours_are_told_in_the_language_of_the_reader(t: Town) {
        t.station("站").hours("Mo-Fr 09:00-17:00; PH off").open().await;
        let told = async |language| {
            let found = t.nearest(LON, LAT).header("accept-language", language).features().await;
            text(&found[0]["properties"]["hours_text"])
        };
        assert_eq!(told("zh-CN").await, "周一至周五 9:00–17:00，节假日休息");
        assert_eq!(told("en-GB,en").await, "Mon–Fri 9:00–17:00, closed on public holidays");
        assert_eq!(told("fr").await, told("zh-CN").await);
    }

    async fn the_nearest_of_the_demonstration_are_those_that_a_full_search_finds(t: Town) {
        t.demonstrate().await;
        for at in ["2026-11-24T10:00:00+08:00", "2026-11-24T17:15:00+08:00", "2027-02-06T23:30:00+08:00"] {
            let all = t.list().with("at", at).with("limit", 200).all().await;
            for (i, from) in scattered(60).enumerate() {
                let (name, value) = FILTERS[i % FILTERS.len()];
                let within_m = [800.0, 5_000.0, 20_000.0, 50_000.0][i % 4];
                let limit = 1 + i % 12;
                let mut ask = t.nearest(from.0, from.1).with("at", at).with("limit", limit).with("within_m", within_m);
                if !name.is_empty() {
                    ask = ask.with(name, value);
                }
                let told = ask.json().await;
                let (found, beyond) = searched(&all, from, limit, within_m, |p| fits(p, name, value));
                let ids: Vec<_> = told["features"].as_array().unwrap().iter().map(|f| text(&f["id"])).collect();
                assert_eq!(ids, found, "{from:?} {name}={value} {within_m} {at}");
                assert_eq!(told["beyond"]["id"].as_str(), beyond.as_deref(), "{from:?} {name}={value} {at}");
            }
        }
    }
}

/// The filters that the full search knows.
const FILTERS: [(&str, &str); 11] = [
    ("", ""),
    ("open", "now"),
    ("facility", "microwave"),
    ("facility", "heating,toilet"),
    ("facility", "aed"),
    ("host", "bank,fuel"),
    ("host", "library"),
    ("access", "scan,face"),
    ("no_phone", "true"),
    ("always_open", "true"),
    ("facility", "cooling"),
];

/// Whether a station as the list describes it fits a filter.
fn fits(p: &Value, name: &str, value: &str) -> bool {
    let named = |code: &Value| value.split(',').any(|v| code == v);
    let usable = |code: &str| {
        p["facilities"].as_array().unwrap().iter().any(|f| f["code"] == code && f["open"] == true)
    };
    match name {
        "open" => p["state"] == "open" || p["state"] == "closing_soon",
        "facility" => value.split(',').all(usable),
        "host" => named(&p["host"]),
        "access" => p["access"].as_array().unwrap().iter().any(named),
        "no_phone" => p["no_phone"] == true,
        "always_open" => p["hours"] == "24/7",
        _ => true,
    }
}

/// The ids of the nearest that fit, and the one beyond the radius, by measuring every station.
fn searched(
    all: &[Value],
    from: (f64, f64),
    limit: usize,
    within_m: f64,
    fits: impl Fn(&Value) -> bool,
) -> (Vec<String>, Option<String>) {
    let metres = |f: &Value| {
        let at = &f["geometry"]["coordinates"];
        place(from).geodesic_m(place((at[0].as_f64().unwrap(), at[1].as_f64().unwrap())))
    };
    let chosen = all.iter().filter(|f| fits(&f["properties"]));
    let mut near: Vec<(f64, String)> = chosen.map(|f| (metres(f), text(&f["id"]))).collect();
    near.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let within: Vec<_> =
        near.iter().filter(|(m, _)| *m <= within_m).map(|(_, id)| id.clone()).take(limit).collect();
    let beyond = if within.is_empty() { near.first().map(|(_, id)| id.clone()) } else { None };
    (within, beyond)
}
