//! A good request for each route about one's own inbox.

use serde_json::json;
use yizhan::http::policy::Row;

use super::request::{Request, fill};

/// A request about the own inbox; another's notice is not there.
pub(super) fn request(row: &Row) -> Request {
    let id = uuid::Uuid::nil();
    match (row.method.as_str(), row.path) {
        ("POST", path) if path.ends_with("{id}/read") => Request::to(fill(path, &id)),
        ("POST", path) => Request::list(path).sending(json!({ "up_to": id })),
        ("PUT", path) => Request::list(path).sending(json!({ "phone": "13800138000" })),
        (_, path) => Request::list(path),
    }
}
