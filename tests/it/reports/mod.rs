//! What workers report: filed, grouped, answered, followed, counted.

mod filing;
mod holding;
mod marking;
mod occupancy;
mod page;
mod promise;
mod secrecy;

use axum::http::StatusCode;
use serde_json::{Value, json};
use yizhan::ids::StationId;

use crate::client::{Reply, text};
use crate::harness::Town;
use crate::staff::Staff;

/// A report in its reporter's hand.
#[derive(Debug, Clone)]
pub(super) struct Slip {
    pub(super) number: String,
    pub(super) receipt: String,
}

impl Town {
    /// Files a report and gives what its reporter is told.
    pub(super) async fn filed(&self, station: StationId, wish: Value) -> Value {
        let reply = self.reporting(station, wish).await;
        assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text());
        reply.json()
    }

    /// Files a report.
    pub(super) async fn reporting(&self, station: StationId, wish: Value) -> Reply {
        self.post(format!("/api/v1/stations/{station}/reports")).sending(wish).send().await
    }

    /// Says that a door is locked.
    pub(super) async fn locked(&self, station: StationId) -> Slip {
        slip(&self.filed(station, json!({ "kind": "locked" })).await)
    }

    /// What a reporter reads.
    pub(super) async fn track(&self, slip: &Slip) -> Reply {
        let key = json!({ "number": slip.number, "receipt": slip.receipt });
        self.post("/api/v1/reports/track").sending(key).send().await
    }

    /// The report of a slip as staff see it.
    pub(super) async fn report(&self, slip: &Slip, by: &Staff) -> Value {
        let listed = self.get("/api/v1/reports").with("limit", 200).by(by).json().await;
        let items = listed["items"].as_array().unwrap();
        let found = items.iter().find(|r| r["number"] == slip.number.as_str()).unwrap();
        self.get(format!("/api/v1/reports/{}", text(&found["id"]))).by(by).json().await
    }

    /// Answers a report.
    pub(super) async fn answer(&self, slip: &Slip, by: &Staff, answer: Value) -> Reply {
        let report = self.report(slip, by).await;
        self.treat(&report, "answer", by, answer).await
    }

    /// Does something with a report.
    pub(super) async fn treat(&self, report: &Value, deed: &str, by: &Staff, body: Value) -> Reply {
        let path = format!("/api/v1/reports/{}/{deed}", text(&report["id"]));
        self.post(path).by(by).on(&report["version"]).sending(body).send().await
    }
}

/// What leads back to a report.
pub(super) fn slip(filed: &Value) -> Slip {
    Slip { number: text(&filed["number"]), receipt: text(&filed["receipt"]) }
}
