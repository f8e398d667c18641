//! What a report does not tell: who sent it, from where, when to the minute.

use axum::http::StatusCode;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use yizhan::accounts::Role;
use yizhan::receipts;

use super::slip;
use crate::client::text;
use crate::harness::Town;
use crate::tables;

both_engines! {
    async fn nothing_of_who_reports_is_kept(t: Town) {
        let s = t.station("海港驿站").district("130302").open().await;
        let ask = t.post(format!("/api/v1/stations/{}/reports", s.id)).from([203, 0, 113, 77]);
        let ask = ask.header("user-agent", "CanaryPhone/1.0").header("cookie", "canary=cookie");
        let ask = ask.header("referer", "http://town.test/?lat=39.9183&lon=119.6374").header("sec-fetch-site", "same-origin");
        let reply = ask.sending(json!({ "kind": "locked" })).send().await;
        assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text());
        let slip = slip(&reply.json());
        t.track(&slip).await;
        let all = tables::everything(&t.app.db).await;
        assert!(all.contains(&slip.number), "the tables are read");
        let plain = slip.receipt.replace('-', "");
        let digest = yizhan::secrets::hex(&Sha256::digest(plain.as_bytes()));
        for canary in ["203.0.113.77", "CanaryPhone", "canary", "39.9183", "119.6374", &slip.receipt, &plain, &digest] {
            assert!(!all.contains(canary), "{canary} is kept");
        }
    }

    async fn the_audit_log_and_the_reporter_see_no_texts_and_no_hours(t: Town) {
        let clerk = t.staff("clerk", Role::City, "1303").await;
        let auditor = t.staff("auditor", Role::Auditor, "1303").await;
        let s = t.station("海港驿站").district("130302").open().await;
        let slip = slip(&t.filed(s.id, json!({ "kind": "other", "text": "王某某说的话" })).await);
        let answer = json!({ "verdict": "unclear", "answer": "答复里也有人名" });
        assert_eq!(t.answer(&slip, &clerk, answer).await.status, StatusCode::OK);
        let log = t.get("/api/v1/audit").by(&auditor).json().await;
        let actions: Vec<_> = log["items"].as_array().unwrap().iter().map(|e| text(&e["action"])).collect();
        assert!(actions.contains(&"report.file".to_owned()) && actions.contains(&"report.answer".to_owned()), "{actions:?}");
        let told = log.to_string();
        assert!(!told.contains("王某某") && !told.contains("人名") && !told.contains(&slip.receipt));
        let read = t.track(&slip).await.json();
        assert!(!read.to_string().contains("T10:00"), "{read}");
        assert_eq!(read.get("text"), None, "what was written is for the union");
    }

    async fn the_receipt_is_a_peppered_hash(t: Town) {
        let s = t.station("海港驿站").open().await;
        let slip = t.locked(s.id).await;
        let mut config = t.app.config.clone();
        config.secrets.key = serde_json::from_value(Value::from("0b".repeat(32))).unwrap();
        let other = yizhan::secrets::Secrets::open(&config).unwrap();
        let hash = tables::texts(&t.app.db, "SELECT receipt FROM report".to_owned()).await.remove(0);
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(receipts::check(&t.app.secrets, &slip.receipt, Some(hash.clone())).await.unwrap());
        assert!(!receipts::check(&other, &slip.receipt, Some(hash)).await.unwrap());
    }
}
