//! A good request for each route about wishes to join.

use serde_json::json;
use yizhan::http::policy::Row;

use super::request::{Reach, Request, fill};
use crate::client::text;
use crate::harness::Town;
use crate::joins::{join, place};

pub(super) async fn request(t: &Town, row: &Row, district: &str) -> Request {
    match (row.method.as_str(), row.path) {
        ("GET", "/api/v1/joins") => Request::list(row.path),
        ("GET", "/api/v1/joins/export") => Request::list("/api/v1/joins/export?format=csv"),
        (method, path) => {
            let station = place(t, district).await;
            let number = text(&join(t, "李师傅", "13900139000", Some(station)).await["number"]);
            let id = crate::joins::id_of(t, &number).await;
            let request = Request::to(fill(path, &id)).reaching(Reach::Object);
            match method {
                "PATCH" => request.on(&json!(1)).sending(json!({ "state": "contacted" })),
                _ => request,
            }
        }
    }
}
