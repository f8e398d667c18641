//! Figures and goals: the numbers of the union's own report, told apart every way, and as a workbook.

use std::io::Cursor;

use axum::http::{Method, StatusCode};
use calamine::{Data, Reader, Xlsx};
use serde_json::{Value, json};
use yizhan::accounts::Role;
use yizhan::ids::{RedemptionId, ReportedSavingId, VoucherId};

use super::rules::{code, fields};
use super::stage::{Plan, Shop};
use crate::client::text;
use crate::harness::Town;
use crate::staff::Staff;

/// A unit of the report: 10,000 yuan.
const UNIT: i64 = 1_000_000;

impl Town {
    /// A campaign of project 511 that gave out 110 vouchers of one unit, of which 95 were redeemed and 5 expired; one
    /// of the rest was redeemed and taken back.
    async fn reported(&self) -> (String, Shop) {
        let shop = self.shop("=好味&包子铺").await;
        let plan = Plan { budget_fen: 110 * UNIT, face_fen: UNIT, union_fen: UNIT, ..Plan::of(110) };
        let campaign = self.campaign(&plan).await;
        let (now, at) = (self.app.clock.now(), self.app.clock.now().timestamp_millis());
        let mut rows = vec![format!("UPDATE campaign SET project = '511' WHERE id = '{campaign}'")];
        for (n, member) in self.members(110).await.iter().enumerate() {
            let (voucher, redemption) = (VoucherId::new(now), RedemptionId::new(now));
            let (state, left, ended) = match n {
                0..95 => ("redeemed", 0, at.to_string()),
                95..100 => ("expired", 0, at.to_string()),
                _ => ("issued", UNIT, "NULL".to_owned()),
            };
            rows.push(format!(
                "INSERT INTO voucher (id, campaign_id, member_id, state, face_fen, union_fen, left_fen, issued_ms, expires_ms, ended_ms)
                VALUES ('{voucher}', '{campaign}', '{}', '{state}', {UNIT}, {UNIT}, {left}, {at}, 9000000000000, {ended})", member.id
            ));
            if n < 95 || n == 100 {
                let reversed = if n == 100 { at.to_string() } else { "NULL".to_owned() };
                rows.push(format!(
                    "INSERT INTO redemption (id, voucher_id, campaign_id, merchant_id, store_id, clerk_id, amount_fen, union_fen, purchase_fen, at_ms, reversed_ms)
                    VALUES ('{redemption}', '{voucher}', '{campaign}', '{}', '{}', '{}', {UNIT}, {}, {}, {at}, {reversed})",
                    shop.merchant, shop.store, shop.clerk.id, UNIT / 2, UNIT * 2
                ));
            }
        }
        self.run(&rows).await;
        (campaign, shop)
    }

    /// What the issuer of fuel cards reports.
    async fn fuel(&self, root: &Staff) -> Value {
        let path =
            format!("/api/v1/benefits/reported-savings/{}", ReportedSavingId::new(self.app.clock.now()));
        let wish = json!({
            "source": "某石化", "project": "511", "month": "2026-11", "persons": 400, "person_times": 900,
            "issued_fen": 30 * UNIT, "saved_fen": 30 * UNIT,
        });
        self.ask(Method::PUT, path).by(root).sending(wish).json().await
    }
}

both_engines! {
    async fn the_figures_are_those_of_the_report(t: Town) {
        let root = t.root().await;
        let (campaign, shop) = t.reported().await;
        t.fuel(&root).await;
        let figures = async |query: &str| t.get(format!("/api/v1/benefits/figures?period=2026{query}")).by(&root).json().await;
        let told = figures("").await;
        let totals = &told["totals"];
        let short = |fields: &[&str]| fields.iter().map(|f| totals[*f].as_i64().unwrap()).collect::<Vec<_>>();
        assert_eq!(short(&["issued", "redeemed", "persons", "person_times"]), [110, 95, 95, 95]);
        assert_eq!(short(&["issued_fen", "redeemed_fen", "saved_fen", "expired_fen", "live_fen", "void_fen"]),
            [110, 95, 125, 5, 10, 0].map(|units| units * UNIT));
        assert_eq!(totals["rate"], json!({ "numerator": 95 * UNIT, "denominator": 110 * UNIT, "percent": 86.4 }));
        let sides = &told["sides"];
        assert_eq!((&sides["member"]["saved_fen"], &sides["member"]["reported_person_times"]), (&json!(125 * UNIT), &json!(900)));
        assert_eq!((&sides["merchant"]["merchants"], &sides["merchant"]["purchase_fen"]), (&json!(1), &json!(190 * UNIT)));
        assert_eq!((&sides["bank"]["due_fen"], &sides["bank"]["open_fen"]), (&json!(95 * UNIT / 2), &json!(95 * UNIT / 2)));
        for side in ["member", "merchant", "bank"] {
            assert!(!text(&sides[side]["definition"]).is_empty(), "{side}");
        }
        for (by, key) in [("campaign", campaign.as_str()), ("district", "130302"), ("category", "food"), ("merchant", &shop.merchant)] {
            let rows = figures(&format!("&by={by}")).await["rows"].clone();
            assert_eq!(rows.as_array().unwrap().len(), 1, "{by}: {rows}");
            assert_eq!((&rows[0]["key"], &rows[0]["redeemed_fen"]), (&json!(key), &totals["redeemed_fen"]), "{by}");
        }
        let months = figures("&by=month").await["rows"].clone();
        let november = &months[10];
        assert_eq!((months.as_array().unwrap().len(), text(&november["key"])), (12, "2026-11".into()));
        assert_eq!((&november["saved_fen"], &months[9]["saved_fen"]), (&json!(125 * UNIT), &json!(0)));
        assert_eq!(figures("&project=other").await["totals"]["issued"], 0);
        assert_eq!(figures("&project=511").await["totals"]["saved_fen"], 125 * UNIT);
        let before = t.get("/api/v1/benefits/figures?period=2026-10-01..2026-10-31").by(&root).json().await;
        assert_eq!((&before["totals"]["issued"], &before["totals"]["rate"]["percent"]), (&json!(0), &Value::Null));
    }

    async fn a_district_sees_its_own_members_only(t: Town) {
        let root = t.root().await;
        t.reported().await;
        t.fuel(&root).await;
        let (own, other) = (t.staff("own", Role::District, "130302").await, t.staff("other", Role::District, "130304").await);
        let path = "/api/v1/benefits/figures?period=2026-11";
        let (own, other) = (t.get(path).by(&own).json().await, t.get(path).by(&other).json().await);
        assert_eq!(own["totals"]["redeemed"], 95);
        assert_eq!(own["totals"]["saved_fen"], 95 * UNIT, "what the whole city reports is the city's");
        assert_eq!((&other["totals"]["issued"], &other["totals"]["persons"]), (&json!(0), &json!(0)));
    }

    async fn figures_are_taken_out_as_a_workbook(t: Town) {
        let root = t.root().await;
        t.reported().await;
        let book = t.get("/api/v1/benefits/figures?period=2026&by=merchant&format=xlsx").by(&root).send().await;
        assert!(book.header("content-disposition").contains("benefits-2026-01-01-2026-12-31.xlsx"));
        let mut book = Xlsx::new(Cursor::new(book.body)).unwrap();
        let sheet = book.worksheet_range_at(0).unwrap().unwrap();
        let rows: Vec<&[Data]> = sheet.rows().collect();
        assert_eq!(rows[1][0], Data::String("'=好味&包子铺".into()), "no formula");
        assert_eq!((&rows[1][4], &rows[2][4]), (&Data::Float(950_000.0), &Data::Float(950_000.0)), "{rows:?}");
        assert_eq!(rows[2][12], Data::Float(86.4));
    }

    async fn a_goal_stands_beside_what_was_reached(t: Town) {
        let root = t.root().await;
        t.reported().await;
        let fuel = t.fuel(&root).await;
        let goal = |measure: &str, target: i64| json!({
            "project": "511", "measure": measure, "target": target, "from_day": "2026-01-01", "until_day": "2026-12-31",
        });
        let set = async |wish: Value| t.post("/api/v1/benefits/goals").by(&root).sending(wish).send().await;
        for (measure, target) in [("cards", 50_000), ("merchants", 100), ("saved_fen", 100 * UNIT), ("person_times", 1_000), ("campaigns", 2), ("offers", 1)] {
            assert_eq!(set(goal(measure, target)).await.status, StatusCode::CREATED, "{measure}");
        }
        assert_eq!(code(&set(goal("cards", 1)).await), (409, "exists".into()));
        let mut wrong = goal("issued_fen", 0);
        wrong["until_day"] = json!("2025-01-01");
        assert_eq!(fields(&set(wrong).await), ["target", "until_day"]);
        let told = t.get("/api/v1/benefits/goals").by(&root).json().await;
        let items = told["items"].as_array().unwrap();
        let reached: Vec<_> = items.iter().map(|g| (text(&g["measure"]), g["actual"].as_i64().unwrap(), g["share"].as_f64().unwrap())).collect();
        let expected = [("campaigns", 0, 0.0), ("cards", 0, 0.0), ("merchants", 1, 1.0), ("offers", 0, 0.0), ("person_times", 995, 99.5), ("saved_fen", 125 * UNIT, 125.0)];
        assert_eq!(reached, expected.map(|(m, a, s)| (m.to_owned(), a, s)));
        assert!(items.iter().all(|g| !text(&g["definition"]).is_empty()));

        let cards = items.iter().find(|g| g["measure"] == "cards").unwrap();
        let path = format!("/api/v1/benefits/goals/{}", text(&cards["id"]));
        let change = |version: &Value| t.ask(Method::PATCH, &path).by(&root).on(version).sending(json!({ "target": 60_000 }));
        assert_eq!(change(&cards["version"]).json().await["target"], 60_000);
        assert_eq!(change(&cards["version"]).send().await.status, StatusCode::PRECONDITION_FAILED);
        assert_eq!(t.ask(Method::DELETE, &path).by(&root).on(&json!(2)).send().await.status, StatusCode::NO_CONTENT);

        let path = format!("/api/v1/benefits/reported-savings/{}", text(&fuel["id"]));
        let again = t.ask(Method::PUT, &path).by(&root).sending(json!({
            "source": "某石化", "month": "2026-11", "persons": 1, "person_times": 1, "issued_fen": 0, "saved_fen": 0,
        })).send().await;
        assert_eq!(again.status, StatusCode::PRECONDITION_REQUIRED, "what is there is changed by its version");
        assert_eq!(t.ask(Method::DELETE, &path).by(&root).on(&json!(1)).send().await.status, StatusCode::NO_CONTENT);
        assert!(t.get("/api/v1/benefits/reported-savings").by(&root).json().await["items"].as_array().unwrap().is_empty());
    }
}
