//! Good requests for the routes of figures, ledger, board and publication.

use serde_json::json;
use yizhan::accounts::{Actor, Grant, Role, Via};
use yizhan::grievance::acting::by_staff;
use yizhan::grievance::filing::{self, Filing};
use yizhan::http::policy::Row;
use yizhan::ids::{AccountId, GrievanceId};

use super::request::Request;
use crate::harness::Town;
use crate::staff::Staff;

/// A request about what cases come to, or about publishing a case of a district; none for any other route.
pub(super) async fn request(t: &Town, root: &Staff, row: &Row, district: &str) -> Option<Request> {
    let path = row.path;
    match path {
        "/api/v1/grievances/figures" | "/api/v1/grievances/ledger" | "/api/v1/grievances/board" => {
            Some(Request::list(path))
        }
        "/api/v1/grievances/figures/cases" => Some(Request::list(&format!("{path}?measure=response"))),
        "/api/v1/grievances/{id}/publication" => {
            let (id, mut version) = closed(t, root, district).await;
            let body = json!({ "title": "轮流休息", "text": "已经安排。" });
            let request = Request::to(path.replace("{id}", &id.to_string()));
            if row.method != "POST" {
                let publish = t.post(request.path.clone()).by(root).on(&json!(version)).sending(body);
                assert!(publish.send().await.status.is_success());
                version += 1;
                return Some(request.on(&json!(version)));
            }
            Some(request.on(&json!(version)).sending(body))
        }
        _ => None,
    }
}

/// A closed case, and its version. One person may not handle a case and call back, so two do.
async fn closed(t: &Town, root: &Staff, district: &str) -> (GrievanceId, i64) {
    let key = uuid::Uuid::new_v4().to_string();
    let wish = json!({
        "kind": "appeal", "channel": "web", "category": "rest", "text": "不让休息", "identity": "anonymous",
        "district": district, "publish": true,
    });
    let stranger = Actor::stranger();
    let filing = Filing { actor: &stranger, key: &key, session: None };
    let id = filing::file(&t.app, &filing, serde_json::from_value(wish).unwrap()).await.unwrap().id;
    let login = format!("handler-{}", uuid::Uuid::new_v4().simple());
    let handler = t.staff(&login, Role::Handler, "").await.id;
    let department = department(t, handler).await;
    let steps = [
        (root.id, json!({ "action": "dispatch", "department": department, "handler": handler })),
        (handler, json!({ "action": "accept" })),
        (handler, json!({ "action": "start" })),
        (handler, json!({ "action": "answer", "outcome": "solved", "text": "好了" })),
        (root.id, json!({ "action": "call_back", "reached": true, "solved": true, "grade": "satisfied" })),
        (root.id, json!({ "action": "close" })),
    ];
    let mut version = 1;
    for (account, step) in steps {
        let grants = [Grant { role: Role::Admin, scope: "".parse().unwrap() }];
        let actor = Actor::person(account, Via::Session, &grants, Vec::new());
        let taken = by_staff(&t.app, &actor, id, version, serde_json::from_value(step).unwrap()).await;
        taken.unwrap_or_else(|e| panic!("{e}"));
        version += 1;
    }
    (id, version)
}

/// A department in which somebody works.
async fn department(t: &Town, member: AccountId) -> String {
    let id = yizhan::ids::DepartmentId::random().to_string();
    let member = member.to_string();
    let mut tx = t.app.db.begin().await.unwrap();
    let add = "INSERT INTO department (id, version, name, is_active) VALUES ($1, 1, $1, TRUE)";
    yizhan::in_tx!(&mut tx, c => sqlx::query(add).bind(&id).execute(c).await.map(drop)).unwrap();
    let add = "INSERT INTO department_member (department_id, account_id) VALUES ($1, $2)";
    yizhan::in_tx!(&mut tx, c => sqlx::query(add).bind(&id).bind(&member).execute(c).await.map(drop))
        .unwrap();
    tx.commit().await.unwrap();
    id
}
