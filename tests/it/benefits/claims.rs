//! Claiming: once for each key, never past a limit, the stock or the budget.

use axum::http::StatusCode;
use serde_json::json;
use tokio::task::JoinSet;

use super::stage::{Phone, Plan};
use crate::client::{Reply, text};
use crate::harness::Town;

/// The code of a problem.
fn code(reply: &Reply) -> (u16, String) {
    (reply.status.as_u16(), text(&reply.json()["code"]))
}

/// Sends many claims at once, at most so many at a time, and gives every answer.
async fn all_at_once(t: &Town, at_once: usize, claims: Vec<(Phone, String, String)>) -> Vec<Reply> {
    let room = std::sync::Arc::new(tokio::sync::Semaphore::new(at_once));
    let mut tasks = JoinSet::new();
    for (member, campaign, key) in claims {
        let (t, room) = (t.clone(), room.clone());
        tasks.spawn(async move {
            let _room = room.acquire().await.expect("room");
            t.claims(&member, &campaign, &key).await
        });
    }
    tasks.join_all().await
}

both_engines! {
    async fn a_voucher_is_claimed_and_found(t: Town) {
        let (member, other) = (t.member().await, t.member().await);
        let campaign = t.campaign(&Plan::of(10)).await;
        let reply = t.claims(&member, &campaign, "first").await;
        assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text());
        let told = reply.json();
        let short = |field: &str| told[field].clone();
        assert_eq!((short("state"), short("face_fen"), short("left_fen")), (json!("issued"), json!(2_000), json!(2_000)));
        assert_eq!(told["campaign"]["name"], "冬日热饭券");
        assert_eq!(told["expires_at"], "2027-03-16T00:00:00+08:00");
        let wallet = t.get("/api/v1/vouchers").phone(&member).json().await;
        assert_eq!((&wallet["items"][0]["id"], &wallet["live"], &wallet["times_year"]), (&told["id"], &json!(1), &json!(0)));
        let path = format!("/api/v1/vouchers/{}", text(&told["id"]));
        assert_eq!(t.get(&path).phone(&member).json().await["id"], told["id"]);
        assert_eq!(t.get(&path).phone(&other).send().await.status, StatusCode::NOT_FOUND, "another member's is not there");
        assert_eq!(t.get(&path).send().await.status, StatusCode::UNAUTHORIZED);
        t.balanced().await;
    }

    async fn the_same_key_gets_the_same_bytes(t: Town) {
        let member = t.member().await;
        let (campaign, other) = (t.campaign(&Plan::of(10)).await, t.campaign(&Plan::of(10)).await);
        let first = t.claims(&member, &campaign, "key-1").await;
        let again = t.claims(&member, &campaign, "key-1").await;
        assert_eq!((again.status, &again.body), (first.status, &first.body));
        assert_eq!((first.header("idempotency-replayed"), again.header("idempotency-replayed")), ("", "true"));
        assert_eq!(code(&t.claims(&member, &other, "key-1").await), (422, "refused".to_owned()), "another campaign");
        let nobody = t.post(format!("/api/v1/campaigns/{other}/claims")).phone(&member).sending(json!({})).send().await;
        assert_eq!(nobody.status, StatusCode::BAD_REQUEST, "without a key");
        let someone = t.member().await;
        assert_eq!(t.claims(&someone, &campaign, "key-1").await.status, StatusCode::CREATED, "a key is its owner's");
        assert_eq!(t.number("SELECT COUNT(*) FROM voucher").await, 2);
        t.balanced().await;
    }

    async fn who_may_not_is_told_why(t: Town) {
        let member = t.member().await;
        let closed = Plan { closes: "2026-01-01T00:00:00+08:00", ..Plan::of(1) };
        for (plan, told) in [
            (closed, (409, "not_open")),
            (Plan { eligibility: json!({ "trades": ["driver"], "unions": ["别的工会"] }), ..Plan::of(1) }, (422, "not_eligible")),
            (Plan { budget_fen: 1_499, ..Plan::of(1) }, (409, "sold_out")),
            (Plan { stock: 0, ..Plan::of(1) }, (409, "sold_out")),
        ] {
            let campaign = t.campaign(&plan).await;
            let reply = t.claims(&member, &campaign, &campaign).await;
            assert_eq!(code(&reply), (told.0, told.1.to_owned()), "{plan:?}");
            if told.0 == 422 {
                let fields: Vec<_> = reply.json()["errors"].as_array().unwrap().iter().map(|e| text(&e["field"])).collect();
                assert_eq!(fields, ["union", "trade"]);
            }
        }
        let campaign = t.campaign(&Plan::of(5)).await;
        for (state, told) in [("frozen", "frozen"), ("ended", "not_open")] {
            t.run(&[format!("UPDATE campaign SET state = '{state}' WHERE id = '{campaign}'")]).await;
            assert_eq!(code(&t.claims(&member, &campaign, state).await), (409, told.to_owned()));
        }
        t.run(&[format!("UPDATE campaign SET state = 'draft' WHERE id = '{campaign}'")]).await;
        assert_eq!(t.claims(&member, &campaign, "draft").await.status, StatusCode::NOT_FOUND, "a draft is not there");
    }

    async fn limits_of_day_and_total_hold(t: Town) {
        let member = t.member().await;
        let campaign = t.campaign(&Plan { limit_total: 3, limit_day: Some(2), ..Plan::of(10) }).await;
        for key in ["a", "b"] {
            assert_eq!(t.claims(&member, &campaign, key).await.status, StatusCode::CREATED);
        }
        assert_eq!(code(&t.claims(&member, &campaign, "c").await), (409, "limit_reached".to_owned()), "two a day");
        let tomorrow = t.at("2026-11-25T08:00:00+08:00").await;
        assert_eq!(tomorrow.claims(&member, &campaign, "c").await.status, StatusCode::CREATED);
        assert_eq!(code(&tomorrow.claims(&member, &campaign, "d").await), (409, "limit_reached".to_owned()), "three in all");
        t.balanced().await;
    }

    async fn one_member_at_many_phones_stays_within_the_limit(t: Town) {
        let member = t.member().await;
        let campaign = t.campaign(&Plan { limit_total: 3, ..Plan::of(100) }).await;
        let claims = (0..24).map(|n| (member.clone(), campaign.clone(), format!("phone {n}").replace(' ', "-"))).collect();
        let replies = all_at_once(&t, 24, claims).await;
        let won = replies.iter().filter(|r| r.status == StatusCode::CREATED).count();
        let told: Vec<_> = replies.iter().filter(|r| r.status != StatusCode::CREATED).map(code).collect();
        assert_eq!(won, 3, "{told:?}");
        assert!(told.iter().all(|(status, code)| (*status, code.as_str()) == (409, "limit_reached")), "{told:?}");
        t.balanced().await;
    }

    async fn one_key_sent_many_times_at_once_is_one_voucher(t: Town) {
        let member = t.member().await;
        let campaign = t.campaign(&Plan { limit_total: 9, ..Plan::of(100) }).await;
        let replies = all_at_once(&t, 16, vec![(member, campaign, "same".to_owned()); 16]).await;
        for reply in &replies {
            assert_eq!((reply.status, &reply.body), (StatusCode::CREATED, &replies[0].body));
        }
        assert_eq!(t.number("SELECT COUNT(*) FROM voucher").await, 1);
        t.balanced().await;
    }

    // Each claim is sent twice under its key, as a phone does that lost the answer.
    async fn a_thousand_vouchers_for_five_thousand_members(t: Town) {
        const STOCK: usize = 1_000;
        let members = t.members(5_000).await;
        let campaign = t.campaign(&Plan::of(STOCK as i64)).await;
        let twice = |m: &Phone| [0, 1].map(|_| (m.clone(), campaign.clone(), format!("claim-{}", m.id)));
        let replies = all_at_once(&t, 64, members.iter().flat_map(twice).collect()).await;
        let won: std::collections::BTreeSet<_> =
            replies.iter().filter(|r| r.status == StatusCode::CREATED).map(|r| text(&r.json()["id"])).collect();
        let lost = replies.iter().filter(|r| r.status != StatusCode::CREATED).map(code);
        assert_eq!(lost.collect::<std::collections::BTreeSet<_>>(), [(409, "sold_out".to_owned())].into());
        assert_eq!(won.len(), STOCK);
        assert_eq!(t.number("SELECT COUNT(*) FROM voucher").await, STOCK as i64);
        assert_eq!(t.number("SELECT MAX(n) FROM (SELECT COUNT(*) AS n FROM voucher GROUP BY member_id) AS m").await, 1);
        t.balanced().await;
    }
}
