//! What a keeper tells besides his buttons: some hours of a day, and what changed at his station.

use axum::http::StatusCode;
use serde_json::json;
use yizhan::accounts::Role;
use yizhan::stations::model::{FacilityCode, Station};

use super::keeper::Phone;
use crate::client::text;
use crate::harness::Town;
use crate::staff::Staff;

async fn with_keeper(t: &Town) -> (Staff, Station, Phone<'_>) {
    let root = t.staff("root", Role::Admin, "").await;
    let draft = t.station("文化路驿站").district("130302").facility(FacilityCode::Water);
    let station = draft.facility(FacilityCode::JoinUnion).open().await;
    let phone = t.phone(&t.link(&root, &station).await, &station).await;
    (root, station, phone)
}

both_engines! {
    async fn some_hours_of_a_day_are_closed_and_taken_back(t: Town) {
        let (root, station, phone) = with_keeper(&t).await;
        let part = async |day, from, to| {
            let fields = [("do", "close_part"), ("day", day), ("from", from), ("to", to), ("reason", "停水")];
            phone.press(&fields).await
        };
        let state = async |at: &str| {
            let found = t.get(format!("/api/v1/stations/{}", station.id)).with("at", at).json().await;
            text(&found["properties"]["state"])
        };
        let open = state("2026-11-25T13:59:00+08:00").await;
        assert_eq!(part("2026-11-25", "14:00", "16:30").await.status, StatusCode::SEE_OTHER);
        assert_eq!(state("2026-11-25T13:59:00+08:00").await, "closing_soon", "before it");
        assert_eq!(state("2026-11-25T14:00:00+08:00").await, "closed_by_notice");
        assert_eq!(state("2026-11-25T16:29:00+08:00").await, "closed_by_notice");
        assert_eq!(state("2026-11-25T16:30:00+08:00").await, open, "after it");
        let page = phone.page().await.text();
        assert!(page.contains("14:00 到 16:30 不开"), "{page}");

        // What began already is closed from now on, and nothing is closed that is over.
        assert_eq!(part("2026-11-24", "00:00", "23:59").await.status, StatusCode::SEE_OTHER);
        assert_eq!(state("2026-11-24T23:58:00+08:00").await, "closed_by_notice");
        for (day, from, to) in [
            ("2026-11-25", "16:00", "16:00"), ("2026-11-25", "17:00", "16:00"), ("2026-11-24", "00:00", "00:01"),
            ("2026-11-23", "10:00", "11:00"), ("2026-11-25", "x", "11:00"), ("2026-11-25", "25:00", "26:00"), ("", "10:00", "11:00"),
        ] {
            let refused = part(day, from, to).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{day} {from} {to}");
            assert!(refused.text().contains("没有记下"), "{day} {from} {to}");
        }
        let notices = t.get("/api/v1/notices?when=all").by(&root).json().await;
        assert_eq!(notices["items"].as_array().unwrap().len(), 2, "{notices}");
        let later = notices["items"].as_array().unwrap().iter().find(|n| text(&n["from"]).starts_with("2026-11-25")).unwrap();
        let back = phone.press(&[("do", "reopen"), ("notice", &text(&later["id"]))]).await;
        assert_eq!(back.status, StatusCode::SEE_OTHER);
        assert_eq!(state("2026-11-25T14:00:00+08:00").await, open);
    }

    async fn what_changed_becomes_a_report_that_staff_answer(t: Town) {
        let (root, station, phone) = with_keeper(&t).await;
        let page = phone.page().await.text();
        assert!(page.contains("有变化，告诉工会"), "the question of 90 days: {page}");
        let told = phone.press(&[("do", "changed"), ("text", "入口改到楼后面了")]).await;
        assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", told.text());
        let page = t.get(told.header("location")).send().await.text();
        assert!(page.contains("已经告诉工会"), "{page}");
        let queue = t.get("/api/v1/reports").by(&root).json().await;
        let report = &queue["items"][0];
        assert_eq!((&report["kind"], &report["text"], &report["station"]["id"]), (&json!("other"), &json!("入口改到楼后面了"), &json!(station.id.to_string())));
        assert_eq!(queue["items"].as_array().unwrap().len(), 1);
        for nothing in ["", "   ", &"长".repeat(2_000)] {
            let refused = phone.press(&[("do", "changed"), ("text", nothing)]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        assert!(phone.page().await.text().contains("请核对"), "it still has to be confirmed");
    }

    async fn only_what_can_break_has_a_button_for_it(t: Town) {
        let (_, _, phone) = with_keeper(&t).await;
        let page = phone.page().await.text();
        assert!(page.contains(r#"name="facility" value="water""#), "{page}");
        assert!(page.contains(r#"id="join_union""#) && !page.contains(r#"value="join_union""#), "{page}");
    }

    async fn whoever_does_too_much_reads_a_page_with_a_way_on(t: Town) {
        let mut last = t.get("/k/x").header("accept", "text/html").from([192, 0, 2, 9]).send().await;
        for _ in 0..700 {
            if last.status != StatusCode::NOT_FOUND { break }
            last = t.get("/k/x").header("accept", "text/html").from([192, 0, 2, 9]).send().await;
        }
        assert_eq!(last.status, StatusCode::TOO_MANY_REQUESTS);
        assert!(last.header("content-type").starts_with("text/html") && !last.header("retry-after").is_empty());
        let page = last.text();
        assert!(page.contains("太频繁了") && page.contains("60 分钟") && page.contains(r#"href="/""#), "{page}");
        let program = t.get("/k/x").header("accept", "application/json").from([192, 0, 2, 9]).send().await;
        assert_eq!(program.json()["code"], "too_many_attempts", "a program reads a problem");
    }
}
