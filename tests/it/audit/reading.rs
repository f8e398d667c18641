//! Reading the log: by auditors, within their districts, filtered and page by page.

use serde_json::Value;
use yizhan::accounts::{Actor, Role, Via};

use super::entry;
use crate::client::{Ask, text};
use crate::harness::Town;
use crate::staff::Staff;

impl Town {
    fn log<'t>(&'t self, staff: &Staff) -> Ask<'t> {
        self.get("/api/v1/audit").by(staff)
    }
}

fn numbers(page: &Value) -> Vec<i64> {
    page["items"]
        .as_array()
        .expect("items")
        .iter()
        .map(|item| item["seq"].as_i64().expect("a number"))
        .collect()
}

both_engines! {
    async fn an_auditor_reads_who_wrote_what(t: Town) {
        let auditor = t.staff("shenji", Role::Auditor, "1303").await;
        let clerk = t.staff("banshi", Role::City, "1303").await;
        let by_clerk = Actor::person(clerk.id, Via::Session, &[], Vec::new());
        let actors = [by_clerk, Actor::system()];
        for number in 0..12 {
            t.note(&actors[number % 2], &entry(number)).await;
        }
        let page = t.log(&auditor).json().await;
        let (last, end) = (page["head"]["seq"].as_i64().unwrap(), &page["items"][0]);
        assert_eq!(numbers(&page), (1..=last).rev().collect::<Vec<_>>(), "newest first");
        assert_eq!((&end["via"], &end["by"], &end["action"]), (&"system".into(), &Value::Null, &"account.add".into()));
        assert_eq!(end["hash"], page["head"]["hash"]);
        assert_eq!((&end["at"], &end["detail"]["number"]), (&"2026-11-24T10:00:00+08:00".into(), &11.into()));
        let second = &page["items"][1];
        assert_eq!((text(&second["by"]["id"]), text(&second["by"]["name"])), (clerk.id.to_string(), "banshi".to_owned()));
        assert_eq!(second["object"], serde_json::json!({ "kind": "station", "id": "object-3" }));

        for (name, value, expected) in [
            ("account", clerk.id.to_string(), 6),
            ("action", "station.publish".to_owned(), 3),
            ("action", "station".to_owned(), 6),
            ("action", "stat".to_owned(), 0),
            ("object", "notice".to_owned(), 6),
            ("object", "notice:object-3".to_owned(), 1),
            ("object", "object-3".to_owned(), 2),
            ("district", "130304".to_owned(), 4),
            ("district", "13".to_owned(), 8),
            ("from", "2026-11-24T10:00:00.001+08:00".to_owned(), 0),
            ("to", "2026-11-24T10:00:00+08:00".to_owned(), 0),
        ] {
            let page = t.log(&auditor).with(name, &value).json().await;
            assert_eq!(numbers(&page).len(), expected, "{name}={value}");
        }
    }

    async fn the_pages_follow_one_another_while_more_is_written(t: Town) {
        let auditor = t.staff("shenji", Role::Auditor, "").await;
        for number in 0..9 {
            t.note(&Actor::command(), &entry(number)).await;
        }
        let whole = numbers(&t.log(&auditor).json().await);
        let (mut read, mut next) = (Vec::new(), Some("/api/v1/audit?limit=4".to_owned()));
        while let Some(address) = next {
            let reply = t.get(&address).by(&auditor).send().await;
            assert_eq!(reply.status, 200, "{}", reply.text());
            read.extend(numbers(&reply.json()));
            t.note(&Actor::command(), &entry(0)).await;
            next = reply.next_page();
        }
        assert_eq!(read, whole);
    }

    async fn an_auditor_of_a_district_reads_its_entries_only(t: Town) {
        let local = t.staff("difang", Role::Auditor, "130302").await;
        let clerk = t.staff("banshi", Role::City, "1303").await;
        for number in 0..9 {
            t.note(&Actor::command(), &entry(number)).await;
        }
        let page = t.log(&local).json().await;
        let districts: Vec<_> = page["items"].as_array().unwrap().iter().map(|i| text(&i["district"])).collect();
        assert_eq!(districts, ["130302"; 3]);
        assert_eq!(t.post("/api/v1/audit/verify").by(&local).send().await.status, 404);
        assert_eq!(t.log(&clerk).send().await.status, 403);
        assert_eq!(t.get("/api/v1/audit").send().await.status, 401);
        let wrong = t.log(&local).with("district", "130").with("account", "x").with("limit", 0).with("colour", 1).send().await;
        assert_eq!((wrong.status.as_u16(), wrong.json()["errors"].as_array().unwrap().len()), (400, 4));
    }

    async fn an_auditor_checks_the_whole_log(t: Town) {
        let auditor = t.staff("shenji", Role::Auditor, "1303").await;
        t.sign().await;
        let check = || t.post("/api/v1/audit/verify").by(&auditor).header("accept-language", "en");
        let clean = check().json().await;
        assert_eq!((&clean["ok"], &clean["head"]["signed"]), (&true.into(), &true.into()), "{clean}");
        assert_eq!(clean["head"]["at"], "2026-11-24T10:00:00+08:00");
        crate::tables::execute(&t.app.db, "UPDATE audit SET via = 'system' WHERE seq = 1").await;
        let found = check().json().await;
        let fault = &found["faults"][0];
        assert_eq!((&found["ok"], &fault["seq"], &fault["what"]), (&false.into(), &1.into(), &"changed".into()));
        assert_eq!(fault["detail"], "was changed: it is not what its hash says");
    }
}
