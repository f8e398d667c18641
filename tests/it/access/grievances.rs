//! A good request for each route about grievances.

use serde_json::{Value, json};
use yizhan::http::policy::Row;

use super::request::{Reach, Request, fill};
use crate::client::text;
use crate::grievance::{slip, wish};
use crate::harness::Town;
use crate::staff::Staff;

const HERE: &str = "/api/v1/grievances";
/// Lists, and what is the same for everybody.
const LISTS: [&str; 5] = ["", "/departments", "/categories/all", "/subjects", "/sessions"];

/// A good request for a route, about something in a district.
pub(super) async fn request(t: &Town, root: &Staff, row: &Row, district: &str) -> Request {
    let rest = row.path.strip_prefix(HERE).unwrap_or_default();
    let new = Request::to(row.path.to_owned());
    match (row.method.as_str(), rest) {
        ("GET", rest) if LISTS.contains(&rest) => Request::list(row.path),
        ("POST", "/entries") => Request::list(row.path).keyed().sending(case(district)),
        ("POST", "/departments") => new.sending(department(district)).reaching(Reach::Area),
        ("POST", "/sessions") => new.sending(session(district)).reaching(Reach::Area),
        (_, "/departments/{id}") => {
            let made = made(t, root, "departments", department(district)).await;
            Request::to(fill(row.path, &text(&made["id"])))
                .on(&made["version"])
                .sending(json!({ "active": true }))
        }
        (method, rest) if rest.starts_with("/sessions/") => {
            let made = made(t, root, "sessions", session(district)).await;
            let request = Request::to(fill(row.path, &text(&made["id"])));
            match (method, rest.ends_with("/cases")) {
                ("GET", _) => request,
                (_, true) => request.keyed().sending(json!({ "cases": [case(district)] })),
                _ => request.on(&made["version"]).sending(json!({ "leader": "李主席" })),
            }
        }
        ("POST", "/{id}/erasure") => {
            let slip = slip(&t.grievance(&uuid::Uuid::new_v4().to_string(), case(district)).await);
            let id = t.id_of(&slip.number, root).await;
            t.reporter_does(&slip, "withdraw", "").await;
            Request::to(fill(row.path, &id)).sending(json!({ "reason": "本人要求" }))
        }
        // Whoever is signed in is heard; of a case that is not there nobody is told more.
        (_, rest) if rest.starts_with("/{id}") => {
            Request::to(fill(row.path, &"0f0e1a2b-3c4d-4e5f-8a9b-0c1d2e3f4a5b")).on(&json!(1))
        }
        _ => settings(row, rest),
    }
}

/// What the city sets for all its districts.
fn settings(row: &Row, rest: &str) -> Request {
    let request = Request::to(row.path.replace("{code}", "rest")).reaching(Reach::City);
    match (row.method.as_str(), rest) {
        ("GET", "/routing") => request,
        ("PUT", "/routing" | "/subjects") => request.sending(json!({ "items": [] })),
        ("POST", "/categories") => {
            request.sending(json!({ "code": "heat", "name": "高温", "name_en": "Heat" }))
        }
        ("PATCH", "/categories/{code}") => request.on(&json!(1)).sending(json!({ "order": 3 })),
        (method, path) => panic!("no request for {method} {path}: write one down"),
    }
}

fn case(district: &str) -> Value {
    let mut case = wish("named");
    case["district"] = json!(district);
    case
}

fn department(district: &str) -> Value {
    json!({ "name": format!("部门{}", uuid::Uuid::new_v4().simple()), "district": district })
}

fn session(district: &str) -> Value {
    json!({ "kind": "visit_day", "date": "2026-11-20", "leader": "王主席", "district": district })
}

async fn made(t: &Town, root: &Staff, what: &str, body: Value) -> Value {
    let reply = t.post(format!("{HERE}/{what}")).by(root).sending(body).send().await;
    assert!(reply.status.is_success(), "{}", reply.text());
    reply.json()
}
