//! Closing books: everything once, nothing taken back afterwards, what is wrong put right in the next one.

use axum::http::StatusCode;
use serde_json::{Value, json};
use yizhan::accounts::Role;

use super::stage::Plan;
use crate::client::text;
use crate::harness::Town;

both_engines! {
    async fn books_are_closed_and_put_right(t: Town) {
        let finance = t.staff("finance", Role::Finance, "1303").await;
        let (shop, campaign) = (t.shop("港城家常菜").await, t.campaign(&Plan { limit_total: 9, ..Plan::of(9) }).await);
        let member = t.member().await;
        let mut redemptions = Vec::new();
        for _ in 0..3 {
            let voucher = t.voucher(&member, &campaign).await;
            redemptions.push(t.redeemed(&shop.clerk, &member, &voucher).await);
        }
        let back = |id: &str| t.post(format!("/api/v1/redemptions/{id}/reversal")).phone(&shop.clerk).key("back-".to_owned().as_str()).sending(json!({ "reason": "退单" }));
        assert_eq!(back(&redemptions[0]).send().await.status, StatusCode::CREATED);
        let wish = |day: &str| json!({ "merchant_id": shop.merchant, "until_day": day });
        let early = t.post("/api/v1/settlements").by(&finance).sending(wish("2026-11-24")).send().await;
        assert_eq!((early.status, text(&early.json()["errors"][0]["code"])), (StatusCode::UNPROCESSABLE_ENTITY, "not_over".to_owned()));
        let later = t.at("2026-11-26T09:00:00+08:00").await;
        let finance = later.staff("finance later", Role::Finance, "1303").await;
        let close = async |day: &str| later.post("/api/v1/settlements").by(&finance).sending(wish(day)).send().await;
        let (a, b) = tokio::join!(close("2026-11-24"), close("2026-11-24"));
        let mut statuses = [a.status.as_u16(), b.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409], "{} {}", a.text(), b.text());
        let made = if a.status == StatusCode::CREATED { a.json() } else { b.json() };
        let sums = |told: &Value| ["redemptions", "amount_fen", "union_fen", "adjusted_fen", "due_fen"].map(|k| told[k].as_i64().unwrap());
        assert_eq!(sums(&made), [2, 4_000, 3_000, 0, 3_000]);
        later.balanced().await;
        let statement = later.get(format!("/api/v1/settlements/{}", text(&made["id"]))).by(&finance).json().await;
        let sum: i64 = statement["lines"].as_array().unwrap().iter().map(|line| line["union_fen"].as_i64().unwrap()).sum();
        assert_eq!((sum, &statement["number"]), (3_000, &made["number"]), "a statement is the sum of its lines");
        let settled = later.post(format!("/api/v1/redemptions/{}/reversal", redemptions[1])).phone(&shop.clerk).key("late").sending(json!({ "reason": "退单" })).send().await;
        assert_eq!((settled.status, text(&settled.json()["code"])), (StatusCode::CONFLICT, "settled".to_owned()));
        let adjust = async |id: &str, fen: i64| later.post("/api/v1/adjustments").by(&finance).sending(json!({ "redemption_id": id, "amount_fen": fen, "reason": "核销后退货" })).send().await;
        assert_eq!(adjust(&redemptions[1], -1_501).await.status, StatusCode::UNPROCESSABLE_ENTITY, "more than was paid");
        assert_eq!(adjust(&redemptions[1], -1_500).await.status, StatusCode::CREATED);
        assert_eq!(adjust(&redemptions[1], -1).await.status, StatusCode::UNPROCESSABLE_ENTITY, "all of it was taken back");
        later.balanced().await;
        let next = later.at("2026-12-01T09:00:00+08:00").await;
        let finance = next.staff("finance at last", Role::Finance, "1303").await;
        let last = next.post("/api/v1/settlements").by(&finance).sending(wish("2026-11-30")).send().await.json();
        assert_eq!(sums(&last), [0, 0, 0, -1_500, -1_500]);
        next.balanced().await;
        let list = next.get("/api/v1/settlements").with("merchant", &shop.merchant).by(&finance).json().await;
        let days: Vec<_> = list["items"].as_array().unwrap().iter().map(|s| text(&s["until_day"])).collect();
        assert_eq!(days, ["2026-11-30", "2026-11-24"]);
        let check = next.get("/api/v1/ledger/check").by(&finance).json().await;
        assert_eq!((&check["is_balanced"], &check["differences"]), (&json!(true), &json!([])));
    }

    async fn a_reversal_and_a_settlement_at_once_agree(t: Town) {
        let campaign = t.campaign(&Plan::of(99)).await;
        let later = t.at("2026-11-26T09:00:00+08:00").await;
        let finance = later.staff("finance", Role::Finance, "1303").await;
        for n in 0..8 {
            let (shop, member) = (t.shop(&format!("商户{n}")).await, t.member().await);
            let voucher = t.voucher(&member, &campaign).await;
            let redemption = t.redeemed(&shop.clerk, &member, &voucher).await;
            let wish = json!({ "merchant_id": shop.merchant, "until_day": "2026-11-24" });
            let (back, closed) = tokio::join!(
                later.post(format!("/api/v1/redemptions/{redemption}/reversal")).phone(&shop.clerk).key("back").sending(json!({ "reason": "退单" })).send(),
                later.post("/api/v1/settlements").by(&finance).sending(wish).send(),
            );
            assert_eq!(closed.status, StatusCode::CREATED, "{}", closed.text());
            let is_back = back.status == StatusCode::CREATED;
            assert_eq!(closed.json()["redemptions"], json!(i64::from(!is_back)), "{}", back.text());
        }
        t.balanced().await;
    }

    async fn a_withdrawn_voucher_is_posted(t: Town) {
        let staff = t.staff("benefits", Role::Benefits, "1303").await;
        let (member, campaign) = (t.member().await, t.campaign(&Plan::of(3)).await);
        let voucher = t.voucher(&member, &campaign).await;
        let path = format!("/api/v1/vouchers/{voucher}/void");
        let void = async || t.post(&path).by(&staff).sending(json!({ "reason": "发错" })).send().await;
        assert_eq!(void().await.status, StatusCode::OK);
        assert_eq!(void().await.status, StatusCode::CONFLICT);
        let code = t.get(format!("/api/v1/vouchers/{voucher}/code")).phone(&member).send().await;
        assert_eq!((code.status, text(&code.json()["code"])), (StatusCode::CONFLICT, "voucher_over".to_owned()));
        let found = t.get("/api/v1/benefits/vouchers").with("campaign", &campaign).with("state", "void").by(&staff).json().await;
        assert_eq!(found["items"][0]["id"], json!(voucher));
        t.balanced().await;
    }
}
