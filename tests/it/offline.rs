//! The offline copy says for two days what the service would say, and nothing after them.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use chrono::{DateTime, FixedOffset, TimeDelta};
use serde_json::{Value, json};
use yizhan::stations::model::FacilityCode;

use crate::agree::told;
use crate::arrange::{CENTRE, instant, place};
use crate::client::text;
use crate::copy::Copy;
use crate::harness::{NOW, Town};

/// The districts of the city.
const DISTRICTS: [&str; 7] = ["130302", "130303", "130304", "130306", "130321", "130322", "130324"];

/// Numbers that look random and are the same in every run (SplitMix64 of Steele, Lea and Flood, 2014).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let a = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let b = (a ^ (a >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (b ^ (b >> 31)) % limit
    }
}

/// Instants within two days: any second, and every eighth turn with the second before.
fn instants(copy: &Copy, from: DateTime<FixedOffset>, count: usize) -> Vec<DateTime<FixedOffset>> {
    let mut random = Random(20_261_124);
    let end = from + TimeDelta::hours(48);
    let any = (0..count).map(|_| from + TimeDelta::seconds(random.below(48 * 3_600).cast_signed()));
    let mut turns: Vec<_> = copy.turns().filter(|t| *t < end).collect();
    turns.sort_unstable();
    turns.dedup();
    let around = turns.into_iter().step_by(8).flat_map(|t| [t - TimeDelta::seconds(1), t]);
    any.chain(around.filter(|t| *t >= from)).collect()
}

impl Town {
    /// The copies of all districts agree with each other and with the service at that many instants.
    async fn copies_are_true(&self, from: &str, count: usize) {
        let from = instant(from);
        let mut stations: BTreeMap<String, Value> = BTreeMap::new();
        for district in DISTRICTS {
            for station in Copy::ask(self, district, from).await.stations() {
                assert_eq!(stations.entry(text(&station["id"])).or_insert_with(|| station.clone()), station);
            }
        }
        let ids: Vec<String> = stations.keys().cloned().collect();
        let copy = Copy(json!({"stations": stations.into_values().collect::<Vec<_>>()}));
        let mut random = Random(7);
        for (round, at) in instants(&copy, from, count).into_iter().enumerate() {
            let asked = at.to_rfc3339();
            // Everything is compared in every third round, some sheets in all.
            if round % 3 == 0 {
                assert!(copy.told(at) == self.listed(&asked).await, "{at}");
            }
            for _ in 0..4 {
                let id = &ids[usize::try_from(random.below(ids.len() as u64)).unwrap()];
                let sheet = self.get(format!("/api/v1/stations/{id}")).with("at", &asked).json().await;
                assert_eq!(copy.told_of(id, at), told(&sheet).1, "{at} {id}");
            }
        }
    }

    /// The names in a district's copy.
    async fn copied_names(&self, district: &str) -> Vec<String> {
        Copy::ask(self, district, instant(NOW)).await.stations().iter().map(|s| text(&s["name"])).collect()
    }
}

/// What is known of one station of a copy.
fn named<'a>(copy: &'a Copy, name: &str) -> &'a Value {
    copy.stations().iter().find(|s| s["name"] == name).unwrap()
}

both_engines! {
    async fn the_copy_says_what_the_service_says(t: Town) {
        t.exceptional().await;
        let day = t.station("停一天").facility(FacilityCode::Wifi).broken(FacilityCode::Water).open().await;
        t.close(day.id, "2026-11-25T00:00:00+08:00", Some("2026-11-26T00:00:00+08:00")).await;
        t.close(day.id, "2026-11-25T12:00:30+08:00", Some("2026-11-25T18:00:00+08:00")).await;
        t.station("换季")
            .hours("06:00-22:00")
            .seasonal(FacilityCode::Heating, (11, 25), (3, 15))
            .seasonal(FacilityCode::Cooling, (6, 1), (11, 24))
            .timed(FacilityCode::Toilet, "Mo-Fr 08:00-12:00,13:00-17:00")
            .open().await;
        t.copies_are_true("2026-11-24T10:00:30+08:00", 240).await;
    }

    async fn the_copy_says_what_the_service_says_at_new_year(t: Town) {
        t.exceptional().await;
        t.station("元旦起").hours("Jan 1-Dec 31 09:00-17:00; PH off").open().await;
        t.copies_are_true("2026-12-30T23:59:59+08:00", 90).await;
    }

    async fn a_copy_tells_each_turn_and_then_nothing(t: Town) {
        let station = t.station("站")
            .hours("08:00-18:00")
            .timed(FacilityCode::Toilet, "09:00-11:00")
            .seasonal(FacilityCode::Heating, (11, 26), (3, 15))
            .broken(FacilityCode::Water)
            .open().await;
        t.close(station.id, "2026-11-25T00:00:00+08:00", Some("2026-11-26T00:00:00+08:00")).await;
        let copy = Copy::ask(&t, "130302", instant(NOW)).await;
        assert_eq!((&copy.0["at"], &copy.0["until"]), (&json!(NOW), &json!("2026-11-26T10:00:00+08:00")));
        let turns = |value: &Value, keys: [&str; 3]| -> Vec<String> {
            let one = |t: &Value| keys.map(|key| t.get(key).map_or(String::new(), |v| v.to_string().replace(":00+08:00", ""))).join(" ");
            value["transitions"].as_array().unwrap().iter().map(one).collect()
        };
        let own = named(&copy, "站");
        assert_eq!(turns(own, ["from", "state", "notice"]), [
            r#""2026-11-24T10:00" "open" "#,
            r#""2026-11-24T17:31" "closing_soon" "#,
            r#""2026-11-24T18:00" "closed" "#,
            r#""2026-11-25T00:00" "closed_by_notice" "设备检修""#,
            r#""2026-11-26T00:00" "closed" "#,
            r#""2026-11-26T08:00" "open" "#,
            r#""2026-11-26T10:00" "unknown" "#,
        ]);
        // Water is broken, the toilet has hours of its own, the heating begins at a midnight.
        let [water, heating, toilet] = [&own["facilities"][0], &own["facilities"][1], &own["facilities"][2]];
        let keys = ["from", "in_season", "usable"];
        assert_eq!(turns(water, keys), [r#""2026-11-24T10:00" true false"#, r#""2026-11-26T10:00" true false"#]);
        assert_eq!(turns(heating, keys), [
            r#""2026-11-24T10:00" false false"#, r#""2026-11-26T00:00" true true"#, r#""2026-11-26T10:00" true false"#,
        ]);
        assert_eq!(turns(toilet, ["from", "usable", "until"])[..3], [
            r#""2026-11-24T10:00" true "2026-11-24T11:00""#, r#""2026-11-24T11:00" false "#, r#""2026-11-25T09:00" true "2026-11-25T11:00""#,
        ]);
        // Whoever still reads the copy after its end is told that nothing is known.
        for later in [48, 49, 480] {
            let told = copy.told(instant(NOW) + TimeDelta::hours(later)).remove(&station.id.to_string()).unwrap();
            assert_eq!((told.state.as_str(), &told.times), ("unknown", &[Value::Null, Value::Null, Value::Null]));
            assert!(told.facilities.as_array().unwrap().iter().all(|f| f["open"] == false));
        }
    }

    async fn five_kilometres_around_the_outline_belong_to_the_copy(t: Town) {
        let outline = t.snapshot().city().district("130302".parse().unwrap()).unwrap().area.shape().clone();
        let corners = outline.iter().flat_map(|polygon| polygon.exterior().coords());
        // South of the southernmost corner no other part of the outline is nearer.
        let corner = corners.min_by(|a, b| a.y.total_cmp(&b.y)).unwrap();
        let south = |metres: f64| (corner.x, corner.y - metres / 111_030.0);
        for (name, metres) in [("近", 4_900.0), ("远", 5_100.0), ("远的海港", 5_200.0)] {
            let (lon, lat) = south(metres);
            let apart = place((lon, lat)).geodesic_m(place((corner.x, corner.y)));
            assert!((apart - metres).abs() < 10.0, "{apart}");
            let district = if name == "远的海港" { "130302" } else { "130304" };
            t.station(name).at(lon, lat).district(district).open().await;
        }
        t.station("里面的").district("130321").open().await;
        t.station("没写区县").open().await;
        assert_eq!(t.copied_names("130302").await, ["近", "远的海港", "里面的", "没写区县"]);
        assert_eq!(t.copied_names("130321").await, ["里面的"]);
    }

    async fn a_copy_holds_what_a_page_needs(t: Town) {
        t.station("站").fact(|f| f.code = Some("QHD-1".to_owned())).facility(FacilityCode::Microwave).facility(FacilityCode::Aed).open().await;
        let copy = Copy::ask(&t, "130302", instant(NOW)).await.0;
        assert_eq!((&copy["district"], &copy["name"], &copy["revision"]), (&json!("130302"), &json!("海港区"), &json!(t.snapshot().revision())));
        assert_eq!(copy["walk"], json!({"walk_m_s": 1.25, "ride_m_s": 4.0, "detour": 1.3}));
        assert_eq!((&copy["facility_words"]["aed"], &copy["host_words"]["bank"]), (&json!("自动体外除颤器"), &json!("银行")));
        assert_eq!(copy["outline"]["type"], "MultiPolygon");
        let station = &copy["stations"][0];
        assert_eq!((&station["lon"], &station["lat"], &station["always_open"]), (&json!(CENTRE.0), &json!(CENTRE.1), &json!(true)));
        let sheet = t.get(format!("/api/v1/stations/{}", text(&station["id"]))).json().await;
        let own = station.as_object().unwrap().iter();
        for (key, value) in own.filter(|(key, _)| !["lon", "lat", "always_open", "transitions", "facilities"].contains(&key.as_str())) {
            assert_eq!(value, &sheet["properties"][key], "{key}");
        }
        let english = t.get("/api/v1/offline/130302.json").header("accept-language", "en").json().await;
        assert_eq!((&english["name"], &english["facility_words"]["microwave"]), (&json!("Haigang District"), &json!("Microwave")));
        assert_eq!((&english["stations"][0]["hours_text"], &english["at"]), (&json!("24 hours"), &json!(NOW)));
    }

    async fn who_has_the_copy_is_told_so(t: Town) {
        let mut station = t.station("站").open().await;
        let path = "/api/v1/offline/130302.json";
        let first = t.get(path).send().await;
        assert_eq!(first.header("content-type"), "application/json");
        let tag = first.header("etag").to_owned();
        let again = t.get(path).header("if-none-match", &tag).send().await;
        assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
        "新名".clone_into(&mut station.facts.name);
        t.put(&station).await;
        assert_eq!(t.get(path).header("if-none-match", &tag).send().await.status, 200);
    }

    async fn what_has_no_copy_is_not_found(t: Town) {
        for path in ["110000.json", "130302", "130302.geojson", "haigang.json", "13030.json"] {
            assert_eq!(t.get(format!("/api/v1/offline/{path}")).send().await.status, 404, "{path}");
        }
        let refused = t.get("/api/v1/offline/130302.json?crs=gcj02&at=soon").send().await;
        assert_eq!(refused.status, 400);
        let told = refused.json();
        let fields: Vec<_> = told["errors"].as_array().unwrap().iter().map(|e| text(&e["field"])).collect();
        assert_eq!(fields, ["at", "crs"]);
        assert_eq!(t.get("/api/v1/offline/130302.json").header("accept", "text/html").send().await.status, 406);
    }

    async fn a_copy_that_no_phone_could_hold_is_refused_with_its_size(t: Town) {
        for name in ["甲", "乙"] {
            t.station(name).district("130302").open().await;
        }
        let small = t.reopened(|c| c.limits.offline_stations = 1).await;
        let refused = small.get("/api/v1/offline/130302.json").header("accept-language", "en").send().await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST);
        let error = &refused.json()["errors"][0];
        assert_eq!((&error["field"], &error["code"]), (&"district".into(), &"too_many_stations".into()));
        assert!(error["detail"].as_str().unwrap().starts_with("2 stations are more than the 1 of a copy"));
        assert_eq!(t.get("/api/v1/offline/130302.json").json().await["stations"].as_array().unwrap().len(), 2);
    }
}
