//! Notices and regimes: announced by staff, told to workers at once, withdrawn.

use serde_json::{Value, json};
use yizhan::accounts::Role;
use yizhan::stations::model::{FacilityCode, Status};

use crate::arrange::{CENTRE, place};
use crate::client::{Reply, text};
use crate::harness::Town;
use crate::staff::Staff;
use crate::tables::{numbers, texts};

const EARLIER: &str = "2026-11-24T09:00:00+08:00";
const LATER: &str = "2026-11-24T12:00:00+08:00";

/// A square around the middle of the city.
fn square() -> Value {
    let ring = [[119.59, 39.92], [119.61, 39.92], [119.61, 39.94], [119.59, 39.94], [119.59, 39.92]];
    json!({"type": "Polygon", "coordinates": [ring]})
}

fn closing(to: Option<&str>) -> Value {
    json!({"effect": "closed", "from": EARLIER, "to": to, "reason": "停电检修"})
}

fn with(mut body: Value, name: &str, value: Value) -> Value {
    body[name] = value;
    body
}

/// Each field of a refusal with its code.
fn faults(reply: &Reply) -> Vec<(String, String)> {
    let told = reply.json();
    let errors = told["errors"].as_array().unwrap_or_else(|| panic!("{told}"));
    errors.iter().map(|e| (text(&e["field"]), text(&e["code"]))).collect()
}

impl Town {
    async fn announce_by(&self, who: &Staff, station: impl ToString, body: Value) -> Reply {
        let path = format!("/api/v1/stations/{}/notices", station.to_string());
        self.post(path).by(who).sending(body).send().await
    }

    async fn delete_by(&self, who: &Staff, path: String, version: i64) -> Reply {
        self.ask(axum::http::Method::DELETE, path).by(who).on(&json!(version)).send().await
    }

    async fn state_of(&self, station: impl ToString) -> Value {
        let told = self.get(format!("/api/v1/stations/{}", station.to_string())).json().await;
        told["properties"]["state"].clone()
    }

    async fn actions(&self) -> Vec<String> {
        let sql = "SELECT action FROM audit WHERE object_kind IN ('notice', 'regime') ORDER BY seq";
        texts(&self.app.db, sql.to_owned()).await
    }

    /// How many stations the last revision touched.
    async fn touched(&self) -> i64 {
        let sql = "SELECT COUNT(*) FROM station_change WHERE revision = (SELECT revision FROM registry)";
        numbers(&self.app.db, sql).await[0]
    }
}

both_engines! {
    async fn a_notice_closes_a_station_at_once_until_it_is_withdrawn(t: Town) {
        let station = t.station("站").district("130302").facility(FacilityCode::Water).open().await;
        let clerk = t.staff("clerk", Role::District, "130302").await;
        let reply = t.announce_by(&clerk, station.id, closing(Some(LATER))).await;
        assert_eq!(reply.status, 201, "{}", reply.text());
        assert_eq!((reply.header("etag"), reply.header("x-registry-revision")), ("\"v1\"", "2"));
        let notice = reply.json();
        assert_eq!(notice["station"], json!({"id": station.id, "name": "站", "code": null}));
        assert_eq!(notice["by"], json!({"id": clerk.id, "name": "clerk"}));
        assert_eq!((&notice["current"], &notice["stations"], &notice["area"]), (&json!(true), &json!(1), &Value::Null));
        // List, page and tile say it at once.
        assert_eq!(t.list().with("state", "closed_by_notice").names().await, ["站"]);
        let page = t.get(format!("/stations/{}", station.id)).send().await.text();
        assert!(page.contains("临时关门 · 停电检修"), "{page}");
        let (lon, lat) = CENTRE;
        let tile = spatial::TileCoord::containing(place((lon, lat)), 16).unwrap();
        let tile = t.get(format!("/tiles/stations/{}/{}/{}.geojson", tile.z(), tile.x(), tile.y())).json().await;
        assert_eq!(tile["features"][0]["properties"]["state"], "closed_by_notice");
        // Whoever changes it must know its version; what is over stays over.
        let path = format!("/api/v1/notices/{}", text(&notice["id"]));
        let bare = t.ask(axum::http::Method::DELETE, path.clone()).by(&clerk).send().await;
        assert_eq!(bare.status, 428);
        assert_eq!(t.delete_by(&clerk, path.clone(), 7).await.status, 412);
        let withdrawn = t.delete_by(&clerk, path.clone(), 1).await;
        assert_eq!((withdrawn.status.as_u16(), &withdrawn.json()["current"]), (200, &json!(false)));
        assert_eq!(t.state_of(station.id).await, "open");
        let again = t.delete_by(&clerk, path, 2).await;
        assert_eq!((again.status.as_u16(), &again.json()["code"]), (409, &json!("over")));
        assert_eq!(t.actions().await, ["notice.announce", "notice.withdraw"]);
    }

    async fn a_facility_is_closed_and_opened_by_notice(t: Town) {
        let station = t.station("站").hours("08:00-18:00").facility(FacilityCode::Microwave)
            .timed(FacilityCode::Toilet, "16:00-17:00")
            .broken(FacilityCode::Water)
            .open().await;
        let admin = t.staff("admin", Role::Admin, "").await;
        let having = async |code: &str| t.nearest(CENTRE.0, CENTRE.1).with("facility", code).names().await;
        assert_eq!((having("microwave").await, having("toilet").await), (vec!["站".to_owned()], vec![]));
        let close = with(closing(Some(LATER)), "facility", json!("microwave"));
        assert_eq!(t.announce_by(&admin, station.id, close).await.status, 201);
        let open = json!({"effect": "open", "facility": "toilet", "from": EARLIER, "to": LATER, "reason": "临时全天开"});
        assert_eq!(t.announce_by(&admin, station.id, open.clone()).await.status, 201);
        assert_eq!((having("microwave").await, having("toilet").await), (vec![], vec!["站".to_owned()]));
        assert_eq!(t.state_of(station.id).await, "open", "the station itself stays open");
        let told = t.get(format!("/api/v1/stations/{}", station.id)).json().await["properties"].clone();
        let told_of = |code: &str| told["facilities"].as_array().unwrap().iter().find(|f| f["code"] == code).unwrap();
        assert_eq!(told_of("microwave")["notice"], json!({"effect": "closed", "reason": "停电检修"}));
        assert_eq!((&told_of("toilet")["open"], &told_of("toilet")["until"]), (&json!(true), &json!(LATER)));
        let announced: Vec<_> = told["notices"].as_array().unwrap().iter().map(|n| n["facility"].clone()).collect();
        assert_eq!(announced, [json!("microwave"), json!("toilet")]);
        let page = t.get(format!("/stations/{}", station.id)).send().await.text();
        for said in ["停用：停电检修", "微波炉停用", "如厕加开：临时全天开"] {
            assert!(page.contains(said), "{said}: {page}");
        }
        // What is broken no notice mends, and what is not there none opens.
        for (code, fault) in [("water", "broken"), ("aed", "absent")] {
            let refused = t.announce_by(&admin, station.id, with(open.clone(), "facility", json!(code))).await;
            assert_eq!((refused.status.as_u16(), faults(&refused)), (422, vec![("facility".to_owned(), fault.to_owned())]));
        }
    }

    async fn an_area_covers_the_stations_that_stand_in_it(t: Town) {
        let mut inside = t.station("里面").district("130302").open().await;
        let other = t.station("别的区县").district("130304").open().await;
        t.station("外面").district("130302").at(119.7, 39.99).open().await;
        let hidden = t.station("草稿").district("130302").store(Status::Draft).await;
        let clerk = t.staff("clerk", Role::District, "130302").await;
        let preview = t.post("/api/v1/notices/preview").by(&clerk).sending(json!({"area": square()})).json().await;
        assert_eq!(preview, json!({"stations": 1, "names": ["里面"]}));
        let reply = t.post("/api/v1/notices").by(&clerk).sending(with(closing(None), "area", square())).send().await;
        assert_eq!(reply.status, 201, "{}", reply.text());
        let notice = reply.json();
        assert_eq!((&notice["stations"], &notice["area"], &notice["station"]), (&json!(1), &square(), &Value::Null));
        assert_eq!(t.touched().await, 1);
        assert_eq!(t.list().with("state", "closed_by_notice").names().await, ["里面"]);
        let told = t.get(format!("/api/v1/stations/{}", inside.id)).json().await;
        assert_eq!(told["properties"]["notices"][0]["area"], true);
        // Whoever moves in is covered, whoever moves out is not.
        let newcomer = t.station("新来").district("130302").open().await;
        assert_eq!(t.state_of(newcomer.id).await, "closed_by_notice");
        inside.facts.position = place((119.7, 39.99));
        t.put(&inside).await;
        assert_eq!((t.state_of(inside.id).await, t.state_of(other.id).await), (json!("open"), json!("open")));
        assert!(t.snapshot().entries().all(|e| e.station.id != hidden.id));
        // A server that starts anew says the same.
        let fresh = t.reopened(|_| {}).await;
        assert_eq!(fresh.list().with("state", "closed_by_notice").names().await, ["新来"]);
        let path = format!("/api/v1/notices/{}", text(&notice["id"]));
        let neighbour = t.staff("neighbour", Role::District, "130304").await;
        assert_eq!(t.delete_by(&neighbour, path.clone(), 1).await.status, 404);
        assert_eq!(t.delete_by(&clerk, path, 1).await.status, 200);
        assert_eq!(t.state_of(newcomer.id).await, "open");
    }

    async fn a_regime_adds_hours_in_its_districts(t: Town) {
        let draft = |name: &str| t.station(name).district("130302").hours("08:30-12:00,14:30-18:00");
        let plain = draft("站").open().await;
        let uncertain = t.station("不清楚").district("130302").uncertain("看情况").open().await;
        let closed = draft("停电").open().await;
        let suspended = draft("停用").store(Status::Suspended).await;
        let other = t.station("别的区县").district("130304").hours("08:30-12:00").open().await;
        let city = t.staff("city", Role::City, "1303").await;
        assert_eq!(t.announce_by(&city, closed.id, closing(None)).await.status, 201);
        let regime = json!({
            "kind": "heat", "districts": ["130302"], "hours": "08:00-22:00", "from": EARLIER,
            "to": "2026-11-26T00:00:00+08:00", "reason": "高温延长开放",
        });
        let reply = t.post("/api/v1/regimes").by(&city).sending(regime).send().await;
        assert_eq!(reply.status, 201, "{}", reply.text());
        let begun = reply.json();
        assert_eq!((&begun["stations"], &begun["current"], &begun["version"]), (&json!(4), &json!(true), &json!(1)));
        assert_eq!(t.touched().await, 4);
        let noon = "2026-11-24T13:00:00+08:00";
        let state = async |id: yizhan::ids::StationId, at: &str| {
            t.get(format!("/api/v1/stations/{id}")).with("at", at).json().await["properties"].clone()
        };
        let told = state(plain.id, noon).await;
        assert_eq!((&told["state"], &told["closes_at"], &told["notice"]), (&json!("open"), &json!("2026-11-24T22:00:00+08:00"), &json!("高温延长开放")));
        let announced = &told["notices"][0];
        assert_eq!((&announced["regime"], &announced["hours_text"]), (&json!("heat"), &json!("每天 8:00–22:00")));
        assert_eq!(state(uncertain.id, noon).await["state"], "open");
        assert_eq!(state(uncertain.id, "2026-11-24T23:00:00+08:00").await["state"], "unknown");
        assert_eq!(state(closed.id, noon).await["state"], "closed_by_notice");
        assert_eq!(state(suspended.id, noon).await["state"], "suspended");
        assert_eq!(state(other.id, noon).await["state"], "closed");
        let page = t.get(format!("/stations/{}", plain.id)).with("at", "2026-11-24T13:00").send().await.text();
        for said in ["开放中 · 至 22:00", "高温延长开放", "延长开放 每天 8:00–22:00：高温延长开放"] {
            assert!(page.contains(said), "{said}: {page}");
        }
        assert_eq!(t.get("/api/v1/regimes?when=current").by(&city).json().await["items"][0]["id"], begun["id"]);
        let path = format!("/api/v1/regimes/{}", text(&begun["id"]));
        assert_eq!(t.delete_by(&city, path, 1).await.status, 200);
        assert_eq!(state(plain.id, noon).await["state"], "closed");
        assert_eq!(t.get("/api/v1/regimes?when=current").by(&city).json().await["items"], json!([]));
        assert_eq!(t.actions().await, ["notice.announce", "regime.begin", "regime.end"]);
    }

    async fn a_regime_may_be_for_those_that_have_something(t: Town) {
        t.station("有空调").district("130302").hours("08:00-09:00").facility(FacilityCode::Cooling).open().await;
        t.station("没有").district("130302").hours("08:00-09:00").open().await;
        let city = t.staff("city", Role::City, "1303").await;
        let regime = json!({"kind": "storm", "districts": ["1303"], "facility": "cooling", "from": EARLIER, "reason": "台风"});
        let begun = t.post("/api/v1/regimes").by(&city).sending(regime).send().await.json();
        assert_eq!((&begun["hours"], &begun["stations"], &begun["to"]), (&json!("24/7"), &json!(1), &Value::Null));
        assert_eq!(t.list().with("open", "now").names().await, ["有空调"]);
    }

    async fn what_cannot_be_announced_is_told_by_field(t: Town) {
        let station = t.station("站").district("130302").open().await;
        let city = t.staff("city", Role::City, "1303").await;
        let path = format!("/api/v1/stations/{}/notices", station.id);
        let good = closing(Some(LATER));
        for (name, value, code) in [
            ("reason", json!("  "), "missing"),
            ("reason", json!("长".repeat(201)), "too_long"),
            ("reason", json!("一行\n两行"), "control_character"),
            ("from", json!("2026-11-10T00:00:00+08:00"), "too_early"),
            ("from", json!("2029-11-10T00:00:00+08:00"), "too_far"),
            ("to", json!(EARLIER), "not_after_from"),
            ("to", json!("2026-11-24T09:30:00+08:00"), "over"),
            ("to", json!("2028-12-01T00:00:00+08:00"), "too_far"),
        ] {
            let refused = t.post(path.clone()).by(&city).sending(with(good.clone(), name, value.clone())).send().await;
            assert_eq!(refused.status, 422, "{name} {value}: {}", refused.text());
            assert!(faults(&refused).contains(&(name.to_owned(), code.to_owned())), "{name} {value}: {}", refused.text());
        }
        for (name, value) in [("effect", json!("open sesame")), ("facility", json!("pool")), ("from", json!("tomorrow")), ("colour", json!("red"))] {
            let refused = t.post(path.clone()).by(&city).sending(with(good.clone(), name, value)).send().await;
            assert_eq!((refused.status.as_u16(), faults(&refused)[0].0.as_str()), (400, name), "{}", refused.text());
        }
        let open = json!({"type": "Polygon", "coordinates": [[[119.5, 39.8], [119.7, 39.8], [119.6, 40.0], [119.5, 39.9]]]});
        for wrong in ["/api/v1/notices", "/api/v1/notices/preview"] {
            let body = if wrong.ends_with("preview") { json!({"area": open}) } else { with(good.clone(), "area", open.clone()) };
            let refused = t.post(wrong).by(&city).sending(body).send().await;
            assert_eq!((refused.status.as_u16(), faults(&refused)), (422, vec![("area".to_owned(), "open_ring".to_owned())]));
        }
        let regime = json!({"kind": "cold", "districts": ["130302"], "from": EARLIER, "reason": "寒潮"});
        for (name, value, code) in [
            ("hours", json!("周一到周五"), "hours_syntax"),
            ("districts", json!([]), "out_of_range"),
            ("districts", json!(["110000"]), "unknown_district"),
        ] {
            let refused = t.post("/api/v1/regimes").by(&city).sending(with(regime.clone(), name, value)).send().await;
            assert_eq!((refused.status.as_u16(), faults(&refused)), (422, vec![(name.to_owned(), code.to_owned())]));
        }
        let english = t.post("/api/v1/regimes").by(&city).header("accept-language", "en")
            .sending(with(regime, "hours", json!("9-5pm"))).send().await.json();
        assert!(text(&english["errors"][0]["detail"]).starts_with("The opening hours cannot be read"), "{english}");
        assert_eq!((t.snapshot().revision(), t.actions().await.len()), (1, 0), "nothing of it was written");
    }

    async fn who_may_announce_and_who_may_see_it(t: Town) {
        let own = t.station("自己的").district("130302").open().await;
        let other = t.station("别人的").district("130304").open().await;
        let keeper = t.keeper("keeper", &[own.id]).await;
        let [clerk, union, inspector] = [
            t.staff("clerk", Role::District, "130304").await,
            t.staff("union", Role::Grassroots, "130302").await,
            t.staff("inspector", Role::Inspector, "130302").await,
        ];
        let status = async |who: &Staff, station| t.announce_by(who, station, closing(Some(LATER))).await.status.as_u16();
        assert_eq!((status(&keeper, own.id).await, status(&keeper, other.id).await), (201, 404));
        assert_eq!((status(&clerk, own.id).await, status(&clerk, other.id).await), (404, 201));
        assert_eq!((status(&union, own.id).await, status(&inspector, own.id).await), (201, 403));
        let anybody = t.post(format!("/api/v1/stations/{}/notices", own.id)).sending(closing(None)).send().await;
        assert_eq!(anybody.status, 401);
        let area = async |who: &Staff| t.post("/api/v1/notices").by(who).sending(with(closing(Some(LATER)), "area", square())).send().await.status;
        assert_eq!((area(&keeper).await.as_u16(), area(&inspector).await.as_u16(), area(&clerk).await.as_u16()), (403, 403, 201));
        let regime = async |who: &Staff, district: &str| {
            let body = json!({"kind": "cold", "districts": [district], "from": EARLIER, "reason": "寒潮"});
            t.post("/api/v1/regimes").by(who).sending(body).send().await.status.as_u16()
        };
        assert_eq!((regime(&union, "130302").await, regime(&clerk, "130302").await, regime(&clerk, "130304").await), (403, 403, 201));
        // Each sees the notices of what he sees.
        let seen = async |who: &Staff| -> Vec<String> {
            let items = t.get("/api/v1/notices").by(who).json().await["items"].as_array().unwrap().clone();
            items.iter().map(|n| n["station"]["name"].as_str().unwrap_or("范围").to_owned()).collect()
        };
        assert_eq!(seen(&keeper).await, ["自己的", "自己的"]);
        assert_eq!(seen(&inspector).await, ["自己的", "自己的"]);
        assert_eq!(seen(&clerk).await, ["范围", "别人的"]);
    }

    async fn notices_are_listed_by_time_place_and_page(t: Town) {
        let (one, two) = (t.station("甲").district("130302").open().await, t.station("乙").district("130304").open().await);
        let city = t.staff("city", Role::City, "1303").await;
        for (station, from, to) in [
            (one.id, EARLIER, Some(LATER)),
            (one.id, "2026-11-25T00:00:00+08:00", None),
            (two.id, "2026-11-18T00:00:00+08:00", Some("2026-11-24T10:00:30+08:00")),
            (two.id, "2026-11-26T00:00:00+08:00", None),
        ] {
            let body = with(closing(to), "from", json!(from));
            assert_eq!(t.announce_by(&city, station, body).await.status, 201);
        }
        let later = t.at("2026-11-24T11:00:00+08:00").await;
        let city_later = later.staff("later", Role::City, "1303").await;
        let withdrawn = later.get("/api/v1/notices").with("when", "coming").with("station", two.id).by(&city_later).json().await["items"][0].clone();
        assert_eq!(later.delete_by(&city_later, format!("/api/v1/notices/{}", text(&withdrawn["id"])), 1).await.status, 200);
        let names = async |query: &str| -> Vec<String> {
            let listed = later.get(format!("/api/v1/notices?{query}")).by(&city_later).json().await;
            listed["items"].as_array().unwrap().iter().map(|n| format!("{} {}", text(&n["station"]["name"]), n["current"])).collect()
        };
        assert_eq!(names("when=current").await, ["甲 true"]);
        assert_eq!(names("when=coming").await, ["甲 false"]);
        assert_eq!(names("when=past").await, ["乙 false", "乙 false"]);
        assert_eq!(names("district=130302").await.len(), 2);
        assert_eq!(names(&format!("station={}&when=all", two.id)).await.len(), 2);
        let mut found = Vec::new();
        let mut next = Some("/api/v1/notices?limit=3".to_owned());
        while let Some(path) = next {
            let reply = later.get(path).by(&city_later).send().await;
            found.extend(reply.json()["items"].as_array().unwrap().clone());
            next = reply.next_page();
        }
        assert_eq!(found.len(), 4);
        assert_eq!(later.get("/api/v1/notices?when=soon").by(&city_later).send().await.status, 400);
    }
}
