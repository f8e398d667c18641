//! Requests with a key are carried out once, however often and however close together they come.

use axum::http::StatusCode;
use image::ImageFormat;
use serde_json::{Value, json};
use yizhan::accounts::{Actor, Role};
use yizhan::repeats::{Begun, Key};

use crate::client::{Ask, text};
use crate::harness::Town;
use crate::snapped::{drawn, encoded};
use crate::staff::Staff;

fn publish<'t>(t: &'t Town, by: &Staff, key: &str, zh: &str) -> Ask<'t> {
    let body = json!({ "kind": "join_union", "zh": zh, "en": "I agree" });
    t.post("/api/v1/consents").by(by).header("idempotency-key", key).sending(body)
}

async fn versions(t: &Town) -> usize {
    let listed = t.get("/api/v1/consents").json().await;
    listed["items"].as_array().unwrap().iter().filter(|c| text(&c["kind"]) == "join_union").count()
}

both_engines! {
    async fn a_repeated_request_has_the_same_answer(t: Town) {
        let admin = t.staff("admin", Role::Admin, "").await;
        let first = publish(&t, &admin, "k1", "同意").send().await;
        let again = publish(&t, &admin, "\"k1\"", "同意").send().await;
        assert_eq!((first.status, again.status), (StatusCode::CREATED, StatusCode::CREATED));
        assert_eq!((first.text(), again.header("idempotency-replayed")), (again.text(), "true"));
        assert_eq!(versions(&t).await, 1);
        let other = publish(&t, &admin, "k1", "别的").send().await;
        assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(text(&other.json()["errors"][0]["code"]), "key_reused");
        let refused = publish(&t, &admin, "k2", "").send().await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let mended = publish(&t, &admin, "k2", "同意二").send().await;
        assert_eq!(mended.status, StatusCode::CREATED, "what was refused wrote nothing, so its key is free");
        let stranger = t.staff("other", Role::Admin, "").await;
        assert_eq!(publish(&t, &stranger, "k1", "同意三").send().await.status, StatusCode::CREATED, "keys are one's own");
        let long = publish(&t, &admin, &"k".repeat(256), "同意").send().await;
        assert_eq!((long.status, text(&long.json()["errors"][0]["field"])), (StatusCode::BAD_REQUEST, "Idempotency-Key".to_owned()));
        let later = t.at("2026-11-25T10:00:01+08:00").await;
        let admin = later.staff("third", Role::Admin, "").await;
        publish(&later, &admin, "k9", "同意四").send().await;
        assert!(!crate::tables::everything(&t.app.db).await.contains("k1"), "keys are kept for a day");
    }

    async fn of_many_at_once_one_is_carried_out(t: Town) {
        let admin = t.staff("admin", Role::Admin, "").await;
        let mut asked = tokio::task::JoinSet::new();
        for _ in 0..12 {
            let (t, admin) = (t.clone(), admin.clone());
            asked.spawn(async move { publish(&t, &admin, "once", "同意").send().await.status });
        }
        let answers = asked.join_all().await;
        assert!(answers.iter().all(|s| [StatusCode::CREATED, StatusCode::CONFLICT].contains(s)), "{answers:?}");
        assert!(answers.contains(&StatusCode::CREATED));
        assert_eq!(versions(&t).await, 1);
    }

    async fn a_crash_between_commit_and_answer_is_told(t: Town) {
        let admin = t.staff("admin", Role::Admin, "").await;
        let (db, now) = (&t.app.db, t.app.clock.now());
        let key = Key::new(&t.app.secrets, admin.id.to_string(), "crash", "f").unwrap();
        assert_eq!(key.begin(db, "f", now).await.unwrap(), Begun::Anew);
        let code = async |minutes: i64| {
            let again = key.begin(db, "f", now + chrono::TimeDelta::minutes(minutes)).await;
            again.map_err(|e| e.to_string())
        };
        assert_eq!(code(1).await.unwrap_err(), "conflict: in_progress");
        assert_eq!(code(3).await.unwrap(), Begun::Anew, "its process is gone, and it wrote nothing");
        let mut actor = Actor::command();
        actor.request = Some(key.clone());
        let object = yizhan::audit::Object::account(admin.id);
        let entry = yizhan::audit::Entry { action: "test.write", object, district: None, detail: Value::Null };
        let mut tx = db.begin().await.unwrap();
        yizhan::audit::record(&mut tx, &actor, now, &entry).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(code(30).await.unwrap_err(), "conflict: done_before");
    }

    async fn a_strangers_answer_opens_for_whoever_knows_key_and_request(t: Town) {
        let send = async |key: &str, side: u32| {
            let body = axum::body::Body::from(encoded(&drawn(side, 40), ImageFormat::Png));
            let ask = t.post("/api/v1/uploads").header("content-type", "image/png");
            ask.header("idempotency-key", key).body(body).send().await
        };
        let (first, again, other) = (send("phone-1", 60).await, send("phone-1", 60).await, send("phone-1", 61).await);
        assert_eq!((first.status, first.text()), (StatusCode::CREATED, again.text()));
        assert_eq!(again.header("idempotency-replayed"), "true");
        assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", other.text());
        assert_eq!(text(&other.json()["errors"][0]["code"]), "key_reused");
        let kept = crate::tables::dump(&t.app.db).await.remove("idempotency").expect("the table");
        assert_eq!(kept.len(), 1);
        assert!(!format!("{kept:?}").contains("phone-1") && !format!("{kept:?}").contains(&text(&first.json()["id"])));
        let long = send(&"k".repeat(256), 60).await;
        assert_eq!(long.status, StatusCode::BAD_REQUEST);
    }
}
