//! The worker's form without script: what is wrong stands in it, and a receipt is kept by nobody on the way.

use axum::body::Body;
use axum::http::StatusCode;
use serde_json::json;
use yizhan::pace::Purpose;
use yizhan::stations::model::FacilityCode;

use crate::client::Reply;
use crate::harness::Town;

impl Town {
    /// Sends a form as a browser does.
    async fn form(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let ask = self.post(path).header("content-type", "application/x-www-form-urlencoded");
        ask.header("accept", "text/html")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body))
            .send()
            .await
    }
}

/// What stands between two texts.
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    text.split_once(before).and_then(|(_, rest)| rest.split_once(after)).map_or("", |(found, _)| found)
}

both_engines! {
    async fn a_form_is_sent_and_its_answer_read_without_script(t: Town) {
        let s = t.station("海港驿站").district("130302").facility(FacilityCode::Microwave).open().await;
        let path = format!("/stations/{}/report", s.id);
        let page = t.get(format!("{path}?kind=locked")).header("accept", "text/html").send().await.text();
        assert!(page.contains("value=\"locked\" required checked"), "{page}");
        assert!(page.contains("微波炉") && page.contains("3 个工作日"));
        let empty = t.form(&path, &[("text", "<b>门</b>")]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        let empty = empty.text();
        assert!(empty.contains("先选是哪一种") && empty.contains("&lt;b&gt;门&lt;/b&gt;"), "nothing written is lost");
        // The form offers facilities whatever the kind: one that does not belong there is passed over.
        let done = t.form(&path, &[("kind", "locked"), ("facility", "microwave"), ("text", "")]).await;
        assert_eq!((done.status, done.header("cache-control"), done.header("referrer-policy")), (StatusCode::OK, "no-store", "no-referrer"));
        let done = done.text();
        let (number, receipt) = (between(&done, "data-number=\"", "\""), between(&done, "data-receipt=\"", "\""));
        let wrong = t.form("/reports", &[("number", number), ("receipt", "2222-2222-2222")]).await;
        assert_eq!(wrong.status, StatusCode::NOT_FOUND);
        assert!(wrong.text().contains("编号和回执对不上"));
        let read = t.form("/reports", &[("number", number), ("receipt", receipt)]).await;
        assert_eq!((read.status, read.header("cache-control")), (StatusCode::OK, "no-store"));
        let read = read.text();
        assert!(read.contains("还有 3 天") && read.contains("海港驿站") && !read.contains(receipt), "{read}");
        let nowhere = t.get("/stations/019303a0-0000-7000-8000-000000000000/report").header("accept", "text/html");
        assert_eq!(nowhere.send().await.status, StatusCode::NOT_FOUND);
    }

    async fn a_form_of_another_site_is_refused(t: Town) {
        let s = t.station("海港驿站").open().await;
        let ask = t.post(format!("/stations/{}/report", s.id)).header("sec-fetch-site", "cross-site");
        let ask = ask.header("content-type", "application/x-www-form-urlencoded").body(Body::from("kind=locked"));
        assert_eq!(ask.send().await.status, StatusCode::FORBIDDEN);
    }

    async fn an_address_and_a_station_have_bounds(t: Town) {
        let t = t.reopened(|config| config.reports.station_daily = 1).await;
        let s = t.station("海港驿站").open().await;
        t.locked(s.id).await;
        let path = format!("/stations/{}/report", s.id);
        let full = t.form(&path, &[("kind", "locked")]).await;
        assert_eq!(full.status, StatusCode::TOO_MANY_REQUESTS);
        assert!(full.text().contains("今天收到的反映已经够多"));
        let api = format!("/api/v1/stations/{}/reports", s.id);
        let from = |address: [u8; 4]| t.post(api.clone()).from(address).sending(json!({ "kind": "other" }));
        for _ in 0..Purpose::Report.most() {
            assert_eq!(from([203, 0, 113, 7]).send().await.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        assert_eq!(from([203, 0, 113, 7]).send().await.status, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(from([203, 0, 113, 8]).send().await.status, StatusCode::UNPROCESSABLE_ENTITY, "a neighbour is not");
    }
}
