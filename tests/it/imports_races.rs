//! Two at once, and a server that stops: one wins, the other is told, and nothing is half done.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use sqlx::AssertSqlSafe;
use yizhan::accounts::Role;
use yizhan::{in_tx, on};

use crate::client::text;
use crate::harness::Town;
use crate::imports::list;

const ROW: &str = "YZ-1,海港银行驿站,海港区,文化路1号,119.6,39.93,24小时,饮水";

async fn count(town: &Town, sql: &'static str) -> i64 {
    let db = &town.app.db;
    on!(db, pool => sqlx::query_scalar::<_, i64>(sql).fetch_one(pool).await).expect("counted")
}

/// Writes past the service, as no server does.
async fn outside(town: &Town, sql: &'static str) {
    let mut tx = town.app.db.begin().await.expect("a transaction");
    in_tx!(tx, c => sqlx::query(AssertSqlSafe(sql)).execute(c).await.map(drop)).expect(sql);
    tx.commit().await.expect("committed");
}

both_engines! {
    async fn of_two_who_commit_one_import_at_once_one_is_told(town: Town) {
        let clerk = town.staff("clerk", Role::City, "").await;
        for n in 0..5 {
            let row = format!("YZ-{n},第{n}驿站,海港区,,119.5{n},39.93,,");
            let import = town.sent(&clerk, &list(&[&row]), json!({})).await;
            let commit = || town.on_import(&clerk, Method::POST, &import, "/commit", None);
            let (a, b, c) = tokio::join!(commit(), commit(), commit());
            let mut statuses = [a.status.as_u16(), b.status.as_u16(), c.status.as_u16()];
            statuses.sort_unstable();
            assert_eq!(statuses[0], 202, "{statuses:?}");
            assert!(statuses[1..].iter().all(|s| [409, 412].contains(s)), "{statuses:?}");
            assert_eq!(town.settled(&clerk, &import).await["state"], "committed");
        }
        assert_eq!(count(&town, "SELECT COUNT(*) FROM station").await, 5);
        assert_eq!(count(&town, "SELECT COUNT(*) FROM import_station").await, 5);
    }

    async fn of_two_imports_of_one_station_the_second_does_nothing_unseen(town: Town) {
        let clerks = [town.staff("a", Role::City, "").await, town.staff("b", Role::City, "").await];
        let first = town.sent(&clerks[0], &list(&[ROW]), json!({})).await;
        let other = ROW.replace("海港银行驿站", "海港银行新站");
        let second = town.sent(&clerks[1], &list(&[&other]), json!({})).await;
        assert_eq!((&first["plan"]["created"], &second["plan"]["created"]), (&json!(1), &json!(1)));
        let (a, b) = tokio::join!(
            town.on_import(&clerks[0], Method::POST, &first, "/commit", None),
            town.on_import(&clerks[1], Method::POST, &second, "/commit", None),
        );
        let (a_end, b_end) = (town.settled(&clerks[0], &first).await, town.settled(&clerks[1], &second).await);
        let ends = [&a_end, &b_end].map(|end| (text(&end["state"]), end["failed"]["code"].clone(), end["plan"]["updated"].clone()));
        assert_eq!(count(&town, "SELECT COUNT(*) FROM station").await, 1, "{ends:?}");
        let lost: Vec<_> = ends.iter().filter(|(state, ..)| state == "planned").collect();
        if a.status == StatusCode::ACCEPTED && b.status == StatusCode::ACCEPTED && !lost.is_empty() {
            assert_eq!(lost.len(), 1, "{ends:?}");
            assert_eq!((&lost[0].1, &lost[0].2), (&json!("registry_changed"), &json!(1)), "it is told what it would do now");
        }
        let again = if text(&b_end["state"]) == "planned" { (&clerks[1], &b_end) } else { (&clerks[0], &a_end) };
        if again.1["state"] == "planned" {
            assert_eq!(town.committed(again.0, again.1).await["state"], "committed", "whoever looked again goes on");
        }
    }

    async fn whoever_patches_a_version_that_is_gone_is_told(town: Town) {
        let clerk = town.staff("clerk", Role::City, "").await;
        let import = town.sent(&clerk, &list(&[ROW]), json!({})).await;
        let patch = |text: &str| json!({ "fixes": [{ "row": 2, "column": 1, "value": text }] });
        let (a, b) = tokio::join!(
            town.on_import(&clerk, Method::PATCH, &import, "", Some(patch("甲"))),
            town.on_import(&clerk, Method::PATCH, &import, "", Some(patch("乙"))),
        );
        let mut statuses = [a.status.as_u16(), b.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 412]);
        assert_eq!(town.import_now(&clerk, &import).await["version"], 2);
    }

    async fn an_import_is_not_undone_over_what_came_after(town: Town) {
        let clerk = town.staff("clerk", Role::City, "").await;
        let rows = [ROW, "YZ-2,海阳路驿站,海港区,,119.58,39.94,24小时,"];
        let import = town.sent(&clerk, &list(&rows), json!({ "publish": true })).await;
        let done = town.committed(&clerk, &import).await;
        assert_eq!(town.list().names().await.len(), 2);
        let station = town.get("/api/v1/registry?q=YZ-1").by(&clerk).json().await["items"][0].clone();
        let path = format!("/api/v1/stations/{}", text(&station["id"]));
        let changed = town.ask(Method::PATCH, path).by(&clerk).on(&station["version"]).sending(json!({ "phone": "12351" })).send().await;
        assert_eq!(changed.status, StatusCode::OK, "{}", changed.text());
        let refused = town.on_import(&clerk, Method::POST, &done, "/undo", None).await;
        assert_eq!((refused.status, &refused.json()["code"]), (StatusCode::CONFLICT, &json!("changed_since")));
        assert!(refused.text().contains(&text(&station["id"])), "it names the station: {}", refused.text());
        let now = town.import_now(&clerk, &done).await;
        assert_eq!((&now["undo"]["possible"], &now["undo"]["changed"], &now["state"]), (&json!(false), &json!([station["id"]]), &json!("committed")));
        assert_eq!(town.list().names().await.len(), 2, "nothing of it was undone");
    }

    async fn what_was_published_is_retired_and_followers_learn_of_it(town: Town) {
        let clerk = town.staff("clerk", Role::City, "").await;
        let import = town.sent(&clerk, &list(&[ROW]), json!({ "publish": true })).await;
        let done = town.committed(&clerk, &import).await;
        let id = text(&town.list().features().await[0]["properties"]["id"]);
        let since = town.snapshot().revision();
        let (a, b) = tokio::join!(
            town.on_import(&clerk, Method::POST, &done, "/undo", None),
            town.on_import(&clerk, Method::POST, &done, "/undo", None),
        );
        let mut statuses = [a.status.as_u16(), b.status.as_u16()];
        statuses.sort_unstable();
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

    async fn a_commit_that_its_server_did_not_end_is_planned_again(town: Town) {
        let clerk = town.staff("clerk", Role::City, "").await;
        let import = town.sent(&clerk, &list(&[ROW]), json!({})).await;
        // As a server leaves it that begins a commit and dies before its one transaction ends.
        outside(&town, "UPDATE import SET state = 'committing', version = version + 1").await;
        let stuck = town.import_now(&clerk, &import).await;
        assert_eq!((&stuck["state"], &stuck["progress"]), (&json!("committing"), &json!({ "done": 0, "of": 1 })));
        let busy = town.on_import(&clerk, Method::POST, &stuck, "/commit", None).await;
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
