//! What looks like fraud is told once, to whoever may freeze.

use axum::http::StatusCode;
use serde_json::{Value, json};
use yizhan::accounts::Role;
use yizhan::benefits::keeper::unusual;
use yizhan::ids::{RedemptionId, VoucherId};

use super::stage::{Plan, Shop};
use crate::client::text;
use crate::harness::Town;
use crate::staff::Staff;

impl Town {
    /// Redemptions at instants, each with how far the clerk's phone was.
    async fn redemptions(&self, shop: &Shop, campaign: &str, at: &[(i64, Option<i64>)]) {
        let now = self.app.clock.now();
        let (member, mut rows) = (self.member().await, Vec::new());
        for (at_ms, distance) in at {
            let voucher = VoucherId::new(now);
            let distance = distance.map_or("NULL".to_owned(), |m| m.to_string());
            rows.push(format!(
                "INSERT INTO voucher (id, campaign_id, member_id, state, face_fen, union_fen, left_fen, issued_ms, expires_ms)
                VALUES ('{voucher}', '{campaign}', '{}', 'redeemed', 2000, 1500, 0, 0, 9000000000000)", member.id));
            rows.push(format!(
                "INSERT INTO redemption (id, voucher_id, campaign_id, merchant_id, store_id, clerk_id, amount_fen, union_fen, at_ms, distance_m)
                VALUES ('{}', '{voucher}', '{campaign}', '{}', '{}', '{}', 2000, 1500, {at_ms}, {distance})",
                RedemptionId::new(now), shop.merchant, shop.store, shop.clerk.id));
        }
        self.run(&rows).await;
    }
}

async fn told(t: &Town, by: &Staff, query: &str) -> Vec<Value> {
    t.get(format!("/api/v1/benefits/alarms{query}")).by(by).json().await["items"].as_array().unwrap().clone()
}

fn ms(instant: &str) -> i64 {
    chrono::DateTime::parse_from_rfc3339(instant).unwrap().timestamp_millis()
}

both_engines! {
    async fn what_is_usual_raises_nothing(t: Town) {
        let (root, shop) = (t.root().await, t.shop("好味包子铺").await);
        let campaign = t.campaign(&Plan::of(100)).await;
        let now = t.app.clock.now().timestamp_millis();
        let nine: Vec<_> = (0..9).map(|n| (now - n * 60_000, Some(2_000))).collect();
        t.redemptions(&shop, &campaign, &nine).await;
        let nights: Vec<_> = (0..19).map(|_| (ms("2026-11-22T23:30:00+08:00"), None)).collect();
        let other = t.shop("夜宵摊").await;
        t.redemptions(&other, &campaign, &nights).await;
        t.run(&[format!("UPDATE clerk SET misses = 9 WHERE id = '{}'", shop.clerk.id)]).await;
        unusual(&t.app).await.unwrap();
        assert_eq!(told(&t, &root, "").await.len(), 0);
    }

    async fn each_kind_is_told_once_and_seen(t: Town) {
        let (root, shop, night) = (t.root().await, t.shop("好味包子铺").await, t.shop("夜宵摊").await);
        let campaign = t.campaign(&Plan::of(100)).await;
        let now = t.app.clock.now().timestamp_millis();
        let mut fast: Vec<_> = (0..10).map(|n| (now - n * 30_000, None)).collect();
        fast.push((now - 20 * 60_000, Some(2_100)));
        t.redemptions(&shop, &campaign, &fast).await;
        let late = (0..7).map(|_| (ms("2026-11-23T04:59:00+08:00"), None));
        let day = (0..13).map(|_| (ms("2026-11-23T12:00:00+08:00"), None));
        t.redemptions(&night, &campaign, &late.chain(day).collect::<Vec<_>>()).await;
        t.run(&[format!("UPDATE clerk SET misses = 10, locked_until_ms = 7 WHERE id = '{}'", night.clerk.id)]).await;
        for _ in 0..2 {
            unusual(&t.app).await.unwrap();
        }
        let alarms = told(&t, &root, "?state=open").await;
        let mut found: Vec<_> = alarms.iter().map(|a| (text(&a["kind"]), text(&a["merchant"]["name"]), a["found"].as_i64().unwrap())).collect();
        found.sort();
        let expected = [("distance", "好味包子铺", 2_100), ("misses", "夜宵摊", 10), ("night", "夜宵摊", 35), ("velocity", "好味包子铺", 10)];
        assert_eq!(found, expected.map(|(k, m, n)| (k.to_owned(), m.to_owned(), n)), "once, however often it is looked");
        assert!(alarms.iter().all(|a| !text(&a["words"]).is_empty()));
        let far = told(&t, &root, "?kind=distance").await.remove(0);
        assert_eq!((text(&far["campaign"]["id"]), text(&far["store"]["id"])), (campaign, shop.store.clone()));

        let seen = |by| t.post(format!("/api/v1/benefits/alarms/{}/seen", text(&far["id"]))).by(by).on(&far["version"]);
        let elsewhere = t.staff("elsewhere", Role::District, "130304").await;
        assert_eq!(seen(&elsewhere).send().await.status, StatusCode::NOT_FOUND);
        assert!(told(&t, &elsewhere, "").await.is_empty());
        assert!(seen(&root).json().await["seen_at"].is_string());
        assert_eq!((told(&t, &root, "?state=open").await.len(), told(&t, &root, "?state=seen").await.len()), (3, 1));
        assert_eq!(t.get("/api/v1/benefits/alarms?state=x").by(&root).send().await.status, StatusCode::BAD_REQUEST);
        assert_eq!(far["seen_at"], json!(null));
    }
}
