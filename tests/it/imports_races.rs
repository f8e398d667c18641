//! Two at once, and a server that stops: one wins, the other is told, and nothing is half done.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use sqlx::AssertSqlSafe;
use yizhan::accounts::Role;
use yizhan::{in_tx, on};

use crate::client::{Reply, text};
use crate::harness::Town;
use crate::imports::list;
use crate::imports_gate::{At, Gate, meet, queued};
use crate::staff::Staff;

const ROW: &str = "YZ-1,海港银行驿站,海港区,文化路1号,119.6,39.93,24小时,饮水";

async fn count(town: &Town, sql: &'static str) -> i64 {
    let db = &town.app.db;
    on!(db, pool => sqlx::query_scalar::<_, i64>(sql).fetch_one(pool).await).expect("counted")
}

const STATIONS: &str = "SELECT COUNT(*) FROM station";

impl Town {
    async fn commit(&self, by: &Staff, import: &Value) -> Reply {
        self.on_import(by, Method::POST, import, "/commit", None).await
    }

    async fn undo(&self, by: &Staff, import: &Value) -> Reply {
        self.on_import(by, Method::POST, import, "/undo", None).await
    }

    async fn rename(&self, by: &Staff, import: &Value, name: &str) -> Reply {
        let fixes = json!([{ "row": 2, "column": 1, "value": name }]);
        self.on_import(by, Method::PATCH, import, "", Some(json!({ "fixes": fixes }))).await
    }

    /// The first station that has such a text.
    async fn registered(&self, by: &Staff, text: &str) -> Value {
        self.get(format!("/api/v1/registry?q={text}")).by(by).json().await["items"][0].clone()
    }

    async fn change_phone(&self, by: &Staff, station: &Value) -> Reply {
        let path = format!("/api/v1/stations/{}", text(&station["id"]));
        let phone = json!({ "phone": "12351" });
        self.ask(Method::PATCH, path).by(by).on(&station["version"]).sending(phone).send().await
    }
}

/// The statuses of answers, the least first.
fn statuses(replies: &[&Reply]) -> Vec<u16> {
    let mut statuses: Vec<u16> = replies.iter().map(|reply| reply.status.as_u16()).collect();
    statuses.sort_unstable();
    statuses
}

/// Writes past the service, as no server does.
async fn outside(town: &Town, sql: &'static str) {
    let mut tx = town.app.db.begin().await.expect("a transaction");
    in_tx!(tx, c => sqlx::query(AssertSqlSafe(sql)).execute(c).await.map(drop)).expect(sql);
    tx.commit().await.expect("committed");
}

both_engines! {
    /// Fails where a step asks neither for the version of an import nor for its state.
    async fn of_three_who_commit_one_import_at_once_one_does(town: Town) {
        let clerk = town.staff("clerk", Role::City, "").await;
        let import = town.sent(&clerk, &list(&[ROW]), json!({})).await;
        let gate = Gate::shut(&town, At::Import).await;
        let open = async {
            queued(&town, &clerk, 3).await;
            gate.open().await;
        };
        let commit = || town.commit(&clerk, &import);
        let (a, b, c, ()) = tokio::join!(commit(), commit(), commit(), open);
        assert_eq!(statuses(&[&a, &b, &c]), [202, 412, 412]);
        assert_eq!(town.settled(&clerk, &import).await["state"], "committed");
        assert_eq!(count(&town, STATIONS).await, 1);
        assert_eq!(count(&town, "SELECT COUNT(*) FROM import_station").await, 1);
        assert_eq!(count(&town, "SELECT COUNT(*) FROM audit WHERE action = 'import.begin'").await, 1);
    }

    /// Fails where a step does not ask for the version of an import: something else than what its clerk saw would
    /// be committed.
    async fn what_was_changed_meanwhile_is_not_committed(town: Town) {
        let clerk = town.staff("clerk", Role::City, "").await;
        let import = town.sent(&clerk, &list(&[ROW]), json!({})).await;
        let gate = Gate::shut(&town, At::Import).await;
        let (renamed, committed) =
            meet(gate, &clerk, town.rename(&clerk, &import, "甲"), town.commit(&clerk, &import)).await;
        assert_eq!((renamed.status.as_u16(), committed.status.as_u16()), (200, 412));
        let now = town.settled(&clerk, &import).await;
        assert_eq!((&now["state"], &now["version"]), (&json!("planned"), &json!(2)));
        assert_eq!(count(&town, STATIONS).await, 0);
    }

    /// Fails where a change asks neither for the version of an import nor for its state.
    async fn what_is_being_committed_is_not_changed(town: Town) {
        let clerk = town.staff("clerk", Role::City, "").await;
        let import = town.sent(&clerk, &list(&[ROW]), json!({})).await;
        let gate = Gate::shut(&town, At::Import).await;
        let (committed, renamed) =
            meet(gate, &clerk, town.commit(&clerk, &import), town.rename(&clerk, &import, "甲")).await;
        assert_eq!((committed.status.as_u16(), renamed.status.as_u16()), (202, 412));
        assert_eq!(town.settled(&clerk, &import).await["state"], "committed");
        assert_eq!(town.registered(&clerk, "YZ-1").await["name"], "海港银行驿站");
    }

    /// Fails where a commit does not look whether the registry is as it was planned with. Without an official
    /// number nothing else keeps a station from being made twice.
    async fn of_two_imports_of_one_station_the_second_is_told(town: Town) {
        let row = ROW.replace("YZ-1", "");
        let clerks = [town.staff("a", Role::City, "").await, town.staff("b", Role::City, "").await];
        let [first, second] = [
            town.sent(&clerks[0], &list(&[&row]), json!({})).await,
            town.sent(&clerks[1], &list(&[&row.replace("24小时", "8:30-17:30")]), json!({})).await,
        ];
        assert_eq!((&first["plan"]["created"], &second["plan"]["created"]), (&json!(1), &json!(1)));
        let gate = Gate::shut(&town, At::Import).await;
        let (a, b) =
            meet(gate, &clerks[0], town.commit(&clerks[0], &first), town.commit(&clerks[1], &second)).await;
        assert_eq!(statuses(&[&a, &b]), [202, 202], "both saw a registry without the station");
        let ends = [town.settled(&clerks[0], &first).await, town.settled(&clerks[1], &second).await];
        assert_eq!(count(&town, STATIONS).await, 1, "{ends:?}");
        let lost = ends.iter().position(|end| end["state"] == "planned").expect("one of them came too late");
        assert_eq!(ends[1 - lost]["state"], "committed");
        let (failed, plan) = (&ends[lost]["failed"]["code"], &ends[lost]["plan"]["updated"]);
        assert_eq!((failed, plan), (&json!("registry_changed"), &json!(1)), "it is told what it would do now");
        let again = town.committed(&clerks[lost], &ends[lost]).await;
        assert_eq!(again["state"], "committed", "whoever looked again goes on");
    }

    /// Fails where a commit does not ask, as it ends, whether the import is its own still.
    async fn a_commit_that_another_server_took_back_does_nothing(town: Town) {
        let clerk = town.staff("clerk", Role::City, "").await;
        let import = town.sent(&clerk, &list(&[ROW]), json!({})).await;
        let gate = Gate::shut(&town, At::Registry).await;
        let starting = async {
            queued(&town, &clerk, 1).await;
            yizhan::imports::recover(&town.app.db, town.app.clock.now()).await.expect("taken back");
        };
        let open = async {
            if town.is_postgres() {
                // The other server starts while this one waits for the registry.
                while town.import_now(&clerk, &import).await["failed"]["code"] != "interrupted" {}
            } else {
                // The other server comes to the writer between the two transactions of the commit.
                queued(&town, &clerk, 2).await;
            }
            gate.open().await;
        };
        let (begun, (), ()) = tokio::join!(town.commit(&clerk, &import), starting, open);
        assert_eq!(begun.status, StatusCode::ACCEPTED, "{}", begun.text());
        let back = town.settled(&clerk, &import).await;
        assert_eq!((&back["state"], &back["failed"]["code"]), (&json!("planned"), &json!("interrupted")), "{back}");
        let again = town.committed(&clerk, &back).await;
        assert_eq!(again["state"], "committed", "{again}");
        assert_eq!((count(&town, STATIONS).await, count(&town, "SELECT COUNT(*) FROM import_station").await), (1, 1));
        let failed = "SELECT COUNT(*) FROM audit WHERE action = 'import.fail'";
        assert_eq!(count(&town, failed).await, 0, "what was taken back is not taken back again");
    }

    /// Fails where an undo does not look at the version of each station, or writes over a version that it has not
    /// seen.
    async fn a_station_that_is_being_changed_is_not_undone(town: Town) {
        let clerk = town.staff("clerk", Role::City, "").await;
        let import = town.sent(&clerk, &list(&[ROW]), json!({})).await;
        let done = town.committed(&clerk, &import).await;
        let station = town.registered(&clerk, "YZ-1").await;
        let gate = Gate::shut(&town, At::Audit).await;
        let (changed, undone) =
            meet(gate, &clerk, town.change_phone(&clerk, &station), town.undo(&clerk, &done)).await;
        assert_eq!((changed.status.as_u16(), undone.status.as_u16()), (200, 409), "{}", undone.text());
        assert_eq!(undone.json()["code"], "changed_since");
        assert!(undone.text().contains(&text(&station["id"])), "it names the station: {}", undone.text());
        let now = town.registered(&clerk, "YZ-1").await;
        assert_eq!((&now["status"], &now["version"]), (&json!("draft"), &json!(2)));
        assert_eq!(town.import_now(&clerk, &done).await["state"], "committed");
    }

    /// Fails where a change writes over a version that it has not seen.
    async fn a_station_that_is_being_undone_is_not_changed(town: Town) {
        let clerk = town.staff("clerk", Role::City, "").await;
        let import = town.sent(&clerk, &list(&[ROW]), json!({})).await;
        let done = town.committed(&clerk, &import).await;
        let station = town.registered(&clerk, "YZ-1").await;
        let gate = Gate::shut(&town, At::Audit).await;
        let (undone, changed) =
            meet(gate, &clerk, town.undo(&clerk, &done), town.change_phone(&clerk, &station)).await;
        assert_eq!((undone.status.as_u16(), changed.status.as_u16()), (200, 412), "{}", undone.text());
        let path = format!("/api/v1/stations/{}/history", text(&station["id"]));
        let history = town.get(path).by(&clerk).json().await["items"].clone();
        let actions: Vec<_> = history.as_array().unwrap().iter().map(|v| text(&v["action"])).collect();
        assert_eq!(actions, ["import_undo", "import"]);
    }

    /// Fails where a change does not ask for the version of an import.
    async fn whoever_patches_a_version_that_is_gone_is_told(town: Town) {
        let clerk = town.staff("clerk", Role::City, "").await;
        let import = town.sent(&clerk, &list(&[ROW]), json!({})).await;
        let gate = Gate::shut(&town, At::Import).await;
        let (a, b) =
            meet(gate, &clerk, town.rename(&clerk, &import, "甲"), town.rename(&clerk, &import, "乙")).await;
        assert_eq!(statuses(&[&a, &b]), [200, 412]);
        assert_eq!(town.import_now(&clerk, &import).await["version"], 2);
    }

    /// Fails where an undo does not look at the version of each station.
    async fn an_import_is_not_undone_over_what_came_after(town: Town) {
        let clerk = town.staff("clerk", Role::City, "").await;
        let rows = [ROW, "YZ-2,海阳路驿站,海港区,,119.58,39.94,24小时,"];
        let import = town.sent(&clerk, &list(&rows), json!({ "publish": true })).await;
        let done = town.committed(&clerk, &import).await;
        assert_eq!(town.list().names().await.len(), 2);
        let station = town.registered(&clerk, "YZ-1").await;
        let changed = town.change_phone(&clerk, &station).await;
        assert_eq!(changed.status, StatusCode::OK, "{}", changed.text());
        let refused = town.undo(&clerk, &done).await;
        assert_eq!((refused.status, &refused.json()["code"]), (StatusCode::CONFLICT, &json!("changed_since")));
        assert!(refused.text().contains(&text(&station["id"])), "it names the station: {}", refused.text());
        let now = town.import_now(&clerk, &done).await;
        assert_eq!((&now["undo"]["possible"], &now["undo"]["changed"], &now["state"]), (&json!(false), &json!([station["id"]]), &json!("committed")));
        assert_eq!(town.list().names().await.len(), 2, "nothing of it was undone");
    }

    /// Fails where the second of two undos does not see that the stations are written already.
    async fn what_was_published_is_retired_and_followers_learn_of_it(town: Town) {
        let clerk = town.staff("clerk", Role::City, "").await;
        let import = town.sent(&clerk, &list(&[ROW]), json!({ "publish": true })).await;
        let done = town.committed(&clerk, &import).await;
        let id = text(&town.list().features().await[0]["properties"]["id"]);
        let since = town.snapshot().revision();
        let gate = Gate::shut(&town, At::Import).await;
        let (a, b) = meet(gate, &clerk, town.undo(&clerk, &done), town.undo(&clerk, &done)).await;
        let statuses = statuses(&[&a, &b]);
        assert_eq!(statuses[0], 200, "{} {}", a.text(), b.text());
        assert!([409, 412].contains(&statuses[1]), "{statuses:?}");
        town.follow().await;
        assert!(town.list().features().await.is_empty());
        let changes = town.get(format!("/api/v1/stations/changes?since={since}")).json().await;
        assert!(changes.to_string().contains(&id), "{changes}");
        let history = town.get(format!("/api/v1/stations/{id}/history")).by(&clerk).json().await;
        assert_eq!((&history["items"][0]["action"], &history["items"][0]["status"]), (&json!("import_undo"), &json!("retired")));
        assert_eq!(history["items"].as_array().map(Vec::len), Some(2), "once");
        let audit = town.get("/api/v1/audit?limit=100").by(&town.staff("root", Role::Admin, "").await).json().await;
        let actions = audit["items"].as_array().unwrap().iter().map(|e| text(&e["action"])).collect::<Vec<_>>();
        for action in ["import.send", "import.begin", "station.import", "import.undo"] {
            assert_eq!(actions.iter().filter(|a| *a == action).count(), 1, "{action} in {actions:?}");
        }
    }

    /// Fails where a server that starts does not take back what was being committed.
    async fn a_commit_that_its_server_did_not_end_is_planned_again(town: Town) {
        let clerk = town.staff("clerk", Role::City, "").await;
        let import = town.sent(&clerk, &list(&[ROW]), json!({})).await;
        // As a server leaves it that begins a commit and dies before its one transaction ends.
        outside(&town, "UPDATE import SET state = 'committing', version = version + 1").await;
        let stuck = town.import_now(&clerk, &import).await;
        assert_eq!((&stuck["state"], &stuck["progress"]), (&json!("committing"), &json!({ "done": 0, "of": 1 })));
        let busy = town.commit(&clerk, &stuck).await;
        assert_eq!((busy.status, &busy.json()["code"]), (StatusCode::CONFLICT, &json!("wrong_state")));
        let restarted = town.reopened(|_| {}).await;
        let found: Value = restarted.import_now(&clerk, &import).await;
        assert_eq!((&found["state"], &found["failed"]["code"], &found["blocked"]), (&json!("planned"), &json!("interrupted"), &json!([])), "{found}");
        assert_eq!(count(&town, "SELECT COUNT(*) FROM station").await, 0);
        assert_eq!(restarted.committed(&clerk, &found).await["state"], "committed");
        assert_eq!(count(&town, "SELECT COUNT(*) FROM station").await, 1);
    }

    async fn a_discarded_import_is_gone_with_its_file(town: Town) {
        let clerk = town.staff("clerk", Role::City, "").await;
        let import = town.sent(&clerk, &list(&[ROW]), json!({})).await;
        let gone = town.on_import(&clerk, Method::DELETE, &import, "", None).await;
        assert_eq!(gone.status, StatusCode::NO_CONTENT);
        let path = format!("/api/v1/imports/{}", text(&import["id"]));
        assert_eq!(town.get(path).by(&clerk).send().await.status, StatusCode::NOT_FOUND);
        assert_eq!(count(&town, "SELECT COUNT(*) FROM import_file").await, 0);
        assert_eq!(town.get("/api/v1/imports").by(&clerk).json().await["items"], json!([]));
    }
}
