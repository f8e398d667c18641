//! The history of a station: whole, field by field, and every version of it can be had back.

use axum::http::Method;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Map, Value, json};
use yizhan::accounts::Role;
use yizhan::in_tx;
use yizhan::stations::model::Status;

use crate::client::text;
use crate::harness::Town;
use crate::staff::Staff;
use crate::tables::numbers;

/// What staff may do in a random life, and with which choice.
type Deed = (u8, u8);

/// The facts and the status of a record, as a history tells them.
fn told(record: &Value) -> Map<String, Value> {
    const NOT_FACTS: [&str; 10] = [
        "id",
        "version",
        "demonstration",
        "rating",
        "last_confirmed",
        "created",
        "changed",
        "state",
        "allowed",
        "facilities",
    ];
    let mut fields = record.as_object().expect("a record").clone();
    for facility in record["facilities"].as_array().expect("facilities") {
        fields.insert(format!("facilities.{}", text(&facility["code"])), facility.clone());
    }
    fields.retain(|name, value| {
        !NOT_FACTS.contains(&name.as_str())
            && !value.is_null()
            && value.as_array().is_none_or(|a| !a.is_empty())
    });
    fields
}

/// The fields before a version.
fn undone(mut fields: Map<String, Value>, version: &Value) -> Map<String, Value> {
    for change in version["changes"].as_array().expect("changes") {
        let field = text(&change["field"]);
        let now = fields.remove(&field).unwrap_or_default();
        assert_eq!(now, change["new"], "{field} of version {}", version["version"]);
        if !change["old"].is_null() {
            fields.insert(field, change["old"].clone());
        }
    }
    fields
}

impl Town {
    /// Does something with a station; what is refused leaves it as it was.
    async fn deed(&self, by: &Staff, record: Value, (what, choice): Deed) -> Value {
        const STEPS: [&str; 7] = ["submit", "check", "publish", "reject", "suspend", "resume", "retire"];
        let n = usize::from(choice);
        let id = text(&record["id"]);
        let facility = format!("/api/v1/stations/{id}/facilities/{}", ["water", "seat", "wifi"][n % 3]);
        let reply = match what {
            0 => self.patch(by, &record, json!({ "name": format!("站{}", n % 3), "notes": null })).await,
            1 => self.patch(by, &record, json!({ "lat": 39.9 + 0.001 * f64::from(choice % 5), "lon": 119.61, "crs": "gcj02" })).await,
            2 => self.patch(by, &record, json!({ "notes": "备注", "aliases": (["别名", "又名"][..n % 3]), "hours": (["24/7", "09:00-17:00"][n % 2]) })).await,
            3 => self.patch(by, &record, json!({ "entrance": { "lat": 39.901, "lon": 119.611, "floor": format!("{n}") } })).await,
            4 => self.ask(Method::PUT, &facility).by(by).on(&record["version"]).sending(json!({ "working": (["ok", "broken"][n % 2]) })).send().await,
            5 => self.ask(Method::DELETE, &facility).by(by).on(&record["version"]).send().await,
            6 => self.post(format!("/api/v1/stations/{id}/confirmations")).by(by).sending(json!({ "how": "visit" })).send().await,
            7 => self.restored(by, &record, 1 + i64::from(choice) % record["version"].as_i64().expect("a version")).await,
            _ => self.step(by, &record, STEPS[n % 6]).await,
        };
        if reply.status.is_success() { reply.json() } else { record }
    }

    async fn restored(&self, by: &Staff, record: &Value, version: i64) -> crate::client::Reply {
        let path = format!("/api/v1/stations/{}/restore", text(&record["id"]));
        self.post(path)
            .by(by)
            .on(&record["version"])
            .sending(json!({ "version": version, "reason": "改错了" }))
            .send()
            .await
    }

    /// Leads a random life and checks that its history leads back through every version.
    async fn lives(&self, by: &Staff, deeds: &[Deed]) {
        let mut seen = vec![self.drafted(by, "站").await];
        for deed in deeds {
            let before = seen.last().expect("one").clone();
            let after = self.deed(by, before.clone(), *deed).await;
            if after["version"] != before["version"] {
                assert_eq!(after["version"].as_i64(), before["version"].as_i64().map(|v| v + 1), "no gap");
                seen.push(after);
            }
        }
        let history = self.history(by, &seen[0]).await;
        assert_eq!(history.len(), seen.len());
        let mut fields = told(seen.last().expect("one"));
        for (version, record) in history.iter().zip(seen.iter().rev()) {
            assert_eq!((&version["version"], &version["status"]), (&record["version"], &record["status"]));
            assert_eq!(fields, told(record), "version {}", version["version"]);
            fields = undone(fields, version);
        }
        assert!(fields.is_empty(), "before the first version there was nothing: {fields:?}");
    }
}

both_engines! {
    async fn changes_lead_back_through_every_version(t: Town) {
        let admin = &t.staff("admin", Role::Admin, "").await;
        let mut runner = TestRunner::new_with_rng(Config::default(), proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha));
        let lives = proptest::collection::vec((0..12_u8, any::<u8>()), 25);
        for _ in 0..12 {
            let deeds = lives.new_tree(&mut runner).expect("deeds").current();
            t.lives(admin, &deeds).await;
        }
        assert_eq!(t.snapshot().revision(), numbers(&t.app.db, "SELECT revision FROM registry").await[0]);
        let audited = numbers(&t.app.db, "SELECT COUNT(*) FROM audit WHERE object_kind = 'station'").await;
        let kept = numbers(&t.app.db, "SELECT COUNT(*) FROM station_version").await;
        assert_eq!(audited, kept, "one entry for each version");
    }

    async fn every_version_can_be_had_back(t: Town) {
        let [_, district, _] = &t.chain().await;
        let mut record = t.drafted(district, "第一名").await;
        let mut seen = vec![record.clone()];
        for patch in [
            json!({ "name": "第二名", "lat": 39.941, "lon": 119.613, "crs": "bd09" }),
            json!({ "facilities": [{ "code": "water", "count": 2 }, { "code": "seat", "working": "broken" }] }),
            json!({ "entrance": { "lat": 39.935, "lon": 119.607, "floor": "2", "side": "北" }, "facilities": [] }),
            json!({ "keeper_name": "王站长", "hours": null, "hours_text": "看情况", "area_m2": 35.5 }),
        ] {
            let reply = t.patch(district, &record, patch).await;
            assert_eq!(reply.status, 200, "{}", reply.text());
            record = reply.json();
            seen.push(record.clone());
        }
        for old in &seen {
            let reply = t.restored(district, &record, old["version"].as_i64().expect("a version")).await;
            assert_eq!(reply.status, 200, "{}", reply.text());
            record = reply.json();
            assert_eq!(told(&record), told(old), "version {}", old["version"]);
        }
        assert_eq!(t.restored(district, &record, 99).await.status, 422);
        let newest = &t.history(district, &record).await[0];
        assert_eq!((&newest["action"], &newest["reason"]), (&"restore".into(), &"改错了".into()));
    }

    async fn a_station_from_before_has_its_first_version_too(t: Town) {
        let [_, district, _] = &t.chain().await;
        let station = t.station("老驿站").district("130302").open().await;
        crate::tables::execute(&t.app.db, "DELETE FROM station_version").await;
        let record = t.record(district, &station.id.to_string()).await;
        t.patch(district, &record, json!({ "name": "新驿站" })).await;
        let history = t.history(district, &record).await;
        let actions: Vec<_> = history.iter().map(|v| text(&v["action"])).collect();
        assert_eq!(actions, ["patch", "recorded"]);
        assert_eq!(history[0]["changes"], json!([{ "field": "name", "old": "老驿站", "new": "新驿站" }]));
        assert_eq!(history[1]["by"], Value::Null);
    }

    async fn a_confirmation_is_shown_to_workers_and_needs_no_version(t: Town) {
        let [_, district, _] = &t.chain().await;
        let draft = t.drafted(district, "草稿").await;
        let path = |record: &Value| format!("/api/v1/stations/{}/confirmations", text(&record["id"]));
        assert_eq!(t.post(path(&draft)).by(district).sending(json!({ "how": "visit" })).send().await.status, 409);
        let station = t.station("驿站").district("130302").open().await;
        let record = t.record(district, &station.id.to_string()).await;
        let reply = t.post(path(&record)).by(district).sending(json!({ "how": "phone", "note": "问过前台" })).send().await;
        assert_eq!((reply.status.as_u16(), reply.header("etag")), (201, "\"v2\""));
        assert_eq!(reply.json()["last_confirmed"], "2026-11-24T10:00:00+08:00");
        assert_eq!(t.list().features().await[0]["properties"]["last_confirmed"], "2026-11-24T10:00:00+08:00");
        let wrong = t.post(path(&record)).by(district).sending(json!({ "how": "dream" })).send().await;
        assert_eq!(wrong.status, 400);
        let history = t.history(district, &record).await;
        assert_eq!((&history[0]["action"], &history[0]["reason"], &history[0]["changes"]), (&"confirm".into(), &"问过前台".into(), &json!([])));
    }

    async fn a_history_is_read_page_by_page(t: Town) {
        let [_, district, _] = &t.chain().await;
        let mut record = t.drafted(district, "站0").await;
        for i in 1..7 {
            record = t.patch(district, &record, json!({ "name": format!("站{i}") })).await.json();
        }
        let mut walked = Vec::new();
        let mut next = String::new();
        loop {
            let path = format!("/api/v1/stations/{}/history?limit=3{next}", text(&record["id"]));
            let page = t.get(path).by(district).json().await;
            walked.extend(page["items"].as_array().expect("items").clone());
            let Some(cursor) = page.get("next") else { break };
            next = format!("&cursor={}", text(cursor));
        }
        assert_eq!(walked, t.history(district, &record).await);
        assert_eq!(walked.len(), 7);
    }

    async fn an_import_is_in_the_history_and_once_in_the_audit(t: Town) {
        let file = t.file("two.csv", "站点编号,站点名称,经度,纬度,区县,站长,站长电话,别名\nA-1,一站,119.6,39.93,海港区,王五,13800138000,码头站、老站\nA-2,二站,119.61,39.93,海港区,,,\n");
        let run = t.program(["import".as_ref(), file.as_os_str(), "--publish".as_ref()]).await;
        assert_eq!(run.status, Some(0), "{}", run.said);
        let file = t.file("two.csv", "站点编号,站点名称,经度,纬度\nA-1,一站改,119.6,39.93\n");
        t.program(["import".as_ref(), file.as_os_str()]).await;
        let [_, district, _] = &t.chain().await;
        let page = t.get("/api/v1/registry?q=A-1").by(district).json().await;
        let record = &page["items"][0];
        assert_eq!((&record["keeper_name"], &record["aliases"]), (&"王五".into(), &json!(["码头站", "老站"])));
        let history = t.history(district, record).await;
        let told: Vec<_> = history.iter().map(|v| (text(&v["action"]), text(&v["via"]))).collect();
        assert_eq!(told, [("import", "command"), ("import", "command")].map(|(a, v)| (a.to_owned(), v.to_owned())));
        assert_eq!(history[0]["changes"], json!([{ "field": "name", "old": "一站", "new": "一站改" }]));
        let audited = numbers(&t.app.db, "SELECT COUNT(*) FROM audit WHERE action = 'station.import'").await;
        assert_eq!(audited, [2]);
        assert_eq!(t.list().with("q", "laozhan").names().await, ["一站改"], "workers find it by its other name");
    }
}

/// What a careless service would write: the name, whatever version is there.
const CARELESS: &str = "UPDATE station SET version = version + 1, name = $2 WHERE id = $1";

both_engines! {
    async fn of_two_writers_at_once_exactly_one_wins(t: Town) {
        let [_, district, city] = &t.chain().await;
        for round in 0..8 {
            let checked = t.steps(t.drafted(district, "站").await, &[(district, "submit"), (district, "check")]).await;
            let (publish, patch) = tokio::join!(
                t.step(city, &checked, "publish"),
                t.patch(district, &checked, json!({ "name": format!("改名{round}") })),
            );
            let mut statuses = [publish.status.as_u16(), patch.status.as_u16()];
            statuses.sort_unstable();
            assert_eq!(statuses, [200, 412], "round {round}: {} {}", publish.text(), patch.text());
            let (a, b) = tokio::join!(
                t.patch(district, &checked, json!({ "phone": "0335-1" })),
                t.step(city, &checked, "publish"),
            );
            assert_eq!([a.status.as_u16(), b.status.as_u16()], [412, 412], "both are late now");
        }
        t.station("别的").store(Status::Draft).await;
    }

    async fn without_the_guard_an_update_would_be_lost(t: Town) {
        let station = t.station("站").district("130302").open().await;
        let id = station.id.to_string();
        // Two editors saw version 1. Each writes what he saw with his own change, one after the other.
        for name in ["甲的改动", "乙的改动"] {
            let mut tx = t.app.db.begin().await.unwrap();
            let done = in_tx!(tx, c => sqlx::query(CARELESS).bind(&id).bind(name).execute(c).await.map(drop));
            done.unwrap();
            tx.commit().await.unwrap();
        }
        let careless = crate::tables::texts(&t.app.db, "SELECT name FROM station".to_owned()).await;
        assert_eq!(careless, ["乙的改动"], "the first editor's change is lost and nobody was told");
        // The service's own way: the second is told.
        let district = &t.staff("clerk", Role::District, "130302").await;
        let seen = t.record(district, &id).await;
        let first = t.patch(district, &seen, json!({ "name": "甲的改动" })).await;
        let second = t.patch(district, &seen, json!({ "name": "乙的改动" })).await;
        assert_eq!((first.status.as_u16(), second.status.as_u16()), (200, 412));
        assert_eq!(t.record(district, &id).await["name"], "甲的改动");
    }
}
