//! The grievance centre: cases filed, worked on, followed, kept secret.

mod board;
mod clocks;
mod custody;
mod figures;
mod kills;
mod ledger;
mod links;
mod notices;
mod pages;
mod publication;
mod refusals;
mod secrecy;
mod seeded;
mod sessions;
mod settings;
mod story;

use axum::http::StatusCode;
use serde_json::{Value, json};
use yizhan::accounts::Role;
use yizhan::accounts::sessions::service;

use crate::client::{Reply, text};
use crate::harness::Town;
use crate::staff::Staff;

/// What leads back to a case.
#[derive(Debug, Clone)]
pub(super) struct Slip {
    pub(super) number: String,
    pub(super) receipt: String,
}

/// The people of a centre.
pub(super) struct Centre {
    pub(super) intake: Staff,
    pub(super) second: Staff,
    pub(super) handler: Staff,
    pub(super) other: Staff,
    pub(super) leader: Staff,
    pub(super) supervisor: Staff,
    pub(super) caller: Staff,
    pub(super) custodian: Staff,
    /// Two departments: rights, and living.
    pub(super) departments: [String; 2],
}

/// A case that can be filed.
pub(super) fn wish(identity: &str) -> Value {
    let contact = (identity != "anonymous").then(|| json!({ "name": "王建国", "phone": "13800000000" }));
    json!({
        "kind": "appeal", "channel": "web", "category": "rest", "text": "送餐连跑 6 小时不让歇", "identity": identity,
        "contact": contact, "unit": "某站点", "district": "130302", "publish": true,
    })
}

pub(super) fn slip(filed: &Value) -> Slip {
    Slip { number: text(&filed["number"]), receipt: text(&filed["receipt"]) }
}

impl Town {
    /// A centre with two departments and everybody it needs.
    pub(super) async fn centre(&self) -> Centre {
        let handler = self.staff("handler", Role::Handler, "130302").await;
        let other = self.staff("other", Role::Handler, "130302").await;
        let leader = self.staff("leader", Role::Handler, "1303").await;
        let rights = self.department("权益保障部", &leader, &[&handler, &leader]).await;
        let living = self.department("生活保障部", &leader, &[&other, &leader]).await;
        Centre {
            intake: self.staff("intake", Role::Intake, "1303").await,
            second: self.staff("second", Role::Intake, "1303").await,
            supervisor: self.staff("supervisor", Role::Supervisor, "1303").await,
            caller: self.staff("caller", Role::Caller, "1303").await,
            custodian: self.staff("custodian", Role::Custodian, "1303").await,
            departments: [rights, living],
            handler,
            other,
            leader,
        }
    }

    /// Writes a department as its screen does not yet.
    pub(super) async fn department(&self, name: &str, leader: &Staff, members: &[&Staff]) -> String {
        let id = yizhan::ids::DepartmentId::random().to_string();
        let mut tx = self.app.db.begin().await.unwrap();
        let add =
            "INSERT INTO department (id, version, name, leader_id, is_active) VALUES ($1, 1, $2, $3, TRUE)";
        let leader = leader.id.to_string();
        yizhan::in_tx!(&mut tx, c => sqlx::query(add).bind(&id).bind(name).bind(&leader).execute(c).await.map(drop)).unwrap();
        for member in members {
            let add = "INSERT INTO department_member (department_id, account_id) VALUES ($1, $2)";
            let member = member.id.to_string();
            yizhan::in_tx!(&mut tx, c => sqlx::query(add).bind(&id).bind(&member).execute(c).await.map(drop))
                .unwrap();
        }
        tx.commit().await.unwrap();
        id
    }

    /// Files a case under a key.
    pub(super) async fn filing(&self, key: &str, wish: Value) -> Reply {
        self.post("/api/v1/grievances").header("idempotency-key", key).sending(wish).send().await
    }

    /// Files a case and gives what its reporter is told.
    pub(super) async fn grievance(&self, key: &str, wish: Value) -> Value {
        let reply = self.filing(key, wish).await;
        assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text());
        reply.json()
    }

    /// What its reporter reads.
    pub(super) async fn follow_up(&self, slip: &Slip) -> Value {
        let reply = self.following(slip).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
        reply.json()
    }

    /// Asks with number and receipt.
    pub(super) async fn following(&self, slip: &Slip) -> Reply {
        let key = json!({ "number": slip.number, "receipt": slip.receipt });
        self.post("/api/v1/grievances/track").sending(key).send().await
    }

    /// A message of its reporter.
    pub(super) async fn says(&self, slip: &Slip, key: &str, words: &str) -> Reply {
        let body = json!({ "number": slip.number, "receipt": slip.receipt, "text": words });
        self.post("/api/v1/grievances/track/messages")
            .header("idempotency-key", key)
            .sending(body)
            .send()
            .await
    }

    /// What its reporter does.
    pub(super) async fn reporter_does(&self, slip: &Slip, action: &str, words: &str) -> Reply {
        let body = json!({ "number": slip.number, "receipt": slip.receipt, "action": action, "text": words });
        self.post("/api/v1/grievances/track/actions").sending(body).send().await
    }

    /// The id of a case by its number.
    pub(super) async fn id_of(&self, number: &str, by: &Staff) -> String {
        let listed = self.get("/api/v1/grievances").with("number", number).by(by).json().await;
        text(&listed["items"][0]["id"])
    }

    /// A case as somebody of staff sees it.
    pub(super) async fn case(&self, id: &str, by: &Staff) -> Value {
        self.get(format!("/api/v1/grievances/{id}")).by(by).json().await
    }

    /// Tries a step with the case as it is now.
    pub(super) async fn tries(&self, id: &str, by: &Staff, step: Value) -> Reply {
        let now = self.get(format!("/api/v1/grievances/{id}")).by(by).send().await;
        let version = if now.status == StatusCode::OK { now.json()["version"].clone() } else { json!(1) };
        self.post(format!("/api/v1/grievances/{id}/actions")).by(by).on(&version).sending(step).send().await
    }

    /// Takes a step, which must be possible.
    pub(super) async fn takes(&self, id: &str, by: &Staff, step: Value) -> Value {
        let reply = self.tries(id, by, step.clone()).await;
        let is_done = [StatusCode::OK, StatusCode::NO_CONTENT].contains(&reply.status);
        assert!(is_done, "{step}: {} {}", reply.status, reply.text());
        if reply.status == StatusCode::OK { reply.json() } else { Value::Null }
    }

    /// Somebody who signs in again, on another day.
    pub(super) async fn signed_in(&self, staff: &Staff) -> Staff {
        let mut tx = self.app.db.begin().await.unwrap();
        let session = service::start(&mut tx, staff.id, self.app.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        Staff { id: staff.id, session }
    }

    /// Files a case and gives it to a handler, who begins.
    pub(super) async fn begun(&self, centre: &Centre, key: &str, wish: Value) -> (Slip, String) {
        let slip = slip(&self.grievance(key, wish).await);
        let id = self.id_of(&slip.number, &centre.intake).await;
        self.takes(&id, &centre.intake, dispatch(centre)).await;
        self.takes(&id, &centre.handler, json!({ "action": "accept" })).await;
        self.takes(&id, &centre.handler, json!({ "action": "start" })).await;
        (slip, id)
    }
}

/// To the first department and its handler.
pub(super) fn dispatch(centre: &Centre) -> Value {
    json!({ "action": "dispatch", "department": centre.departments[0], "handler": centre.handler.id })
}

/// The names of the steps that somebody may take.
pub(super) fn open(case: &Value) -> Vec<String> {
    let allowed = case["allowed"].as_array().cloned().unwrap_or_default();
    allowed.iter().map(|step| if step.is_string() { text(step) } else { text(&step["action"]) }).collect()
}
