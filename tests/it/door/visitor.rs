//! Visitors: counted by hour and trade, and known to nobody.

use axum::http::StatusCode;
use serde_json::json;
use yizhan::stations::model::Status;

use super::keeper::filled;
use crate::harness::Town;
use crate::tables::{dump, numbers};

both_engines! {
    async fn visits_are_counted_and_tell_of_nobody(t: Town) {
        let station = t.station("文化路驿站").district("130302").open().await;
        let address = format!("/q/{}/visit", station.id);
        let press = |trade: &'static str| filled(t.post(&address).header("sec-fetch-site", "same-origin"), &[("trade", trade)]);
        for trade in ["courier", "courier", "sanitation", "", "astronaut"] {
            let reply = press(trade).from([198, 51, 100, 77]).header("user-agent", "CANARY-PHONE").send().await;
            assert_eq!(reply.status, StatusCode::SEE_OTHER, "{trade}: {}", reply.text());
        }
        let marked = press("courier").send().await;
        let mark = marked.header("set-cookie").to_owned();
        assert!(mark.contains("Max-Age=3600"), "{mark}");
        let again = press("courier").header("cookie", mark.split(';').next().unwrap().to_owned()).send().await;
        assert_eq!(again.status, StatusCode::SEE_OTHER, "a phone that said so within the hour is thanked and not counted");
        let by_trade = "SELECT visits FROM visit_count ORDER BY trade";
        assert_eq!(numbers(&t.app.db, by_trade).await, [2, 3, 1], "not said, couriers, sanitation");
        let seen = "SELECT COUNT(*) FROM observation WHERE source = 'visit' AND is_open";
        assert_eq!(numbers(&t.app.db, seen).await, [1], "one observation an hour");
        let everything = format!("{:?}", dump(&t.app.db).await);
        for canary in ["CANARY", "198.51.100.77"] {
            assert!(!everything.contains(canary), "{canary}");
        }

        let told = t.post(format!("/api/v1/stations/{}/visits", station.id)).sending(json!({ "trade": "courier" })).send().await;
        assert_eq!(told.status, StatusCode::NO_CONTENT);
        let unknown = t.post(format!("/api/v1/stations/{}/visits", station.id)).sending(json!({ "trade": "astronaut" })).send().await;
        assert_eq!(unknown.status, StatusCode::BAD_REQUEST, "{}", unknown.text());
        assert_eq!(numbers(&t.app.db, by_trade).await, [2, 4, 1]);
    }

    async fn a_code_leads_somewhere_whatever_became_of_its_station(t: Town) {
        let open = t.station("开放站 <script>").district("130302").open().await;
        let draft = t.station("草稿站").district("130302").store(Status::Draft).await;
        let suspended = t.station("暂停站").district("130302").store(Status::Suspended).await;
        let page = |id: String| t.get(format!("/q/{id}")).header("accept", "text/html").send();
        let shown = page(open.id.to_string()).await;
        assert_eq!(shown.status, StatusCode::OK);
        assert_eq!(shown.header("cache-control"), "no-store");
        for wanted in ["我在这儿", "门锁着", "扫码入会", "开放站 &lt;script&gt;"] {
            assert!(shown.text().contains(wanted), "{wanted}");
        }
        let english = t.get(format!("/q/{}?lang=en", open.id)).send().await.text();
        assert!(english.contains("I am here") && english.contains("It is locked"), "{english}");
        let shown = page(draft.id.to_string()).await;
        assert_eq!(shown.status, StatusCode::OK);
        assert!(shown.text().contains("没有对外开放") && !shown.text().contains("草稿站"), "{}", shown.text());
        let shown = page(suspended.id.to_string()).await.text();
        assert!(shown.contains("暂停开放") && shown.contains("暂停站"), "{shown}");
        assert_eq!(page("019303a0-0000-7000-8000-00000000ffff".to_owned()).await.status, StatusCode::NOT_FOUND);
        assert_eq!(page("x".to_owned()).await.status, StatusCode::NOT_FOUND);
        let visit = filled(t.post(format!("/q/{}/visit", draft.id)), &[]).send().await;
        assert_eq!(visit.status, StatusCode::NOT_FOUND);
    }
}
