//! Whom each step is told to, and the letter to a reporter who left a number.

use serde_json::{Value, json};
use yizhan::jobs;

use super::{dispatch, slip, wish};
use crate::client::text;
use crate::delivery::sink::Sink;
use crate::harness::Town;
use crate::privacy::{heard, listen};
use crate::staff::Staff;
use crate::tables::{everything, texts};

/// What stands in somebody's inbox, by the codes of the kinds in their order.
pub(super) async fn kinds(t: &Town, by: &Staff) -> Vec<String> {
    let by = &t.signed_in(by).await;
    let page = t.get("/api/v1/notifications").with("limit", 100).by(by).json().await;
    let mut kinds: Vec<_> =
        page["items"].as_array().unwrap().iter().map(|item| text(&item["kind"])).collect();
    kinds.sort();
    kinds
}

/// Reads everything in an inbox, so that what comes next stands alone.
async fn news(t: &Town, by: &Staff) -> Vec<String> {
    jobs::run_due(&t.app).await.unwrap();
    let page = t.get("/api/v1/notifications").with("limit", 100).with("unread", true).by(by).json().await;
    let items = page["items"].as_array().unwrap().clone();
    for item in &items {
        let read = t.post(format!("/api/v1/notifications/{}/read", text(&item["id"]))).by(by).send().await;
        assert!(read.status.is_success(), "{}", read.text());
    }
    let mut kinds: Vec<_> = items.iter().map(|item| text(&item["kind"])).collect();
    kinds.sort();
    kinds
}

const NOTHING: [String; 0] = [];

/// The messages in a file of messages.
fn letters(path: &std::path::Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

both_engines! {
    async fn each_step_is_told_to_whom_it_concerns(t: Town) {
        let c = t.centre().await;
        let away = t.staff("away", yizhan::accounts::Role::Intake, "130304").await;
        let slip = slip(&t.grievance("one", wish("named")).await);
        let id = t.id_of(&slip.number, &c.intake).await;
        assert_eq!(news(&t, &c.intake).await, ["grievance_submitted"]);
        assert_eq!(news(&t, &c.second).await, ["grievance_submitted"]);
        assert_eq!(news(&t, &away).await, NOTHING, "another district");
        t.takes(&id, &c.intake, json!({ "action": "propose_decline", "text": "不归工会", "turn_to": "12333" })).await;
        assert_eq!((news(&t, &c.intake).await, news(&t, &c.second).await), (vec![], vec!["grievance_decline_proposed".to_owned()]), "the other one decides");
        t.takes(&id, &c.second, json!({ "action": "drop_decline" })).await;
        let mut step = dispatch(&c);
        step["co_handlers"] = json!([{ "department": c.departments[1], "handler": c.other.id, "text": "协助" }]);
        t.takes(&id, &c.intake, step.clone()).await;
        assert_eq!((news(&t, &c.handler).await, news(&t, &c.other).await), (vec!["grievance_dispatched".to_owned()], vec!["grievance_dispatched".to_owned()]));
        t.tries(&id, &c.handler, json!({ "action": "return", "text": "不归我们" })).await;
        assert_eq!(news(&t, &c.intake).await, ["grievance_returned"], "intake is the referee here");
        t.takes(&id, &c.second, step).await;
        assert_eq!(news(&t, &c.handler).await, ["grievance_dispatched"]);
        t.tries(&id, &c.handler, json!({ "action": "return", "text": "还是不归" })).await;
        assert_eq!(news(&t, &c.leader).await, ["grievance_dispatched"], "the second return goes to the leader");
        t.takes(&id, &c.leader, json!({ "action": "accept" })).await;
        t.takes(&id, &c.leader, json!({ "action": "start" })).await;
        t.takes(&id, &c.leader, json!({ "action": "ask_extension", "days": 1, "text": "出差" })).await;
        assert_eq!(news(&t, &c.supervisor).await, ["grievance_extension_asked"]);
        t.takes(&id, &c.supervisor, json!({ "action": "refuse_extension", "text": "不行" })).await;
        t.takes(&id, &c.supervisor, json!({ "action": "supervise", "level": 1, "text": "请办" })).await;
        assert_eq!(news(&t, &c.leader).await, ["grievance_extension_decided", "grievance_supervised"]);
        let task = t.case(&id, &c.other).await["tasks"][0]["id"].clone();
        t.takes(&id, &c.other, json!({ "action": "finish_task", "task": task, "text": "协助了" })).await;
        t.says(&slip, "m", "怎么样了").await;
        assert_eq!(news(&t, &c.leader).await, ["grievance_message"]);
        t.takes(&id, &c.leader, json!({ "action": "answer", "outcome": "partly", "text": "已谈" })).await;
        assert_eq!(news(&t, &c.caller).await, ["grievance_answered"]);
        t.takes(&id, &c.caller, json!({ "action": "call_back", "reached": true, "solved": false, "grade": "dissatisfied" })).await;
        t.takes(&id, &c.caller, json!({ "action": "redo", "text": "再办" })).await;
        assert_eq!((news(&t, &c.leader).await, news(&t, &c.supervisor).await), (vec!["grievance_redo".to_owned()], vec!["grievance_redo".to_owned()]));
        t.takes(&id, &c.leader, json!({ "action": "answer", "outcome": "solved", "text": "已解决" })).await;
        t.takes(&id, &c.caller, json!({ "action": "call_back", "reached": true, "solved": true, "grade": "satisfied" })).await;
        t.takes(&id, &c.caller, json!({ "action": "close" })).await;
        t.reporter_does(&slip, "appeal", "没解决").await;
        assert_eq!((news(&t, &c.leader).await, news(&t, &c.supervisor).await), (vec!["grievance_appealed".to_owned()], vec!["grievance_appealed".to_owned()]));
        t.takes(&id, &c.supervisor, json!({ "action": "decide_appeal", "uphold": true, "text": "维持" })).await;
        t.reporter_does(&slip, "reopen", "又来了").await;
        assert_eq!((news(&t, &c.leader).await, news(&t, &c.supervisor).await), (vec!["grievance_reopened".to_owned()], vec!["grievance_reopened".to_owned()]));
        assert_eq!(news(&t, &c.caller).await, ["grievance_answered"]);
    }

    async fn a_reporter_is_told_that_there_is_news_and_not_of_what(t: Town) {
        let out = t.app.config.storage.data.join("messages.jsonl");
        let file = out.clone();
        let t = t.reopened(|config| config.delivery.file = file).await;
        let c = t.centre().await;
        let (named, id) = t.begun(&c, "one", wish("confidential")).await;
        t.takes(&id, &c.handler, json!({ "action": "answer", "outcome": "solved", "text": "金丝雀答复" })).await;
        let (_, nobody) = t.begun(&c, "two", wish("anonymous")).await;
        t.takes(&nobody, &c.handler, json!({ "action": "answer", "outcome": "solved", "text": "金丝雀答复" })).await;
        assert_eq!(letters(&out), [] as [Value; 0], "nothing is sent within a request");
        jobs::run_due(&t.app).await.unwrap();
        let sent = letters(&out);
        assert_eq!(sent.len(), 1, "{sent:?}");
        assert_eq!((&sent[0]["to"], &sent[0]["words"]), (&json!("13800000000"), &json!(format!("诉求 {} 有新进展，请凭回执查看", named.number))));
        assert!(!sent[0].to_string().contains("金丝雀") && !sent[0].to_string().contains("休息"), "{}", sent[0]);
        assert!(!everything(&t.app.db).await.contains("13800000000"), "the number stands in no table");
        t.takes(&id, &c.caller, json!({ "action": "call_back", "reached": true, "solved": true, "grade": "satisfied" })).await;
        t.takes(&id, &c.caller, json!({ "action": "close" })).await;
        jobs::run_due(&t.app).await.unwrap();
        assert_eq!(letters(&out).len(), 2, "the call was one, closing is told");
    }

    async fn a_mail_says_that_there_is_news_and_not_of_what(t: Town) {
        let sink = Sink::start().await;
        let t = t.reopened(|config| sink.receives(&mut config.delivery)).await;
        let c = t.centre().await;
        let mail = "canary.wang@example.cn";
        let mut named = wish("named");
        named["contact"] = json!({ "name": "王建国", "mail": "Canary.Wang@example.cn" });
        let (slip, id) = t.begun(&c, "one", named.clone()).await;
        t.takes(&id, &c.handler, json!({ "action": "answer", "outcome": "solved", "text": "金丝雀答复" })).await;
        listen();
        jobs::run_due(&t.app).await.unwrap();
        assert!(!heard().to_lowercase().contains(mail), "no log line names the address");
        let (said, body) = (sink.said().join("\n"), sink.body());
        assert!(said.contains("RCPT TO:<Canary.Wang@example.cn>"), "{said}");
        assert!(body.contains(&format!("诉求 {} 有新进展，请凭回执查看", slip.number)), "{body}");
        assert!(["金丝雀", "休息", "王建国"].iter().all(|word| !body.contains(word)), "{body}");
        assert!(!everything(&t.app.db).await.to_lowercase().contains(mail), "the address stands in no table");
        let reveal = json!({ "reason": "约时间" });
        let shown = t.post(format!("/api/v1/grievances/{id}/contact")).by(&c.handler).sending(reveal).send().await;
        assert_eq!(shown.json(), json!({ "name": "王建国", "phone": null, "mail": "Canary.Wang@example.cn" }));
        let reveal = json!({ "reason": format!("写信到 {mail}") });
        let refused = t.post(format!("/api/v1/grievances/{id}/contact")).by(&c.handler).sending(reveal).send().await;
        assert_eq!(refused.status.as_u16(), 422, "no reason names the address");
        for (identity, contact, field) in [
            ("named", json!({ "name": "王建国" }), "contact.phone"),
            ("confidential", json!({ "mail": "wang" }), "contact.mail"),
            ("anonymous", json!({ "mail": mail }), "contact"),
        ] {
            (named["identity"], named["contact"]) = (json!(identity), contact);
            let refused = t.filing(identity, named.clone()).await;
            assert_eq!(text(&refused.json()["errors"][0]["field"]), field, "{}", refused.text());
        }
        let told = t.program(["person", "export", "--mail", mail]).await;
        assert!(told.status == Some(0) && told.said.contains(&slip.number), "{}", told.said);
        assert_eq!(t.program(["person", "export", "--mail", "other@example.cn"]).await.status, Some(2));
    }

    async fn without_a_way_to_send_nothing_waits_to_be_sent(t: Town) {
        let c = t.centre().await;
        let (_, id) = t.begun(&c, "one", wish("named")).await;
        t.takes(&id, &c.handler, json!({ "action": "answer", "outcome": "solved", "text": "好" })).await;
        assert_eq!(texts(&t.app.db, "SELECT id FROM delivery".to_owned()).await, NOTHING);
    }
}
