//! A good request for each route about jobs of the service.

use serde_json::Value;
use yizhan::http::policy::Row;

use super::request::{Reach, Request, fill};
use crate::harness::Town;
use crate::tables::execute;

/// A request about jobs, which are the whole city's.
pub(super) async fn request(t: &Town, row: &Row) -> Request {
    let request = match row.path {
        "/api/v1/jobs" => Request::list(row.path),
        path => {
            let id = t.job("of_a_newer_server", &uuid::Uuid::new_v4().to_string(), 0, Value::Null).await;
            execute(&t.app.db, "UPDATE job SET state = 'failed'").await;
            Request::to(fill(path, &id))
        }
    };
    request.reaching(Reach::City)
}
