//! Good requests for the routes of campaigns, draws, goals, figures, alarms and statements.

use serde_json::json;
use yizhan::http::policy::Row;
use yizhan::ids::{AlarmId, CampaignId, ReportedSavingId};

use super::request::{Reach, Request};
use crate::benefits::rules::terms;
use crate::client::text;
use crate::harness::Town;
use crate::staff::Staff;

/// A request about a campaign or figures of a district; none for any other route.
pub(super) async fn request(t: &Town, root: &Staff, row: &Row, district: &str) -> Option<Request> {
    let (method, path) = (row.method.as_str(), row.path);
    if path.starts_with("/api/v1/benefits/") {
        return of_figures(t, root, (method, path), district).await;
    }
    if path.starts_with("/api/v1/till/")
        || path.ends_with("/eligibility")
        || path == "/api/v1/campaigns/{id}/entries"
    {
        // Only a phone is somebody there.
        return Some(Request::to(named(path, &CampaignId::new(t.app.clock.now()))));
    }
    if path.starts_with("/api/v1/settlements/{id}/statement.") {
        let id = CampaignId::new(t.app.clock.now());
        return Some(Request::to(named(path, &id)).reaching(Reach::City));
    }
    if !path.starts_with("/api/v1/campaigns") || path.ends_with("/claims") {
        return None;
    }
    if path == "/api/v1/campaigns" {
        let request = Request::to(path.to_owned()).sending(terms(&json!({ "district": district })));
        return Some(request.reaching(Reach::Area));
    }
    Some(campaign(t, root, (method, path), district).await)
}

fn named(path: &str, id: &impl ToString) -> String {
    path.replace("{id}", &id.to_string())
}

/// A request about a campaign that is where the step needs it.
async fn campaign(t: &Town, root: &Staff, (method, path): (&str, &str), district: &str) -> Request {
    let step = path.rsplit('/').next().unwrap_or_default();
    let mode = if step == "draw" { "draw" } else { "first_come" };
    let draft = t.campaign_draft(root, terms(&json!({ "district": district, "mode": mode }))).await;
    let mut at = draft;
    if step != "publish" && step != "{id}" {
        at = t.campaign_step(root, &at, "publish", None).await.json();
    }
    if step == "resume" {
        at = t.campaign_step(root, &at, "freeze", Some(json!({ "reason": "查一查" }))).await.json();
    }
    let request = Request::to(named(path, &text(&at["id"])));
    match (method, step) {
        ("POST", "draw") => {
            let over =
                format!("UPDATE campaign SET opens_ms = 0, closes_ms = 1 WHERE id = '{}'", text(&at["id"]));
            t.run(&[over]).await;
            request
        }
        ("PATCH", _) => request.on(&at["version"]).sending(json!({ "name": "改名" })),
        ("POST", "freeze") => request.on(&at["version"]).sending(json!({ "reason": "查一查" })),
        ("POST", "budget") => {
            request.on(&at["version"]).sending(json!({ "stock": 11, "budget_fen": 16_500 }))
        }
        _ => request.on(&at["version"]),
    }
}

async fn of_figures(t: &Town, root: &Staff, (method, path): (&str, &str), district: &str) -> Option<Request> {
    let saving = json!({
        "source": format!("来源 {}", uuid::Uuid::new_v4()), "district": district, "month": "2026-11", "persons": 1,
        "person_times": 1, "issued_fen": 1, "saved_fen": 1,
    });
    let (now, one) = (t.app.clock.now(), json!(1));
    match (method, path) {
        (
            "GET",
            "/api/v1/benefits/campaigns"
            | "/api/v1/benefits/goals"
            | "/api/v1/benefits/figures"
            | "/api/v1/benefits/alarms"
            | "/api/v1/benefits/reported-savings",
        ) => Some(Request::list(path)),
        ("GET", "/api/v1/benefits/campaigns/{id}") => {
            let draft = t.campaign_draft(root, terms(&json!({ "district": district }))).await;
            Some(Request::to(named(path, &text(&draft["id"]))))
        }
        (_, path) if path.starts_with("/api/v1/benefits/goals") => {
            let wish = match method {
                "PATCH" => json!({ "target": 2 }),
                _ => {
                    json!({ "project": "x", "measure": "cards", "target": 1, "from_day": "2026-01-01", "until_day": "2026-12-31" })
                }
            };
            let request = Request::to(named(path, &CampaignId::new(now))).on(&one);
            let request = if method == "DELETE" { request } else { request.sending(wish) };
            Some(request.reaching(Reach::City))
        }
        ("PUT", "/api/v1/benefits/reported-savings/{id}") => {
            Some(Request::to(named(path, &ReportedSavingId::new(now))).sending(saving))
        }
        ("DELETE", "/api/v1/benefits/reported-savings/{id}") => {
            let path = named(path, &ReportedSavingId::new(now));
            t.ask(axum::http::Method::PUT, &path).by(root).sending(saving).json().await;
            Some(Request::to(path).on(&one))
        }
        ("POST", "/api/v1/benefits/alarms/{id}/seen") => {
            let id = alarm(t, district).await;
            Some(Request::to(named(path, &id)).on(&one))
        }
        _ => None,
    }
}

/// An alarm about a store of a district.
async fn alarm(t: &Town, district: &str) -> AlarmId {
    let (id, shop) = (AlarmId::new(t.app.clock.now()), t.shop(&format!("店 {}", uuid::Uuid::new_v4())).await);
    t.run(&[
        format!("UPDATE store SET district = '{district}' WHERE id = '{}'", shop.store),
        format!(
            "INSERT INTO benefit_alarm (id, version, kind, alarm_key, merchant_id, store_id, found, bound, at_ms)
            VALUES ('{id}', 1, 'misses', '{id}', '{}', '{}', 10, 10, 0)",
            shop.merchant, shop.store
        ),
    ])
    .await;
    id
}
