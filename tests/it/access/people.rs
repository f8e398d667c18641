//! Good requests about members, merchants and offers.

use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::{Value, json};
use yizhan::http::policy::Row;

use super::request::{Reach, Request, fill};
use crate::client::text;
use crate::harness::Town;
use crate::imports::{FORM, form};
use crate::staff::Staff;

/// A number that nobody else has.
fn phone() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("139{:08}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// A request about somebody or something of benefits in a district; none for any other route.
pub(super) async fn request(t: &Town, root: &Staff, row: &Row, district: &str) -> Option<Request> {
    let path = row.path;
    if path.starts_with("/api/v1/phone/")
        || ["/api/v1/benefits/merchants", "/api/v1/benefits/offers"].contains(&path)
    {
        return Some(Request::list(path));
    }
    if path.starts_with("/api/v1/members") {
        return Some(member(t, root, row, district).await);
    }
    if path.starts_with("/api/v1/merchants") {
        return Some(merchant(t, root, row, district).await);
    }
    if path.starts_with("/api/v1/offers") {
        return Some(offer(t, root, row, district).await);
    }
    None
}

async fn member(t: &Town, root: &Staff, row: &Row, district: &str) -> Request {
    let wish = json!({ "name": "某人", "phone": phone(), "union_name": "某工会", "district": district });
    let list = format!("手机\n{}\n", phone());
    let options = json!({ "district": district });
    match (row.method.as_str(), row.path) {
        ("GET", "/api/v1/members") => return Request::list(row.path),
        ("POST", "/api/v1/members") => {
            return Request::to(row.path.to_owned()).sending(wish).reaching(Reach::Area);
        }
        ("POST", "/api/v1/members/imports") => {
            let body = form("list.csv", list.as_bytes(), &options);
            return Request::to(row.path.to_owned()).form(FORM.to_owned(), body).reaching(Reach::Area);
        }
        (method, path) if path.starts_with("/api/v1/members/imports/") => {
            let sent = t.roster(root, list.as_bytes(), &options).await;
            let request = Request::to(fill(path, &text(&sent["id"])));
            return if method == "GET" { request } else { request.on(&sent["version"]) };
        }
        _ => {}
    }
    let made = t.made(root, "/api/v1/members", wish).await;
    let card = json!({ "kind": "fuel", "issuer": "石化", "number": phone() });
    let request = Request::to(fill(row.path, &text(&made["id"])));
    match (row.method.as_str(), row.path.rsplit('/').next().unwrap_or_default()) {
        ("PATCH", _) => request.on(&made["version"]).sending(json!({ "name": "改名" })),
        ("POST", "leave") => request.on(&made["version"]),
        ("POST", "erase") => request.reaching(Reach::City),
        ("POST", "cards") => request.sending(card),
        ("DELETE", _) => {
            let card = t.made(root, &format!("/api/v1/members/{}/cards", text(&made["id"])), card).await;
            Request::to(request.path.replace("{card}", &text(&card["id"])))
        }
        _ => request,
    }
}

async fn merchant(t: &Town, root: &Staff, row: &Row, district: &str) -> Request {
    let name = format!("商户{}", uuid::Uuid::new_v4().simple());
    if (row.method.as_str(), row.path) == ("POST", "/api/v1/merchants") {
        let wish = json!({ "name": name, "district": district });
        return Request::to(row.path.to_owned()).sending(wish).reaching(Reach::Area);
    }
    let made = t.enrolled_merchant(root, &name, district).await;
    let store = t.enrolled_store(root, &made, "一店", (119.6, 39.93)).await;
    let clerk = t.enrolled_clerk(root, &made, &store, &phone()).await;
    let path = fill(row.path, &text(&made["id"]));
    let path = path.replace("{store}", &text(&store["id"])).replace("{clerk}", &text(&clerk["id"]));
    let request = Request::to(path.clone());
    match (row.method.as_str(), row.path.rsplit('/').next().unwrap_or_default()) {
        ("POST", "stores") => {
            request.sending(json!({ "name": "二店", "address": "港城大街", "lon": 119.6, "lat": 39.93 }))
        }
        ("POST", "clerks") => {
            request.sending(json!({ "name": "某人", "phone": phone(), "store_id": store["id"] }))
        }
        ("POST", "resume") => {
            let suspend = t.post(path.replace("resume", "suspend")).by(root).on(&made["version"]);
            request.on(&suspend.json().await["version"])
        }
        ("POST", _) => request.on(&made["version"]),
        ("PATCH", "{store}") => request.on(&store["version"]).sending(json!({ "name": "改名店" })),
        ("PATCH", "{clerk}") => request.on(&clerk["version"]).sending(json!({ "is_lead": true })),
        ("PATCH", _) => request.on(&made["version"]).sending(json!({ "contact": "张经理" })),
        _ => request,
    }
}

async fn offer(t: &Town, root: &Staff, row: &Row, district: &str) -> Request {
    let name = format!("商户{}", uuid::Uuid::new_v4().simple());
    let merchant = t.enrolled_merchant(root, &name, district).await;
    let wish: Value = json!({
        "merchant_id": merchant["id"], "category": "food", "title": "九折", "rule": "出示会员卡", "shown": "member_card",
        "valid_from": "2026-01-01", "valid_until": "2026-12-31",
    });
    if row.method == "POST" {
        return Request::to(row.path.to_owned()).sending(wish);
    }
    let made = t.made(root, "/api/v1/offers", wish).await;
    let request = Request::to(fill(row.path, &text(&made["id"]))).on(&made["version"]);
    if row.method == "PATCH" { request.sending(json!({ "title": "八折" })) } else { request }
}
