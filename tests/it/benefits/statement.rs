//! A merchant's statement, as PDF and workbook: the sum of its redemptions, for its own people alone.

use std::io::{Cursor, Write};
use std::process::Command;

use axum::http::StatusCode;
use calamine::{Data, DataType, Reader, Xlsx};
use serde_json::json;
use yizhan::accounts::Role;

use super::rules::code;
use super::stage::Plan;
use crate::client::text;
use crate::harness::Town;

fn rows(workbook: Vec<u8>) -> Vec<Vec<Data>> {
    let mut book = Xlsx::new(Cursor::new(workbook)).unwrap();
    book.worksheet_range_at(0).unwrap().unwrap().rows().map(<[Data]>::to_vec).collect()
}

/// The words of a PDF, where poppler is here.
fn words(pdf: &[u8]) -> Option<String> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(pdf).unwrap();
    let read = Command::new("pdftotext").args(["-layout"]).arg(file.path()).arg("-").output().ok()?;
    Some(String::from_utf8(read.stdout).unwrap())
}

both_engines! {
    async fn a_statement_is_the_sum_of_its_redemptions(t: Town) {
        let (shop, other) = (t.shop("=好味包子铺").await, t.shop("别家").await);
        let campaign = t.campaign(&Plan::of(50)).await;
        for member in t.members(45).await {
            let voucher = t.voucher(&member, &campaign).await;
            t.redeemed(&shop.clerk, &member, &voucher).await;
        }
        let member = t.member().await;
        let voucher = t.voucher(&member, &campaign).await;
        let taken_back = t.redeemed(&shop.clerk, &member, &voucher).await;
        let reversal = t.post(format!("/api/v1/redemptions/{taken_back}/reversal")).phone(&shop.clerk).key("r");
        assert_eq!(reversal.sending(json!({ "reason": "退单" })).send().await.status, StatusCode::CREATED);

        let path = "/api/v1/till/statement?from=2026-11-01&until=2026-11-30";
        assert_eq!(t.get(path).phone(&shop.clerk).send().await.status, StatusCode::FORBIDDEN, "not every clerk sees the books");
        t.promote(&shop.clerk).await;
        t.promote(&other.clerk).await;
        let open = t.get(path).phone(&shop.clerk).json().await;
        assert_eq!((&open["redemptions"], &open["amount_fen"], &open["due_fen"]), (&json!(45), &json!(90_000), &json!(67_500)));
        let sum: i64 = open["lines"].as_array().unwrap().iter().map(|l| l["amount_fen"].as_i64().unwrap()).sum();
        assert_eq!(json!(sum), open["amount_fen"]);
        let empty = t.get(path).phone(&other.clerk).json().await;
        assert_eq!((&empty["redemptions"], &empty["due_fen"]), (&json!(0), &json!(0)));
        let wrong = t.get("/api/v1/till/statement?from=2026-11-30&until=2026-11-01").phone(&shop.clerk).send().await;
        assert_eq!(code(&wrong), (422, "refused".into()));

        let book = rows(t.get(format!("{path}&format=xlsx")).phone(&shop.clerk).send().await.body);
        let told: f64 = book[1..46].iter().map(|row| row[3].get_float().unwrap()).sum();
        assert!((told - 900.0).abs() < 1e-9 && book[46][3] == Data::Float(900.0), "{:?}", book[46]);
        assert!(book.iter().flatten().any(|cell| *cell == Data::String("'=好味包子铺".into())), "no formula");
        let pdf = t.get(format!("{path}&format=pdf")).phone(&shop.clerk).send().await;
        assert_eq!((pdf.header("content-type"), pdf.body.starts_with(b"%PDF")), ("application/pdf", true));
        if let Some(words) = words(&pdf.body) {
            for word in ["商户对账单", "好味包子铺", "2026-11-01 至 2026-11-30", "900.00", "675.00", "225.00", "2 / 2"] {
                assert!(words.replace(' ', "").contains(&word.replace(' ', "")), "{word} is not in {words}");
            }
        }

        let later = t.at("2026-11-26T10:00:00+08:00").await;
        let root = later.staff("two-days-later", Role::Admin, "").await;
        let close = json!({ "merchant_id": shop.merchant, "until_day": "2026-11-25" });
        let closed = later.post("/api/v1/settlements").by(&root).sending(close).send().await;
        assert_eq!(closed.status, StatusCode::CREATED, "{}", closed.text());
        let settled = closed.json();
        let id = text(&settled["id"]);
        let pdf = later.get(format!("/api/v1/settlements/{id}/statement.pdf")).by(&root).send().await;
        assert!(pdf.header("content-disposition").contains(&text(&settled["number"])), "{:?}", pdf.headers);
        let own = format!("/api/v1/till/settlements/{id}/statement.xlsx");
        let book = rows(later.get(&own).phone(&shop.clerk).send().await.body);
        assert_eq!(book[46][4], Data::Float(675.0));
        assert_eq!(later.get(&own).phone(&other.clerk).send().await.status, StatusCode::NOT_FOUND, "another merchant's books");
        let list = async |clerk| later.get("/api/v1/till/settlements").phone(clerk).json().await["items"].as_array().unwrap().len();
        assert_eq!((list(&shop.clerk).await, list(&other.clerk).await), (1, 0));
        later.balanced().await;
    }
}
