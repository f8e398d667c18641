//! A draw: committed to, entered, drawn, and recomputed by anybody.

use std::path::Path;

use axum::http::StatusCode;
use serde_json::{Value, json};
use yizhan::accounts::Role;

use super::rules::{code, terms};
use crate::client::text;
use crate::harness::Town;
use crate::program::Run;

const CLOSED: &str = "2026-11-25T09:00:00+08:00";

async fn verified(t: &Town, file: &Path, earlier: Option<&Path>) -> Run {
    let mut arguments = vec!["draw".into(), "verify".into(), file.as_os_str().to_owned()];
    arguments.extend(earlier.into_iter().flat_map(|file| ["--earlier".into(), file.as_os_str().to_owned()]));
    t.program(arguments).await
}

fn by_lot(other: &Value) -> Value {
    let mut terms = terms(&json!({ "mode": "draw", "stock": 2, "budget_fen": 3_000, "weight_never_won": 3 }));
    for (name, value) in other.as_object().unwrap() {
        terms[name] = value.clone();
    }
    terms
}

both_engines! {
    async fn a_draw_is_committed_to_entered_and_recomputed(t: Town) {
        let (root, members) = (t.root().await, t.members(6).await);
        let campaign = t.campaign_published(&root, by_lot(&json!({}))).await;
        let path = format!("/api/v1/campaigns/{}/draw", text(&campaign["id"]));
        let before = t.get(&path).json().await;
        assert!(text(&before["commitment"]).len() == 64 && before.get("seed").is_none(), "{before}");
        let kept = crate::tables::everything(&t.app.db).await;

        assert_eq!(code(&t.claims(&members[0], &text(&campaign["id"]), "claim").await), (409, "by_draw".into()));
        for (member, number) in members.iter().take(5).zip(1..) {
            let taken = t.enters(member, &campaign, "enter").await;
            assert_eq!(taken.status, StatusCode::CREATED, "{}", taken.text());
            assert_eq!(taken.json(), json!({ "number": number, "weight": 3, "entries": number }));
            assert_eq!(t.enters(member, &campaign, "enter").await.body, taken.body, "a retry is the same entry");
        }
        assert_eq!(code(&t.enters(&members[0], &campaign, "again").await), (409, "entered".into()));
        let none = t.post(format!("/api/v1/campaigns/{}/entries", text(&campaign["id"]))).phone(&members[0]).sending(json!({})).send().await;
        assert_eq!(none.status, StatusCode::BAD_REQUEST, "an entry needs its key");
        assert_eq!(code(&t.post(&path).by(&root).send().await), (409, "not_closed".into()));
        let earlier = t.file("earlier.json", t.get(&path).send().await.body);
        assert_eq!(verified(&t, &earlier, None).await.status, Some(1), "there is nothing to verify yet");

        let later = t.at(CLOSED).await;
        let root = later.staff("next-day", Role::Admin, "").await;
        assert_eq!(code(&later.enters(&members[5], &campaign, "late").await), (409, "closed".into()));
        let raise = json!({ "stock": 5, "budget_fen": 30_000 });
        assert_eq!(code(&later.campaign_step(&root, &campaign, "budget", Some(raise)).await), (409, "closed".into()));
        let drawn = later.post(&path).by(&root).send().await;
        assert_eq!(drawn.status, StatusCode::OK, "{}", drawn.text());
        assert_eq!(code(&later.post(&path).by(&root).send().await), (409, "drawn".into()));
        let told = later.get(&path).json().await;
        assert_eq!((&told["commitment"], told["entries"].as_array().unwrap().len()), (&before["commitment"], 5));
        assert!(!kept.contains(&text(&told["seed"])), "the seed was sealed until then");
        let won = told["entries"].as_array().unwrap().iter().filter(|e| e["has_won"] == true).count();
        assert_eq!((won, later.number("SELECT COUNT(*) FROM voucher").await), (2, 2), "each winner has his voucher");
        later.balanced().await;

        let file = t.file("draw.json", later.get(&path).send().await.body);
        let run = verified(&t, &file, Some(&earlier)).await;
        assert!(run.status == Some(0) && run.said.contains("right: 2 of 5 entries won"), "{}", run.said);
        let mut lies = [told.clone(), told.clone(), told.clone(), told.clone()];
        lies[0]["entries"][4]["weight"] = json!(9);
        lies[1]["entries"].as_array_mut().unwrap().pop();
        let flipped = told["entries"][0]["has_won"] == false;
        lies[2]["entries"][0]["has_won"] = json!(flipped);
        lies[3]["seed"] = json!("00".repeat(32));
        for (number, lie) in lies.iter().enumerate() {
            let file = t.file(&format!("lie-{number}.json"), lie.to_string());
            let run = verified(&t, &file, None).await;
            assert!(run.status == Some(1) && run.said.starts_with("wrong:"), "{number}: {}", run.said);
        }
        assert_eq!(verified(&t, Path::new("no such file"), None).await.status, Some(2));
        assert_eq!(verified(&t, &t.file("x.json", "{}"), None).await.status, Some(1));

        let next = json!({ "opens_at": CLOSED, "closes_at": "2026-11-26T09:00:00+08:00" });
        let next = later.campaign_published(&root, by_lot(&next)).await;
        let mut weights = Vec::new();
        for member in &members[..5] {
            weights.push(later.enters(member, &next, "next").await.json()["weight"].as_i64().unwrap());
        }
        let expected = told["entries"].as_array().unwrap().iter().map(|e| if e["has_won"] == true { 1 } else { 3 });
        assert_eq!(weights, expected.collect::<Vec<_>>(), "who won before has one ticket");
    }

    async fn a_frozen_draw_waits_and_who_is_not_eligible_stays_out(t: Town) {
        let (root, member) = (t.root().await, t.member().await);
        let campaign = t.campaign_published(&root, by_lot(&json!({ "eligibility": { "trades": ["driver"] } }))).await;
        let refused = t.enters(&member, &campaign, "one").await;
        assert_eq!((code(&refused), text(&refused.json()["errors"][0]["field"])), ((422, "not_eligible".into()), "trade".into()));
        let open = t.campaign_published(&root, by_lot(&json!({}))).await;
        let frozen = t.campaign_step(&root, &open, "freeze", Some(json!({ "reason": "查一查" }))).await.json();
        assert_eq!(code(&t.enters(&member, &frozen, "two").await), (409, "frozen".into()));
        let later = t.at(CLOSED).await;
        let root = later.staff("next-day", Role::Admin, "").await;
        let path = format!("/api/v1/campaigns/{}/draw", text(&open["id"]));
        assert_eq!(code(&later.post(&path).by(&root).send().await), (409, "frozen".into()));
        let resumed = later.campaign_step(&root, &frozen, "resume", None).await;
        assert_eq!(resumed.status, StatusCode::OK, "{}", resumed.text());
        assert_eq!(later.post(&path).by(&root).send().await.status, StatusCode::OK, "nobody entered, nobody won");
        assert_eq!(later.number("SELECT COUNT(*) FROM draw_entry").await, 0);
        let plain = later.campaign_published(&root, terms(&json!({ "closes_at": "2026-11-27T09:00:00+08:00" }))).await;
        assert_eq!(t.get(format!("/api/v1/campaigns/{}/draw", text(&plain["id"]))).send().await.status, StatusCode::NOT_FOUND);
    }
}
