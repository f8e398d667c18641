//! Whoever keeps a copy is told what changed, and never misses anything.

use std::collections::BTreeMap;

use serde_json::Value;
use yizhan::stations::model::{Station, Status};
use yizhan::stations::service;

use crate::arrange::{facts, scattered};
use crate::client::text;
use crate::commands::NOTICE;
use crate::harness::Town;

impl Town {
    /// Every change since a revision, page by page, and the revision that they lead to.
    async fn changes(&self, since: i64, limit: usize) -> (Vec<Value>, i64) {
        let mut next = Some(format!("/api/v1/stations/changes?since={since}&limit={limit}"));
        let (mut items, mut revision) = (Vec::new(), since);
        while let Some(path) = next {
            let reply = self.get(path).send().await;
            assert_eq!(reply.status, 200, "{}", reply.text());
            let page = reply.json();
            assert!(page["items"].as_array().unwrap().len() <= limit);
            items.extend(page["items"].as_array().unwrap().clone());
            revision = page["revision"].as_i64().unwrap();
            next = reply.next_page();
        }
        (items, revision)
    }

    /// The names of all stations by id.
    async fn names_by_id(&self) -> BTreeMap<String, String> {
        let all = self.list().with("limit", 200).all().await;
        all.iter().map(|f| (text(&f["id"]), text(&f["properties"]["name"]))).collect()
    }
}

fn names(items: &[Value]) -> Vec<&str> {
    items.iter().map(|i| i["station"]["properties"]["name"].as_str().unwrap_or("–")).collect()
}

both_engines! {
    async fn each_change_is_told_once_and_in_order(t: Town) {
        let mut first = t.station("甲").open().await;
        t.station("乙").open().await;
        t.station("草稿").store(Status::Draft).await;
        let (items, revision) = t.changes(0, 100).await;
        assert_eq!((names(&items), revision), (vec!["甲", "乙"], 2));
        "甲新".clone_into(&mut first.facts.name);
        t.put(&first).await;
        assert_eq!(names(&t.changes(0, 100).await.0), ["乙", "甲新"], "once, at its last change");
        let (items, revision) = t.changes(2, 100).await;
        assert_eq!((names(&items), revision), (vec!["甲新"], 3));
        assert_eq!(items[0]["station"]["properties"]["state"], "open");
        // What leaves the public is told as gone, and a notice is a change as well.
        t.close(first.id, "2026-11-24T09:00:00+08:00", None).await;
        assert_eq!(t.changes(3, 100).await.0[0]["station"]["properties"]["state"], "closed_by_notice");
        first.status = Status::Retired;
        t.put(&first).await;
        let (items, revision) = t.changes(4, 100).await;
        assert_eq!((names(&items), &items[0]["id"], revision), (vec!["–"], &first.id.to_string().into(), 5));
        assert_eq!(t.changes(5, 100).await.0.len(), 0);
        // A server that starts anew remembers the same.
        let fresh = t.reopened(|_| {}).await;
        assert_eq!(fresh.changes(0, 1).await, t.changes(0, 100).await);
    }

    async fn a_copy_that_follows_is_the_registry(t: Town) {
        let now = t.app.clock.now();
        let mut stations: Vec<Station> =
            scattered(30).map(|_| service::register(facts("站"), Status::Open, now)).collect();
        service::put_all(&t.app.db, &stations, now).await.unwrap();
        t.follow().await;
        let (mut copy, mut revision) = (t.names_by_id().await, t.snapshot().revision());
        for round in 0..12_usize {
            for (i, station) in stations.iter_mut().enumerate().filter(|(i, _)| i % 4 == round % 4) {
                station.facts.name = format!("站{round}-{i}");
                station.status = if (i + round) % 5 == 0 { Status::Suspended } else { Status::Open };
                station.status = if (i + round) % 7 == 0 { Status::Retired } else { station.status };
            }
            service::put_all(&t.app.db, &stations, now).await.unwrap();
            t.follow().await;
            let (items, reached) = t.changes(revision, 3).await;
            for item in items {
                match item["station"]["properties"]["name"].as_str() {
                    Some(name) => copy.insert(text(&item["id"]), name.to_owned()),
                    None => copy.remove(&text(&item["id"])),
                };
            }
            revision = reached;
            assert_eq!(copy, t.names_by_id().await, "round {round}");
        }
    }

    async fn where_everything_changed_the_copy_is_taken_anew(t: Town) {
        t.station("甲").open().await;
        let file = t.file("2027.csv", NOTICE);
        let run = t.program(["calendar".as_ref(), "import".as_ref(), file.as_os_str()]).await;
        assert_eq!(run.status, Some(0), "{}", run.said);
        let refused = t.get("/api/v1/stations/changes?since=1").send().await;
        assert_eq!((refused.status.as_u16(), &refused.json()["code"]), (409, &"too_old".into()));
        assert_eq!(t.changes(2, 10).await, (Vec::new(), 2));
        t.station("乙").open().await;
        assert_eq!(names(&t.changes(2, 10).await.0), ["乙"]);
    }

    async fn what_makes_no_sense_is_refused(t: Town) {
        for query in ["", "since=-1", "since=x", "since=0&cursor=x", "since=0&limit=0", "since=0&colour=red"] {
            assert_eq!(t.get(format!("/api/v1/stations/changes?{query}")).send().await.status, 400, "{query}");
        }
        let reply = t.get("/api/v1/stations/changes?since=0").send().await;
        let again = t.get("/api/v1/stations/changes?since=0").header("if-none-match", reply.header("etag")).send().await;
        assert_eq!(again.status, 304);
    }
}
