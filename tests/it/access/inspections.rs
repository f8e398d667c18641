//! Requests about rounds, inspections, findings and ratings.

use serde_json::{Value, json};
use yizhan::http::policy::Row;

use super::request::{Reach, Request};
use crate::client::text;
use crate::harness::Town;
use crate::inspections::fine;
use crate::staff::Staff;

const DUE: &str = "2026-11-27";

/// Whether a route is one of these.
pub(super) fn is_here(path: &str) -> bool {
    let begins = ["/api/v1/rounds", "/api/v1/inspections", "/api/v1/findings", "/api/v1/ratings"];
    begins.iter().any(|begin| path.starts_with(begin))
}

/// A good request for one of these routes, about something in a district.
pub(super) async fn request(t: &Town, root: &Staff, row: &Row, district: &str) -> Request {
    let path = row.path;
    let id = |path: &str, object: &Value| path.replace("{id}", &text(&object["id"]));
    let lists = ["/api/v1/rounds", "/api/v1/findings", "/api/v1/ratings", "/api/v1/ratings/rules"];
    match (row.method.as_str(), path) {
        ("GET", path) if lists.contains(&path) => Request::list(path),
        ("POST", "/api/v1/ratings/compute") => Request::list(path).reaching(Reach::City),
        ("POST", "/api/v1/ratings/rules") => rules(t, root).await,
        ("POST", "/api/v1/rounds") => {
            Request::to(path.to_owned()).sending(plan(t, district).await).reaching(Reach::Area)
        }
        ("POST", "/api/v1/rounds/preview") => {
            let plan = plan(t, district).await;
            let body = json!({ "scope": district, "stations": plan["stations"] });
            Request::to(path.to_owned()).sending(body).reaching(Reach::Area)
        }
        (_, path) if path.starts_with("/api/v1/rounds") => {
            let body = plan(t, district).await;
            let round = t.post("/api/v1/rounds").by(root).sending(body).send().await.json();
            let request = Request::to(id(path, &round));
            match row.method.as_str() {
                "GET" => request,
                "PATCH" => request.on(&round["version"]).sending(json!({ "name": "改名" })),
                _ => request.on(&round["version"]),
            }
        }
        ("POST", "/api/v1/inspections") => {
            let s = t.station("驿站").district(district).open().await;
            let key = uuid::Uuid::new_v4().to_string();
            Request::to(path.to_owned()).of(s.id).sending(fine(s.id, &key))
        }
        (_, path) => finding(t, root, path, district).await,
    }
}

async fn plan(t: &Town, district: &str) -> Value {
    let s = t.station("驿站").district(district).open().await;
    json!({
        "name": "轮", "scope": district, "first_day": "2026-11-20", "last_day": "2026-11-30", "stations": [s.id],
    })
}

async fn rules(t: &Town, root: &Staff) -> Request {
    let told = t.get("/api/v1/ratings/rules").by(root).json().await;
    let newest = &told["items"][0];
    let request = Request::to("/api/v1/ratings/rules".to_owned()).on(&newest["version"]);
    request.sending(json!({ "rules": newest["rules"] })).reaching(Reach::City)
}

/// A finding in the state that a step needs, with an inspection since.
async fn finding(t: &Town, root: &Staff, path: &str, district: &str) -> Request {
    let s = t.station("驿站").district(district).open().await;
    let step = path.rsplit('/').next().unwrap_or_default();
    let photo = match step {
        "photo" => Some(t.upload().await),
        _ => None,
    };
    let mut seen = fine(s.id, &uuid::Uuid::new_v4().to_string());
    seen["findings"] = json!([{ "kind": "other", "text": "问题", "due": DUE, "photo": photo }]);
    t.inspect(root, seen).await;
    let found = t.get(format!("/api/v1/findings?station={}", s.id)).by(root).json().await["items"][0].clone();
    let request = |found: &Value| Request::to(path.replace("{id}", &text(&found["id"]))).of(s.id);
    match step {
        "photo" => request(&found),
        "verify" | "reopen" => {
            let fixed = t.finding_step(root, &found, "fixed", json!({})).await.json();
            let mut again = fine(s.id, &uuid::Uuid::new_v4().to_string());
            again["at"] = json!("2026-11-24T10:05:00+08:00");
            t.inspect(root, again).await;
            request(&fixed).on(&fixed["version"]).sending(json!({}))
        }
        "drop" => request(&found).on(&found["version"]).sending(json!({ "reason": "换站" })),
        _ => request(&found).on(&found["version"]).sending(json!({})),
    }
}
