//! The life of a station: drafted, submitted, checked, published, changed, suspended, retired, and every step known.

use serde_json::{Value, json};
use yizhan::accounts::Role;

use crate::client::{Reply, text};
use crate::harness::Town;
use crate::staff::Staff;

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
        self.ask(axum::http::Method::PATCH, path).by(by).on(&record["version"]).sending(patch).send().await
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
