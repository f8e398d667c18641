//! What a city sets the centre up with: departments, categories, routing, subjects.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use yizhan::accounts::Role;

use super::{dispatch, slip, wish};
use crate::client::{Reply, text};
use crate::harness::Town;
use crate::staff::Staff;

const HERE: &str = "/api/v1/grievances";

pub(super) async fn patch(t: &Town, by: &Staff, path: &str, version: &Value, body: Value) -> Reply {
    t.ask(Method::PATCH, format!("{HERE}/{path}")).by(by).on(version).sending(body).send().await
}

async fn add(t: &Town, by: &Staff, what: &str, body: Value) -> Reply {
    t.post(format!("{HERE}/{what}")).by(by).sending(body).send().await
}

async fn put(t: &Town, by: &Staff, what: &str, items: Value) -> Reply {
    t.ask(Method::PUT, format!("{HERE}/{what}")).by(by).sending(json!({ "items": items })).send().await
}

async fn items(t: &Town, by: &Staff, what: &str) -> Vec<Value> {
    t.get(format!("{HERE}/{what}")).by(by).json().await["items"].as_array().unwrap().clone()
}

fn fields(reply: &Reply) -> Vec<String> {
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", reply.text());
    reply.json()["errors"].as_array().unwrap().iter().map(|e| text(&e["field"])).collect()
}

both_engines! {
    async fn departments_are_set_up_and_keep_their_cases(t: Town) {
        let city = t.staff("city", Role::City, "1303").await;
        let (handler, leader) = (t.staff("handler", Role::Handler, "130302").await, t.staff("leader", Role::Handler, "1303").await);
        let planner = t.staff("planner", Role::Planner, "1303").await;
        let new = json!({ "name": "权益保障部", "leader": leader.id, "members": [handler.id, leader.id, handler.id] });
        let made = add(&t, &city, "departments", new.clone()).await;
        assert_eq!((made.status, made.header("etag")), (StatusCode::CREATED, "\"v1\""), "{}", made.text());
        let made = made.json();
        assert_eq!((&made["leader"]["name"], &made["active"], &made["district"]), (&json!("leader"), &json!(true), &Value::Null));
        let names: Vec<_> = made["members"].as_array().unwrap().iter().map(|m| text(&m["name"])).collect();
        assert_eq!(names, ["handler", "leader"], "each once, by name");
        assert_eq!(fields(&add(&t, &city, "departments", new).await), ["name"], "a name is one department's");
        let wrong = json!({ "name": " ", "district": "130399", "leader": planner.id, "members": [handler.id, planner.id] });
        assert_eq!(fields(&add(&t, &city, "departments", wrong).await), ["name", "district", "leader", "members[1]"]);

        let path = format!("departments/{}", text(&made["id"]));
        let changed = patch(&t, &city, &path, &json!(1), json!({ "district": "130302", "leader": null })).await;
        assert_eq!(changed.status, StatusCode::OK, "{}", changed.text());
        assert_eq!((&changed.json()["district"], &changed.json()["leader"]), (&json!("130302"), &Value::Null));
        assert_eq!(changed.json()["members"].as_array().unwrap().len(), 2, "what is absent stays");
        assert_eq!(patch(&t, &city, &path, &json!(1), json!({ "name": "别的" })).await.status, StatusCode::PRECONDITION_FAILED);

        assert_eq!(items(&t, &handler, "departments").await.len(), 1);
        assert_eq!(items(&t, &planner, "departments").await.len(), 0, "names of staff are for those who have to do with cases");
        assert_eq!(add(&t, &handler, "departments", json!({ "name": "x" })).await.status, StatusCode::FORBIDDEN);

        let intake = t.staff("intake", Role::Intake, "1303").await;
        let slip = slip(&t.grievance("one", wish("named")).await);
        let id = t.id_of(&slip.number, &intake).await;
        let step = json!({ "action": "dispatch", "department": made["id"], "handler": handler.id });
        t.takes(&id, &intake, step).await;
        let refused = patch(&t, &city, &path, &json!(2), json!({ "active": false })).await;
        assert_eq!((refused.status, text(&refused.json()["code"])), (StatusCode::CONFLICT, "open_cases".to_owned()));
        assert!(text(&refused.json()["detail"]).contains("1 件"), "{}", refused.text());
        assert_eq!(t.reporter_does(&slip, "withdraw", "").await.status, StatusCode::OK);
        let done = patch(&t, &city, &path, &json!(2), json!({ "active": false })).await;
        assert_eq!((done.status, &done.json()["active"]), (StatusCode::OK, &json!(false)));
    }

    async fn categories_are_changed_and_one_stays(t: Town) {
        let city = t.staff("city", Role::City, "1303").await;
        let made = add(&t, &city, "categories", json!({ "code": "heat", "name": "高温", "name_en": "Heat", "urgency": "prompt" })).await;
        assert_eq!((made.status, &made.json()["order"]), (StatusCode::CREATED, &json!(10)), "the last: {}", made.text());
        assert_eq!(fields(&add(&t, &city, "categories", json!({ "code": "heat", "name": "高温", "name_en": "Heat" })).await), ["code"]);
        assert_eq!(fields(&add(&t, &city, "categories", json!({ "code": "A b", "order": 0 })).await), ["code", "name", "name_en", "order"]);
        let public = t.get(format!("{HERE}/categories")).json().await;
        assert_eq!(public["items"][9], json!({ "code": "heat", "name": "高温", "urgency": "prompt", "identity": ["named", "confidential", "anonymous"] }));

        let changed = patch(&t, &city, "categories/heat", &json!(1), json!({ "active": false, "confidential": true, "order": 1 })).await;
        assert_eq!((changed.status, &changed.json()["version"]), (StatusCode::OK, &json!(2)), "{}", changed.text());
        assert_eq!(fields(&patch(&t, &city, "categories/heat", &json!(2), json!({ "code": "cold" })).await), ["code"]);
        assert_eq!(patch(&t, &city, "categories/heat", &json!(1), json!({ "order": 2 })).await.status, StatusCode::PRECONDITION_FAILED);
        let all = items(&t, &city, "categories/all").await;
        assert_eq!((all.len(), t.get(format!("{HERE}/categories")).json().await["items"].as_array().unwrap().len()), (10, 9));
        assert!(all.iter().any(|c| c["code"] == "heat" && c["confidential"] == true && c["active"] == false));
        let mut late = wish("named");
        late["category"] = json!("heat");
        assert_eq!(t.filing("late", late).await.status, StatusCode::UNPROCESSABLE_ENTITY, "nobody files under it any more");
        let mut last = StatusCode::OK;
        for category in all.iter().filter(|c| c["active"] == true) {
            last = patch(&t, &city, &format!("categories/{}", text(&category["code"])), &json!(1), json!({ "active": false })).await.status;
        }
        assert_eq!(last, StatusCode::CONFLICT, "one stays");
        assert_eq!(t.get(format!("{HERE}/categories")).json().await["items"].as_array().unwrap().len(), 1);
    }

    async fn the_most_specific_rule_proposes_the_department(t: Town) {
        let (c, city) = (t.centre().await, t.staff("city", Role::City, "1303").await);
        let [rights, living] = &c.departments;
        let third = t.department("法律援助部", &c.leader, &[&c.handler]).await;
        let bad = json!([{ "category": "nothing", "district": "999999", "department": rights }, { "department": rights }, { "department": uuid::Uuid::nil() }]);
        assert_eq!(
            fields(&put(&t, &city, "routing", bad).await),
            ["items[0].category", "items[0].district", "items[2].department", "items[2].category"]
        );
        let slip = slip(&t.grievance("one", wish("named")).await);
        let id = t.id_of(&slip.number, &c.intake).await;
        let proposed = async || t.case(&id, &c.intake).await["proposed_department"].clone();
        assert_eq!(proposed().await, Value::Null, "no rule, no proposal");
        let mut rules = vec![json!({ "department": living })];
        for (rule, expected) in [
            (json!({ "district": "130302", "department": rights }), living),
            (json!({ "category": "rest", "department": third }), rights),
            (json!({ "category": "rest", "district": "130302", "department": living }), &third),
        ] {
            let set = put(&t, &city, "routing", json!(rules)).await;
            assert_eq!(set.status, StatusCode::OK, "{}", set.text());
            assert_eq!(text(&proposed().await["id"]), *expected, "{rules:?}");
            rules.push(rule);
        }
        put(&t, &city, "routing", json!(rules)).await;
        assert_eq!(proposed().await["name"], "生活保障部");
        assert_eq!(items(&t, &city, "routing").await.len(), 4);
        t.takes(&id, &c.intake, dispatch(&c)).await;
        assert_eq!(t.case(&id, &c.intake).await["department"]["id"], json!(rights), "intake decides");
    }

    async fn a_subject_is_of_the_list(t: Town) {
        let (c, city) = (t.centre().await, t.staff("city", Role::City, "1303").await);
        let slip = slip(&t.grievance("one", wish("named")).await);
        let id = t.id_of(&slip.number, &c.intake).await;
        let classify = |code: &str| json!({ "action": "classify", "subject": code });
        assert_eq!(fields(&t.tries(&id, &c.intake, classify("breaks")).await), ["subject"]);
        let list = json!([
            { "code": "breaks", "name": "不让歇", "theme": true, "measures": "写进排班表" },
            { "code": "old", "name": "旧主题", "active": false },
        ]);
        let set = put(&t, &city, "subjects", list).await;
        assert_eq!((set.status, set.json()["items"].as_array().unwrap().len()), (StatusCode::OK, 2), "{}", set.text());
        assert_eq!(fields(&t.tries(&id, &c.intake, classify("old")).await), ["subject"], "it is no longer set");
        assert_eq!(t.takes(&id, &c.intake, classify("breaks")).await["subject"], "breaks");
        let without = put(&t, &city, "subjects", json!([])).await;
        assert_eq!((without.status, text(&without.json()["code"])), (StatusCode::CONFLICT, "subject_used".to_owned()));
        let wrong = json!([{ "code": "breaks", "name": "不让歇" }, { "code": "breaks", "name": " " }, { "code": "X", "name": "长".repeat(61) }]);
        assert_eq!(fields(&put(&t, &city, "subjects", wrong).await), ["items[1].code", "items[1].name", "items[2].code", "items[2].name"]);
        assert_eq!(items(&t, &c.intake, "subjects").await[0]["measures"], "写进排班表");
    }
}
