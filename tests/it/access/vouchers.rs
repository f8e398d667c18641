//! A good request for each route of staff about vouchers, settlements and the ledger.

use serde_json::json;
use yizhan::http::policy::Row;

use super::request::{Reach, Request, fill};
use crate::benefits::stage::Plan;
use crate::harness::Town;

pub(super) async fn request(t: &Town, row: &Row, district: &str) -> Option<Request> {
    let city = |request: Request| Some(request.reaching(Reach::City));
    let nobody = "01930000-0000-7000-8000-000000000000";
    match (row.method.as_str(), row.path) {
        ("GET", "/api/v1/ledger/check" | "/api/v1/benefits/vouchers" | "/api/v1/settlements") => {
            city(Request::list(row.path))
        }
        ("GET", "/api/v1/settlements/{id}") => city(Request::to(fill(row.path, &nobody))),
        ("POST", "/api/v1/settlements") => {
            let wish = json!({ "merchant_id": nobody, "until_day": "2026-11-01" });
            city(Request::to(row.path.to_owned()).sending(wish))
        }
        ("POST", "/api/v1/adjustments") => {
            let wish = json!({ "redemption_id": nobody, "amount_fen": -1, "reason": "退货" });
            city(Request::to(row.path.to_owned()).sending(wish))
        }
        ("POST", "/api/v1/vouchers/{id}/void") => {
            let (member, campaign) = (t.member().await, t.campaign(&Plan::of(1)).await);
            t.run(&[format!("UPDATE campaign SET district = '{district}' WHERE id = '{campaign}'")]).await;
            let voucher = t.voucher(&member, &campaign).await;
            Some(Request::to(fill(row.path, &voucher)).sending(json!({ "reason": "发错" })))
        }
        (_, path) if is_of_phones(path) => Some(Request::list(path)),
        _ => None,
    }
}

/// What only phones ask for.
fn is_of_phones(path: &str) -> bool {
    let begins = ["/api/v1/vouchers", "/api/v1/redemptions"];
    path == "/api/v1/campaigns/{id}/claims" || begins.iter().any(|begin| path.starts_with(begin))
}
