//! Good requests for the routes of imports.

use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::{Value, json};
use yizhan::http::policy::Row;

use super::request::{Request, fill};
use crate::client::text;
use crate::harness::Town;
use crate::imports::{FORM, form};
use crate::staff::Staff;

/// A list of one station that no other list has; without a position it is parked.
fn list(district: &str, is_placed: bool) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let n = NEXT.fetch_add(1, Ordering::Relaxed);
    let (lon, lat) = (119.5 + f64::from(n % 200) * 0.001, 39.9 + f64::from(n / 200) * 0.001);
    let place = if is_placed { format!("{lon:.4},{lat:.4}") } else { ",".to_owned() };
    format!("名称,区县,地址,经度,纬度\n第{n}驿站,{district},第{n}号,{place}\n")
}

/// A request about an import for a district, or a row that waits there; none for any other route.
pub(super) async fn request(t: &Town, root: &Staff, row: &Row, district: &str) -> Option<Request> {
    let path = row.path;
    let options = json!({ "district": district });
    match (row.method.as_str(), path) {
        ("GET", "/api/v1/imports" | "/api/v1/parked") => Some(Request::list(path)),
        ("POST", "/api/v1/imports") => {
            let body = form("list.csv", list("", true).as_bytes(), &json!({}));
            Some(Request::list(path).form(FORM.to_owned(), body))
        }
        (method, _) if path.starts_with("/api/v1/imports/") => {
            let mut import = t.sent(root, list(district, true).as_bytes(), options).await;
            if path.ends_with("/undo") {
                import = t.committed(root, &import).await;
            }
            let request = Request::to(fill(path, &text(&import["id"])));
            Some(match method {
                "PATCH" => request.on(&import["version"]).sending(json!({ "publish": false })),
                "POST" | "DELETE" => request.on(&import["version"]),
                _ => request,
            })
        }
        (method, _) if path.starts_with("/api/v1/parked/") => {
            let import = t.sent(root, list(district, false).as_bytes(), options).await;
            t.committed(root, &import).await;
            let parked = t.get("/api/v1/parked").with("limit", 1).by(root).json().await["items"][0].clone();
            let request = Request::to(fill(path, &text(&parked["id"]))).on(&parked["version"]);
            let pin: Value = json!({ "lat": 39.93, "lon": 119.6 });
            Some(if method == "POST" { request.sending(pin) } else { request })
        }
        _ => None,
    }
}
