//! Who holds a report: districts, owners, groups, what an answer does to the station.

use axum::http::StatusCode;
use serde_json::{Value, json};
use yizhan::accounts::Role;
use yizhan::stations::model::FacilityCode;

use super::slip;
use crate::client::text;
use crate::harness::Town;

both_engines! {
    async fn one_answer_reaches_everybody_who_said_the_same(t: Town) {
        let clerk = t.staff("clerk", Role::District, "130302").await;
        let s = t.station("海港驿站").district("130302").facility(FacilityCode::Microwave).open().await;
        let broken = json!({ "kind": "facility_broken", "facility": "microwave" });
        let mut slips = Vec::new();
        for _ in 0..3 {
            slips.push(slip(&t.filed(s.id, broken.clone()).await));
        }
        let alone = t.locked(s.id).await;
        let report = t.report(&slips[1], &clerk).await;
        assert_eq!((report["together"].as_i64(), report["group"].as_array().unwrap().len()), (Some(3), 2));
        let answer = json!({ "verdict": "confirmed", "answer": "已报修，周五修好", "group": true, "facility_broken": true });
        let answered = t.treat(&report, "answer", &clerk, answer).await;
        assert_eq!(answered.status, StatusCode::OK, "{}", answered.text());
        for slip in &slips {
            assert_eq!(t.track(slip).await.json()["answer"], "已报修，周五修好");
        }
        assert_eq!(t.track(&alone).await.json()["state"], "open", "another kind is another matter");
        let detail = t.get(format!("/api/v1/stations/{}", s.id)).json().await;
        assert_eq!(detail["properties"]["facilities"][0]["working"], false, "workers are told at once");
        let history = t.get(format!("/api/v1/stations/{}/history", s.id)).by(&clerk).json().await;
        assert_eq!(history["items"][0]["by"]["name"], "clerk");
    }

    async fn only_a_confirmed_fault_of_a_registered_facility_is_marked(t: Town) {
        let clerk = t.staff("clerk", Role::District, "130302").await;
        let s = t.station("海港驿站").district("130302").facility(FacilityCode::Microwave).open().await;
        let oven = slip(&t.filed(s.id, json!({ "kind": "facility_broken", "facility": "fridge" })).await);
        let answer = |verdict: &str| json!({ "verdict": verdict, "answer": "看过了", "facility_broken": true });
        for (slip, verdict, code) in [(&oven, "confirmed", "absent"), (&oven, "unfounded", "not_here"), (&t.locked(s.id).await, "confirmed", "not_here")] {
            let reply = t.answer(slip, &clerk, answer(verdict)).await;
            assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{verdict}");
            assert_eq!(reply.json()["errors"][0]["code"], code);
            assert_eq!(t.track(slip).await.json()["state"], "open", "nothing is half done");
        }
    }

    async fn a_report_goes_to_whoever_can_answer_it(t: Town) {
        let clerk = t.staff("clerk", Role::District, "130302").await;
        let union = t.staff("union", Role::Grassroots, "130302").await;
        let stranger = t.staff("stranger", Role::District, "130304").await;
        let s = t.station("海港驿站").district("130302").open().await;
        let locked = t.locked(s.id).await;
        let report = t.report(&locked, &clerk).await;
        let names: Vec<_> = report["hands"].as_array().unwrap().iter().map(|h| text(&h["name"])).collect();
        assert_eq!(names, ["clerk", "union"]);
        let refused = t.treat(&report, "hand", &clerk, json!({ "account": stranger.id })).await;
        assert_eq!(refused.json()["errors"][0]["code"], "may_not_answer");
        let handed = t.treat(&report, "hand", &clerk, json!({ "account": union.id })).await;
        assert_eq!(handed.status, StatusCode::OK, "{}", handed.text());
        assert_eq!(handed.json()["owner"]["name"], "union");
        let mine = |by| t.get("/api/v1/reports?owner=me&state=open").by(by).json();
        assert_eq!(mine(&union).await["items"].as_array().unwrap().len(), 1);
        assert_eq!(mine(&clerk).await["items"].as_array().unwrap().len(), 0);
        assert_eq!(t.get("/api/v1/reports?owner=none").by(&clerk).json().await["items"], json!([]));
        let path = format!("/api/v1/reports/{}", text(&report["id"]));
        assert_eq!(t.get(path).by(&stranger).send().await.status, StatusCode::NOT_FOUND);
        let keeper = t.keeper("keeper", &[s.id]).await;
        let seen = t.report(&locked, &keeper).await;
        assert_eq!((&seen["allowed"], &seen["hands"]), (&json!([]), &json!([])));
    }

    async fn the_queue_is_in_the_order_of_the_last_day_and_pages_hold(t: Town) {
        let clerk = t.staff("clerk", Role::District, "130302").await;
        let s = t.station("海港驿站").district("130302").open().await;
        for day in ["2026-11-23", "2026-11-16", "2026-11-24", "2026-11-18"] {
            t.at(&format!("{day}T09:00:00+08:00")).await.locked(s.id).await;
        }
        let (mut dues, mut next) = (Vec::new(), Some("/api/v1/reports?state=open&limit=3".to_owned()));
        while let Some(path) = next {
            let reply = t.get(path).by(&clerk).send().await;
            let page = reply.json();
            dues.extend(page["items"].as_array().unwrap().iter().map(|r| (text(&r["due"]), r["overdue"].as_bool().unwrap())));
            next = reply.next_page();
        }
        let told: Vec<_> = dues.iter().map(|(due, overdue)| (due.as_str(), *overdue)).collect();
        assert_eq!(told, [("2026-11-19", true), ("2026-11-23", true), ("2026-11-26", false), ("2026-11-27", false)]);
        let late = t.get("/api/v1/reports?overdue=true").by(&clerk).json().await;
        assert_eq!(late["items"].as_array().unwrap().len(), 2);
        assert_eq!(late["counts"]["overdue"], 2);
        let queues = t.get("/api/v1/registry/queues").by(&clerk).json().await;
        assert_eq!(queues["reports"], json!({ "count": 4, "overdue": 2 }));
        let planner = t.staff("planner", Role::Planner, "130302").await;
        let queues = t.get("/api/v1/registry/queues").by(&planner).json().await;
        assert_eq!(queues["reports"], json!({ "count": 0, "overdue": 0 }), "who may not see reports counts none");
        for (query, field) in [("owner=somebody", "owner"), ("cursor=x", "cursor"), ("state=lost", "state"), ("kind=x", "kind")] {
            let reply = t.get(format!("/api/v1/reports?{query}")).by(&clerk).send().await;
            assert_eq!((reply.status, &reply.json()["errors"][0]["field"]), (StatusCode::BAD_REQUEST, &json!(field)));
        }
    }

    async fn what_must_not_stand_there_is_blanked(t: Town) {
        let clerk = t.staff("clerk", Role::District, "130302").await;
        let s = t.station("海港驿站").district("130302").open().await;
        let upload = t.post("/api/v1/uploads").header("content-type", "image/jpeg");
        let upload = upload.body(crate::snapped::phone_photo(60, 40).into()).send().await.json();
        let wish = json!({ "kind": "other", "text": "王某某 13912345678 把门锁了", "photo": upload["id"] });
        let slip = slip(&t.filed(s.id, wish).await);
        let report = t.report(&slip, &clerk).await;
        let photo = format!("/api/v1/reports/{}/photo", text(&report["id"]));
        let shown = t.get(&photo).by(&clerk).send().await;
        assert_eq!((shown.status, shown.header("content-type")), (StatusCode::OK, "image/jpeg"));
        assert!(!crate::snapped::holds(&shown.body, crate::snapped::CANARY), "what the phone wrote is gone");
        assert_eq!(t.get(&photo).send().await.status, StatusCode::UNAUTHORIZED);
        let blanked = t.treat(&report, "redact", &clerk, json!({ "reason": "写了别人的姓名和电话" })).await.json();
        assert_eq!((&blanked["text"], &blanked["photo"]), (&Value::Null, &json!(false)));
        assert_eq!(blanked["timeline"][1]["note"], "写了别人的姓名和电话");
        assert_eq!(t.get(&photo).by(&clerk).send().await.status, StatusCode::NOT_FOUND);
        let read = t.track(&slip).await.json();
        assert_eq!(read["timeline"].as_array().unwrap().len(), 1, "that is between staff");
    }
}
