//! Good requests for the routes of doors.

use serde_json::json;
use yizhan::http::policy::Row;

use super::request::Request;
use crate::client::text;
use crate::door::{Hours, proposed};
use crate::harness::Town;
use crate::staff::Staff;

/// A request about the door of a station in a district; none for any other route.
pub(super) async fn request(t: &Town, root: &Staff, row: &Row, district: &str) -> Option<Request> {
    let path = row.path;
    if ["/api/v1/doors", "/api/v1/proposals"].contains(&path) {
        return Some(Request::list(path));
    }
    let of_door = ["/keeper-link", "/door-card.pdf", "/door-cards.pdf"].iter().any(|end| path.ends_with(end));
    if !of_door && !path.starts_with("/api/v1/proposals/") {
        return None;
    }
    let s = t.station("驿站").district(district).open().await;
    if path.ends_with("door-cards.pdf") {
        // One station of the own district is there for whoever asks from it.
        t.station("本区").district("130302").open().await;
        return Some(Request::list(path).of(s.id));
    }
    if of_door {
        t.link(root, &s).await;
        return Some(Request::to(path.replace("{id}", &s.id.to_string())).of(s.id));
    }
    let Hours { id, version } = proposed(t, root, &s).await;
    let request = Request::to(path.replace("{id}", &text(&id))).of(s.id).on(&version);
    Some(match path.rsplit('/').next().unwrap_or_default() {
        "take" => request.sending(json!({})),
        _ => request.sending(json!({ "answer": "请写清楚" })),
    })
}
