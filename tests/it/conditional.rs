//! Copies: a tag holds as long as nothing that it stands for has changed.

use yizhan::stations::model::Status;

use crate::arrange::CENTRE;
use crate::harness::Town;

const TILE: &str = "/tiles/stations/0/0/0.mvt";

/// The tag of an address as of an instant.
async fn tag(t: &Town, path: &str, at: &str) -> String {
    let reply = t.get(path).with("at", at).send().await;
    assert!(reply.header("etag").starts_with("W/\""), "{path}");
    assert_eq!(reply.header("cache-control"), "no-cache");
    reply.header("etag").to_owned()
}

/// The status for a client that holds a tag.
async fn again(t: &Town, path: &str, tag: &str) -> u16 {
    let reply = t.get(path).header("if-none-match", tag).send().await;
    assert!(reply.status != 304 || reply.body.is_empty());
    reply.status.as_u16()
}

both_engines! {
    async fn who_has_the_answer_already_is_told_so(t: Town) {
        let station = t.station("站").hours("08:00-18:00").open().await;
        let sheet = format!("/api/v1/stations/{}", station.id);
        let nearest = format!("/api/v1/stations/nearest?lat={}&lon={}", CENTRE.1, CENTRE.0);
        for path in ["/api/v1/stations", &nearest, &sheet, TILE, "/tiles/stations.json", "/tiles/base/9/425/194.mvt"] {
            let first = t.get(path).send().await;
            let tag = first.header("etag");
            assert!(!tag.is_empty(), "{path}");
            assert_eq!(again(&t, path, tag).await, 304, "{path}");
            assert_eq!(again(&t, path, &format!("\"other\", {tag}")).await, 304, "{path}");
            assert_eq!(again(&t, path, "*").await, 304, "{path}");
            assert_eq!(again(&t, path, "W/\"other\"").await, first.status.as_u16(), "{path}");
        }
    }

    async fn a_tag_lives_as_long_as_the_states(t: Town) {
        t.station("站").hours("08:00-18:00").open().await;
        // Every process of the service gives the same tag, and it holds from one transition to the next.
        let told = async |now: &str| t.at(now).await.list().send().await.header("etag").to_owned();
        let morning = told("2026-11-24T08:00:00+08:00").await;
        assert_eq!(told("2026-11-24T17:29:59+08:00").await, morning);
        let soon = told("2026-11-24T17:31:00+08:00").await;
        assert_ne!(soon, morning);
        assert_eq!(told("2026-11-24T17:59:59+08:00").await, soon);
        let closed = told("2026-11-24T18:00:00+08:00").await;
        assert_ne!(closed, soon);
        assert_ne!(told("2026-11-25T00:00:00+08:00").await, closed);
    }

    async fn a_tag_never_outlives_a_state(t: Town) {
        let station = t.station("站").hours("Mo-Fr 08:10-11:50,13:05-17:25; PH off").open().await;
        t.close(station.id, "2026-11-24T14:20:00+08:00", Some("2026-11-24T14:40:00+08:00")).await;
        let mut held = (String::new(), String::new());
        for minute in 0..24 * 60 {
            let at = format!("2026-11-24T{:02}:{:02}:30+08:00", minute / 60, minute % 60);
            let snapshot = t.snapshot();
            let version = format!("{:?}", snapshot.version(crate::arrange::instant(&at)));
            let moment = yizhan::stations::snapshot::Moment::new(crate::arrange::instant(&at), snapshot.zone());
            let state = format!("{:?}", snapshot.entries().next().unwrap().state(&moment));
            assert!(held.0 != version || held.1 == state, "{at}: {version} {state} {}", held.1);
            held = (version, state);
        }
    }

    async fn a_change_of_the_registry_makes_new_tags(t: Town) {
        let mut station = t.station("站").open().await;
        let at = "2026-11-24T10:00:00+08:00";
        let mut tags = vec![(tag(&t, "/api/v1/stations", at).await, tag(&t, TILE, at).await)];
        "新名".clone_into(&mut station.facts.name);
        t.put(&station).await;
        tags.push((tag(&t, "/api/v1/stations", at).await, tag(&t, TILE, at).await));
        station.status = Status::Suspended;
        t.put(&station).await;
        tags.push((tag(&t, "/api/v1/stations", at).await, tag(&t, TILE, at).await));
        t.close(station.id, at, None).await;
        tags.push((tag(&t, "/api/v1/stations", at).await, tag(&t, TILE, at).await));
        for (i, later) in tags.iter().enumerate() {
            assert!(tags[..i].iter().all(|t| t.0 != later.0 && t.1 != later.1), "{tags:?}");
        }
    }

    async fn a_tag_belongs_to_one_question_in_one_language(t: Town) {
        t.station("站").open().await;
        let told = async |path: &str, language: &'static str| {
            let reply = t.get(path).header("accept-language", language).send().await;
            assert!(reply.headers.get_all("vary").iter().any(|v| v == "accept-language"));
            reply.header("etag").to_owned()
        };
        let own = told("/api/v1/stations", "zh").await;
        assert_eq!(told("/api/v1/stations", "zh-CN").await, own);
        assert_ne!(told("/api/v1/stations", "en").await, own);
        assert_ne!(told("/api/v1/stations?limit=1", "zh").await, own);
        let reply = t.get("/api/v1/stations").header("accept-language", "en").header("if-none-match", own).send().await;
        assert_eq!(reply.status, 200);
    }

    async fn a_tag_is_forgotten_when_the_question_is_wrong(t: Town) {
        let reply = t.get("/api/v1/stations?limit=0").header("if-none-match", "*").send().await;
        assert_eq!((reply.status.as_u16(), reply.header("etag")), (400, ""));
    }
}
