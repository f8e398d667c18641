//! What cannot be done: every state, every role, every action; wrong receipts; bad input.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use yizhan::accounts::Role;
use yizhan::grievance::workflow::Action;

use super::{Centre, Slip, dispatch, open, slip, wish};
use crate::client::text;
use crate::harness::Town;
use crate::staff::Staff;

/// A body with everything that any action may need.
fn everything(action: Action, c: &Centre, other: &str) -> Value {
    json!({
        "action": action, "text": "试一下", "turn_to": "12345", "into": other, "department": c.departments[0],
        "handler": c.handler.id, "days": 1, "level": 3, "outcome": "solved", "reached": true, "solved": true,
        "grade": "satisfied", "uphold": true, "category": "rest", "task": yizhan::ids::TaskId::random(),
    })
}

/// A case in each state, by its name.
async fn cases(t: &Town, c: &Centre) -> Vec<(&'static str, String)> {
    let mut cases = Vec::new();
    let mut number = 0;
    let mut file = async || {
        number += 1;
        let slip = slip(&t.grievance(&format!("k{number}"), wish("named")).await);
        let id = t.id_of(&slip.number, &c.intake).await;
        (slip, id)
    };
    let (parent, submitted) = file().await;
    cases.push(("submitted", submitted));
    let (_, asked) = file().await;
    t.takes(&asked, &c.intake, json!({ "action": "ask", "text": "?" })).await;
    cases.push(("needs_info", asked));
    let (_, declined) = file().await;
    t.takes(&declined, &c.intake, json!({ "action": "propose_decline", "text": "x", "turn_to": "y" })).await;
    t.takes(&declined, &c.second, json!({ "action": "confirm_decline" })).await;
    cases.push(("declined", declined));
    let (_, merged) = file().await;
    t.takes(&merged, &c.intake, json!({ "action": "merge", "into": parent.number })).await;
    cases.push(("merged", merged));
    let (gone, withdrawn) = file().await;
    t.reporter_does(&gone, "withdraw", "").await;
    cases.push(("withdrawn", withdrawn));
    for state in
        ["dispatched", "returned", "accepted", "in_progress", "answered", "called_back", "closed", "appealed"]
    {
        let (slip, id) = file().await;
        advance(t, c, &slip, &id, state).await;
        cases.push((state, id));
    }
    cases
}

/// Brings a new case as far as a state.
async fn advance(t: &Town, c: &Centre, slip: &Slip, id: &str, state: &str) {
    let steps: [(&str, &Staff, Value); 7] = [
        ("dispatched", &c.intake, dispatch(c)),
        ("accepted", &c.handler, json!({ "action": "accept" })),
        ("in_progress", &c.handler, json!({ "action": "start" })),
        ("answered", &c.handler, json!({ "action": "answer", "outcome": "solved", "text": "好了" })),
        (
            "called_back",
            &c.caller,
            json!({ "action": "call_back", "reached": true, "solved": true, "grade": "satisfied" }),
        ),
        ("closed", &c.caller, json!({ "action": "close" })),
        ("", &c.caller, json!({})),
    ];
    for (reached, by, step) in steps {
        if reached.is_empty() {
            break;
        }
        t.takes(id, by, step).await;
        if state == "returned" {
            t.takes(id, &c.handler, json!({ "action": "return", "text": "不归我们" })).await;
            return;
        }
        if reached == state {
            return;
        }
    }
    t.reporter_does(slip, "appeal", "不服").await;
}

both_engines! {
    async fn whatever_is_not_allowed_is_refused_with_what_is(t: Town) {
        let c = t.centre().await;
        let archivist = t.staff("archivist", Role::City, "1303").await;
        let people = [&c.intake, &c.handler, &c.other, &c.supervisor, &c.caller, &c.custodian, &archivist];
        let spare = slip(&t.grievance("spare", wish("named")).await);
        let mut refused = 0;
        for (state, id) in cases(&t, &c).await {
            for by in people {
                let seen = t.get(format!("/api/v1/grievances/{id}")).by(by).send().await;
                let allowed = if seen.status == StatusCode::OK { open(&seen.json()) } else { Vec::new() };
                if seen.status == StatusCode::OK {
                    assert_eq!(seen.json()["state"], state);
                }
                let version = if seen.status == StatusCode::OK { seen.json()["version"].clone() } else { json!(1) };
                for action in Action::ALL.iter().filter(|action| !allowed.contains(&action.to_string())) {
                    let body = everything(*action, &c, &spare.number);
                    let reply = t.post(format!("/api/v1/grievances/{id}/actions")).by(by).on(&version).sending(body).send().await;
                    if seen.status == StatusCode::NOT_FOUND {
                        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{state} {action}");
                        continue;
                    }
                    let told = reply.json();
                    assert!([StatusCode::CONFLICT, StatusCode::FORBIDDEN].contains(&reply.status), "{state} {action}: {}", reply.text());
                    assert_eq!(open(&told), allowed, "{state} {action}: what can be done instead");
                    refused += 1;
                }
            }
            let after = t.case(&id, &c.intake).await;
            assert_eq!(after["state"], state, "nothing that was refused changed anything");
        }
        assert!(refused > 1_000, "{refused}");
    }

    async fn a_wrong_receipt_is_an_unknown_number(t: Town) {
        let (one, other) = (t.grievance("one", wish("named")).await, t.grievance("two", wish("named")).await);
        let (one, other) = (slip(&one), slip(&other));
        let mut told = Vec::new();
        for (number, receipt) in [(&one.number, &other.receipt), (&"2026-999999".to_owned(), &one.receipt), (&String::new(), &String::new())] {
            let reply = t.following(&Slip { number: number.clone(), receipt: receipt.clone() }).await;
            assert_eq!(reply.status, StatusCode::NOT_FOUND);
            let mut problem = reply.json();
            problem["request_id"] = json!(null);
            told.push(problem);
        }
        assert!(told.iter().all(|one| *one == told[0]), "{told:?}");
        let spaced = Slip { number: one.number.replace('-', " "), receipt: format!(" {} ", one.receipt) };
        assert_eq!(t.following(&spaced).await.status, StatusCode::OK, "however it is typed");
    }

    async fn what_cannot_be_filed_is_told_by_field(t: Town) {
        let change = |field: &str, value: Value| {
            let mut body = wish("named");
            body[field] = value;
            body
        };
        for (body, field) in [
            (change("text", json!("")), "text"),
            (change("text", json!("长".repeat(5_001))), "text"),
            (change("category", json!("nonsense")), "category"),
            (change("contact", json!(null)), "contact.phone"),
            (change("contact", json!({ "name": null, "phone": "abc" })), "contact.phone"),
            (change("identity", json!("anonymous")), "contact"),
            (change("channel", json!("hotline")), "channel"),
            (change("district", json!("999999")), "district"),
            (change("unit", json!("长".repeat(81))), "unit"),
            (change("attachments", json!([yizhan::ids::AttachmentId::random()])), "attachments"),
            (change("station_id", json!(yizhan::ids::TaskId::random())), "station_id"),
        ] {
            let reply = t.filing("key", body).await;
            assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}: {}", reply.text());
            let fields: Vec<String> = reply.json()["errors"].as_array().unwrap().iter().map(|e| text(&e["field"])).collect();
            assert!(fields.contains(&field.to_owned()), "{field}: {fields:?}");
        }
        assert_eq!(t.grievance("key", wish("named")).await["number"], "2026-000001", "nothing was half done, the key is free");
        assert_eq!(t.filing("other", json!({ "kind": "dream" })).await.status, StatusCode::BAD_REQUEST);
    }

    async fn a_dispatch_names_somebody_who_works_there(t: Town) {
        let c = t.centre().await;
        let slip = slip(&t.grievance("one", wish("named")).await);
        let id = t.id_of(&slip.number, &c.intake).await;
        let strange = json!({ "action": "dispatch", "department": c.departments[0], "handler": c.other.id });
        let refused = t.tries(&id, &c.intake, strange).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(refused.json()["errors"][0]["field"], "handler");
        let nobody = t.tries(&id, &c.intake, json!({ "action": "dispatch", "department": c.departments[0] })).await;
        assert_eq!(nobody.json()["errors"][0]["field"], "handler", "{}", nobody.text());
        let late = json!({ "action": "ask" });
        assert_eq!(t.tries(&id, &c.intake, late).await.json()["errors"][0]["field"], "text");
    }

    async fn another_district_is_not_there(t: Town) {
        let c = t.centre().await;
        let slip = slip(&t.grievance("one", wish("named")).await);
        let id = t.id_of(&slip.number, &c.intake).await;
        let away = t.staff("away", Role::Intake, "130304").await;
        assert_eq!(t.get(format!("/api/v1/grievances/{id}")).by(&away).send().await.status, StatusCode::NOT_FOUND);
        assert_eq!(t.tries(&id, &away, dispatch(&c)).await.status, StatusCode::NOT_FOUND);
        assert_eq!(t.get("/api/v1/grievances").by(&away).json().await["items"], json!([]));
        assert_eq!(t.get(format!("/api/v1/grievances/{id}")).by(&c.handler).send().await.status, StatusCode::NOT_FOUND, "not his case");
        t.takes(&id, &c.intake, dispatch(&c)).await;
        assert_eq!(t.case(&id, &c.handler).await["state"], "dispatched");
        assert_eq!(t.get("/api/v1/grievances").by(&c.handler).json().await["items"].as_array().unwrap().len(), 1);
        assert_eq!(t.get("/api/v1/grievances").by(&c.other).json().await["items"], json!([]));
    }

    async fn a_case_is_its_handlers_while_he_may_handle_cases(t: Town) {
        let c = t.centre().await;
        let admin = t.staff("admin", Role::Admin, "").await;
        let (_, id) = t.begun(&c, "one", wish("named")).await;
        let (queue, case) = ("/api/v1/grievances", format!("/api/v1/grievances/{id}"));
        for (permission, seen, status) in [("station_see", 0, StatusCode::NOT_FOUND), ("grievance_handle", 1, StatusCode::OK)] {
            let asked = json!({ "name": "报表", "permissions": [permission], "scope": "130302", "expires": "2027-01-01T00:00:00+08:00" });
            let made = t.post("/api/v1/tokens").by(&c.handler).sending(asked).send().await;
            assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
            let token = format!("Bearer {}", text(&made.json()["token"]));
            let listed = t.get(queue).header("authorization", &token).json().await;
            assert_eq!(listed["items"].as_array().unwrap().len(), seen, "{permission}");
            let opened = t.get(&case).header("authorization", &token).send().await;
            assert_eq!(opened.status, status, "{permission}");
        }
        assert!(open(&t.case(&id, &c.handler).await).contains(&"note".to_owned()));
        assert_eq!(t.get(queue).by(&c.handler).json().await["items"].as_array().unwrap().len(), 1);

        let account = format!("/api/v1/accounts/{}", c.handler.id);
        let becomes = async |role: &str| {
            let version = t.get(&account).by(&admin).json().await["version"].clone();
            let change = json!({ "grants": [{ "role": role, "scope": "130302" }] });
            let changed = t.ask(Method::PATCH, &account).by(&admin).on(&version).sending(change).send().await;
            assert_eq!(changed.status, StatusCode::OK, "{}", changed.text());
        };
        let contact = || t.post(format!("{case}/contact")).by(&c.handler).sending(json!({ "reason": "回电" })).send();
        assert_eq!(contact().await.status, StatusCode::OK, "whoever handles it");
        becomes("planner").await;
        let listed = t.get(queue).by(&c.handler).json().await;
        assert_eq!((&listed["items"], t.get(&case).by(&c.handler).send().await.status), (&json!([]), StatusCode::NOT_FOUND));
        assert_eq!(contact().await.status, StatusCode::NOT_FOUND);
        becomes("supervisor").await;
        assert_eq!(contact().await.status, StatusCode::FORBIDDEN, "he handled it once");
        becomes("custodian").await;
        let now = t.case(&id, &c.handler).await;
        assert!(!open(&now).contains(&"note".to_owned()), "he sees the case and has no part in it: {now}");
        let link = json!({ "kind": "activity", "object": "讲座" });
        let linked = t.post(format!("{case}/links")).by(&c.handler).on(&now["version"]).sending(link).send().await;
        assert_eq!(linked.status, StatusCode::FORBIDDEN);
    }
}
