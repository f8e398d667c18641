//! Redeeming: a code once, a voucher never past what is left of it, an answer for whoever comes second.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::stage::{Phone, Plan, Shop};
use crate::client::{Reply, text};
use crate::harness::Town;

/// Status and code of a problem.
fn code(reply: &Reply) -> (u16, String) {
    (reply.status.as_u16(), text(&reply.json()["code"]))
}

/// Status, field and code of the first thing that a problem names.
fn fault(reply: &Reply) -> (u16, String, String) {
    let error = &reply.json()["errors"][0];
    (reply.status.as_u16(), text(&error["field"]), text(&error["code"]))
}

fn told(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

/// A member with a voucher, and a shop.
async fn met(t: &Town, plan: &Plan) -> (Phone, String, Shop) {
    let (member, shop, campaign) = (t.member().await, t.shop("港城家常菜").await, t.campaign(plan).await);
    let voucher = t.voucher(&member, &campaign).await;
    (member, voucher, shop)
}

/// What a phone's voucher is like now.
async fn seen(t: &Town, member: &Phone, voucher: &str) -> Value {
    t.get(format!("/api/v1/vouchers/{voucher}")).phone(member).json().await
}

both_engines! {
    async fn a_code_is_shown_and_redeemed_and_both_see_it(t: Town) {
        let (member, voucher, shop) = met(&t, &Plan { min_spend_fen: 3_000, ..Plan::of(5) }).await;
        let shown = t.get(format!("/api/v1/vouchers/{voucher}/code")).phone(&member).send().await;
        assert_eq!(shown.header("cache-control"), "no-store");
        let shown = shown.json();
        let digits = text(&shown["code"]);
        assert!(digits.len() == 8 && digits.bytes().all(|b| b.is_ascii_digit()), "{digits}");
        assert!(text(&shown["qr"]).ends_with(&format!("/benefits/till#{digits}")));
        let wish = |bill: Value| json!({ "code": digits, "purchase_fen": bill });
        let small = t.redeems(&shop.clerk, "a", wish(json!(2_999))).await;
        assert_eq!(fault(&small), (422, "purchase_fen".into(), "too_small".into()));
        let none = t.redeems(&shop.clerk, "b", wish(Value::Null)).await;
        assert_eq!(fault(&none), (422, "purchase_fen".into(), "missing".into()));
        let done = t.redeems(&shop.clerk, "c", wish(json!(3_000))).await;
        assert_eq!(done.status, StatusCode::CREATED, "{}", done.text());
        assert_eq!((&done.json()["amount_fen"], &done.json()["left_fen"]), (&json!(2_000), &json!(0)));
        let again = t.redeems(&shop.clerk, "c", wish(json!(3_000))).await;
        assert_eq!((again.status, &again.body), (done.status, &done.body), "the same key");
        let wallet = t.get("/api/v1/vouchers").phone(&member).json().await;
        assert_eq!((&wallet["live"], &wallet["saved_fen_year"], &wallet["times_year"]), (&json!(0), &json!(2_000), &json!(1)));
        let used = &wallet["items"][0];
        assert_eq!((&used["state"], &used["redemptions"][0]["store"]["name"]), (&json!("redeemed"), &json!("港城家常菜文化路店")));
        let till = t.get("/api/v1/redemptions").phone(&shop.clerk).json().await;
        assert_eq!((&till["count"], &till["sum_fen"]), (&json!(1), &json!(2_000)));
        assert_eq!(till["items"][0]["id"], done.json()["id"]);
        t.balanced().await;
    }

    async fn of_two_tills_one_wins_and_the_other_is_told_where(t: Town) {
        for round in 0..6 {
            let (member, voucher, shop) = (t.member().await, (), t.shop(&format!("甲{round}")).await);
            let () = voucher;
            let other = t.shop(&format!("乙{round}")).await;
            let campaign = t.campaign(&Plan::of(5)).await;
            let voucher = t.voucher(&member, &campaign).await;
            let one = t.code(&member, &voucher).await;
            // In every other round the second till scans a code of its own of the same voucher.
            let two = if round % 2 == 0 { one.clone() } else { t.code(&member, &voucher).await };
            let (a, b) = tokio::join!(
                t.redeems(&shop.clerk, "till", json!({ "code": one })),
                t.redeems(&other.clerk, "till", json!({ "code": two })),
            );
            let won = [&a, &b].iter().filter(|r| r.status == StatusCode::CREATED).count();
            assert_eq!(won, 1, "{} {}", a.text(), b.text());
            let (lost, winner) = if a.status == StatusCode::CREATED { (b, "甲") } else { (a, "乙") };
            assert_eq!(code(&lost), told(409, "already_redeemed"));
            let detail = text(&lost.json()["detail"]);
            assert!(detail.contains(&format!("11 月 24 日 10:00，{winner}{round}文化路店")), "{detail}");
        }
        t.balanced().await;
    }

    async fn codes_that_are_old_used_or_forged_are_refused(t: Town) {
        let (member, voucher, shop) = met(&t, &Plan { limit_total: 2, ..Plan::of(5) }).await;
        let old = t.code(&member, &voucher).await;
        let later = t.at("2026-11-24T10:01:00+08:00").await;
        assert_eq!(code(&later.redeems(&shop.clerk, "old", json!({ "code": old })).await), told(409, "code_expired"));
        let fresh = later.code(&member, &voucher).await;
        let grouped = format!("{} {}", &fresh[..4], &fresh[4..]);
        assert_eq!(later.redeems(&shop.clerk, "new", json!({ "code": grouped })).await.status, StatusCode::CREATED);
        let replayed = later.redeems(&shop.clerk, "again", json!({ "code": fresh })).await;
        assert_eq!(code(&replayed), told(409, "already_redeemed"));
        for bad in ["1234567", "123456789", "1234567a", ""] {
            assert_eq!(fault(&t.redeems(&shop.clerk, "bad", json!({ "code": bad })).await), (422, "code".into(), "not_a_code".into()));
        }
        // Whoever can write to the table moves somebody's code to a voucher of his own.
        let campaign = t.campaign(&Plan { limit_total: 2, ..Plan::of(5) }).await;
        let thief = t.member().await;
        let (mine, his) = (t.voucher(&member, &campaign).await, t.voucher(&thief, &campaign).await);
        let stolen = t.code(&member, &mine).await;
        t.run(&[format!("UPDATE voucher_code SET voucher_id = '{his}' WHERE voucher_id = '{mine}'")]).await;
        assert_eq!(code(&t.redeems(&shop.clerk, "moved", json!({ "code": stolen })).await), told(404, "not_found"));
        t.balanced().await;
    }

    async fn a_voucher_has_five_good_codes_and_no_more(t: Town) {
        let (member, voucher, shop) = met(&t, &Plan::of(5)).await;
        let mut codes = Vec::new();
        for second in 0..7 {
            let then = t.at(&format!("2026-11-24T10:00:{second:02}+08:00")).await;
            codes.push(then.code(&member, &voucher).await);
        }
        let now = t.at("2026-11-24T10:00:07+08:00").await;
        for oldest in &codes[..2] {
            assert_eq!(code(&now.redeems(&shop.clerk, oldest, json!({ "code": oldest })).await), told(404, "not_found"));
        }
        assert_eq!(now.redeems(&shop.clerk, "third", json!({ "code": codes[2] })).await.status, StatusCode::CREATED);

        let campaign = t.campaign(&Plan::of(5)).await;
        let voucher = t.voucher(&member, &campaign).await;
        let mut draws = tokio::task::JoinSet::new();
        for _ in 0..12 {
            let (t, member, voucher) = (t.clone(), member.clone(), voucher.clone());
            draws.spawn(async move { t.code(&member, &voucher).await });
        }
        assert_eq!(draws.join_all().await.len(), 12, "each was answered");
        let kept = crate::tables::dump(&t.app.db).await["voucher_code"].iter().filter(|row| row.contains(&voucher)).count();
        assert_eq!(kept, 5, "also of those that came at once");
    }

    async fn ten_misses_lock_the_clerk_for_an_hour(t: Town) {
        let (member, voucher, shop) = met(&t, &Plan::of(5)).await;
        let digits = t.code(&member, &voucher).await;
        let wrong = |n: u32| format!("{:08}", (digits.parse::<u32>().unwrap() + n) % 100_000_000);
        // A good code in between pays for the misses before it.
        for n in 1..=9 {
            assert_eq!(code(&t.redeems(&shop.clerk, &format!("miss-{n}"), json!({ "code": wrong(n) })).await), told(404, "not_found"));
        }
        assert_eq!(t.redeems(&shop.clerk, "good", json!({ "code": digits })).await.status, StatusCode::CREATED);
        // Many guesses at once are counted one by one.
        let mut guesses = tokio::task::JoinSet::new();
        for n in 20..44 {
            let (t, clerk, guess) = (t.clone(), shop.clerk.clone(), json!({ "code": wrong(n) }));
            guesses.spawn(async move { t.redeems(&clerk, &format!("guess-{n}"), guess).await });
        }
        let replies = guesses.join_all().await;
        let missed = replies.iter().filter(|r| r.status == StatusCode::NOT_FOUND).count();
        let locked: Vec<_> = replies.iter().filter(|r| r.status == StatusCode::TOO_MANY_REQUESTS).collect();
        assert_eq!((missed, locked.len()), (9, 15), "the tenth miss locks");
        assert_eq!(locked[0].header("retry-after"), "3600");
        let other = t.member().await;
        let campaign = t.campaign(&Plan::of(5)).await;
        let voucher = t.voucher(&other, &campaign).await;
        let good = t.code(&other, &voucher).await;
        let refused = t.redeems(&shop.clerk, "locked", json!({ "code": good })).await;
        assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS, "a good code does not unlock him");
        let colleague = t.clerk(&shop.merchant, &shop.store).await;
        assert_eq!(t.redeems(&colleague, "colleague", json!({ "code": good })).await.status, StatusCode::CREATED);
        let later = t.at("2026-11-24T11:00:00+08:00").await;
        let after = later.redeems(&shop.clerk, "after", json!({ "code": wrong(50) })).await;
        assert_eq!(code(&after), told(404, "not_found"), "an hour later he is counted anew");
        t.balanced().await;
    }

    async fn a_part_is_used_and_the_rest_stays(t: Town) {
        let plan = Plan { is_partial: true, face_fen: 1_000, union_fen: 333, budget_fen: 333, ..Plan::of(1) };
        let (member, voucher, shop) = met(&t, &plan).await;
        let mut paid = 0;
        for (key, amount, left) in [("a", 100, 900), ("b", 450, 450), ("c", 451, 450), ("d", 450, 0)] {
            let digits = t.code(&member, &voucher).await;
            let reply = t.redeems(&shop.clerk, key, json!({ "code": digits, "amount_fen": amount })).await;
            if key == "c" {
                assert_eq!(fault(&reply), (422, "amount_fen".into(), "too_large".into()));
                continue;
            }
            assert_eq!((reply.status, &reply.json()["left_fen"]), (StatusCode::CREATED, &json!(left)), "{key}");
            paid += amount;
            t.balanced().await;
        }
        assert_eq!((paid, seen(&t, &member, &voucher).await["state"].clone()), (1_000, json!("redeemed")));
        assert_eq!(t.number("SELECT SUM(union_fen) FROM redemption").await, 333, "the union pays its part to the fen");
        let whole = t.campaign(&Plan::of(1)).await;
        let voucher = t.voucher(&member, &whole).await;
        let digits = t.code(&member, &voucher).await;
        let part = t.redeems(&shop.clerk, "part", json!({ "code": digits, "amount_fen": 1_999 })).await;
        assert_eq!(fault(&part), (422, "amount_fen".into(), "not_whole".into()));
    }

    async fn of_two_parts_at_one_instant_each_clerk_is_told_what_is_left_after_his_own(t: Town) {
        for round in 0..6 {
            let (member, shop) = (t.member().await, t.shop(&format!("甲{round}")).await);
            let other = t.shop(&format!("乙{round}")).await;
            let campaign = t.campaign(&Plan { is_partial: true, ..Plan::of(5) }).await;
            let voucher = t.voucher(&member, &campaign).await;
            let (one, two) = (t.code(&member, &voucher).await, t.code(&member, &voucher).await);
            let wish = |code: &str, amount_fen: i64| json!({ "code": code, "amount_fen": amount_fen });
            let (a, b) = tokio::join!(
                t.redeems(&shop.clerk, "till", wish(&one, 700)),
                t.redeems(&other.clerk, "till", wish(&two, 500)),
            );
            assert_eq!([a.status, b.status], [StatusCode::CREATED; 2], "{} {}", a.text(), b.text());
            let left = [&a, &b].map(|reply| reply.json()["left_fen"].as_i64().unwrap());
            assert!(left == [1_300, 800] || left == [800, 1_500], "one after the other: {left:?}");
            assert_eq!(seen(&t, &member, &voucher).await["left_fen"], json!(800));
        }
        t.balanced().await;
    }

    async fn at_the_very_instant_one_of_expiry_and_redemption_wins(t: Town) {
        let ends = "2026-11-24T10:00:30+08:00";
        let shop = t.shop("港城家常菜").await;
        let campaign = t.campaign(&Plan { valid_until: ends, ..Plan::of(20) }).await;
        let at_end = t.at(ends).await;
        let before = t.at("2026-11-24T10:00:29.999+08:00").await;
        for n in 0..10 {
            let member = t.member().await;
            let voucher = t.voucher(&member, &campaign).await;
            let digits = t.code(&member, &voucher).await;
            let key = format!("end-{n}");
            // The till read its clock a millisecond earlier and comes at the same time as expiry.
            let (till, expired) = tokio::join!(
                before.redeems(&shop.clerk, &key, json!({ "code": digits })),
                yizhan::benefits::vouchers::expire_due(&at_end.app),
            );
            let is_redeemed = till.status == StatusCode::CREATED;
            assert_eq!(expired.unwrap(), usize::from(!is_redeemed), "{}", till.text());
            let state = seen(&t, &member, &voucher).await["state"].clone();
            assert_eq!(state, json!(if is_redeemed { "redeemed" } else { "expired" }));
        }
        let member = t.member().await;
        let voucher = t.voucher(&member, &campaign).await;
        let digits = t.code(&member, &voucher).await;
        let late = at_end.redeems(&shop.clerk, "late", json!({ "code": digits })).await;
        assert_eq!(code(&late), told(409, "voucher_expired"), "at the instant it is over, expired or not");
        assert_eq!(yizhan::benefits::vouchers::expire_due(&at_end.app).await.unwrap(), 1);
        assert_eq!(yizhan::benefits::vouchers::expire_due(&at_end.app).await.unwrap(), 0, "once");
        t.balanced().await;
    }

    async fn a_redemption_is_taken_back_once(t: Town) {
        let (member, voucher, shop) = met(&t, &Plan::of(5)).await;
        let redemption = t.redeemed(&shop.clerk, &member, &voucher).await;
        let path = format!("/api/v1/redemptions/{redemption}/reversal");
        let wish = json!({ "reason": "顾客退单" });
        let other = t.shop("别家").await;
        let theirs = t.post(&path).phone(&other.clerk).key("x").sending(wish.clone()).send().await;
        assert_eq!(theirs.status, StatusCode::NOT_FOUND, "another merchant's is not there");
        let (a, b) = tokio::join!(
            t.post(&path).phone(&shop.clerk).key("a").sending(wish.clone()).send(),
            t.post(&path).phone(&shop.clerk).key("b").sending(wish.clone()).send(),
        );
        let mut statuses = [a.status.as_u16(), b.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409], "{} {}", a.text(), b.text());
        let lost = if a.status == StatusCode::CONFLICT { a } else { b };
        assert_eq!(code(&lost), told(409, "already_reversed"));
        let back = seen(&t, &member, &voucher).await;
        assert_eq!((&back["state"], &back["left_fen"], &back["redemptions"][0]["is_reversed"]), (&json!("issued"), &json!(2_000), &json!(true)));
        t.redeemed(&shop.clerk, &member, &voucher).await;
        t.balanced().await;
    }

    async fn what_is_taken_back_after_its_end_is_expired(t: Town) {
        let ends = "2026-11-24T12:00:00+08:00";
        let plan = Plan { is_partial: true, valid_until: ends, ..Plan::of(5) };
        let (member, voucher, shop) = met(&t, &plan).await;
        let digits = t.code(&member, &voucher).await;
        let part = t.redeems(&shop.clerk, "part", json!({ "code": digits, "amount_fen": 500 })).await;
        let later = t.at(ends).await;
        assert_eq!(yizhan::benefits::vouchers::expire_due(&later.app).await.unwrap(), 1);
        t.balanced().await;
        let path = format!("/api/v1/redemptions/{}/reversal", text(&part.json()["id"]));
        let back = later.post(path).phone(&shop.clerk).key("back").sending(json!({ "reason": "退单" })).send().await;
        assert_eq!((back.status, &back.json()["given_back_fen"]), (StatusCode::CREATED, &json!(0)));
        let now = seen(&later, &member, &voucher).await;
        assert_eq!((&now["state"], &now["left_fen"]), (&json!("expired"), &json!(0)));
        t.balanced().await;
    }

    async fn a_voucher_is_used_where_its_campaign_says(t: Town) {
        let (member, voucher, shop) = met(&t, &Plan::of(5)).await;
        let other = t.shop("别家").await;
        let place = |store: &str| format!("INSERT INTO campaign_place (campaign_id, merchant_id, store_id) SELECT id, '{}', '{store}' FROM campaign", other.merchant);
        t.run(&[place("")]).await;
        let digits = t.code(&member, &voucher).await;
        let here = t.redeems(&shop.clerk, "here", json!({ "code": digits })).await;
        assert_eq!(fault(&here), (422, "code".into(), "wrong_store".into()));
        t.run(&["UPDATE campaign SET state = 'frozen'".to_owned()]).await;
        assert_eq!(code(&t.redeems(&other.clerk, "frozen", json!({ "code": digits })).await), told(409, "frozen"));
        t.run(&["UPDATE campaign SET state = 'running'".to_owned()]).await;
        let there = t.redeems(&other.clerk, "there", json!({ "code": digits, "lat": 39.95, "lon": 119.6 })).await;
        assert_eq!(there.status, StatusCode::CREATED, "{}", there.text());
        assert_eq!(t.number("SELECT distance_m FROM redemption").await, 1_100, "how far, and not where");
    }
}
