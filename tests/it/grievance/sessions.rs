//! Reception days and the like: what was said, and many cases at once.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use yizhan::accounts::Role;

use super::wish;
use crate::client::{Reply, text};
use crate::harness::Town;
use crate::staff::Staff;

const HERE: &str = "/api/v1/grievances/sessions";

async fn raise(t: &Town, by: &Staff, id: &str, key: &str, cases: &Value) -> Reply {
    let ask = t.post(format!("{HERE}/{id}/cases")).by(by).header("idempotency-key", key);
    ask.sending(json!({ "cases": cases })).send().await
}

/// A case as it is written down in a session: channel, unit and district are the session's.
fn noted(identity: &str, words: &str) -> Value {
    let mut case = wish(identity);
    let fields = case.as_object_mut().unwrap();
    for field in ["channel", "unit", "district"] {
        fields.remove(field);
    }
    fields.insert("text".to_owned(), json!(words));
    case
}

both_engines! {
    async fn many_cases_are_raised_once_each(t: Town) {
        let c = t.centre().await;
        let new = json!({ "kind": "reception_day", "date": "2026-11-20", "leader": "王主席", "unit": "开发区工地",
            "district": "130302", "departments": [c.departments[0]], "minutes": "金丝雀纪要" });
        let made = t.post(HERE).by(&c.intake).sending(new).send().await;
        assert_eq!((made.status, made.header("etag")), (StatusCode::CREATED, "\"v1\""), "{}", made.text());
        let made = made.json();
        assert_eq!((&made["departments"][0]["name"], &made["minutes"]), (&json!("权益保障部"), &json!("金丝雀纪要")));
        assert!(!crate::tables::everything(&t.app.db).await.contains("金丝雀纪要"), "minutes are sealed");
        let id = text(&made["id"]);

        let mut bad = noted("named", "说了半句");
        bad["category"] = json!("nothing");
        let cases = json!([noted("named", "没有饮水"), bad, { "kind": "appeal" }, noted("anonymous", "不敢说名字")]);
        let first = raise(&t, &c.intake, &id, "day", &cases).await;
        assert_eq!(first.status, StatusCode::OK, "{}", first.text());
        let rows = first.json()["items"].as_array().unwrap().clone();
        assert_eq!(rows.iter().map(|r| r["row"].as_i64().unwrap()).collect::<Vec<_>>(), [1, 2, 3, 4]);
        assert_eq!((&rows[0]["number"], &rows[3]["number"]), (&json!("2026-000001"), &json!("2026-000002")), "no number is lost");
        assert_eq!((&rows[1]["errors"][0]["field"], &rows[1]["number"]), (&json!("category"), &Value::Null));
        assert_eq!(rows[2]["errors"][0]["code"], "missing");
        assert_eq!((text(&rows[0]["receipt"]).len(), &rows[3]["received"]), (20, &json!("2026-11-24")));

        let again = raise(&t, &c.intake, &id, "day", &cases).await;
        assert_eq!(again.json(), first.json(), "the same request is told the same");
        let mut mended = cases.clone();
        mended[1] = noted("named", "说了半句");
        let rest = raise(&t, &c.intake, &id, "day", &mended).await.json();
        assert_eq!((&rest["items"][0]["number"], &rest["items"][1]["number"]), (&json!("2026-000001"), &json!("2026-000003")));

        let listed = t.get("/api/v1/grievances").with("session", &id).by(&c.intake).json().await;
        let listed = listed["items"].as_array().unwrap();
        assert_eq!(listed.len(), 3);
        assert!(listed.iter().all(|r| r["channel"] == "reception_day" && r["district"] == "130302" && r["unit"] == "开发区工地"));
        let sessions = t.get(HERE).by(&c.supervisor).json().await;
        assert_eq!((&sessions["items"][0]["cases"], &sessions["items"][0]["minutes"]), (&json!(3), &Value::Null));
        let kept = crate::tables::everything(&t.app.db).await;
        assert!(!kept.contains(&text(&rows[0]["receipt"])), "receipts are kept nowhere");
    }

    async fn a_session_is_of_its_district_and_changed_by_version(t: Town) {
        let intake = t.staff("intake", Role::Intake, "130302").await;
        let away = t.staff("away", Role::Intake, "130304").await;
        let wrong = json!({ "leader": " ", "district": "999999", "departments": [uuid::Uuid::nil()] });
        assert_eq!(t.post(HERE).by(&away).sending(wrong.clone()).send().await.status, StatusCode::NOT_FOUND, "another district");
        let mut wrong = wrong;
        wrong["district"] = json!("130304");
        let refused = t.post(HERE).by(&away).sending(wrong).send().await.json();
        let fields: Vec<_> = refused["errors"].as_array().unwrap().iter().map(|e| text(&e["field"])).collect();
        assert_eq!(fields, ["kind", "date", "leader"]);
        let mut ids = Vec::new();
        for date in ["2026-11-18", "2026-11-20", "2026-11-19"] {
            let new = json!({ "kind": "visit_day", "date": date, "leader": "王主席", "district": "130302" });
            ids.push(text(&t.post(HERE).by(&intake).sending(new).send().await.json()["id"]));
        }
        let page = t.get(HERE).with("limit", 2).by(&intake).send().await;
        let dates: Vec<_> = page.json()["items"].as_array().unwrap().iter().map(|s| text(&s["date"])).collect();
        assert_eq!(dates, ["2026-11-20", "2026-11-19"]);
        let next = t.get(page.next_page().unwrap()).by(&intake).json().await;
        assert_eq!((&next["items"][0]["date"], &next["next"]), (&json!("2026-11-18"), &Value::Null));
        assert_eq!(t.get(HERE).by(&away).json().await["items"], json!([]));
        let path = format!("{HERE}/{}", ids[0]);
        assert_eq!(t.get(&path).by(&away).send().await.status, StatusCode::NOT_FOUND);
        let change = |version: i64, body: Value| t.ask(Method::PATCH, &path).by(&intake).on(&json!(version)).sending(body).send();
        let minuted = change(1, json!({ "minutes": "谈了休息", "unit": "工地" })).await;
        assert_eq!((minuted.status, &minuted.json()["minutes"]), (StatusCode::OK, &json!("谈了休息")));
        let cleared = change(2, json!({ "minutes": null })).await.json();
        assert_eq!((&cleared["minutes"], &cleared["unit"]), (&Value::Null, &json!("工地")));
        assert_eq!(change(2, json!({ "leader": "李主席" })).await.status, StatusCode::PRECONDITION_FAILED);
        assert_eq!(change(3, json!({ "minutes": "长".repeat(20_001) })).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let many: Vec<Value> = (0..51).map(|_| noted("named", "一")).collect();
        assert_eq!(raise(&t, &intake, &ids[0], "k", &json!(many)).await.status, StatusCode::BAD_REQUEST);
        assert_eq!(raise(&t, &intake, &ids[0], "", &json!([noted("named", "一")])).await.status, StatusCode::BAD_REQUEST, "a key is needed");
        assert_eq!(raise(&t, &away, &ids[0], "k", &json!([noted("named", "一")])).await.status, StatusCode::NOT_FOUND);
    }
}
