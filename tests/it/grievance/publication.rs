//! What the public reads: what a reporter allowed and staff cleared, and nothing of who he is.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use yizhan::accounts::Role;

use super::{Centre, wish};
use crate::client::{Ask, Reply, text};
use crate::harness::Town;
use crate::staff::Staff;

/// A closed case; its id.
async fn closed(t: &Town, c: &Centre, key: &str, wish: Value) -> String {
    let id = t.seed(key, wish).await;
    let version = t.graded(c, id, true, "satisfied").await;
    t.stepped(id, version, [(&c.caller, Role::Caller, json!({ "action": "close" }))]).await;
    id.to_string()
}

/// Publishes a case as it is now, or takes it back.
async fn does(t: &Town, by: &Staff, method: Method, id: &str, body: Option<Value>) -> Reply {
    let now = t.get(format!("/api/v1/grievances/{id}")).by(by).send().await;
    let version = if now.status == StatusCode::OK { now.json()["version"].clone() } else { json!(1) };
    let ask = t.ask(method, format!("/api/v1/grievances/{id}/publication")).by(by).on(&version);
    body.into_iter().fold(ask, Ask::sending).send().await
}

fn good() -> Value {
    json!({ "title": "站点安排轮流休息", "text": "经协商，站点每 4 小时安排一次休息。" })
}

async fn published(t: &Town, query: &str) -> Value {
    t.get(format!("/api/v1/grievances/published{query}")).json().await
}

both_engines! {
    async fn what_is_cleared_is_read_by_anybody(t: Town) {
        let c = t.centre().await;
        let first = closed(&t, &c, "one", wish("anonymous")).await;
        let mut other = wish("named");
        other["category"] = json!("wages");
        let second = closed(&t, &c, "two", other).await;
        assert_eq!(published(&t, "").await, json!({ "items": [], "next": null }));
        let done = does(&t, &c.supervisor, Method::POST, &first, Some(good())).await;
        assert_eq!((done.status, done.header("etag")), (StatusCode::NO_CONTENT, "\"v8\""), "{}", done.text());
        let later = t.at("2026-11-25T09:00:00+08:00").await;
        let next = later.staff("next day", Role::Supervisor, "1303").await;
        let done = does(&later, &next, Method::POST, &second, Some(good())).await;
        assert_eq!(done.status, StatusCode::NO_CONTENT, "{}", done.text());

        let told = published(&t, "").await;
        assert_eq!(told["items"][1], json!({
            "id": first, "category": { "code": "rest", "name": "休息吃饭" }, "title": "站点安排轮流休息",
            "text": "经协商，站点每 4 小时安排一次休息。", "outcome": "solved", "outcome_words": "已解决", "published": "2026-11-24",
        }), "neither number nor hour");
        assert_eq!(told["items"][0]["category"]["code"], "wages", "the newest first");
        assert_eq!(published(&t, "?category=wages").await["items"].as_array().unwrap().len(), 1);
        let page = t.get("/api/v1/grievances/published?limit=1").send().await;
        let rest = t.get(page.next_page().unwrap()).json().await;
        assert_eq!((&rest["items"][0], &rest["next"]), (&told["items"][1], &json!(null)));
        let again = t.get("/api/v1/grievances/published").send().await;
        let known = t.get("/api/v1/grievances/published").header("if-none-match", again.header("etag")).send().await;
        assert_eq!(known.status, StatusCode::NOT_MODIFIED);

        let written = json!({ "title": "改过的标题", "text": "改过的话。" });
        assert_eq!(does(&later, &next, Method::POST, &first, Some(written)).await.status, StatusCode::NO_CONTENT);
        let changed = t.get("/api/v1/grievances/published").header("if-none-match", again.header("etag")).send().await;
        assert_eq!((changed.status, &changed.json()["items"][1]["title"]), (StatusCode::OK, &json!("改过的标题")));
        let (public, list) = (t.get(format!("/grievance/published/{first}")).send().await, t.get("/grievance/published").send().await);
        assert!(public.text().contains("改过的话。") && list.text().contains("改过的标题"), "{}", public.text());
        assert!(!list.text().contains("2026-000001") && !list.text().contains("10:00"), "neither number nor hour");
        let found = later.get(format!("/api/v1/grievances/{first}/publication")).by(&next).send().await;
        assert_eq!((&found.json()["title"], found.header("etag").is_empty()), (&json!("改过的标题"), false));
        let intake = later.get(format!("/api/v1/grievances/{first}/publication")).by(&later.signed_in(&c.intake).await).send().await;
        assert_eq!(intake.status, StatusCode::FORBIDDEN);
        later.takes(&second, &next, json!({ "action": "reopen", "text": "又犯了" })).await;
        assert_eq!(published(&t, "").await["items"].as_array().unwrap().len(), 1, "what is open again is not shown");
        assert_eq!(does(&later, &next, Method::DELETE, &first, None).await.status, StatusCode::NO_CONTENT);
        assert_eq!(published(&t, "").await["items"], json!([]));
        assert_eq!(does(&later, &next, Method::DELETE, &first, None).await.status, StatusCode::NOT_FOUND);
        assert_eq!(t.get(format!("/grievance/published/{first}")).send().await.status, StatusCode::NOT_FOUND);
        let log = later.get("/api/v1/audit").with("limit", 200).by(&later.staff("auditor", Role::Auditor, "").await).json().await;
        let noted = |action: &str| log["items"].as_array().unwrap().iter().filter(|e| e["action"] == action).count();
        assert_eq!((noted("grievance.publish"), noted("grievance.unpublish")), (3, 1));
        assert!(!log.to_string().contains("轮流休息"), "the log has no words of it");
    }

    async fn what_may_not_be_published_is_told(t: Town) {
        let c = t.centre().await;
        let open = t.seed("open", wish("named")).await.to_string();
        let mut unwilling = wish("named");
        unwilling["publish"] = json!(false);
        let unwilling = closed(&t, &c, "unwilling", unwilling).await;
        let secret = closed(&t, &c, "secret", wish("named")).await;
        let fine = closed(&t, &c, "fine", { let mut w = wish("named"); w["category"] = json!("wages"); w }).await;
        let hide = "UPDATE grievance_category SET is_confidential = TRUE WHERE code = 'rest'";
        let mut tx = t.app.db.begin().await.unwrap();
        yizhan::in_tx!(&mut tx, c => sqlx::query(hide).execute(c).await.map(drop)).unwrap();
        tx.commit().await.unwrap();
        for (id, code) in [(&open, "not_closed"), (&unwilling, "not_allowed"), (&secret, "confidential_category")] {
            let reply = does(&t, &c.supervisor, Method::POST, id, Some(good())).await;
            assert_eq!((reply.status, text(&reply.json()["code"])), (StatusCode::CONFLICT, code.to_owned()));
        }
        for (body, field, code) in [
            (json!({ "title": "王建国的事", "text": "好了。" }), "title", "name"),
            (json!({ "title": "好事", "text": "请拨 138 0000-0000。" }), "text", "phone"),
            (json!({ "title": "", "text": "好了。" }), "title", "missing"),
            (json!({ "title": "长".repeat(81), "text": "好了。" }), "title", "too_long"),
            (json!({ "title": "好事", "text": "长".repeat(3_001) }), "text", "too_long"),
        ] {
            let reply = does(&t, &c.supervisor, Method::POST, &fine, Some(body)).await;
            let errors = reply.json()["errors"].clone();
            assert_eq!((reply.status, text(&errors[0]["field"]), text(&errors[0]["code"])), (StatusCode::UNPROCESSABLE_ENTITY, field.to_owned(), code.to_owned()));
        }
        let stale = t.post(format!("/api/v1/grievances/{fine}/publication")).by(&c.supervisor).on(&json!(1)).sending(good()).send().await;
        assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
        let bare = t.post(format!("/api/v1/grievances/{fine}/publication")).by(&c.supervisor).sending(good()).send().await;
        assert_eq!(bare.status, StatusCode::PRECONDITION_REQUIRED);
        assert_eq!(does(&t, &c.intake, Method::POST, &fine, Some(good())).await.status, StatusCode::FORBIDDEN);
        let away = t.staff("away", Role::Supervisor, "130304").await;
        assert_eq!(does(&t, &away, Method::POST, &fine, Some(good())).await.status, StatusCode::NOT_FOUND);
        assert_eq!(published(&t, "").await["items"], json!([]));
        let listed = async |which: &str| {
            let asked = t.get("/api/v1/grievances").with("publication", which).by(&c.supervisor).json().await;
            asked["items"].as_array().unwrap().iter().map(|one| text(&one["id"])).collect::<Vec<_>>()
        };
        assert_eq!((listed("ready").await, listed("published").await), (vec![fine.clone()], vec![]), "one of four");
        assert_eq!(does(&t, &c.supervisor, Method::POST, &fine, Some(good())).await.status, StatusCode::NO_CONTENT);
        assert_eq!((listed("ready").await, listed("published").await), (vec![], vec![fine.clone()]));
        let ledger = t.get("/api/v1/grievances/ledger").with("publication", "published").by(&c.supervisor).json().await;
        assert_eq!(ledger["items"].as_array().unwrap().len(), 1);
        let wrong = t.get("/api/v1/grievances").with("publication", "soon").by(&c.supervisor).send().await;
        assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    }

    async fn the_reporters_own_words_are_published_only_where_that_is_meant(t: Town) {
        let c = t.centre().await;
        let mut own = wish("named");
        own["text"] = json!("我在站点送餐，已经连跑六个小时不让休息，请管一管。");
        let id = closed(&t, &c, "one", own).await;
        let mut copied = json!({ "title": "休息", "text": "工友说：送餐已经连跑六个小时不让休息请管一管" });
        let refused = does(&t, &c.supervisor, Method::POST, &id, Some(copied.clone())).await;
        assert_eq!((refused.status, text(&refused.json()["errors"][0]["code"])), (StatusCode::UNPROCESSABLE_ENTITY, "verbatim".to_owned()));
        copied["verbatim"] = json!(true);
        assert_eq!(does(&t, &c.supervisor, Method::POST, &id, Some(copied)).await.status, StatusCode::NO_CONTENT);
    }
}
