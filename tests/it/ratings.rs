//! Stars: computed from what is known, explained clause by clause, kept with the version of their rules.

use axum::http::StatusCode;
use serde_json::{Value, json};
use yizhan::accounts::Role;
use yizhan::ids::StationId;
use yizhan::ratings::service::compute_all;
use yizhan::stations::model::{Access, FacilityCode, Station};

use crate::arrange::Draft;
use crate::client::text;
use crate::harness::{NOW, Town};
use crate::inspections::fine;
use crate::staff::Staff;
use crate::tables::{numbers, texts};

const BASICS: [FacilityCode; 7] = [
    FacilityCode::Seat,
    FacilityCode::Water,
    FacilityCode::Microwave,
    FacilityCode::Fridge,
    FacilityCode::Heating,
    FacilityCode::Toilet,
    FacilityCode::Wifi,
];

impl Town {
    /// A good station that was confirmed today.
    async fn good(&self, name: &str, by: &Staff) -> Station {
        let draft = self.station(name).district("130302").access(Access::OpenDoor);
        let draft = BASICS.into_iter().fold(draft, Draft::facility);
        let station = draft.fact(|f| (f.area_m2, f.capacity) = (Some(30.0), Some(12))).open().await;
        let confirmed = self.post(format!("/api/v1/stations/{}/confirmations", station.id)).by(by);
        assert_eq!(confirmed.sending(json!({ "how": "visit" })).send().await.status, StatusCode::CREATED);
        station
    }

    async fn rating(&self, by: &Staff, station: StationId) -> Value {
        self.get(format!("/api/v1/stations/{station}/rating")).by(by).json().await
    }

    /// A worker reports a locked door, and staff find it so. Returns the report's number.
    async fn told_locked(&self, by: &Staff, station: StationId) -> String {
        let filed =
            self.post(format!("/api/v1/stations/{station}/reports")).sending(json!({ "kind": "locked" }));
        let filed = filed.send().await;
        assert_eq!(filed.status, StatusCode::CREATED, "{}", filed.text());
        let number = text(&filed.json()["number"]);
        let open = self.get("/api/v1/reports?state=open").by(by).json().await;
        let report = open["items"]
            .as_array()
            .unwrap()
            .iter()
            .find(|r| r["number"] == number.as_str())
            .unwrap()
            .clone();
        let answer = json!({ "verdict": "confirmed", "answer": "属实，已提醒站长。" });
        let path = format!("/api/v1/reports/{}/answer", text(&report["id"]));
        let answered = self.post(path).by(by).on(&report["version"]).sending(answer).send().await;
        assert_eq!(answered.status, StatusCode::OK, "{}", answered.text());
        number
    }

    async fn public_stars(&self, station: StationId) -> Value {
        self.get(format!("/api/v1/stations/{station}")).json().await["properties"]["rating"].clone()
    }
}

fn clause<'a>(rating: &'a Value, code: &str) -> &'a Value {
    rating["clauses"].as_array().unwrap().iter().find(|c| c["code"] == code).unwrap()
}

both_engines! {
    async fn the_second_confirmed_report_of_a_locked_door_fails_the_clause_and_says_so(t: Town) {
        let admin = t.staff("admin", Role::Admin, "").await;
        let station = t.good("好站", &admin).await.id;
        let before = t.rating(&admin, station).await;
        // No photo of the door, and no observations: the one fails, the other is not known.
        assert_eq!((&before["stars"], &before["score"]), (&json!(5), &json!(97.64)), "{before}");
        assert_eq!(clause(&before, "promise")["unknown"], "too_few_days");
        assert_eq!((&clause(&before, "photo")["verdict"], &clause(&before, "doors")["verdict"]), (&json!("failed"), &json!("met")));
        let first = t.told_locked(&admin, station).await;
        let one = t.rating(&admin, station).await;
        assert_eq!((&clause(&one, "doors")["verdict"], &clause(&one, "doors")["evidence"]), (&json!("met"), &json!([first])));
        assert_eq!(one["stars"], 5);
        let second = t.told_locked(&admin, station).await;
        let two = t.rating(&admin, station).await;
        let doors = clause(&two, "doors");
        assert_eq!((&doors["verdict"], &doors["value"], &doors["target"]), (&json!("failed"), &json!(2.0), &json!(1.0)));
        assert_eq!(doors["evidence"], json!([first, second]), "both numbers are named");
        assert_eq!((&two["stars"], &two["held_by"]), (&json!(2), &json!(["doors"])));
        assert_eq!(two["next"], json!({ "stars": 3, "steps": ["doors"] }));
        assert_eq!(clause(&two, "answers")["numerator"], 2);
        // 30 days on, the reports are past.
        let later = t.at("2026-12-25T10:00:00+08:00").await;
        let admin = later.staff("admin2", Role::Admin, "").await;
        assert_eq!(clause(&later.rating(&admin, station).await, "doors")["verdict"], "met");
    }

    async fn promise_and_findings_come_from_inspections(t: Town) {
        let admin = t.staff("admin", Role::Admin, "").await;
        let station = t.good("查站", &admin).await.id;
        for (day, is_open) in [(16, true), (17, true), (18, true), (19, true), (20, false)] {
            let mut seen = fine(station, &format!("k{day}"));
            seen["at"] = json!(format!("2026-11-{day}T10:00:00+08:00"));
            seen["is_open"] = json!(is_open);
            if day == 20 {
                seen["findings"] = json!([{ "kind": "hygiene", "text": "地面脏", "due": "2026-11-23" }]);
            }
            assert_eq!(t.inspect(&admin, seen).await.status, StatusCode::CREATED);
        }
        let rating = t.rating(&admin, station).await;
        let promise = clause(&rating, "promise");
        assert_eq!((&promise["verdict"], &promise["numerator"], &promise["denominator"]), (&json!("failed"), &json!(4), &json!(5)));
        assert_eq!((&clause(&rating, "overdue")["value"], &clause(&rating, "findings")["value"]), (&json!(1.0), &json!(1.0)));
        assert_eq!(rating["held_by"], json!([]), "its points give no more than the must allows");
        assert_eq!(rating["stars"], 3);
    }

    async fn other_rules_give_other_stars_and_old_explanations_keep_theirs(t: Town) {
        let admin = t.staff("admin", Role::Admin, "").await;
        let (good, plain) = (t.good("好站", &admin).await.id, t.station("普通").district("130304").open().await.id);
        let done = t.post("/api/v1/ratings/compute").by(&admin).json().await;
        assert_eq!((&done["rules_version"], &done["stations"], &done["changed"]), (&json!(1), &json!(2), &json!(2)));
        assert_eq!((t.public_stars(good).await, t.public_stars(plain).await), (json!(5), json!(2)));
        let history = t.get(format!("/api/v1/stations/{good}/history")).by(&admin).json().await;
        assert_eq!((&history["items"][0]["action"], &history["items"][0]["reason"]), (&json!("rate"), &json!("– → ★★★★★")));
        // Nothing changed: nothing is kept, no revision is raised.
        let revision = numbers(&t.app.db, "SELECT revision FROM registry").await;
        assert_eq!(t.post("/api/v1/ratings/compute").by(&admin).json().await["changed"], 0);
        assert_eq!(numbers(&t.app.db, "SELECT revision FROM registry").await, revision);
        // Stricter rules: the area counts for more than the station has.
        let told = t.get("/api/v1/ratings/rules").by(&admin).json().await;
        let mut rules = told["items"][0]["rules"].clone();
        assert_eq!(told["measures"].as_array().unwrap().len(), 13);
        let area = rules["clauses"].as_array().unwrap().iter().position(|c| c["code"] == "area").unwrap();
        rules["clauses"][area]["target"] = json!(50);
        rules["clauses"][area]["cap"] = json!(1);
        let write = |by: &Staff, version: i64, body: Value| {
            let ask = t.post("/api/v1/ratings/rules").by(by).on(&json!(version)).sending(body);
            async move { ask.send().await }
        };
        let mut bad = rules.clone();
        bad["clauses"][0]["points"] = json!(0);
        let refused = write(&admin, 1, json!({ "rules": bad })).await;
        assert_eq!((refused.status.as_u16(), &refused.json()["errors"][0]["field"]), (422, &json!("rules.clauses[0].points")));
        let district = t.staff("district", Role::District, "130302").await;
        assert_eq!(write(&district, 1, json!({ "rules": rules })).await.status, StatusCode::FORBIDDEN);
        let written = write(&admin, 1, json!({ "rules": rules, "note": "面积从严" })).await;
        assert_eq!((written.status.as_u16(), written.header("etag")), (201, "\"v2\""), "{}", written.text());
        assert_eq!(write(&admin, 1, json!({ "rules": rules })).await.status, StatusCode::PRECONDITION_FAILED);
        assert_eq!(t.public_stars(good).await, json!(5), "until they are computed");
        compute_all(&t.app).await.unwrap();
        assert_eq!(t.public_stars(good).await, json!(1));
        let rating = t.rating(&admin, good).await;
        let given = rating["given"].as_array().unwrap();
        assert_eq!((&given[0]["rules_version"], &given[0]["stars"]), (&json!(2), &json!(1)));
        assert_eq!((&given[1]["rules_version"], &given[1]["stars"]), (&json!(1), &json!(5)));
        let (new, old) = (clause(&given[0], "area"), clause(&given[1], "area"));
        assert_eq!((&new["target"], &new["verdict"], &old["target"], &old["verdict"]), (&json!(50.0), &json!("failed"), &json!(15.0), &json!("met")));
        // The list shows who reaches what, as far as one may see it.
        let list = t.get("/api/v1/ratings?clause=area").by(&admin).json().await;
        assert_eq!((&list["items"][0]["name"], &list["counts"]["1"]), (&json!("好站"), &json!(1)));
        assert_eq!(t.get("/api/v1/ratings?stars=2").by(&district).json().await["items"], json!([]));
        let actions = texts(&t.app.db, "SELECT action FROM audit WHERE action LIKE 'rating%' ORDER BY seq".to_owned()).await;
        assert_eq!(actions, ["rating.compute", "rating.rules", "rating.compute"]);
    }

    async fn two_servers_that_compute_at_once_keep_each_change_once(t: Town) {
        let admin = t.staff("admin", Role::Admin, "").await;
        for name in ["一", "二", "三"] {
            t.good(name, &admin).await;
        }
        let other = t.at(NOW).await;
        let mut computing = tokio::task::JoinSet::new();
        for i in 0..6 {
            let app = if i % 2 == 0 { t.app.clone() } else { other.app.clone() };
            computing.spawn(async move { compute_all(&app).await.unwrap().changed });
        }
        assert_eq!(computing.join_all().await.into_iter().sum::<usize>(), 3);
        assert_eq!(numbers(&t.app.db, "SELECT COUNT(*) FROM station_rating").await, [3]);
        assert_eq!(numbers(&t.app.db, "SELECT COUNT(*) FROM station_version WHERE action = 'rate'").await, [3]);
    }

    async fn what_is_not_public_has_no_stars(t: Town) {
        let admin = t.staff("admin", Role::Admin, "").await;
        let draft = t.station("草稿").district("130302").store(yizhan::stations::model::Status::Draft).await.id;
        let reply = t.get(format!("/api/v1/stations/{draft}/rating")).by(&admin).send().await;
        assert_eq!((reply.status.as_u16(), &reply.json()["code"]), (409, &json!("not_public")));
        let elsewhere = t.staff("elsewhere", Role::District, "130304").await;
        let reply = t.get(format!("/api/v1/stations/{draft}/rating")).by(&elsewhere).send().await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND);
    }
}
