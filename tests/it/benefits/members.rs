//! Members: enrolled, found, changed, left, erased; their cards.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use yizhan::accounts::Role;

use super::people::MEMBER;
use crate::client::text;
use crate::harness::Town;
use crate::staff::Staff;
use crate::tables::{everything, numbers};

const IDENTITY: &str = "11010519491231002X";

fn wish(name: &str, phone: &str) -> Value {
    json!({ "name": name, "phone": phone, "union_name": "某工会", "district": "130302" })
}

async fn items(t: &Town, by: &Staff, query: &str) -> Vec<Value> {
    t.get(format!("/api/v1/members{query}")).by(by).json().await["items"].as_array().unwrap().clone()
}

both_engines! {
    async fn a_member_is_sealed_and_found_by_whole_numbers(t: Town) {
        let clerk = t.staff("clerk", Role::District, "130302").await;
        let other = t.staff("other", Role::District, "130304").await;
        let mut full = wish("王金丝雀", "138 0013 8000");
        full["id_number"] = json!(IDENTITY);
        full["number"] = json!("QHD-0001");
        full["trade"] = json!("courier");
        let made = t.made(&clerk, "/api/v1/members", full).await;
        assert_eq!((text(&made["id_end"]), text(&made["phone_end"]), text(&made["state"])), ("002X".into(), "8000".into(), "active".into()));
        let kept = everything(&t.app.db).await;
        assert!(!["王金丝雀", "13800138000", IDENTITY].iter().any(|secret| kept.contains(secret)));
        for query in ["?name=王金丝雀", "?phone=13800138000", "?union=某工会", "?trade=courier&state=active&district=130302"] {
            assert_eq!((items(&t, &clerk, query).await.len(), items(&t, &other, query).await.len()), (1, 0), "{query}");
        }
        assert!(items(&t, &clerk, "").await[0].get("phone").is_none(), "a list tells the end of a number only");
        let path = format!("/api/v1/members/{}", text(&made["id"]));
        assert_eq!(text(&t.get(&path).by(&clerk).json().await["phone"]), "13800138000");
        assert_eq!(t.get(&path).by(&other).send().await.status, StatusCode::NOT_FOUND);
        let wrong = json!({ "name": " ", "phone": "12351", "id_number": "110105194912310021", "union_name": "", "district": "999999" });
        let refused = t.post("/api/v1/members").by(&clerk).sending(wrong).send().await;
        let fields: Vec<_> = refused.json()["errors"].as_array().unwrap().iter().map(|e| text(&e["field"])).collect();
        assert_eq!((refused.status, fields.join(" ")), (StatusCode::UNPROCESSABLE_ENTITY, "name phone id_number union_name district".into()));
    }

    async fn two_enrolments_of_one_number_at_once_make_one_member(t: Town) {
        let clerk = t.staff("clerk", Role::District, "130302").await;
        let elsewhere = t.reopened(|_| {}).await;
        for n in 0..5 {
            let phone = format!("1380013800{n}");
            let one = t.post("/api/v1/members").by(&clerk).sending(wish("甲", &phone)).send();
            let other = elsewhere.post("/api/v1/members").by(&clerk).sending(wish("乙", &phone)).send();
            let (a, b) = tokio::join!(one, other);
            let mut statuses = [a.status.as_u16(), b.status.as_u16()];
            statuses.sort_unstable();
            assert_eq!(statuses, [201, 409], "{} {}", a.text(), b.text());
        }
        assert_eq!(numbers(&t.app.db, "SELECT CAST(COUNT(*) AS BIGINT) FROM member").await, [5]);
    }

    async fn a_change_names_its_version(t: Town) {
        let clerk = t.staff("clerk", Role::District, "130302").await;
        let made = t.made(&clerk, "/api/v1/members", wish("甲", MEMBER)).await;
        t.made(&clerk, "/api/v1/members", wish("乙", "13900000001")).await;
        let path = format!("/api/v1/members/{}", text(&made["id"]));
        let change = async |version: i64, wish: Value| t.ask(Method::PATCH, &path).by(&clerk).on(&json!(version)).sending(wish).send().await;
        let done = change(1, json!({ "phone": null, "trade": "driver" })).await;
        assert_eq!((done.status, &done.json()["phone_end"], &done.json()["version"]), (StatusCode::OK, &Value::Null, &json!(2)));
        assert_eq!(change(1, json!({ "name": "丙" })).await.status, StatusCode::PRECONDITION_FAILED);
        assert_eq!(change(2, json!({ "phone": "13900000001" })).await.status, StatusCode::CONFLICT);
        assert_eq!(change(2, json!({ "district": "130304" })).await.status, StatusCode::NOT_FOUND, "not into another's hands");
        let leave = t.post(format!("{path}/leave")).by(&clerk).on(&json!(2)).send().await;
        assert_eq!((leave.status, text(&leave.json()["state"])), (StatusCode::OK, "left".into()));
        assert_eq!(t.post(format!("{path}/leave")).by(&clerk).on(&json!(3)).send().await.status, StatusCode::CONFLICT);
    }

    async fn a_card_is_one_member_s_until_it_ends(t: Town) {
        let clerk = t.staff("clerk", Role::District, "130302").await;
        let one = t.made(&clerk, "/api/v1/members", wish("甲", MEMBER)).await;
        let other = t.made(&clerk, "/api/v1/members", wish("乙", "13900000001")).await;
        let cards = |member: &Value| format!("/api/v1/members/{}/cards", text(&member["id"]));
        let card = json!({ "kind": "fuel", "issuer": "石化", "number": "ab 1234-5678", "issued_on": "2026-01-02" });
        let made = t.made(&clerk, &cards(&one), card.clone()).await;
        assert_eq!((text(&made["number_end"]), text(&made["kind"])), ("5678".into(), "fuel".into()));
        let same = json!({ "kind": "fuel", "issuer": "石化", "number": "AB12345678" });
        assert_eq!(t.post(cards(&other)).by(&clerk).sending(same.clone()).send().await.status, StatusCode::CONFLICT);
        let path = format!("{}/{}", cards(&one), text(&made["id"]));
        assert_eq!(t.ask(Method::DELETE, &path).by(&clerk).send().await.status, StatusCode::NO_CONTENT);
        assert_eq!(t.ask(Method::DELETE, &path).by(&clerk).send().await.status, StatusCode::NOT_FOUND);
        t.made(&clerk, &cards(&other), same).await;
        let listed = items(&t, &clerk, "").await;
        let held: usize = listed.iter().map(|member| member["cards"].as_array().unwrap().len()).sum();
        assert_eq!(held, 1);
        assert!(!everything(&t.app.db).await.contains("AB12345678"));
    }

    async fn an_erased_member_is_nobody(t: Town) {
        let root = t.staff("root", Role::Admin, "").await;
        let clerk = t.staff("clerk", Role::District, "130302").await;
        let mut full = wish("王金丝雀", "13800138000");
        full["number"] = json!("QHD-0001");
        let made = t.made(&clerk, "/api/v1/members", full).await;
        let erase = format!("/api/v1/members/{}/erase", text(&made["id"]));
        assert_eq!(t.post(&erase).by(&clerk).send().await.status, StatusCode::FORBIDDEN);
        assert_eq!(t.post(&erase).by(&root).send().await.status, StatusCode::NO_CONTENT);
        let now = t.get(format!("/api/v1/members/{}", text(&made["id"]))).by(&root).json().await;
        assert_eq!((&now["name"], &now["phone_end"], &now["number"], text(&now["state"])), (&Value::Null, &Value::Null, &Value::Null, "left".into()));
        t.made(&clerk, "/api/v1/members", wish("王金丝雀", "13800138000")).await;
        let told = t.program(["person", "export", "--phone", "13800138000"]).await;
        assert!(told.said.contains("王金丝雀") && told.said.contains("8000"), "{}", told.said);
        t.program(["person", "erase", "--phone", "138 0013 8000"]).await;
        assert_eq!(items(&t, &root, "?phone=13800138000").await.len(), 0);
        assert_eq!(numbers(&t.app.db, "SELECT CAST(COUNT(*) AS BIGINT) FROM member WHERE name IS NULL").await, [2]);
    }

    async fn a_list_has_pages(t: Town) {
        let clerk = t.staff("clerk", Role::District, "130302").await;
        for n in 0..5 {
            t.made(&clerk, "/api/v1/members", wish("甲", &format!("1390000000{n}"))).await;
        }
        let (mut seen, mut next) = (Vec::new(), Some("/api/v1/members?limit=2&name=甲".to_owned()));
        while let Some(path) = next {
            let page = t.get(path).by(&clerk).send().await;
            seen.extend(page.json()["items"].as_array().unwrap().iter().map(|member| text(&member["id"])));
            next = page.next_page();
        }
        let all = seen.len();
        seen.sort();
        seen.dedup();
        assert_eq!((all, seen.len()), (5, 5));
    }
}
