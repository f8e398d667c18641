//! A worker reports, staff answer, the worker reads it.

use axum::http::StatusCode;
use serde_json::{Value, json};
use yizhan::accounts::Role;
use yizhan::stations::model::FacilityCode;

use super::{Slip, slip};
use crate::client::text;
use crate::harness::Town;

both_engines! {
    async fn a_worker_reports_a_locked_door_and_reads_the_answer(t: Town) {
        let clerk = t.staff("clerk", Role::District, "130302").await;
        let s = t.station("海港驿站").district("130302").open().await;
        let filed = t.filed(s.id, json!({ "kind": "locked", "text": "  上午十点门锁着\n没人  " })).await;
        assert_eq!(filed["due"], "2026-11-27", "three working days after Tuesday");
        assert_eq!(filed["due_provisional"], false);
        assert_eq!(filed["owner"], "海港区总工会");
        assert!(text(&filed["number"]).starts_with("R261124-"), "{filed}");

        let queue = t.get("/api/v1/reports?state=open").by(&clerk).json().await;
        let report = &queue["items"][0];
        assert_eq!(report["station"]["name"], "海港驿站");
        assert_eq!(report["text"], "上午十点门锁着\n没人");
        assert_eq!(report["owner"], Value::Null);
        assert_eq!(report["union"], "海港区总工会");
        assert_eq!(queue["counts"], json!({ "open": 1, "overdue": 0, "today": 0, "unowned": 1, "answered": 0 }));
        assert_eq!(report.get("receipt"), None);

        let taken = t.treat(report, "take", &clerk, json!({})).await;
        assert_eq!(taken.status, StatusCode::OK, "{}", taken.text());
        let taken = taken.json();
        assert_eq!(taken["owner"]["name"], "clerk");
        assert_eq!(taken["allowed"], json!(["take", "hand", "answer", "redact"]));
        let stale = t.treat(report, "answer", &clerk, json!({ "verdict": "confirmed", "answer": "已换锁" })).await;
        assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
        let answered = t.treat(&taken, "answer", &clerk, json!({ "verdict": "confirmed", "answer": "已换锁" })).await;
        assert_eq!(answered.status, StatusCode::OK, "{}", answered.text());
        let again = t.treat(&answered.json(), "answer", &clerk, json!({ "verdict": "unclear", "answer": "再看" })).await;
        assert_eq!((again.status, &again.json()["code"]), (StatusCode::CONFLICT, &json!("answered")));

        let read = t.track(&slip(&filed)).await.json();
        assert_eq!((&read["state"], &read["verdict"], &read["answer"]), (&json!("answered"), &json!("confirmed"), &json!("已换锁")));
        let steps: Vec<_> = read["timeline"].as_array().unwrap().iter().map(|e| (text(&e["at"]), text(&e["action"]))).collect();
        let on = |action: &str| ("2026-11-24".to_owned(), action.to_owned());
        assert_eq!(steps, [on("received"), on("taken"), on("answered")]);
        assert_eq!(read["days"].as_array().unwrap().len(), 4);
        assert_eq!(read["days"][3], json!({ "date": "2026-11-27", "number": 3, "why": "workday", "text": "工作日" }));
        let typed = Slip { number: filed["number"].as_str().unwrap().to_lowercase(), receipt: text(&filed["receipt"]).replace('-', " ") };
        assert_eq!(t.track(&typed).await.status, StatusCode::OK, "however it is typed");
    }

    async fn a_wrong_receipt_and_an_unknown_number_are_one_refusal(t: Town) {
        let s = t.station("海港驿站").district("130302").open().await;
        let (one, other) = (t.locked(s.id).await, t.locked(s.id).await);
        let mut told = Vec::new();
        for (number, receipt) in [
            (&one.number, &other.receipt),
            (&"R261124-22222".to_owned(), &one.receipt),
            (&one.number, &String::new()),
            (&"x".repeat(90), &"y".repeat(90)),
        ] {
            let reply = t.track(&Slip { number: number.clone(), receipt: receipt.clone() }).await;
            assert_eq!(reply.status, StatusCode::NOT_FOUND);
            let mut problem = reply.json();
            problem["request_id"] = Value::Null;
            told.push(problem);
        }
        assert!(told.windows(2).all(|pair| pair[0] == pair[1]), "{told:?}");
    }

    async fn what_is_wrong_with_a_report_is_named(t: Town) {
        let s = t.station("海港驿站").facility(FacilityCode::Microwave).open().await;
        for (wish, status, field, code) in [
            (json!({}), 400, "kind", "missing"),
            (json!({ "kind": "burning" }), 400, "kind", "unreadable"),
            (json!({ "kind": "locked", "who": "me" }), 400, "who", "unknown_field"),
            (json!({ "kind": "locked", "facility": "water" }), 422, "facility", "not_here"),
            (json!({ "kind": "facility_broken" }), 422, "facility", "missing"),
            (json!({ "kind": "facility_broken", "facility": "oven" }), 400, "facility", "unreadable"),
            (json!({ "kind": "other" }), 422, "text", "missing"),
            (json!({ "kind": "other", "text": "字".repeat(1001) }), 422, "text", "too_long"),
            (json!({ "kind": "other", "text": "a\u{0}b" }), 422, "text", "control_characters"),
            (json!({ "kind": "locked", "photo": "019303a0-0000-7000-8000-000000000000" }), 422, "photo", "no_such_upload"),
        ] {
            let reply = t.reporting(s.id, wish.clone()).await;
            let problem = reply.json();
            let told = (reply.status.as_u16(), &problem["errors"][0]["field"], &problem["errors"][0]["code"]);
            assert_eq!(told, (status, &json!(field), &json!(code)), "{wish} {problem}");
        }
        let draft = t.station("未公布").store(yizhan::stations::model::Status::Draft).await;
        assert_eq!(t.reporting(draft.id, json!({ "kind": "locked" })).await.status, StatusCode::NOT_FOUND);
    }

    async fn the_same_request_twice_is_one_report(t: Town) {
        let s = t.station("海港驿站").district("130302").open().await;
        let clerk = t.staff("clerk", Role::District, "130302").await;
        let path = format!("/api/v1/stations/{}/reports", s.id);
        let send = || async {
            let ask = t.post(path.clone()).header("idempotency-key", "one-bar-of-signal");
            ask.sending(json!({ "kind": "locked" })).send().await
        };
        let (first, second) = (send().await, send().await);
        assert_eq!((first.status, second.status), (StatusCode::CREATED, StatusCode::CREATED));
        assert_eq!(first.json(), second.json(), "number and receipt come again");
        let queue = t.get("/api/v1/reports").by(&clerk).json().await;
        assert_eq!(queue["items"].as_array().unwrap().len(), 1);
        let other = t.post(path.clone()).header("idempotency-key", "one-bar-of-signal");
        let other = other.sending(json!({ "kind": "gone" })).send().await;
        assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    }

    async fn a_station_takes_a_bounded_number_of_reports_a_day(t: Town) {
        let t = t.reopened(|config| config.reports.station_daily = 3).await;
        let (s, other) = (t.station("海港驿站").open().await, t.station("山海关驿站").open().await);
        for _ in 0..3 {
            t.locked(s.id).await;
        }
        let refused = t.reporting(s.id, json!({ "kind": "locked" })).await;
        assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(refused.header("retry-after"), "50400", "until midnight, 14 hours on");
        t.locked(other.id).await;
        t.at("2026-11-25T00:00:01+08:00").await.locked(s.id).await;
    }

    async fn deadlines_pass_over_holidays_and_say_so(t: Town) {
        let s = t.station("海港驿站").open().await;
        let eve = t.at("2026-02-13T17:00:00+08:00").await;
        let filed = eve.filed(s.id, json!({ "kind": "other", "text": "灯坏了" })).await;
        assert_eq!((&filed["due"], &filed["due_provisional"]), (&json!("2026-02-27"), &json!(false)));
        let read = eve.track(&slip(&filed)).await.json();
        let days = read["days"].as_array().unwrap();
        assert_eq!(days.len(), 15);
        assert_eq!(days[1], json!({ "date": "2026-02-14", "number": 1, "why": "made_up", "text": "春节调休上班" }));
        assert_eq!(days[2], json!({ "date": "2026-02-15", "number": null, "why": "holiday", "text": "春节放假，不计" }));
        let late = t.at("2026-12-30T17:00:00+08:00").await;
        let filed = late.filed(s.id, json!({ "kind": "locked" })).await;
        assert_eq!((&filed["due"], &filed["due_provisional"]), (&json!("2027-01-04"), &json!(true)));
    }
}
