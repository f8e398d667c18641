//! Many cases at once, made through the service without the ceremony of requests.

use serde_json::{Value, json};
use yizhan::accounts::{Actor, Grant, Role, Via};
use yizhan::grievance::filing::{self, Filing};
use yizhan::grievance::{acting, wish};
use yizhan::ids::GrievanceId;

use super::{Centre, dispatch};
use crate::harness::Town;
use crate::staff::Staff;

/// Somebody with a role in the city.
fn actor(staff: &Staff, role: Role) -> Actor {
    let grants = [Grant { role, scope: "1303".parse().unwrap() }];
    Actor::person(staff.id, Via::Session, &grants, Vec::new())
}

impl Town {
    /// Takes a case in.
    pub(super) async fn seed(&self, key: &str, wish: Value) -> GrievanceId {
        let wish: wish::Wish = serde_json::from_value(wish).unwrap();
        let stranger = Actor::stranger();
        let filing = Filing { actor: &stranger, key, session: None };
        filing::file(&self.app, &filing, wish).await.unwrap().id
    }

    /// Takes steps with a case, whose version is `version`; the version afterwards.
    pub(super) async fn stepped<'s>(
        &self,
        id: GrievanceId,
        version: i64,
        steps: impl IntoIterator<Item = (&'s Staff, Role, Value)>,
    ) -> i64 {
        let mut version = version;
        for (staff, role, step) in steps {
            let wish = serde_json::from_value(step.clone()).unwrap();
            let taken = acting::by_staff(&self.app, &actor(staff, role), id, version, wish).await;
            taken.unwrap_or_else(|e| panic!("{step}: {e}"));
            version += 1;
        }
        version
    }

    /// A case that was answered, and called back with this grade; its version afterwards.
    pub(super) async fn graded(&self, c: &Centre, id: GrievanceId, solved: bool, grade: &str) -> i64 {
        let steps = [
            (&c.intake, Role::Intake, dispatch(c)),
            (&c.handler, Role::Handler, json!({ "action": "accept" })),
            (&c.handler, Role::Handler, json!({ "action": "start" })),
            (
                &c.handler,
                Role::Handler,
                json!({ "action": "answer", "outcome": "solved", "text": "已经办好" }),
            ),
            (
                &c.caller,
                Role::Caller,
                json!({ "action": "call_back", "reached": true, "solved": solved, "grade": grade }),
            ),
        ];
        self.stepped(id, 1, steps).await
    }
}
