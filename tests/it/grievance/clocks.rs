//! What the clock does by itself: tells, reminds, escalates, computes anew, archives.

use serde_json::{Value, json};
use yizhan::config::TimeLimit;
use yizhan::grievance::recompute;
use yizhan::{jobs, schedule};

use super::notices::kinds;
use super::{Centre, dispatch, open, slip, wish};
use crate::client::text;
use crate::harness::{NOW, Town};
use crate::staff::Staff;
use crate::tables::texts;

/// The waiting jobs of the clock: when each is due, in the city's time.
pub(super) async fn waiting(t: &Town) -> Vec<String> {
    let sql = "SELECT CAST(run_ms AS TEXT) FROM job WHERE kind = 'grievance_clock' AND state = 'waiting' ORDER BY run_ms";
    let told = texts(&t.app.db, sql.to_owned()).await;
    let local = |ms: &String| {
        t.app.config.zone().from_ms(ms.parse().unwrap()).format("%m-%d %H:%M:%S%.3f").to_string()
    };
    told.iter().map(local).collect()
}

/// The service at another time, after it did what was due.
pub(super) async fn done_at(t: &Town, now: &str) -> Town {
    let later = t.at(&format!("{now}+08:00")).await;
    jobs::run_due(&later.app).await.unwrap();
    later
}

/// The people of a centre, signed in on another day.
async fn back(t: &Town, c: Centre) -> Centre {
    Centre {
        intake: t.signed_in(&c.intake).await,
        handler: t.signed_in(&c.handler).await,
        supervisor: t.signed_in(&c.supervisor).await,
        caller: t.signed_in(&c.caller).await,
        ..c
    }
}

/// What happened to a case, by the codes of the actions.
fn events(case: &Value) -> Vec<String> {
    case["timeline"].as_array().unwrap().iter().map(|event| text(&event["action"])).collect()
}

/// A calendar of 2027 with these days off, and National Day.
fn notice_of_2027(t: &Town, days: &[&str]) -> String {
    let lines: Vec<String> = days.iter().map(|day| format!("{day},off,元旦\n")).collect();
    let lines = lines.concat();
    let file = t.file("2027.csv", format!("date,kind,name\n{lines}2027-10-01,off,国庆节\n"));
    file.to_str().unwrap().to_owned()
}

async fn close(t: &Town, c: &Centre, id: &str) {
    t.takes(id, &c.handler, json!({ "action": "answer", "outcome": "solved", "text": "已排班" })).await;
    t.takes(
        id,
        &c.caller,
        json!({ "action": "call_back", "reached": true, "solved": true, "grade": "satisfied" }),
    )
    .await;
    t.takes(id, &c.caller, json!({ "action": "close" })).await;
}

both_engines! {
    async fn a_late_case_is_told_reminded_and_escalated_once(t: Town) {
        let c = t.centre().await;
        let (slip, id) = t.begun(&c, "one", wish("named")).await;
        assert_eq!(waiting(&t).await, ["11-26 18:00:00.000"], "a working day before the answer is due");
        let t = done_at(&t, "2026-11-26T17:59:59").await;
        let c = back(&t, c).await;
        assert_eq!(kinds(&t, &c.handler).await, ["grievance_dispatched"]);
        // Two servers at once, and a third after them.
        let (one, two) = (t.at("2026-11-26T18:00:00+08:00").await, t.at("2026-11-26T18:00:00+08:00").await);
        let (a, b) = tokio::join!(jobs::run_due(&one.app), jobs::run_due(&two.app));
        a.unwrap();
        b.unwrap();
        let t = done_at(&t, "2026-11-27T18:00:00").await;
        let c = back(&t, c).await;
        assert_eq!(kinds(&t, &c.handler).await, ["grievance_dispatched", "grievance_due_soon"]);
        let t = done_at(&t, "2026-11-27T18:00:01").await;
        let c = back(&t, c).await;
        assert_eq!(kinds(&t, &c.handler).await, ["grievance_dispatched", "grievance_due_soon", "grievance_overdue"]);
        assert_eq!(kinds(&t, &c.supervisor).await, ["grievance_overdue"]);
        assert_eq!(waiting(&t).await, ["11-30 18:00:00.000"], "Saturday is no working day");
        let t = done_at(&t, "2026-11-30T18:00:00").await;
        let c = back(&t, c).await;
        let reminded = t.case(&id, &c.handler).await;
        assert_eq!((events(&reminded).last().unwrap().as_str(), &reminded["state"]), ("remind", &json!("in_progress")));
        assert_eq!(reminded["timeline"].as_array().unwrap().last().unwrap()["account"], Value::Null);
        assert!(!t.follow_up(&slip).await["timeline"].to_string().contains("remind"), "a reminder is for staff");
        let t = done_at(&t, "2026-12-04T18:00:00").await;
        let c = back(&t, c).await;
        jobs::run_due(&t.app).await.unwrap();
        let escalated = t.case(&id, &c.handler).await;
        assert_eq!((&escalated["supervision"], events(&escalated).last().unwrap().as_str()), (&json!(1), "supervise"));
        assert_eq!(
            kinds(&t, &c.handler).await,
            ["grievance_dispatched", "grievance_due_soon", "grievance_escalated", "grievance_overdue", "grievance_reminded", "grievance_step_due"],
            "each once, and that an interim reply is due",
        );
        assert_eq!(kinds(&t, &c.supervisor).await, ["grievance_escalated", "grievance_overdue"]);
        assert_eq!(waiting(&t).await, [] as [String; 0], "nothing is left to be told");
        let audit = texts(&t.app.db, "SELECT action || ' ' || via FROM audit WHERE via = 'system'".to_owned()).await;
        assert_eq!(audit.len(), 2, "reminder and escalation are in the audit log: {audit:?}");
    }

    async fn a_clock_that_stands_still_fires_nothing_and_silence_is_told(t: Town) {
        let c = t.centre().await;
        let slip = slip(&t.grievance("one", wish("named")).await);
        let id = t.id_of(&slip.number, &c.intake).await;
        t.takes(&id, &c.intake, json!({ "action": "ask", "text": "哪个站点？" })).await;
        assert_eq!(waiting(&t).await, ["12-08 18:00:00.001"], "ten working days, and nothing of the answer");
        let t = done_at(&t, "2026-12-08T18:00:00").await;
        let c = back(&t, c).await;
        assert_eq!(kinds(&t, &c.intake).await, ["grievance_submitted"]);
        let t = done_at(&t, "2026-12-08T18:00:01").await;
        let c = back(&t, c).await;
        assert_eq!(kinds(&t, &c.intake).await, ["grievance_no_reply", "grievance_submitted"]);
        assert_eq!(kinds(&t, &c.supervisor).await, [] as [String; 0]);
        assert_eq!(t.case(&id, &c.intake).await["state"], "needs_info", "it is not declined by a clock");
        assert_eq!(waiting(&t).await, [] as [String; 0]);
        t.says(&slip, "m", "河北大街站").await;
        assert_eq!(waiting(&t).await.len(), 1, "the clock runs on");
        t.reporter_does(&slip, "withdraw", "").await;
        assert_eq!(waiting(&t).await, [] as [String; 0], "what is over has no deadline");
    }

    async fn a_deadline_that_moves_is_told_anew(t: Town) {
        let c = t.centre().await;
        let (_, id) = t.begun(&c, "one", wish("named")).await;
        let t = done_at(&t, "2026-11-26T18:30:00").await;
        let c = back(&t, c).await;
        t.takes(&id, &c.handler, json!({ "action": "ask_extension", "days": 2, "text": "出差" })).await;
        t.takes(&id, &c.supervisor, json!({ "action": "grant_extension" })).await;
        t.takes(&id, &c.handler, json!({ "action": "interim", "text": "在办" })).await;
        assert_eq!(waiting(&t).await, ["11-30 18:00:00.000"]);
        let t = done_at(&t, "2026-11-30T18:00:00").await;
        let c = back(&t, c).await;
        let told = kinds(&t, &c.handler).await;
        assert_eq!(told.iter().filter(|kind| *kind == "grievance_due_soon").count(), 2, "{told:?}");
        assert!(!told.contains(&"grievance_overdue".to_owned()));
    }

    async fn a_server_that_was_away_tells_what_is_left_to_tell(t: Town) {
        let c = t.centre().await;
        let (_, id) = t.begun(&c, "one", wish("named")).await;
        t.takes(&id, &c.supervisor, json!({ "action": "supervise", "level": 3, "text": "请办" })).await;
        let t = done_at(&t, "2026-12-20T10:00:00").await;
        let c = back(&t, c).await;
        let told = kinds(&t, &c.handler).await;
        assert!(!told.contains(&"grievance_due_soon".to_owned()), "it is late: {told:?}");
        assert!(told.contains(&"grievance_escalated".to_owned()), "{told:?}");
        let case = t.case(&id, &c.handler).await;
        assert_eq!((&case["supervision"], events(&case).last().unwrap().as_str()), (&json!(3), "remind"));
    }

    async fn the_desk_is_told_of_a_step_that_nobody_took(t: Town) {
        let c = t.centre().await;
        let slip = slip(&t.grievance("one", wish("named")).await);
        let id = t.id_of(&slip.number, &c.intake).await;
        assert_eq!(waiting(&t).await, ["11-24 12:00:00.001"], "two working hours until it is dispatched");
        let t = done_at(&t, "2026-11-24T12:00:01").await;
        let c = back(&t, c).await;
        assert_eq!(kinds(&t, &c.intake).await, ["grievance_step_due", "grievance_submitted"]);
        t.takes(&id, &c.intake, dispatch(&c)).await;
        let t = done_at(&t, "2026-11-25T18:00:01").await;
        let c = back(&t, c).await;
        assert_eq!(kinds(&t, &c.handler).await, ["grievance_dispatched", "grievance_step_due"], "he has not accepted");
    }

    async fn an_anonymous_filing_leaves_no_time_in_jobs_and_notices(t: Town) {
        let c = t.centre().await;
        let t = t.at("2026-11-24T10:17:23.456+08:00").await;
        let filed = t.grievance("one", wish("anonymous")).await;
        let now_ms = t.app.clock.now().timestamp_millis();
        let finer = [now_ms.to_string(), (now_ms / 1000).to_string()];
        let own = ["job", "notification", "delivery", "grievance_alarm", "grievance"];
        let dump = crate::tables::dump(&t.app.db).await;
        for table in own {
            let told = dump[table].join("\n");
            assert!(finer.iter().all(|time| !told.contains(time)), "{table}: {told}");
        }
        let runs = texts(&t.app.db, "SELECT CAST(run_ms AS TEXT) FROM job".to_owned()).await;
        let whole = |ms: &String| ms.parse::<i64>().unwrap() % 60_000 < 2;
        assert!(runs.len() >= 2 && runs.iter().all(whole), "{runs:?}");
        jobs::run_due(&t.app).await.unwrap();
        assert_eq!(kinds(&t, &c.intake).await, [] as [String; 0], "nobody is told before the day is over");
        let t = done_at(&t, "2026-11-25T00:00:00").await;
        let c = back(&t, c).await;
        assert_eq!(kinds(&t, &c.intake).await, ["grievance_submitted"]);
        t.says(&slip(&filed), "m", "再说一句").await;
        let t = done_at(&t, "2026-11-25T23:59:59").await;
        let c = back(&t, c).await;
        assert_eq!(kinds(&t, &c.intake).await.len(), 2, "and that nobody dispatched it");
    }

    async fn the_days_of_the_state_council_count(t: Town) {
        for (filed, due, days) in [
            ("2026-02-13T10:00:00+08:00", "2026-02-25T18:00:00+08:00", ["2026-02-14", "2026-02-24", "2026-02-25"]),
            ("2024-02-09T10:00:00+08:00", "2024-02-20T18:00:00+08:00", ["2024-02-18", "2024-02-19", "2024-02-20"]),
        ] {
            let t = t.at(filed).await;
            let told = t.grievance(filed, wish("named")).await;
            assert_eq!((&told["due"]["at"], &told["due"]["provisional"]), (&json!(due), &json!(false)));
            let counted = told["due"]["days"].as_array().unwrap().iter().filter(|day| !day["number"].is_null());
            assert_eq!(counted.map(|day| text(&day["date"])).collect::<Vec<_>>(), days);
        }
    }

    async fn a_notice_that_is_loaded_moves_provisional_deadlines(t: Town) {
        let t = t.at("2026-12-30T10:00:00+08:00").await;
        let c = t.centre().await;
        let (slip, id) = t.begun(&c, "one", wish("named")).await;
        let (_, asked) = (slip.clone(), t.id_of(&super::slip(&t.grievance("two", wish("named")).await).number, &c.intake).await);
        t.takes(&asked, &c.intake, json!({ "action": "ask", "text": "哪里？" })).await;
        let before = t.follow_up(&slip).await;
        assert_eq!((&before["due"]["at"], &before["due"]["provisional"]), (&json!("2027-01-04T18:00:00+08:00"), &json!(true)));
        assert_eq!(waiting(&t).await[0], "01-01 18:00:00.000");
        let version = t.case(&id, &c.handler).await["version"].as_i64().unwrap();
        let file = notice_of_2027(&t, &["2027-01-01"]);
        let run = t.program(["calendar", "import", &file]).await;
        assert_eq!(run.status, Some(0), "{}", run.said);
        assert!(run.said.contains("deadlines computed anew: 2"), "{}", run.said);
        let after = t.follow_up(&slip).await;
        assert_eq!((&after["due"]["at"], &after["due"]["provisional"]), (&json!("2027-01-05T18:00:00+08:00"), &json!(false)));
        let case = t.case(&id, &c.handler).await;
        let event = case["timeline"].as_array().unwrap().last().unwrap().clone();
        assert_eq!((&event["action"], &event["detail"]["due"]), (&json!("recomputed"), &json!({ "old": "2027-01-04", "new": "2027-01-05" })));
        assert_eq!(event["detail"]["provisional"], json!({ "old": true, "new": false }));
        assert_eq!((case["version"].as_i64(), &case["due"]["provisional"]), (Some(version + 1), &json!(false)));
        assert_eq!(waiting(&t).await[0], "01-04 18:00:00.000", "its job moves with it");
        let audit = texts(&t.app.db, "SELECT detail FROM audit WHERE action = 'grievance.recompute'".to_owned()).await;
        assert_eq!((audit.len(), audit.iter().any(|entry| entry.contains(&slip.number))), (2, true), "{audit:?}");
        assert_eq!(recompute::if_changed(&t.app, &mut None).await.unwrap(), 0, "once is enough");
    }

    async fn other_shifts_move_deadlines_at_the_next_start(t: Town) {
        let c = t.centre().await;
        let (slip, id) = t.begun(&c, "one", wish("named")).await;
        let helped = json!([{ "department": c.departments[1], "handler": c.other.id, "text": "协助" }]);
        let mut with_help = dispatch(&c);
        with_help["co_handlers"] = helped;
        let second = super::slip(&t.grievance("two", wish("named")).await);
        let second = t.id_of(&second.number, &c.intake).await;
        t.takes(&second, &c.intake, with_help).await;
        let t = t.reopened(|config| config.grievance.shifts = yizhan::calendar::Shifts::parse(&["08:00-12:00", "13:00-17:00"]).unwrap()).await;
        let mut last = None;
        assert_eq!(recompute::if_changed(&t.app, &mut last).await.unwrap(), 2);
        assert_eq!(recompute::if_changed(&t.app, &mut last).await.unwrap(), 0);
        assert_eq!(t.follow_up(&slip).await["due"]["at"], "2026-11-27T17:00:00+08:00");
        assert_eq!(t.case(&id, &c.handler).await["due"]["at"], "2026-11-27T17:00:00+08:00");
        let task = t.case(&second, &c.other).await["tasks"][0]["due"].clone();
        assert!(text(&task).starts_with("2026-11-27T17:00"), "a task is due no later than its case: {task}");
    }

    async fn the_night_archives_what_nobody_can_reopen(t: Town) {
        let c = t.centre().await;
        let (_, done) = t.begun(&c, "one", wish("named")).await;
        let (_, watched) = t.begun(&c, "two", wish("named")).await;
        t.takes(&watched, &c.supervisor, json!({ "action": "supervise", "level": 1, "text": "请办" })).await;
        close(&t, &c, &done).await;
        close(&t, &c, &watched).await;
        let gone = slip(&t.grievance("three", wish("named")).await);
        t.reporter_does(&gone, "withdraw", "不用了").await;
        let gone = t.id_of(&gone.number, &c.intake).await;
        let last = t.at("2026-12-04T04:00:00+08:00").await;
        let c = back(&last, c).await;
        schedule::nightly(&last.app).await;
        for id in [&done, &watched, &gone] {
            assert_ne!(last.case(id, &c.intake).await["state"], "archived", "the tenth day");
        }
        let (one, two) = (t.at("2026-12-05T04:00:00+08:00").await, t.at("2026-12-05T04:00:00+08:00").await);
        tokio::join!(schedule::nightly(&one.app), schedule::nightly(&two.app));
        let c = back(&one, c).await;
        let states = [&done, &watched, &gone].map(|id| one.case(id, &c.intake));
        let [done, watched, gone] = states;
        let (done, watched, gone) = (done.await, watched.await, gone.await);
        assert_eq!((&done["state"], &watched["state"], &gone["state"]), (&json!("archived"), &json!("closed"), &json!("archived")));
        assert_eq!(events(&done).iter().filter(|action| *action == "archive").count(), 1);
        assert!(open(&done).is_empty());
    }

    async fn calling_back_moves_no_deadline(t: Town) {
        let c = t.centre().await;
        let (_, id) = t.begun(&c, "one", wish("named")).await;
        t.takes(&id, &c.handler, json!({ "action": "answer", "outcome": "solved", "text": "已排班" })).await;
        let due = async |t: &Town, by: &Staff| {
            let case = t.case(&id, by).await;
            (text(&case["rounds"][0]["due"]), case["rounds"][0]["in_time"].clone())
        };
        let told = ("2026-11-27T18:00:00+08:00".to_owned(), json!(true));
        assert_eq!(due(&t, &c.caller).await, told);
        let t = t.at("2026-12-01T10:00:00+08:00").await;
        let c = back(&t, c).await;
        t.takes(&id, &c.caller, json!({ "action": "call_back", "reached": false })).await;
        assert_eq!(due(&t, &c.caller).await, told, "the clock stood still since the answer");
        let t = t.at("2026-12-03T10:00:00+08:00").await;
        let c = back(&t, c).await;
        let call = json!({ "action": "call_back", "reached": true, "solved": true, "grade": "satisfied" });
        t.takes(&id, &c.caller, call).await;
        t.takes(&id, &c.caller, json!({ "action": "close" })).await;
        assert_eq!(due(&t, &c.caller).await, told, "and the case is closed");
    }

    async fn limits_are_settings(t: Town) {
        let limit = |text: &str| TimeLimit::try_from(text.to_owned()).unwrap();
        let t = t.reopened(|config| {
            config.grievance.normal = limit("5 working_days");
            config.grievance.dispatch = limit("60 working_minutes");
            config.grievance.reopen_days = 1;
        }).await;
        let c = t.centre().await;
        let (slip, id) = t.begun(&c, "one", wish("named")).await;
        assert_eq!(t.follow_up(&slip).await["due"]["at"], "2026-12-01T18:00:00+08:00");
        t.grievance("two", wish("named")).await;
        assert_eq!(waiting(&t).await[0], "11-24 11:00:00.001");
        close(&t, &c, &id).await;
        assert!(open(&t.follow_up(&slip).await).contains(&"reopen".to_owned()));
        let t = t.at("2026-11-26T10:00:00+08:00").await;
        assert_eq!(open(&t.follow_up(&slip).await), ["message"]);
        assert!(t.app.clock.now() > NOW.parse::<chrono::DateTime<chrono::Utc>>().unwrap());
    }
}
