//! Inspections: a round is planned and walked, what is wrong gets a day, is put right and looked at again.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use image::ImageFormat;
use serde_json::{Value, json};
use yizhan::accounts::Role;
use yizhan::ids::StationId;
use yizhan::stations::model::{FacilityCode, Station};

use crate::client::{Reply, text};
use crate::harness::Town;
use crate::snapped::{drawn, encoded};
use crate::staff::Staff;
use crate::tables::{numbers, texts};

const AT: &str = "2026-11-24T09:30:00+08:00";
/// A Friday.
const DUE: &str = "2026-11-27";

impl Town {
    /// Three stations of 海港区 along a street, the middle one last.
    pub(crate) async fn street(&self) -> Vec<Station> {
        let mut stations = Vec::new();
        for (name, lon) in [("西站", 119.58), ("东站", 119.62), ("中站", 119.60)] {
            let draft = self.station(name).district("130302").at(lon, 39.93);
            stations.push(draft.facility(FacilityCode::Water).facility(FacilityCode::Microwave).open().await);
        }
        stations
    }

    /// Plans a round of stations.
    pub(crate) async fn round(&self, by: &Staff, stations: &[StationId]) -> Value {
        let body = json!({
            "name": "十一月巡查", "scope": "130302", "first_day": "2026-11-20", "last_day": "2026-11-30",
            "stations": stations,
        });
        let reply = self.post("/api/v1/rounds").by(by).sending(body).send().await;
        assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text());
        reply.json()
    }

    /// Tells of an inspection.
    pub(crate) async fn inspect(&self, by: &Staff, body: Value) -> Reply {
        self.post("/api/v1/inspections").by(by).sending(body).send().await
    }

    /// Takes a step with a finding.
    pub(crate) async fn finding_step(&self, by: &Staff, finding: &Value, step: &str, body: Value) -> Reply {
        let path = format!("/api/v1/findings/{}/{step}", text(&finding["id"]));
        self.post(path).by(by).on(&finding["version"]).sending(body).send().await
    }

    async fn findings(&self, by: &Staff, query: &str) -> Value {
        self.get(format!("/api/v1/findings?{query}")).by(by).json().await
    }

    /// Sends a picture in.
    pub(crate) async fn upload(&self) -> String {
        let bytes = encoded(&drawn(60, 40), ImageFormat::Jpeg);
        let ask = self.post("/api/v1/uploads").header("content-type", "image/jpeg").body(Body::from(bytes));
        text(&ask.send().await.json()["id"])
    }
}

/// An inspection at which nothing is wrong.
pub(crate) fn fine(station: StationId, key: &str) -> Value {
    json!({ "client_key": key, "station_id": station, "at": AT, "is_open": true, "questions": 1 })
}

#[expect(clippy::needless_pass_by_value, reason = "fields are written where they are added")]
fn with(mut body: Value, fields: Value) -> Value {
    for (name, value) in fields.as_object().expect("fields") {
        body[name] = value.clone();
    }
    body
}

fn fault(reply: &Reply) -> (u16, String, String) {
    let first = reply.json()["errors"][0].clone();
    (reply.status.as_u16(), text(&first["field"]), text(&first["code"]))
}

both_engines! {
    async fn a_round_is_planned_walked_and_closed(t: Town) {
        let stations = t.street().await;
        t.station("别区").district("130304").open().await;
        let planner = t.staff("planner", Role::District, "130302").await;
        let walker = t.staff("walker", Role::Inspector, "130302").await;
        // A filter finds the stations of the scope; the walk goes from west to east.
        let filter = json!({ "scope": "130302", "filter": { "facilities": ["water"], "uninspected_days": 30 } });
        let preview = t.post("/api/v1/rounds/preview").by(&planner).sending(filter.clone()).json().await;
        let names: Vec<String> = preview["stops"].as_array().unwrap().iter().map(|s| text(&s["name"])).collect();
        assert_eq!(names, ["西站", "中站", "东站"]);
        assert!((preview["length_m"].as_f64().unwrap() - 3_420.0).abs() < 20.0, "{preview}");
        let plan = with(filter, json!({
            "name": "十一月巡查", "first_day": "2026-11-20", "last_day": "2026-11-30", "inspector": walker.id,
        }));
        let reply = t.post("/api/v1/rounds").by(&planner).sending(plan).send().await;
        assert_eq!((reply.status, reply.header("etag")), (StatusCode::CREATED, "\"v1\""), "{}", reply.text());
        let round = reply.json();
        assert_eq!((&round["stations"], &round["done"], &round["inspector"]["name"]), (&json!(3), &json!(0), &json!("walker")));
        // The inspector sees it and takes the sheet along.
        let path = format!("/api/v1/rounds/{}", text(&round["id"]));
        let listed = t.get("/api/v1/rounds").by(&walker).json().await;
        assert_eq!(listed["items"][0]["id"], round["id"]);
        let sheet = t.get(format!("{path}/sheet")).by(&walker).json().await;
        assert_eq!(sheet["stations"][0]["hours"], "24小时");
        assert_eq!(sheet["stations"][0]["facilities"][0]["code"], "water");
        assert_eq!(sheet["working_days"][0], "2026-11-25");
        assert_eq!(sheet["questions"][0]["code"], "sign");
        let seen = with(fine(stations[0].id, "k1"), json!({ "round_id": round["id"], "answers": { "water": "yes" } }));
        assert_eq!(t.inspect(&walker, seen).await.status, StatusCode::CREATED);
        let now = t.get(path.clone()).by(&planner).json().await;
        assert_eq!((&now["done"], &now["stops"][0]["inspected"]["is_open"]), (&json!(1), &json!(true)));
        // Who may not plan changes nothing, and what is closed stays as it is.
        let close = |by: &Staff, version: i64| {
            let ask = t.post(format!("{path}/close")).by(by).on(&json!(version));
            async move { ask.send().await.status.as_u16() }
        };
        assert_eq!((close(&walker, 1).await, close(&planner, 9).await, close(&planner, 1).await), (403, 412, 200));
        let late = t.ask(Method::PATCH, path.clone()).by(&planner).on(&json!(2)).sending(json!({ "name": "改名" })).send().await;
        assert_eq!((late.status.as_u16(), &late.json()["code"]), (409, &json!("over")));
        // An inspection that waited on a phone is not lost because the round was closed meanwhile.
        let late = with(fine(stations[1].id, "k2"), json!({ "round_id": round["id"] }));
        assert_eq!(t.inspect(&walker, late).await.status, StatusCode::CREATED);
        assert_eq!(t.get("/api/v1/rounds").by(&walker).json().await["items"], json!([]));
    }

    async fn what_is_wrong_is_put_right_and_looked_at_again(t: Town) {
        let stations = t.street().await;
        let station = stations[0].id;
        let walker = t.staff("walker", Role::Inspector, "130302").await;
        let keeper = t.keeper("keeper", &[station]).await;
        let photo = t.upload().await;
        let body = with(fine(station, "k1"), json!({
            "is_open": false, "confirms": true, "note": "敲门无人",
            "findings": [
                { "kind": "facility", "facility": "microwave", "text": "不加热", "photo": photo, "due": DUE, "broken": true },
                { "kind": "sign", "text": "门头灯不亮", "due": DUE },
            ],
        }));
        let reply = t.inspect(&walker, body).await;
        assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text());
        // The facility is broken for workers at once, the facts are confirmed, and the shut door is observed.
        let found = t.nearest(119.58, 39.93).with("facility", "microwave").names().await;
        assert!(!found.contains(&"西站".to_owned()), "{found:?}");
        let record = t.get(format!("/api/v1/registry/{station}")).by(&walker).json().await;
        assert!(record["last_confirmed"].is_string());
        assert_eq!(numbers(&t.app.db, "SELECT COUNT(*) FROM observation WHERE source = 'inspection' AND NOT is_open").await, [1]);
        assert_eq!(numbers(&t.app.db, "SELECT COUNT(*) FROM confirmation WHERE how = 'visit'").await, [1]);
        let history = t.get(format!("/api/v1/stations/{station}/history")).by(&walker).json().await;
        assert_eq!(history["items"][0]["action"], "inspect");
        let list = t.findings(&keeper, "state=open").await;
        assert_eq!(list["counts"], json!({ "open": 2, "overdue": 0, "recheck": 0 }));
        let of_kind = |list: &Value, kind: &str| list["items"].as_array().unwrap().iter().find(|f| f["kind"] == kind).unwrap().clone();
        let broken = of_kind(&list, "facility");
        let picture = t.get(text(&broken["photo"])).by(&keeper).send().await;
        assert_eq!((picture.status, picture.header("content-type")), (StatusCode::OK, "image/jpeg"));
        // After its day it is late; the keeper says that it is put right, and only an inspection shows it.
        let later = t.at("2026-12-01T10:00:00+08:00").await;
        let walker = later.staff("walker2", Role::Inspector, "130302").await;
        let keeper = later.keeper("keeper2", &[station]).await;
        let late = later.findings(&walker, "overdue=true").await;
        assert_eq!((&late["counts"]["overdue"], &late["items"][0]["overdue"]), (&json!(2), &json!(true)));
        let fixed = later.finding_step(&keeper, &broken, "fixed", json!({})).await;
        assert_eq!((fixed.status.as_u16(), &fixed.json()["state"]), (200, &json!("fixed")));
        let fixed = fixed.json();
        let unseen = later.finding_step(&walker, &fixed, "verify", json!({})).await;
        assert_eq!((unseen.status.as_u16(), &unseen.json()["code"]), (409, &json!("not_seen_again")));
        assert_eq!(later.finding_step(&keeper, &fixed, "verify", json!({})).await.status.as_u16(), 403);
        let seen = with(fine(station, "k2"), json!({
            "at": "2026-12-01T09:50:00+08:00",
            "checks": [{ "finding": fixed["id"], "fixed": false }, { "finding": of_kind(&list, "sign")["id"], "fixed": true }],
        }));
        assert_eq!(later.inspect(&walker, seen).await.status, StatusCode::CREATED);
        let all = later.findings(&walker, "").await;
        assert_eq!((&of_kind(&all, "sign")["state"], &of_kind(&all, "facility")["state"]), (&json!("verified"), &json!("open")));
        assert_eq!(all["counts"], json!({ "open": 1, "overdue": 1, "recheck": 0 }));
    }

    async fn a_finding_is_opened_again_with_another_day_or_let_go(t: Town) {
        let station = t.street().await[0].id;
        let walker = t.staff("walker", Role::Inspector, "130302").await;
        let keeper = t.keeper("keeper", &[station]).await;
        let found = with(fine(station, "k1"), json!({ "findings": [{ "kind": "facility", "text": "不加热", "due": DUE }] }));
        assert_eq!(t.inspect(&walker, found).await.status, StatusCode::CREATED);
        let finding = t.findings(&walker, "").await["items"][0].clone();
        let fixed = t.finding_step(&keeper, &finding, "fixed", json!({})).await.json();
        let soon = t.at("2026-11-24T10:20:00+08:00").await;
        assert_eq!(soon.inspect(&walker, with(fine(station, "k2"), json!({ "at": "2026-11-24T10:15:00+08:00" }))).await.status, StatusCode::CREATED);
        let day_off = soon.finding_step(&walker, &fixed, "reopen", json!({ "due": "2026-12-05" })).await;
        assert_eq!(fault(&day_off), (422, "due".to_owned(), "day_off".to_owned()));
        let opened = soon.finding_step(&walker, &fixed, "reopen", json!({ "due": "2026-12-07", "reason": "还是不热" })).await.json();
        assert_eq!((&opened["state"], &opened["due"], &opened["reason"]), (&json!("open"), &json!("2026-12-07"), &json!("还是不热")));
        assert!(opened["checked_by"].is_string());
        // Letting go needs a planner and a reason.
        let planner = soon.staff("planner", Role::District, "130302").await;
        let bare = soon.finding_step(&planner, &opened, "drop", json!({})).await;
        assert_eq!(fault(&bare), (422, "reason".to_owned(), "missing".to_owned()));
        let stale = soon.finding_step(&planner, &fixed, "drop", json!({ "reason": "换新站" })).await;
        assert_eq!(stale.status.as_u16(), 412);
        assert_eq!(soon.finding_step(&planner, &opened, "drop", json!({ "reason": "换新站" })).await.json()["state"], "dropped");
        let actions = texts(&t.app.db, "SELECT action FROM audit WHERE object_kind = 'finding' ORDER BY seq".to_owned()).await;
        assert_eq!(actions, ["finding.fixed", "finding.reopen", "finding.drop"]);
    }

    async fn an_inspection_that_is_sent_twice_counts_once(t: Town) {
        let station = t.street().await[0].id;
        let walker = t.staff("walker", Role::Inspector, "130302").await;
        let other = t.staff("other", Role::Inspector, "130302").await;
        let body = with(fine(station, "once"), json!({ "findings": [{ "kind": "hygiene", "text": "地面脏", "due": DUE }] }));
        let first = t.inspect(&walker, body.clone()).await;
        let again = t.inspect(&walker, body.clone()).await;
        assert_eq!((first.status.as_u16(), again.status.as_u16()), (201, 200));
        assert_eq!(first.json(), again.json());
        let stolen = t.inspect(&other, body.clone()).await;
        assert_eq!(fault(&stolen), (422, "client_key".to_owned(), "key_reused".to_owned()));
        // Many at once: one is written, every sender learns the same.
        let rush = with(body, json!({ "client_key": "rush", "confirms": true }));
        let sent: Vec<_> = (0..8).map(|_| {
            let (t, walker, rush) = (t.clone(), walker.clone(), rush.clone());
            tokio::spawn(async move { t.inspect(&walker, rush).await })
        }).collect();
        let mut ids = std::collections::BTreeSet::new();
        for reply in sent {
            let reply = reply.await.unwrap();
            assert!(reply.status.is_success(), "{}", reply.text());
            ids.insert(text(&reply.json()["id"]));
        }
        assert_eq!(ids.len(), 1);
        assert_eq!(numbers(&t.app.db, "SELECT COUNT(*) FROM inspection").await, [2]);
        assert_eq!(numbers(&t.app.db, "SELECT COUNT(*) FROM finding").await, [2]);
        assert_eq!(numbers(&t.app.db, "SELECT COUNT(*) FROM confirmation").await, [1]);
        let told = t.get(format!("/api/v1/stations/{station}/inspections")).by(&walker).json().await;
        assert_eq!(told["items"].as_array().unwrap().len(), 2);
    }

    async fn what_is_refused_writes_nothing(t: Town) {
        let stations = t.street().await;
        let elsewhere = t.station("别区").district("130304").open().await;
        let walker = t.staff("walker", Role::Inspector, "130302").await;
        let planner = t.staff("planner", Role::District, "130302").await;
        let round = t.round(&planner, &[stations[0].id]).await;
        let photo = t.upload().await;
        let found = |extra: Value| json!({ "findings": [with(json!({ "kind": "other", "text": "问题", "due": DUE }), extra)] });
        for (extra, field, code) in [
            (json!({ "client_key": "" }), "client_key", "bad_length"),
            (json!({ "at": "2026-11-24T11:00:00+08:00" }), "at", "in_the_future"),
            (json!({ "at": "2026-10-01T11:00:00+08:00" }), "at", "too_early"),
            (json!({ "questions": 99 }), "questions", "unknown_version"),
            (json!({ "answers": { "wine": "yes" } }), "answers.wine", "unknown_question"),
            (json!({ "round_id": stations[0].id }), "round_id", "unknown_round"),
            (json!({ "round_id": round["id"], "station_id": stations[1].id }), "round_id", "not_a_stop"),
            (found(json!({ "text": "  " })), "findings[0].text", "missing"),
            (found(json!({ "due": "2026-11-28" })), "findings[0].due", "day_off"),
            (found(json!({ "due": "2026-11-24" })), "findings[0].due", "too_early"),
            (found(json!({ "broken": true })), "findings[0].facility", "missing"),
            (found(json!({ "broken": true, "facility": "printer" })), "findings[0].facility", "absent"),
            (found(json!({ "photo": round["id"] })), "findings[0].photo", "no_such_upload"),
            (json!({ "checks": [{ "finding": round["id"], "fixed": true }] }), "checks[0].finding", "unknown_finding"),
        ] {
            let reply = t.inspect(&walker, with(fine(stations[0].id, "k"), extra)).await;
            assert_eq!(fault(&reply), (422, field.to_owned(), code.to_owned()), "{}", reply.text());
        }
        let stranger = t.inspect(&walker, fine(elsewhere.id, "k")).await;
        assert_eq!(stranger.status, StatusCode::NOT_FOUND);
        // A picture belongs to one finding; refused, the whole inspection is not there.
        let two = json!({ "findings": [
            { "kind": "other", "text": "一", "due": DUE, "photo": photo }, { "kind": "other", "text": "二", "due": DUE, "photo": photo },
        ] });
        let reply = t.inspect(&walker, with(fine(stations[0].id, "k"), two)).await;
        assert_eq!(fault(&reply), (422, "findings[1].photo".to_owned(), "no_such_upload".to_owned()));
        for table in ["SELECT COUNT(*) FROM inspection", "SELECT COUNT(*) FROM finding", "SELECT COUNT(*) FROM observation"] {
            assert_eq!(numbers(&t.app.db, table).await, [0], "{table}");
        }
        // Rounds are refused as clearly.
        let plan = json!({ "name": "轮", "scope": "130302", "first_day": "2026-11-20", "last_day": "2026-11-30" });
        for (extra, field, code) in [
            (json!({}), "stations", "one_of"),
            (json!({ "stations": [elsewhere.id] }), "stations", "unknown_station"),
            (json!({ "filter": { "hosts": ["library"] } }), "stations", "none"),
            (json!({ "filter": { "unconfirmed_days": 0 } }), "filter.unconfirmed_days", "out_of_range"),
            (json!({ "stations": [stations[0].id], "last_day": "2026-11-19" }), "last_day", "before_first_day"),
            (json!({ "stations": [stations[0].id], "name": " " }), "name", "missing"),
            (json!({ "stations": [stations[0].id], "inspector": stations[0].id }), "inspector", "not_allowed"),
        ] {
            let reply = t.post("/api/v1/rounds").by(&planner).sending(with(plan.clone(), extra)).send().await;
            assert_eq!(fault(&reply), (422, field.to_owned(), code.to_owned()), "{}", reply.text());
        }
        let beyond = with(plan, json!({ "scope": "130304", "stations": [elsewhere.id] }));
        assert_eq!(t.post("/api/v1/rounds").by(&planner).sending(beyond).send().await.status.as_u16(), 403);
    }
}
