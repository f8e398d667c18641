//! One case from its filing to the archive, and the ways beside it.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{Centre, Slip, dispatch, open, slip, wish};
use crate::client::text;
use crate::harness::Town;

/// A case is classified, returned once, extended, supervised and answered.
async fn worked_on(t: &Town, c: &Centre, slip: &Slip, id: &str) {
    t.takes(
        id,
        &c.intake,
        json!({ "action": "classify", "summary": "连跑 6 小时不让歇", "unit": "河北大街站" }),
    )
    .await;
    t.takes(id, &c.intake, dispatch(c)).await;
    t.takes(
        id,
        &c.handler,
        json!({ "action": "return", "text": "归生活保障部", "department": c.departments[1] }),
    )
    .await;
    let returned = t.case(id, &c.intake).await;
    assert_eq!(
        (&returned["state"], &returned["waiting_for"]["desk"]),
        (&json!("returned"), &json!("referee"))
    );
    t.takes(id, &c.intake, dispatch(c)).await;
    t.takes(id, &c.handler, json!({ "action": "accept" })).await;
    t.takes(id, &c.handler, json!({ "action": "start" })).await;
    t.takes(id, &c.handler, json!({ "action": "ask_extension", "days": 2, "text": "站点负责人出差" })).await;
    let longer = t.takes(id, &c.supervisor, json!({ "action": "grant_extension" })).await;
    assert_eq!(longer["deadline"]["at"], "2026-12-01T18:00:00+08:00");
    assert_ne!(longer["deadline"]["first_at"], longer["deadline"]["at"], "both dates stay");
    let supervised =
        t.takes(id, &c.supervisor, json!({ "action": "supervise", "level": 2, "text": "请本周办结" })).await;
    assert_eq!(supervised["supervision"], 2);
    t.takes(id, &c.handler, json!({ "action": "interim", "text": "已联系站点" })).await;
    t.takes(id, &c.handler, json!({ "action": "answer", "outcome": "partly", "text": "每天安排一次休息" }))
        .await;
    assert_eq!(t.follow_up(slip).await["due"]["paused"], true, "the clock stops at the answer");
}

/// Another person calls back: it is done again, and then closed.
async fn called_back_twice(t: &Town, c: &Centre, slip: &Slip, id: &str) {
    let own = t
        .tries(
            id,
            &c.handler,
            json!({ "action": "call_back", "reached": true, "solved": true, "grade": "satisfied" }),
        )
        .await;
    assert_eq!(own.status, StatusCode::FORBIDDEN, "who answered does not call back");
    t.takes(id, &c.caller, json!({ "action": "call_back", "reached": true, "solved": false, "grade": "dissatisfied", "text": "还是不让歇" })).await;
    let redo = t.takes(id, &c.caller, json!({ "action": "redo", "text": "请再谈" })).await;
    assert_eq!((&redo["round"], &redo["state"]), (&json!(2), &json!("in_progress")));
    assert_eq!(redo["rounds"][0]["grade"], "dissatisfied", "the first round keeps its figures");
    t.takes(id, &c.handler, json!({ "action": "answer", "outcome": "solved", "text": "写进排班表" })).await;
    t.takes(
        id,
        &c.caller,
        json!({ "action": "call_back", "reached": true, "solved": true, "grade": "satisfied" }),
    )
    .await;
    let closed = t.takes(id, &c.caller, json!({ "action": "close" })).await;
    assert_eq!(closed["state"], "closed");
    assert_eq!(t.follow_up(slip).await["allowed"], json!(["reopen", "appeal", "message"]));
}

both_engines! {
    async fn an_anonymous_worker_is_heard_to_the_end(t: Town) {
        let c = t.centre().await;
        let filed = t.grievance("one", wish("anonymous")).await;
        assert_eq!((text(&filed["number"]).as_str(), text(&filed["received"]).as_str()), ("2026-000001", "2026-11-24"));
        assert_eq!(text(&filed["receipt"]).len(), 20);
        assert_eq!(filed["due"]["at"], "2026-11-27T18:00:00+08:00", "three working days after Tuesday");
        assert_eq!(filed["due"]["text"], "11月24日收到，从当天结束时起算；25日至27日是工作日，算 3 天；11月27日 18:00 到期。");
        let slip = slip(&filed);

        let id = t.id_of(&slip.number, &c.intake).await;
        let case = t.case(&id, &c.intake).await;
        assert_eq!((&case["text"], &case["waiting_for"]["desk"]), (&json!("送餐连跑 6 小时不让歇"), &json!("intake")));
        assert_eq!(case["received"], "2026-11-24");
        assert_eq!(case["contact"], json!({ "there": false, "may_reveal": false }));
        assert_eq!(open(&case), ["ask", "classify", "propose_decline", "merge", "dispatch", "message", "note"]);

        t.takes(&id, &c.intake, json!({ "action": "ask", "text": "哪个站点？" })).await;
        let asked = t.follow_up(&slip).await;
        assert_eq!((&asked["state"], &asked["due"]["paused"]), (&json!("needs_info"), &json!(true)));
        assert_eq!(asked["messages"][0]["text"], "哪个站点？");
        assert_eq!(asked["allowed"], json!(["inform", "withdraw", "message"]));
        let said = t.says(&slip, "m1", "河北大街站").await;
        assert_eq!(said.status, StatusCode::CREATED, "{}", said.text());
        assert_eq!(said.json()["state"], "submitted");
        let twice = t.says(&slip, "m1", "河北大街站").await.json();
        assert_eq!(twice["messages"].as_array().unwrap().len(), 2, "the same key is the same message");

        worked_on(&t, &c, &slip, &id).await;
        called_back_twice(&t, &c, &slip, &id).await;

        let early = t.tries(&id, &c.intake, json!({ "action": "archive" })).await;
        assert_eq!((early.status, text(&early.json()["code"])), (StatusCode::CONFLICT, "supervised".to_owned()));
        t.takes(&id, &c.supervisor, json!({ "action": "sign_off", "text": "已办结" })).await;
        let early = t.tries(&id, &c.intake, json!({ "action": "archive" })).await;
        assert_eq!(text(&early.json()["code"]), "may_be_reopened");
        let later = t.at("2026-12-05T09:00:00+08:00").await;
        let intake = later.signed_in(&c.intake).await;
        let archived = later.takes(&id, &intake, json!({ "action": "archive" })).await;
        assert_eq!((&archived["state"], open(&archived).len()), (&json!("archived"), 0));
        let read = later.follow_up(&slip).await;
        let told: Vec<_> = read["timeline"].as_array().unwrap().iter().map(|e| text(&e["action"])).collect();
        assert_eq!(told, [
            "submit", "ask", "inform", "dispatch", "return", "dispatch", "accept", "start", "grant_extension",
            "supervise", "interim", "answer", "call_back", "redo", "answer", "call_back", "close", "sign_off", "archive",
        ]);
        assert_eq!(read["timeline"][2]["at"], "2026-11-24", "what the reporter did names the day");
        let audit = t.get("/api/v1/audit").with("limit", 200).by(&t.staff("auditor", yizhan::accounts::Role::Auditor, "").await).json().await;
        let steps = audit["items"].as_array().unwrap().iter().filter(|e| e["object"]["kind"] == "grievance" || e["object_kind"] == "grievance").count();
        assert!(steps == 0 || steps >= 20, "each step has its entry: {steps}");
    }

    async fn the_same_request_is_the_same_case(t: Town) {
        let one = t.grievance("key", wish("named")).await;
        let again = t.filing("key", wish("named")).await;
        assert_eq!((again.status, again.header("idempotency-replayed")), (StatusCode::CREATED, "true"));
        assert_eq!(again.json(), one, "number, receipt and deadline, told again");
        let mut other = wish("named");
        other["text"] = json!("别的事");
        assert_eq!(t.filing("key", other).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let none = t.post("/api/v1/grievances").sending(wish("named")).send().await;
        assert_eq!(none.status, StatusCode::BAD_REQUEST, "a key is needed");
        assert_eq!(t.grievance("next", wish("named")).await["number"], "2026-000002", "no number is lost");
    }

    async fn two_requests_with_one_key_at_once_are_one_case(t: Town) {
        let file = || t.filing("key", wish("named"));
        let told = tokio::join!(file(), file(), file(), file(), file(), file());
        let told: [Value; 6] = [told.0, told.1, told.2, told.3, told.4, told.5].map(|reply| reply.json());
        assert!(told.iter().all(|one| *one == told[0] && one["number"] == "2026-000001"), "{told:?}");
        let c = t.centre().await;
        let listed = t.get("/api/v1/grievances").by(&c.intake).json().await;
        assert_eq!(listed["items"].as_array().unwrap().len(), 1);
    }

    async fn of_two_people_at_once_one_wins_and_the_other_is_told(t: Town) {
        let c = t.centre().await;
        let slip = slip(&t.grievance("one", wish("named")).await);
        let id = t.id_of(&slip.number, &c.intake).await;
        let version = t.case(&id, &c.intake).await["version"].clone();
        let path = format!("/api/v1/grievances/{id}/actions");
        let act = |by: &crate::staff::Staff, step: Value| t.post(path.clone()).by(by).on(&version).sending(step).send();
        let ask = json!({ "action": "ask", "text": "哪个站点？" });
        let (one, other) = tokio::join!(act(&c.intake, dispatch(&c)), act(&c.second, ask));
        let mut statuses = [one.status.as_u16(), other.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 412]);
        assert_eq!(t.case(&id, &c.intake).await["timeline"].as_array().unwrap().len(), 2);
    }

    async fn a_second_return_goes_to_the_leader(t: Town) {
        let c = t.centre().await;
        let slip = slip(&t.grievance("one", wish("named")).await);
        let id = t.id_of(&slip.number, &c.intake).await;
        for _ in 0..2 {
            t.takes(&id, &c.intake, dispatch(&c)).await;
            t.takes(&id, &c.handler, json!({ "action": "return", "text": "不归我们" })).await;
        }
        let case = t.case(&id, &c.leader).await;
        assert_eq!((&case["state"], &case["handler"]["name"]), (&json!("dispatched"), &json!("leader")));
        assert_eq!(open(&case), ["accept", "message", "note"], "no ping-pong");
        assert_eq!(t.get(format!("/api/v1/grievances/{id}")).by(&c.handler).send().await.status, StatusCode::NOT_FOUND);
    }

    async fn declining_takes_two_people(t: Town) {
        let c = t.centre().await;
        let slip = slip(&t.grievance("one", wish("named")).await);
        let id = t.id_of(&slip.number, &c.intake).await;
        let propose = json!({ "action": "propose_decline", "text": "不属于工会", "turn_to": "请拨 12345" });
        t.takes(&id, &c.intake, propose).await;
        let own = t.tries(&id, &c.intake, json!({ "action": "confirm_decline" })).await;
        assert_eq!((own.status, text(&own.json()["code"])), (StatusCode::CONFLICT, "second_person".to_owned()));
        let declined = t.takes(&id, &c.second, json!({ "action": "confirm_decline" })).await;
        assert_eq!(declined["state"], "declined");
        let read = t.follow_up(&slip).await;
        assert!(read["messages"].to_string().contains("12345"), "the reporter reads why and where to turn: {read}");
    }

    async fn a_merged_case_keeps_its_own_call_back(t: Town) {
        let c = t.centre().await;
        let (parent, parent_id) = t.begun(&c, "one", wish("named")).await;
        let child = slip(&t.grievance("two", wish("named")).await);
        let child_id = t.id_of(&child.number, &c.intake).await;
        t.takes(&child_id, &c.intake, json!({ "action": "merge", "into": parent.number })).await;
        t.takes(&parent_id, &c.handler, json!({ "action": "answer", "outcome": "solved", "text": "已安排" })).await;
        let case = t.case(&child_id, &c.caller).await;
        assert_eq!((&case["state"], &case["outcome"]), (&json!("answered"), &json!("solved")));
        t.takes(&parent_id, &c.caller, json!({ "action": "call_back", "reached": true, "solved": true, "grade": "satisfied" })).await;
        let said = json!({ "action": "call_back", "reached": true, "solved": false, "grade": "dissatisfied" });
        t.takes(&child_id, &c.caller, said).await;
        let redo = t.takes(&child_id, &c.caller, json!({ "action": "redo", "text": "再办" })).await;
        assert_eq!((&redo["round"], &redo["handler"]["name"]), (&json!(2), &json!("handler")));
        assert_eq!(t.case(&parent_id, &c.caller).await["state"], "called_back", "the parent goes its own way");
    }

    async fn who_cannot_be_reached_is_tried_three_times_on_two_days(t: Town) {
        let c = t.centre().await;
        let (_, id) = t.begun(&c, "one", wish("named")).await;
        t.takes(&id, &c.handler, json!({ "action": "answer", "outcome": "solved", "text": "好了" })).await;
        let missed = json!({ "action": "call_back", "reached": false });
        for _ in 0..3 {
            assert_eq!(t.takes(&id, &c.caller, missed.clone()).await["state"], "answered", "all on one day");
        }
        let next_day = t.at("2026-11-25T10:00:00+08:00").await;
        let caller = next_day.signed_in(&c.caller).await;
        let case = next_day.takes(&id, &caller, missed).await;
        assert_eq!((&case["state"], &case["rounds"][0]["reached"]), (&json!("called_back"), &json!(false)));
        assert_eq!(next_day.takes(&id, &caller, json!({ "action": "close" })).await["state"], "closed");
    }

    async fn a_closed_case_is_reopened_for_ten_days_and_appealed_once(t: Town) {
        let c = t.centre().await;
        let (slip, id) = t.begun(&c, "one", wish("named")).await;
        let finish = async |t: &Town| {
            t.takes(&id, &c.handler, json!({ "action": "answer", "outcome": "solved", "text": "好了" })).await;
            t.takes(&id, &c.caller, json!({ "action": "call_back", "reached": true, "solved": true, "grade": "satisfied" })).await;
            t.takes(&id, &c.caller, json!({ "action": "close" })).await;
        };
        finish(&t).await;
        let reopened = t.reporter_does(&slip, "reopen", "又这样了").await;
        assert_eq!((reopened.status, &reopened.json()["round"]), (StatusCode::OK, &json!(2)));
        finish(&t).await;
        assert_eq!(t.reporter_does(&slip, "appeal", "不服").await.json()["state"], "appealed");
        let local = t.staff("local", yizhan::accounts::Role::Supervisor, "130302").await;
        assert_eq!(t.tries(&id, &local, json!({ "action": "decide_appeal", "uphold": true, "text": "维持" })).await.status, StatusCode::FORBIDDEN, "the next level decides");
        t.takes(&id, &c.supervisor, json!({ "action": "decide_appeal", "uphold": true, "text": "维持" })).await;
        let again = t.reporter_does(&slip, "appeal", "还是不服").await;
        assert_eq!((again.status, text(&again.json()["code"])), (StatusCode::CONFLICT, "appealed_before".to_owned()));
        let last = t.at("2026-12-04T23:59:00+08:00").await;
        assert!(last.follow_up(&slip).await["allowed"].to_string().contains("reopen"), "the tenth day");
        let over = t.at("2026-12-05T00:00:00+08:00").await;
        let late = over.reporter_does(&slip, "reopen", "又这样了").await;
        assert_eq!((late.status, text(&late.json()["code"])), (StatusCode::CONFLICT, "too_late".to_owned()));
    }

    async fn the_clock_runs_on_where_the_reporter_writes_after_the_answer(t: Town) {
        let c = t.centre().await;
        let (slip, id) = t.begun(&c, "one", wish("named")).await;
        t.takes(&id, &c.handler, json!({ "action": "answer", "outcome": "solved", "text": "好了" })).await;
        let said = t.says(&slip, "m1", "没有好").await.json();
        assert_eq!((&said["state"], &said["due"]["paused"]), (&json!("in_progress"), &json!(false)));
        assert_eq!(t.case(&id, &c.handler).await["waiting_for"]["name"], "handler");
    }
}
