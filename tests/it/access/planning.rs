//! Good requests for the routes of layers for planners.

use serde_json::json;
use yizhan::http::policy::Row;

use super::request::{Reach, Request};
use crate::client::text;
use crate::harness::Town;
use crate::imports::{FORM, form};
use crate::planning::{HALLS, PEOPLE};
use crate::staff::Staff;

/// Where planners read.
const OF_PLANNERS: [&str; 3] = ["/api/v1/coverage", "/api/v1/demand", "/api/v1/service-points"];

/// A request about layers; none for any other route.
pub(super) async fn request(t: &Town, root: &Staff, row: &Row) -> Option<Request> {
    let path = row.path;
    let code = format!("l{}", &uuid::Uuid::new_v4().simple().to_string()[..8]);
    let options = json!({ "code": code, "name": "图层" });
    let request = match (row.method.as_str(), path) {
        ("GET", path) if OF_PLANNERS.iter().any(|of| path.starts_with(of)) => {
            return Some(Request::list(path));
        }
        ("POST", "/api/v1/demand") => {
            let options = json!({ "code": code, "dry_run": true });
            Request::list(path).form(FORM.to_owned(), form("a.csv", PEOPLE.as_bytes(), &options))
        }
        ("POST", "/api/v1/service-points") => {
            let options = json!({ "code": code, "name": "图层", "dry_run": true });
            Request::list(path).form(FORM.to_owned(), form("a.csv", HALLS.as_bytes(), &options))
        }
        (method, "/api/v1/demand/{code}") => {
            let made = t.demand(root, PEOPLE.as_bytes(), &options).await;
            let request = Request::to(format!("/api/v1/demand/{}", text(&made["layer"]["code"])));
            let request = request.on(&made["layer"]["version"]);
            if method == "PATCH" { request.sending(json!({ "note": "说明" })) } else { request }
        }
        (_, "/api/v1/service-points/{code}") => {
            let made = t.halls(root, HALLS.as_bytes(), &options).await;
            let request = Request::to(format!("/api/v1/service-points/{}", text(&made["layer"]["code"])));
            request.on(&made["layer"]["version"])
        }
        _ => return None,
    };
    Some(request.reaching(Reach::City))
}
