//! What a case leads to, for staff and for its reporter.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use yizhan::accounts::Role;

use crate::client::{Reply, text};
use crate::harness::Town;
use crate::staff::Staff;

async fn link(t: &Town, by: &Staff, id: &str, kind: &str, object: &str) -> Reply {
    let version = t.case(id, by).await["version"].clone();
    let body = json!({ "kind": kind, "object": object, "note": "金丝雀备注" });
    t.post(format!("/api/v1/grievances/{id}/links")).by(by).on(&version).sending(body).send().await
}

both_engines! {
    async fn a_case_shows_what_became_of_what_it_led_to(t: Town) {
        let c = t.centre().await;
        let (slip, id) = t.begun(&c, "one", crate::grievance::wish("anonymous")).await;
        let station = t.station("河北大街驿站").district("130302").open().await;
        let number = t.locked(station.id).await.number;

        for (kind, object) in [("station", "nothing"), ("station", &uuid::Uuid::nil().to_string()), ("report", "HG-0"), ("benefit", " ")] {
            let refused = link(&t, &c.handler, &id, kind, object).await;
            assert_eq!((refused.status, &refused.json()["errors"][0]["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("object")), "{kind}");
        }
        for (kind, object) in [("station", station.id.to_string()), ("report", number.clone()), ("delivery", "保温箱 40 个".to_owned())] {
            let linked = link(&t, &c.handler, &id, kind, &object).await;
            assert_eq!(linked.status, StatusCode::OK, "{}", linked.text());
        }
        assert!(!crate::tables::everything(&t.app.db).await.contains("金丝雀备注"), "a note is sealed");
        let stale = t.post(format!("/api/v1/grievances/{id}/links")).by(&c.handler).on(&json!(1)).sending(json!({ "kind": "activity", "object": "x" })).send().await;
        assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
        let watcher = t.staff("watcher", Role::Caller, "1303").await;
        assert_eq!(link(&t, &watcher, &id, "activity", "讲座").await.status, StatusCode::FORBIDDEN);

        let later = t.at("2026-11-26T09:00:00+08:00").await;
        let admin = later.staff("admin", Role::Admin, "").await;
        let change = later.ask(Method::PATCH, format!("/api/v1/stations/{}", station.id)).by(&admin);
        let changed = change.on(&json!(station.version)).sending(json!({ "notes": "加了微波炉" })).send().await;
        assert_eq!(changed.status, StatusCode::OK, "{}", changed.text());
        later.follow().await;
        let case = later.case(&id, &admin).await;
        let links = case["links"].as_array().unwrap();
        assert_eq!(links.len(), 3);
        let of = |kind: &str| links.iter().find(|l| l["kind"] == kind).unwrap().clone();
        assert_eq!((&of("station")["name"], &of("station")["state"], &of("station")["changed"]), (&json!("河北大街驿站"), &json!("open"), &json!(["2026-11-26"])));
        assert_eq!((&of("report")["object"], &of("report")["state"]), (&json!(number), &json!("open")));
        assert_eq!((&of("delivery")["object"], &of("delivery")["note"], &of("delivery")["state"]), (&json!("保温箱 40 个"), &json!("金丝雀备注"), &Value::Null));
        let told = later.follow_up(&slip).await;
        let kinds: Vec<_> = told["links"].as_array().unwrap().iter().map(|l| text(&l["kind"])).collect();
        assert_eq!(kinds.len(), 2, "{kinds:?}");
        assert!(!kinds.contains(&"delivery".to_owned()) && !told["links"].to_string().contains("金丝雀"));

        let path = format!("/api/v1/grievances/{id}/links/station/{}", station.id);
        let clerk = t.staff("clerk", Role::Intake, "1303").await;
        let gone = t.ask(Method::DELETE, &path).by(&clerk).on(&case["version"]).send().await;
        assert_eq!((gone.status, gone.json()["links"].as_array().unwrap().len()), (StatusCode::OK, 2));
        let twice = t.ask(Method::DELETE, &path).by(&clerk).on(&gone.json()["version"]).send().await;
        assert_eq!(twice.status, StatusCode::NOT_FOUND);
    }
}
