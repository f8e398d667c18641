//! What staff are refused: wrong states, wrong districts, stale versions, broken rules. Each says why.

use axum::http::Method;
use serde_json::{Value, json};
use yizhan::accounts::Role;
use yizhan::stations::model::Status;

use crate::client::{Reply, text};
use crate::harness::Town;
use crate::staff::Staff;

const STEPS: [&str; 7] = ["submit", "check", "publish", "reject", "suspend", "resume", "retire"];

impl Town {
    /// A station of 海港区 in any status, as its record.
    async fn in_status(&self, by: &Staff, status: Status) -> Value {
        let station = self.station(status.as_str()).district("130302").store(status).await;
        self.record(by, &station.id.to_string()).await
    }

    /// A record.
    pub(crate) async fn record(&self, by: &Staff, id: &str) -> Value {
        self.get(format!("/api/v1/registry/{id}")).by(by).json().await
    }

    /// Sets the city's rule of approval.
    async fn approve_by(&self, admin: &Staff, approval: &str) {
        let (version, change) = (json!(0), json!({ "approval": approval }));
        let reply =
            self.ask(Method::PATCH, "/api/v1/city").by(admin).on(&version).sending(change).send().await;
        assert_eq!(reply.status, 200, "{}", reply.text());
    }
}

/// The code of a problem.
fn code(reply: &Reply) -> String {
    text(&reply.json()["code"])
}

both_engines! {
    async fn every_step_that_a_status_does_not_know_is_a_conflict(t: Town) {
        let admin = &t.staff("admin", Role::Admin, "").await;
        let mut refused = 0;
        for status in Status::ALL {
            let record = t.in_status(admin, *status).await;
            let allowed = record["allowed"].as_array().expect("allowed").clone();
            for step in STEPS.iter().filter(|step| !allowed.contains(&json!(step))) {
                let reply = t.step(admin, &record, step).await;
                assert_eq!((reply.status.as_u16(), code(&reply)), (409, "wrong_state".to_owned()), "{status} {step}");
                refused += 1;
            }
            assert_eq!(t.record(admin, &text(&record["id"])).await, record, "a refusal changes nothing");
        }
        assert_eq!(refused, 7 * 7 - 10);
    }

    async fn what_is_allowed_works(t: Town) {
        let admin = &t.staff("admin", Role::Admin, "").await;
        let mut taken = 0;
        for status in Status::ALL {
            for step in STEPS {
                let record = t.in_status(admin, *status).await;
                if record["allowed"].as_array().expect("allowed").contains(&json!(step)) {
                    let reply = t.step(admin, &record, step).await;
                    assert_eq!(reply.status, 200, "{status} {step}: {}", reply.text());
                    taken += 1;
                }
            }
        }
        assert_eq!(taken, 10);
    }

    async fn a_small_city_may_leave_steps_out(t: Town) {
        let [grassroots, district, city] = &t.chain().await;
        let admin = &t.staff("admin", Role::Admin, "").await;
        let submitted = t.steps(t.drafted(grassroots, "一").await, &[(grassroots, "submit")]).await;
        assert_eq!(t.step(city, &submitted, "publish").await.status, 409);
        t.approve_by(admin, "two_steps").await;
        assert_eq!(t.step(district, &submitted, "publish").await.status, 403);
        assert_eq!(t.step(city, &submitted, "publish").await.status, 200);
        assert_eq!(t.step(city, &t.drafted(grassroots, "二").await, "publish").await.status, 409);
    }

    async fn of_two_editors_the_second_is_told(t: Town) {
        let [_, district, _] = &t.chain().await;
        let seen = t.in_status(district, Status::Open).await;
        let first = t.patch(district, &seen, json!({ "phone": "0335-3012345" })).await;
        assert_eq!((first.status.as_u16(), first.header("etag")), (200, "\"v2\""));
        let second = t.patch(district, &seen, json!({ "phone": "0335-9999999" })).await;
        assert_eq!((second.status.as_u16(), code(&second)), (412, "stale".to_owned()));
        assert_eq!(t.record(district, &text(&seen["id"])).await["phone"], "0335-3012345");
        let path = format!("/api/v1/stations/{}", text(&seen["id"]));
        let blind = t.ask(Method::PATCH, &path).by(district).sending(json!({ "phone": "0335-1" })).send().await;
        assert_eq!((blind.status.as_u16(), code(&blind)), (428, "condition_missing".to_owned()));
        let any = t.ask(Method::PATCH, path).by(district).header("if-match", "*").sending(json!({})).send().await;
        assert_eq!(any.status, 400);
    }

    async fn another_district_is_not_there(t: Town) {
        let [_, district, city] = &t.chain().await;
        let elsewhere = t.station("北戴河驿站").district("130304").code("B-1").open().await;
        let nowhere = t.station("无区驿站").open().await;
        let own = t.in_status(district, Status::Open).await;
        let id = elsewhere.id.to_string();
        for path in [format!("/api/v1/registry/{id}"), format!("/api/v1/stations/{id}/history"), format!("/api/v1/registry/{}", nowhere.id)] {
            assert_eq!(t.get(&path).by(district).send().await.status, 404, "{path}");
            assert_eq!(t.get(&path).by(city).send().await.status, 200, "{path}");
        }
        let seen = t.record(city, &id).await;
        assert_eq!(t.patch(district, &seen, json!({ "phone": "12351" })).await.status, 404);
        assert_eq!(t.step(district, &seen, "suspend").await.status, 404);
        let list = t.get("/api/v1/registry").by(district).json().await;
        assert_eq!((&list["total"], &list["items"][0]["id"]), (&1.into(), &own["id"]));
        assert_eq!(t.get("/api/v1/registry").by(city).json().await["total"], 3);

        let moved = t.patch(district, &own, json!({ "district": "130304" })).await;
        assert_eq!(moved.status, 403, "nobody gives a station away: {}", moved.text());
        let body = json!({ "name": "越界驿站", "lat": 39.82, "lon": 119.5, "district": "130304" });
        assert_eq!(t.post("/api/v1/stations").by(district).sending(body).send().await.status, 403);
        let taken = t.patch(district, &own, json!({ "code": "B-1" })).await.json();
        assert_eq!(taken["errors"][0]["code"], "taken");
        assert!(!taken.to_string().contains(&id), "a station that he may not see is not named: {taken}");
    }

    async fn a_keeper_has_his_own_stations_only(t: Town) {
        let [own, other] = [t.station("自己的").district("130302").open().await, t.station("别人的").district("130302").open().await];
        let keeper = &t.keeper("keeper", &[own.id]).await;
        let list = t.get("/api/v1/registry").by(keeper).json().await;
        assert_eq!((&list["total"], &list["items"][0]["name"]), (&1.into(), &"自己的".into()));
        assert_eq!(list["items"][0]["allowed"], json!(["notice", "facility", "confirm"]));
        assert_eq!(t.get(format!("/api/v1/registry/{}", other.id)).by(keeper).send().await.status, 404);
        let record = t.record(keeper, &own.id.to_string()).await;
        assert_eq!(t.patch(keeper, &record, json!({ "name": "改名" })).await.status, 403);
        let path = format!("/api/v1/stations/{}/facilities/water", own.id);
        let broken = t.ask(Method::PUT, &path).by(keeper).on(&record["version"]).sending(json!({ "working": "broken" })).send().await;
        assert_eq!(broken.status, 200, "{}", broken.text());
        assert_eq!(broken.json()["facilities"][0]["broken_since"], "2026-11-24T10:00:00+08:00");
        let public = t.list().with("facility", "water").ids().await;
        assert!(public.is_empty(), "a worker's filter obeys at once");
    }

    async fn grass_roots_leave_alone_what_was_checked(t: Town) {
        let [grassroots, district, _] = &t.chain().await;
        for (status, expected) in [
            (Status::Draft, 200), (Status::Submitted, 200), (Status::Rejected, 200),
            (Status::Checked, 409), (Status::Open, 409), (Status::Suspended, 409), (Status::Retired, 409),
        ] {
            let record = t.in_status(district, status).await;
            let reply = t.patch(grassroots, &record, json!({ "address": "河北大街 1 号" })).await;
            assert_eq!(reply.status, expected, "{status}: {}", reply.text());
            if expected == 409 {
                assert_eq!(code(&reply), "wrong_state");
            }
        }
        let rejected = t.in_status(district, Status::Rejected).await;
        let mended = t.patch(grassroots, &rejected, json!({ "notes": "已改" })).await.json();
        assert_eq!(mended["status"], "draft", "whoever mends it has taken it back");
    }

    async fn a_number_is_given_once(t: Town) {
        let [_, district, _] = &t.chain().await;
        let holder = t.station("甲").district("130302").code("YZ-1").open().await;
        let record = t.in_status(district, Status::Open).await;
        let reply = t.patch(district, &record, json!({ "code": "YZ-1" })).await;
        let problem = reply.json();
        assert_eq!((reply.status.as_u16(), &problem["errors"][0]["field"]), (422, &"code".into()));
        assert!(problem.to_string().contains(&holder.id.to_string()), "the holder is named: {problem}");
        let body = json!({ "name": "乙", "code": "YZ-1", "lat": 39.93, "lon": 119.6, "district": "130302" });
        assert_eq!(t.post("/api/v1/stations").by(district).sending(body).send().await.status, 422);
    }

    async fn rules_and_forms_are_told_in_both_languages(t: Town) {
        let [_, district, _] = &t.chain().await;
        let record = t.in_status(district, Status::Open).await;
        let wrong = json!({ "name": "", "hours": "早八晚六左右", "opened_on": "2027-01-01" });
        let reply = t.patch(district, &record, wrong.clone()).await;
        let told: Vec<_> = reply.json()["errors"].as_array().expect("errors").iter().map(|e| text(&e["code"])).collect();
        assert_eq!((reply.status.as_u16(), told), (422, vec!["hours_unreadable".into(), "missing".into(), "out_of_range".into()]));
        let path = format!("/api/v1/stations/{}", text(&record["id"]));
        let english = t.ask(Method::PATCH, path).by(district).on(&record["version"]).header("accept-language", "en").sending(wrong).send().await;
        assert!(english.text().contains("cannot be read"), "{}", english.text());
        assert_eq!(t.patch(district, &record, json!({ "colour": "red" })).await.status, 400);
        let silent = format!("/api/v1/stations/{}/suspend", text(&record["id"]));
        let reply = t.post(silent).by(district).on(&record["version"]).send().await;
        assert_eq!((reply.status.as_u16(), text(&reply.json()["errors"][0]["field"])), (422, "reason".to_owned()));
    }
}
