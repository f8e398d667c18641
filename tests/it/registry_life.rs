//! The life of a station: drafted, submitted, checked, published, changed, suspended, retired, and every step known.

use axum::http::Method;
use serde_json::{Value, json};
use yizhan::accounts::Role;
use yizhan::stations::model::Status;

use crate::client::{Reply, text};
use crate::harness::Town;
use crate::staff::Staff;
use crate::tables::execute;

impl Town {
    /// Everybody of a chain of approval: grass-roots, district and city union.
    pub(crate) async fn chain(&self) -> [Staff; 3] {
        [
            self.staff("grassroots", Role::Grassroots, "130302").await,
            self.staff("district", Role::District, "130302").await,
            self.staff("city", Role::City, "1303").await,
        ]
    }

    /// Drafts a station in 海港区.
    pub(crate) async fn drafted(&self, by: &Staff, name: &str) -> Value {
        let body = json!({ "name": name, "lat": 39.93, "lon": 119.6, "hours": "24/7", "district": "130302" });
        let reply = self.post("/api/v1/stations").by(by).sending(body).send().await;
        assert_eq!(reply.status, 201, "{}", reply.text());
        reply.json()
    }

    /// Takes a step with a record as it was seen.
    pub(crate) async fn step(&self, by: &Staff, record: &Value, step: &str) -> Reply {
        let path = format!("/api/v1/stations/{}/{step}", text(&record["id"]));
        self.post(path).by(by).on(&record["version"]).sending(json!({ "reason": "按规定" })).send().await
    }

    /// Takes steps that succeed, and gives the record after them.
    pub(crate) async fn steps(&self, record: Value, steps: &[(&Staff, &str)]) -> Value {
        let mut record = record;
        for (by, step) in steps {
            let reply = self.step(by, &record, step).await;
            assert_eq!(reply.status, 200, "{step}: {}", reply.text());
            record = reply.json();
        }
        record
    }

    /// Changes facts with a record as it was seen.
    pub(crate) async fn patch(&self, by: &Staff, record: &Value, patch: Value) -> Reply {
        let path = format!("/api/v1/stations/{}", text(&record["id"]));
        self.ask(Method::PATCH, path).by(by).on(&record["version"]).sending(patch).send().await
    }

    /// The versions of a station, newest first.
    pub(crate) async fn history(&self, by: &Staff, record: &Value) -> Vec<Value> {
        let path = format!("/api/v1/stations/{}/history?limit=100", text(&record["id"]));
        self.get(path).by(by).json().await["items"].as_array().expect("items").clone()
    }
}

both_engines! {
    async fn a_draft_comes_to_the_public_and_goes_again(t: Town) {
        let [grassroots, district, city] = &t.chain().await;
        let draft = t.drafted(grassroots, "海港工会驿站").await;
        assert_eq!((&draft["status"], &draft["version"], &draft["district"]), (&"draft".into(), &1.into(), &"130302".into()));
        assert_eq!(draft["allowed"], json!(["edit", "submit", "facility", "restore"]));
        assert!(t.list().names().await.is_empty() && t.snapshot().revision() == 0, "a draft wakes nobody");

        let checked = t.steps(draft, &[(grassroots, "submit"), (district, "check")]).await;
        assert_eq!(checked["status"], "checked");
        let reply = t.step(city, &checked, "publish").await;
        assert_eq!((reply.status.as_u16(), reply.header("etag"), reply.header("x-registry-revision")), (200, "\"v4\"", "1"));
        let open = reply.json();
        assert_eq!((&open["status"], &open["state"]["state"]), (&"open".into(), &"open".into()));
        assert_eq!(t.list().names().await, ["海港工会驿站"], "at once, without a wait");

        let suspended = t.steps(open, &[(district, "suspend")]).await;
        assert_eq!(t.list().with("state", "suspended").names().await, ["海港工会驿站"]);
        let retired = t.steps(suspended, &[(district, "resume"), (district, "suspend"), (city, "retire")]).await;
        assert!(t.list().names().await.is_empty());
        assert_eq!(retired["allowed"], json!([]));
        let history = t.history(grassroots, &retired).await;
        let told: Vec<_> = history.iter().map(|v| (text(&v["action"]), text(&v["by"]["name"]))).collect();
        let expected = [
            ("retire", "city"), ("suspend", "district"), ("resume", "district"), ("suspend", "district"),
            ("publish", "city"), ("check", "district"), ("submit", "grassroots"), ("create", "grassroots"),
        ];
        assert_eq!(told, expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
        assert_eq!(history[0]["changes"], json!([{ "field": "status", "old": "suspended", "new": "retired" }]));
        assert_eq!(history[0]["reason"], "按规定");
        assert_eq!(history[7]["changes"].as_array().expect("changes").iter().filter(|c| c["old"] != Value::Null).count(), 0);
    }
}

both_engines! {
    async fn navigation_leads_to_the_door_and_not_to_the_middle(t: Town) {
        let [_, district, _] = &t.chain().await;
        let station = t.station("驿站").district("130302").at(119.6, 39.93).open().await;
        let nav = async || t.get(format!("/api/v1/stations/{}", station.id)).json().await["properties"]["nav"].clone();
        let (middle, record) = (nav().await, t.record(district, &station.id.to_string()).await);
        assert!(text(&middle["geo"]).contains("39.930000,119.600000"), "{middle}");
        let door = json!({ "entrance": { "lat": 39.9305, "lon": 119.6012, "floor": "1", "side": "北" } });
        let reply = t.patch(district, &record, door).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        assert!(text(&nav().await["geo"]).contains("39.930500,119.601200"));
        let reply = t.patch(district, &reply.json(), json!({ "entrance": { "floor": null } })).await.json();
        assert_eq!(reply["entrance"], json!({ "lat": 39.9305, "lon": 119.6012, "floor": null, "side": "北" }));
        let moved = t.patch(district, &reply, json!({ "lat": 39.99, "lon": 119.6 })).await;
        assert_eq!((moved.status.as_u16(), text(&moved.json()["errors"][0]["field"])), (422, "entrance".to_owned()));
        let moved = t.patch(district, &reply, json!({ "lat": 39.99, "lon": 119.6, "entrance": null })).await;
        assert_eq!(moved.status, 200, "{}", moved.text());
        assert!(text(&nav().await["geo"]).contains("39.990000,119.600000"));
    }

    async fn what_was_written_before_is_found_after_a_start(t: Town) {
        let [_, district, _] = &t.chain().await;
        for i in 0..3 {
            t.station(&format!("海港驿站{i}")).district("130302").store(Status::Draft).await;
        }
        execute(&t.app.db, "UPDATE station SET search = NULL").await;
        assert_eq!(t.get("/api/v1/registry?q=haigang").by(district).json().await["total"], 0);
        let revision = t.snapshot().revision();
        let again = t.reopened(|_| {}).await;
        let found = again.get("/api/v1/registry?q=haigang").by(district).json().await;
        assert_eq!((&found["total"], &found["items"][0]["version"]), (&3.into(), &1.into()), "no fact has changed");
        assert_eq!(again.snapshot().revision(), revision);
    }

    async fn a_facility_is_there_works_and_goes(t: Town) {
        let [_, district, _] = &t.chain().await;
        let station = t.station("驿站").district("130302").open().await;
        let path = format!("/api/v1/stations/{}/facilities/heating", station.id);
        let put = async |version: &Value, body: Value| t.ask(Method::PUT, &path).by(district).on(version).sending(body).send().await;
        let body = json!({ "working": "ok", "season": "11-15/03-15", "hours": "08:00-20:00", "count": 2, "note": "二楼" });
        let reply = put(&1.into(), body).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        let expected = json!([{ "code": "heating", "working": "ok", "hours": "08:00-20:00", "season": "11-15/03-15", "count": 2, "note": "二楼" }]);
        assert_eq!(reply.json()["facilities"], expected);
        assert_eq!(t.list().with("facility", "heating").ids().await.len(), 1);
        let wrong = put(&2.into(), json!({ "working": "perhaps" })).await;
        assert_eq!((wrong.status.as_u16(), text(&wrong.json()["errors"][0]["field"])), (422, "working".to_owned()));
        assert_eq!(put(&2.into(), json!({ "working": "ok", "code": "water" })).await.status, 422);
        assert_eq!(put(&1.into(), json!({ "working": "broken" })).await.status, 412);
        assert_eq!(put(&2.into(), json!({ "working": "broken" })).await.status, 200);
        assert!(t.list().with("facility", "heating").ids().await.is_empty());
        let delete = async |version: &Value| t.ask(Method::DELETE, &path).by(district).on(version).send().await.status;
        assert_eq!((delete(&3.into()).await.as_u16(), delete(&4.into()).await.as_u16()), (200, 404));
        let none = format!("/api/v1/stations/{}/facilities/sauna", station.id);
        assert_eq!(t.ask(Method::DELETE, none).by(district).on(&json!(4)).send().await.status, 404);
    }

    async fn a_client_that_wrote_reads_its_own_write_from_another_server(t: Town) {
        let [_, district, _] = &t.chain().await;
        let station = t.station("旧名").district("130302").open().await;
        let second = t.reopened(|_| {}).await;
        let record = t.record(district, &station.id.to_string()).await;
        let reply = t.patch(district, &record, json!({ "name": "新名" })).await;
        let revision = reply.header("x-registry-revision").to_owned();
        assert_eq!(revision, "2");
        assert_eq!(second.list().header("x-min-revision", revision).names().await, ["新名"]);
    }

    async fn a_patch_that_changes_nothing_writes_nothing(t: Town) {
        let [_, district, _] = &t.chain().await;
        let station = t.station("驿站").district("130302").open().await;
        let record = t.record(district, &station.id.to_string()).await;
        let reply = t.patch(district, &record, json!({ "name": " 驿站 ", "notes": "", "aliases": null })).await;
        assert_eq!((reply.status.as_u16(), reply.header("etag")), (200, "\"v1\""));
        assert_eq!(t.history(district, &record).await.len(), 1);
    }
}
