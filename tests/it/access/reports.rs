//! Good requests for the routes of reports.

use image::ImageFormat;
use serde_json::json;
use yizhan::http::policy::Row;

use super::request::Request;
use crate::client::text;
use crate::harness::Town;
use crate::snapped::{drawn, encoded};
use crate::staff::Staff;

/// A request about a report of a station in a district; none for any other route.
pub(super) async fn request(t: &Town, root: &Staff, row: &Row, district: &str) -> Option<Request> {
    let path = row.path;
    if path == "/api/v1/reports" {
        return Some(Request::list(path));
    }
    if !path.starts_with("/api/v1/reports/{id}") {
        return None;
    }
    let s = t.station("驿站").district(district).open().await;
    let picture = encoded(&drawn(40, 30), ImageFormat::Png);
    let photo = t.post("/api/v1/uploads").header("content-type", "image/png").body(picture.into());
    let photo = photo.send().await.json();
    let wish = json!({ "kind": "other", "text": "门口的牌子掉了", "photo": photo["id"] });
    let filed = t.post(format!("/api/v1/stations/{}/reports", s.id)).sending(wish).send().await.json();
    let listed = t.get("/api/v1/reports").with("station", s.id).by(root).json().await;
    let report = &listed["items"][0];
    assert_eq!(report["number"], filed["number"]);
    let request = Request::to(path.replace("{id}", &text(&report["id"]))).of(s.id);
    Some(match path.rsplit('/').next().unwrap_or_default() {
        "take" => request.on(&report["version"]),
        "hand" => request.on(&report["version"]).sending(json!({ "account": root.id })),
        "answer" => {
            let answer = json!({ "verdict": "confirmed", "answer": "已经装好", "group": true });
            request.on(&report["version"]).sending(answer)
        }
        "redact" => request.on(&report["version"]).sending(json!({ "reason": "写了别人的名字" })),
        _ => request,
    })
}
