//! A campaign from draft to end: its checks, who sees it, freezing at once, more stock and budget.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use yizhan::accounts::Role;

use super::rules::{code, fields, terms};
use crate::client::text;
use crate::harness::Town;

async fn listed(t: &Town, query: &str) -> Vec<String> {
    let told = t.get(format!("/api/v1/campaigns{query}")).json().await;
    told["items"].as_array().unwrap().iter().map(|c| text(&c["id"])).collect()
}

both_engines! {
    async fn a_campaign_is_drafted_published_frozen_and_ended(t: Town) {
        let (root, shop, member) = (t.root().await, t.shop("好味包子铺").await, t.member().await);
        let places = json!([{ "merchant_id": shop.merchant, "store_id": shop.store }]);
        let draft = t.campaign_draft(&root, terms(&json!({ "places": places, "project": "511" }))).await;
        let path = format!("/api/v1/campaigns/{}", text(&draft["id"]));
        assert_eq!((&draft["state"], &draft["life"], &draft["version"]), (&json!("draft"), &json!("draft"), &json!(1)));
        assert_eq!(t.get(&path).send().await.status, StatusCode::NOT_FOUND, "nobody sees a draft");
        assert!(listed(&t, "").await.is_empty());

        let patch = json!({ "stock": 2, "budget_fen": 3_000, "project": null, "eligibility": { "trades": ["courier"] } });
        let changed = t.ask(Method::PATCH, &path).by(&root).on(&draft["version"]).sending(patch).json().await;
        assert_eq!((&changed["stock"], &changed["project"], &changed["face_fen"]), (&json!(2), &Value::Null, &json!(2_000)));
        let stale = t.campaign_step(&root, &draft, "publish", None).await;
        assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED, "{}", stale.text());
        let published = t.campaign_step(&root, &changed, "publish", None).await;
        assert_eq!(published.status, StatusCode::OK, "{}", published.text());
        let running = published.json();
        assert_eq!(code(&t.campaign_step(&root, &running, "publish", None).await), (409, "wrong_state".into()));
        t.balanced().await;

        let seen = t.get(&path).json().await;
        assert_eq!((&seen["state"], &seen["left"]), (&json!("running"), &json!(2)));
        assert_eq!(seen["places"][0]["merchant"]["name"], "好味包子铺");
        assert_eq!(seen["eligibility"].as_array().unwrap().len(), 1);
        assert!(seen.get("budget_fen").is_none() && seen.get("version").is_none(), "that is the union's own business");
        assert_eq!(listed(&t, "?state=running").await, [text(&draft["id"])]);
        assert!(listed(&t, "?state=upcoming").await.is_empty() && listed(&t, "?state=ended").await.is_empty());

        let why = json!({ "reason": "有人倒券" });
        let frozen = t.campaign_step(&root, &running, "freeze", Some(why)).await.json();
        assert_eq!((&frozen["state"], &frozen["frozen_reason"]), (&json!("frozen"), &json!("有人倒券")));
        assert_eq!(code(&t.claims(&member, &text(&draft["id"]), "one").await), (409, "frozen".into()), "at once");
        let resumed = t.campaign_step(&root, &frozen, "resume", None).await.json();
        assert_eq!(t.claims(&member, &text(&draft["id"]), "two").await.status, StatusCode::CREATED);
        let told = t.get(format!("/api/v1/benefits/campaigns/{}", text(&draft["id"]))).by(&root).json().await;
        assert_eq!((&told["issued"], &told["left"], &told["spent_fen"]), (&json!(1), &json!(1), &json!(1_500)));
        let ended = t.campaign_step(&root, &resumed, "end", None).await.json();
        assert_eq!(ended["state"], "ended");
        assert_eq!(listed(&t, "?state=ended").await, [text(&draft["id"])]);
        t.balanced().await;
    }

    async fn stock_and_budget_are_raised_and_never_lowered(t: Town) {
        let (root, members) = (t.root().await, t.members(3).await);
        let running = t.campaign_published(&root, terms(&json!({ "stock": 1, "budget_fen": 1_500 }))).await;
        let id = text(&running["id"]);
        assert_eq!(t.claims(&members[0], &id, "a").await.status, StatusCode::CREATED);
        assert_eq!(code(&t.claims(&members[1], &id, "b").await), (409, "sold_out".into()));
        let less = t.campaign_step(&root, &running, "budget", Some(json!({ "stock": 0, "budget_fen": 1_499 }))).await;
        assert_eq!((less.status.as_u16(), fields(&less).last().cloned()), (422, Some("budget_fen".into())), "{}", less.text());
        let raised = t.campaign_step(&root, &running, "budget", Some(json!({ "stock": 2, "budget_fen": 2_000 }))).await.json();
        assert_eq!((&raised["stock"], &raised["budget_fen"]), (&json!(2), &json!(2_000)));
        assert_eq!(code(&t.claims(&members[1], &id, "c").await), (409, "sold_out".into()), "the budget is not enough");
        t.balanced().await;
        let raised = t.campaign_step(&root, &raised, "budget", Some(json!({ "stock": 2, "budget_fen": 3_000 }))).await;
        assert_eq!(raised.status, StatusCode::OK, "{}", raised.text());
        assert_eq!(t.claims(&members[1], &id, "d").await.status, StatusCode::CREATED);
        t.balanced().await;
        let funds = t.number("SELECT COUNT(*) FROM ledger_posting WHERE kind = 'fund'").await;
        assert_eq!(funds, 3, "each part is a posting of its own");
    }

    async fn terms_that_cannot_be_are_told_one_by_one(t: Town) {
        let root = t.root().await;
        let wrong = json!({
            "name": " ", "closes_at": "2026-11-24T08:00:00+08:00", "union_fen": 3_000, "stock": 0, "limit_total": 1,
            "limit_day": 2, "valid_until": "2026-12-01T00:00:00+08:00", "budget_fen": 10, "weight_never_won": 11,
        });
        let reply = t.post("/api/v1/campaigns").by(&root).sending(terms(&wrong)).send().await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", reply.text());
        let told = ["name", "closes_at", "valid_until", "stock", "union_fen", "budget_fen", "limit_day", "weight_never_won"];
        assert_eq!(fields(&reply), told);
        let nowhere = json!({ "places": [{ "merchant_id": "019303a0-0000-7000-8000-000000000000" }] });
        let reply = t.post("/api/v1/campaigns").by(&root).sending(terms(&nowhere)).send().await;
        assert_eq!((reply.status.as_u16(), fields(&reply)), (422, vec!["places[0]".to_owned()]));
        let poor = json!({ "mode": "draw", "stock": 2, "budget_fen": 1_500 });
        let reply = t.post("/api/v1/campaigns").by(&root).sending(terms(&poor)).send().await;
        assert_eq!(fields(&reply), ["budget_fen"], "whoever wins gets his voucher");

        let shop = t.shop("要退出的店").await;
        let past = json!({
            "opens_at": "2026-11-01T00:00:00+08:00", "closes_at": "2026-11-02T00:00:00+08:00",
            "places": [{ "merchant_id": shop.merchant }],
        });
        let draft = t.campaign_draft(&root, terms(&past)).await;
        t.run(&[format!("UPDATE merchant SET state = 'ended' WHERE id = '{}'", shop.merchant)]).await;
        let reply = t.campaign_step(&root, &draft, "publish", None).await;
        assert_eq!((reply.status.as_u16(), fields(&reply)), (422, vec!["closes_at".to_owned(), "places".to_owned()]));
        assert_eq!(t.number("SELECT COUNT(*) FROM ledger_posting").await, 0, "nothing of it was posted");
    }

    async fn staff_act_in_their_districts(t: Town) {
        let root = t.root().await;
        let own = t.staff("own", Role::Benefits, "130302").await;
        let other = t.staff("other", Role::Benefits, "130304").await;
        let city = t.campaign_published(&root, terms(&json!({}))).await;
        let one = t.campaign_draft(&own, terms(&json!({ "district": "130302" }))).await;
        let elsewhere = t.post("/api/v1/campaigns").by(&own).sending(terms(&json!({ "district": "130304" }))).send().await;
        assert_eq!(elsewhere.status, StatusCode::NOT_FOUND);
        let all = async |by| {
            let told = t.get("/api/v1/benefits/campaigns").by(by).json().await;
            told["items"].as_array().unwrap().iter().map(|c| text(&c["id"])).collect::<Vec<_>>()
        };
        assert_eq!(all(&root).await, [text(&one["id"]), text(&city["id"])], "the newest first");
        assert_eq!((all(&own).await, all(&other).await.len()), (vec![text(&one["id"])], 0));
        let reply = t.campaign_step(&other, &one, "publish", None).await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND);
        let page = t.get("/api/v1/benefits/campaigns?limit=1").by(&root).send().await;
        let next = page.next_page().expect("a next page");
        assert_eq!(t.get(next).by(&root).json().await["items"][0]["id"], city["id"]);
    }

    async fn a_member_is_told_why_and_how_much_is_left(t: Town) {
        let (root, member) = (t.root().await, t.member().await);
        let asked = json!({ "eligibility": { "trades": ["courier"], "cards": ["fuel"] }, "limit_total": 3, "limit_day": 1 });
        let running = t.campaign_published(&root, terms(&asked)).await;
        let path = format!("/api/v1/campaigns/{}/eligibility", text(&running["id"]));
        assert_eq!(t.get(&path).send().await.status, StatusCode::UNAUTHORIZED);
        let told = t.get(&path).phone(&member).json().await;
        assert_eq!(told["is_eligible"], false);
        let rules: Vec<_> = told["rules"].as_array().unwrap().iter().map(|r| (text(&r["rule"]), r["is_met"].clone())).collect();
        assert_eq!(rules, [("membership".into(), json!(true)), ("trade".into(), json!(true)), ("card".into(), json!(false))]);
        t.run(&[format!(
            "INSERT INTO member_card (id, member_id, kind, issuer, number_hash, number_end, registered_ms)
            VALUES ('019303a0-0000-7000-8000-000000000001', '{}', 'fuel', '某石化', 'x', '0001', 0)", member.id)]).await;
        assert_eq!(t.claims(&member, &text(&running["id"]), "one").await.status, StatusCode::CREATED);
        let told = t.get(&path).phone(&member).json().await;
        assert_eq!(told["is_eligible"], true);
        let limits: Vec<_> = told["limits"].as_array().unwrap().iter().map(|l| (text(&l["period"]), l["limit"].clone(), l["used"].clone())).collect();
        assert_eq!(limits, [("total".into(), json!(3), json!(1)), ("day".into(), json!(1), json!(1))]);
    }

    async fn who_has_the_list_is_told_so(t: Town) {
        let root = t.root().await;
        let running = t.campaign_published(&root, terms(&json!({}))).await;
        let first = t.get("/api/v1/campaigns").send().await;
        let tag = first.header("etag").to_owned();
        assert_eq!(t.get("/api/v1/campaigns").header("if-none-match", tag.clone()).send().await.status, StatusCode::NOT_MODIFIED);
        t.campaign_step(&root, &running, "end", None).await;
        assert_eq!(t.get("/api/v1/campaigns").header("if-none-match", tag).send().await.status, StatusCode::OK);
    }
}
