//! Campaigns as staff write them.

use axum::http::StatusCode;
use serde_json::{Value, json};
use yizhan::accounts::Role;

use super::stage::Phone;
use crate::client::{Reply, text};
use crate::harness::Town;
use crate::staff::Staff;

/// The terms of a campaign of the whole city, with some of them otherwise; `null` leaves one out.
pub(crate) fn terms(other: &Value) -> Value {
    let mut terms = json!({
        "name": "冬日热饭券", "rule": "吃饭满 20 元可用", "category": "food", "mode": "first_come",
        "opens_at": "2026-11-24T09:00:00+08:00", "closes_at": "2026-11-25T09:00:00+08:00", "valid_days": 30,
        "face_fen": 2_000, "union_fen": 1_500, "limit_total": 1, "stock": 10, "budget_fen": 15_000,
    });
    for (name, value) in other.as_object().expect("an object") {
        terms[name] = value.clone();
    }
    terms.as_object_mut().expect("an object").retain(|_, value| !value.is_null());
    terms
}

/// The code of a problem.
pub(crate) fn code(reply: &Reply) -> (u16, String) {
    (reply.status.as_u16(), text(&reply.json()["code"]))
}

/// The fields that a problem names.
pub(crate) fn fields(reply: &Reply) -> Vec<String> {
    reply.json()["errors"].as_array().expect("errors").iter().map(|e| text(&e["field"])).collect()
}

impl Town {
    /// Somebody who may do everything.
    pub(crate) async fn root(&self) -> Staff {
        self.staff("root-of-benefits", Role::Admin, "").await
    }

    /// A draft.
    pub(crate) async fn campaign_draft(&self, by: &Staff, terms: Value) -> Value {
        let reply = self.post("/api/v1/campaigns").by(by).sending(terms).send().await;
        assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text());
        reply.json()
    }

    /// A step of a campaign.
    pub(crate) async fn campaign_step(
        &self,
        by: &Staff,
        campaign: &Value,
        step: &str,
        body: Option<Value>,
    ) -> Reply {
        let ask = self.post(format!("/api/v1/campaigns/{}/{step}", text(&campaign["id"]))).by(by);
        let ask = ask.on(&campaign["version"]);
        body.into_iter().fold(ask, crate::client::Ask::sending).send().await
    }

    /// A campaign that was published.
    pub(crate) async fn campaign_published(&self, by: &Staff, terms: Value) -> Value {
        let draft = self.campaign_draft(by, terms).await;
        let reply = self.campaign_step(by, &draft, "publish", None).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
        reply.json()
    }

    /// An entry in a draw.
    pub(crate) async fn enters(&self, member: &Phone, campaign: &Value, key: &str) -> Reply {
        let ask = self.post(format!("/api/v1/campaigns/{}/entries", text(&campaign["id"])));
        ask.phone(member).key(key).sending(json!({})).send().await
    }

    /// Makes a clerk one who sees his merchant's books.
    pub(crate) async fn promote(&self, clerk: &Phone) {
        self.run(&[format!("UPDATE clerk SET is_lead = TRUE WHERE id = '{}'", clerk.id)]).await;
    }
}
