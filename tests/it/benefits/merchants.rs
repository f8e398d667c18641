//! Merchants, stores and clerks, as staff see to them and the public sees them.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use yizhan::accounts::Role;

use super::people::{CLERK, People};
use crate::client::text;
use crate::harness::Town;
use crate::tables::everything;

impl Town {
    async fn patched(
        &self,
        people: &People,
        path: &str,
        version: &Value,
        wish: Value,
    ) -> (StatusCode, Value) {
        let reply = self.ask(Method::PATCH, path).by(&people.root).on(version).sending(wish).send().await;
        (reply.status, reply.json())
    }
}

both_engines! {
    async fn the_public_sees_who_takes_part(t: Town) {
        let people = t.enrolled_people().await;
        let id = text(&people.merchant["id"]);
        let shown = t.get("/api/v1/merchants").json().await;
        let store = &shown["items"][0]["stores"][0];
        assert_eq!((text(&shown["items"][0]["name"]), text(&store["name"]), text(&store["state"])), ("好味包子铺".into(), "文化路店".into(), "open".into()));
        assert_eq!((text(&store["open_until"]), text(&store["hours_text"]).is_empty()), ("2026-11-24T18:00:00+08:00".into(), false));
        assert_eq!(t.get(format!("/api/v1/merchants/{id}")).json().await, shown["items"][0]);
        for (query, found) in [("?district=130302", 1), ("?district=130304", 0), ("?category=food", 0)] {
            assert_eq!(t.get(format!("/api/v1/merchants{query}")).json().await["items"].as_array().unwrap().len(), found, "{query}");
        }
        let step = async |step: &str, version: i64| {
            let reply = t.post(format!("/api/v1/merchants/{id}/{step}")).by(&people.root).on(&json!(version)).send().await;
            (reply.status.as_u16(), text(&reply.json()["state"]), t.get(format!("/api/v1/merchants/{id}")).send().await.status.as_u16())
        };
        assert_eq!(step("suspend", 1).await, (200, "suspended".into(), 404), "hidden at once");
        assert_eq!(step("resume", 2).await, (200, "active".into(), 200));
        assert_eq!(step("end", 3).await, (200, "ended".into(), 404));
        let again = t.post(format!("/api/v1/merchants/{id}/resume")).by(&people.root).on(&json!(4)).send().await;
        assert_eq!((again.status, text(&again.json()["code"])), (StatusCode::CONFLICT, "wrong_state".into()));
    }

    async fn names_and_places_are_checked(t: Town) {
        let people = t.enrolled_people().await;
        let stores = format!("/api/v1/merchants/{}/stores", text(&people.merchant["id"]));
        let wrong = json!({ "name": "", "address": "长".repeat(121), "lon": 200.0, "lat": 39.9, "hours": "whenever", "district": "999999" });
        let refused = t.post(&stores).by(&people.root).sending(wrong).send().await;
        let fields: Vec<_> = refused.json()["errors"].as_array().unwrap().iter().map(|e| text(&e["field"])).collect();
        assert_eq!((refused.status.as_u16(), fields.join(" ")), (422, "name address district lon hours".into()));
        let same = json!({ "name": "文化路店", "address": "x", "lon": 119.6, "lat": 39.9 });
        assert_eq!(t.post(&stores).by(&people.root).sending(same).send().await.status, StatusCode::CONFLICT);
        let same = json!({ "name": "好味包子铺", "district": "130302" });
        assert_eq!(t.post("/api/v1/merchants").by(&people.root).sending(same).send().await.status, StatusCode::CONFLICT);
        let path = format!("{stores}/{}", text(&people.store["id"]));
        let (status, told) = t.patched(&people, &path, &json!(1), json!({ "is_active": false, "phone": "0335-1234567" })).await;
        assert_eq!((status, &told["version"], text(&told["hours"])), (StatusCode::OK, &json!(2), "08:00-18:00".into()));
        assert_eq!(t.get("/api/v1/merchants").json().await["items"][0]["stores"], json!([]));
        assert_eq!(t.patched(&people, &path, &json!(1), json!({})).await.0, StatusCode::PRECONDITION_FAILED);
    }

    async fn a_clerk_is_of_one_store_and_his_number_is_his(t: Town) {
        let people = t.enrolled_people().await;
        let clerks = format!("/api/v1/merchants/{}/clerks", text(&people.merchant["id"]));
        let listed = t.get(&clerks).by(&people.root).json().await;
        assert_eq!((text(&listed["items"][0]["name"]), text(&listed["items"][0]["phone_end"])), ("王店员".into(), "0002".into()));
        assert!(!everything(&t.app.db).await.contains(CLERK));
        let other = t.enrolled_merchant(&people.root, "另一家", "130302").await;
        let elsewhere = t.enrolled_store(&people.root, &other, "一店", (119.6, 39.9)).await;
        let path = format!("{clerks}/{}", text(&people.clerk["id"]));
        let (status, told) = t.patched(&people, &path, &json!(1), json!({ "store_id": elsewhere["id"] })).await;
        assert_eq!((status, text(&told["errors"][0]["code"])), (StatusCode::UNPROCESSABLE_ENTITY, "no_such_store".into()));
        let others = format!("/api/v1/merchants/{}/clerks", text(&other["id"]));
        let same = json!({ "name": "王店员", "phone": CLERK, "store_id": elsewhere["id"] });
        assert_eq!(t.post(&others).by(&people.root).sending(same.clone()).send().await.status, StatusCode::CONFLICT);
        let (status, told) = t.patched(&people, &path, &json!(1), json!({ "is_active": false })).await;
        assert_eq!((status, &told["is_active"]), (StatusCode::OK, &json!(false)));
        t.made(&people.root, &others, same).await;
        let (status, told) = t.patched(&people, &path, &json!(2), json!({ "is_active": true })).await;
        assert_eq!((status, text(&told["code"])), (StatusCode::CONFLICT, "clerk_exists".into()), "the number went with him");
    }

    async fn two_enrolments_of_one_clerk_at_once_make_one(t: Town) {
        let people = t.enrolled_people().await;
        let elsewhere = t.reopened(|_| {}).await;
        let clerks = format!("/api/v1/merchants/{}/clerks", text(&people.merchant["id"]));
        for n in 0..5 {
            let wish = json!({ "name": "某人", "phone": format!("1370000000{n}"), "store_id": people.store["id"] });
            let one = t.post(&clerks).by(&people.root).sending(wish.clone()).send();
            let other = elsewhere.post(&clerks).by(&people.root).sending(wish).send();
            let (a, b) = tokio::join!(one, other);
            let mut statuses = [a.status.as_u16(), b.status.as_u16()];
            statuses.sort_unstable();
            assert_eq!(statuses, [201, 409], "{} {}", a.text(), b.text());
        }
    }

    async fn staff_see_the_merchants_of_their_districts(t: Town) {
        let people = t.enrolled_people().await;
        t.enrolled_merchant(&people.root, "北戴河商户", "130304").await;
        let district = t.staff("district", Role::District, "130304").await;
        let names = async |by, query: &str| {
            let page = t.get(format!("/api/v1/benefits/merchants{query}")).by(by).json().await;
            page["items"].as_array().unwrap().iter().map(|m| text(&m["name"])).collect::<Vec<_>>()
        };
        assert_eq!(names(&district, "").await, ["北戴河商户"]);
        assert_eq!((names(&people.root, "").await.len(), names(&people.root, "?state=suspended").await.len()), (2, 0));
        let page = t.get("/api/v1/benefits/merchants?district=130302").by(&people.root).json().await;
        assert_eq!((&page["items"][0]["clerks"], page["items"][0]["stores"].as_array().unwrap().len()), (&json!(1), 1));
    }
}
