//! Every way to be refused: its status, its code, and words in both languages.

use axum::body::Body;
use axum::http::Method;
use serde_json::{Value, json};

use crate::client::{Reply, text};
use crate::harness::Town;

const NEAREST: &str = "/api/v1/stations/nearest";

/// Status, code and the faults of a problem, after a look at what all problems have in common.
fn problem(reply: &Reply) -> (u16, String, Vec<(String, String)>) {
    let body = reply.json();
    assert_eq!(reply.header("content-type"), "application/problem+json");
    assert_eq!(body["type"], format!("/problems/{}", text(&body["code"])));
    assert_eq!(body["status"], reply.status.as_u16());
    assert_eq!(body["request_id"], reply.header("x-request-id"));
    assert!(["title", "detail"].iter().all(|key| !text(&body[*key]).is_empty()));
    let none = Vec::new();
    let errors = body["errors"].as_array().unwrap_or(&none);
    assert!(errors.iter().all(|e| !text(&e["detail"]).is_empty()), "{errors:?}");
    let faults = errors.iter().map(|e| (text(&e["field"]), text(&e["code"]))).collect();
    (reply.status.as_u16(), text(&body["code"]), faults)
}

fn fault(field: &str, code: &str) -> (String, String) {
    (field.to_owned(), code.to_owned())
}

both_engines! {
    async fn a_wrong_parameter_is_named(t: Town) {
        let cases = [
            ("lat=91&lon=119", "lat", "out_of_range"),
            ("lat=39&lon=-180.1", "lon", "out_of_range"),
            ("lat=NaN&lon=119", "lat", "out_of_range"),
            ("lat=inf&lon=119", "lat", "out_of_range"),
            ("lat=1e308&lon=119", "lat", "out_of_range"),
            ("lat=39&lon=-1e308", "lon", "out_of_range"),
            ("lat=north&lon=119", "lat", "unreadable"),
            ("lon=119", "lat", "missing"),
            ("lat=&lon=119", "lat", "missing"),
            ("lat=39&lat=40&lon=119", "lat", "repeated"),
            ("lat=39&lon=119&colour=red", "colour", "unknown_parameter"),
            ("lat=39&lon=119&facility=microwave,sauna", "facility", "unknown_code"),
            ("lat=39&lon=119&host=moon", "host", "unknown_code"),
            ("lat=39&lon=119&access=window", "access", "unknown_code"),
            ("lat=39&lon=119&limit=0", "limit", "out_of_range"),
            ("lat=39&lon=119&limit=-1", "limit", "unreadable"),
            ("lat=39&lon=119&limit=2.5", "limit", "unreadable"),
            ("lat=39&lon=119&within_m=0", "within_m", "out_of_range"),
            ("lat=39&lon=119&within_m=NaN", "within_m", "out_of_range"),
            ("lat=39&lon=119&no_phone=maybe", "no_phone", "unreadable"),
            ("lat=39&lon=119&crs=epsg:4326", "crs", "unknown_code"),
            ("lat=39&lon=119&at=tomorrow", "at", "no_instant"),
            ("lat=39&lon=119&at=2026-11-24T10:00:00", "at", "no_instant"),
            ("lat=39&lon=119&at=%2B262142-12-31T23:59:59Z", "at", "no_instant"),
            ("lat=39&lon=119&open=yes", "open", "no_instant"),
            ("lat=39&lon=119&by=boat", "by", "unknown_code"),
        ];
        for (query, field, code) in cases {
            let told = problem(&t.get(format!("{NEAREST}?{query}")).send().await);
            assert_eq!(told, (400, "malformed".to_owned(), vec![fault(field, code)]), "{query}");
        }
    }

    async fn every_fault_is_told_at_once(t: Town) {
        let reply = t.get(format!("{NEAREST}?lat=91&limit=0&facility=sauna&what=1")).send().await;
        let (status, _, faults) = problem(&reply);
        let mut fields: Vec<_> = faults.into_iter().map(|(field, _)| field).collect();
        fields.sort();
        assert_eq!((status, fields), (400, ["facility", "lat", "limit", "lon", "what"].map(str::to_owned).to_vec()));
    }

    async fn the_reader_chooses_the_language_and_the_code_stays(t: Town) {
        let told = async |language: &'static str| {
            let mut body = t.get(format!("{NEAREST}?lat=39&lon=119&limit=0")).header("accept-language", language).send().await.json();
            body["request_id"] = Value::Null;
            body
        };
        assert_eq!(told("zh-CN,zh;q=0.9,en;q=0.5").await, json!({
            "type": "/problems/malformed", "title": "请求有误", "status": 400, "code": "malformed", "request_id": null,
            "detail": "请按 errors 里各字段的说明改正后再试。",
            "errors": [{"field": "limit", "code": "out_of_range", "detail": "要写 1 到 50 的整数。"}],
        }));
        assert_eq!(told("en").await, json!({
            "type": "/problems/malformed", "title": "Malformed request", "status": 400, "code": "malformed", "request_id": null,
            "detail": "Mend the fields listed in errors and try again.",
            "errors": [{"field": "limit", "code": "out_of_range", "detail": "must be a whole number from 1 to 50"}],
        }));
    }

    async fn a_path_a_verb_or_a_form_that_is_not_there_is_a_problem_too(t: Town) {
        assert_eq!(problem(&t.get("/api/v1/nothing").send().await).0, 404);
        assert_eq!(problem(&t.get("/api/v1/stations/nearest/x").send().await).1, "not_found");
        for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH] {
            let reply = t.ask(method.clone(), NEAREST).send().await;
            assert_eq!(problem(&reply).1, "method_not_allowed", "{method}");
            assert_eq!((reply.status.as_u16(), reply.header("allow")), (405, "GET,HEAD"));
        }
        let reply = t.nearest(119.0, 39.0).header("accept", "image/png").send().await;
        assert_eq!(problem(&reply), (406, "not_acceptable".to_owned(), Vec::new()));
        assert_eq!(t.nearest(119.0, 39.0).header("accept", "text/html, */*;q=0.1").send().await.status, 200);
    }

    async fn a_body_too_large_is_refused_unread(t: Town) {
        let two_mib = vec![b'x'; 2 << 20];
        let ask = t.ask(Method::POST, NEAREST).header("content-length", two_mib.len().to_string());
        let reply = ask.body(Body::from(two_mib)).send().await;
        assert_eq!(problem(&reply), (413, "too_large".to_owned(), Vec::new()));
        assert_eq!(reply.header("connection"), "close");
        assert!(text(&reply.json()["detail"]).contains("1048576"));
    }

    async fn a_query_has_a_bound(t: Town) {
        let longest = format!("{NEAREST}?lat=39&lon=119&facility=");
        let fill = |to: usize| format!("{longest}{}", ",".repeat(to - (longest.len() - NEAREST.len() - 1)));
        assert_eq!(t.get(fill(4_096)).send().await.status, 200);
        let told = problem(&t.get(fill(4_097)).send().await);
        assert_eq!(told, (400, "malformed".to_owned(), vec![fault("query", "too_long")]));
    }

    async fn requests_have_ids_of_our_own(t: Town) {
        let ids = [t.get("/healthz").send().await, t.get("/nothing").header("x-request-id", "mine").send().await];
        let ids = ids.map(|reply| reply.header("x-request-id").to_owned());
        assert_ne!(ids[0], ids[1]);
        assert!(ids.iter().all(|id| id.len() == 32 && id.bytes().all(|b| b.is_ascii_hexdigit())), "{ids:?}");
    }

    async fn a_failure_of_ours_says_its_id_and_nothing_else(t: Town) {
        // A registry that cannot follow its database: the client asks for a revision, the database is gone.
        t.app.db.close().await;
        let reply = t.nearest(119.6, 39.93).header("x-min-revision", "99").header("accept-language", "en").send().await;
        assert_eq!(problem(&reply), (503, "unavailable".to_owned(), Vec::new()));
        let body = reply.text().to_lowercase();
        assert!(["pool", "sql", "database", "closed"].iter().all(|word| !body.contains(word)), "{body}");
        let ready = t.get("/readyz").send().await;
        assert_eq!((ready.status.as_u16(), &ready.json()["status"]), (503, &json!("database_unreachable")));
        // What needs no database goes on.
        assert_eq!(t.nearest(119.6, 39.93).send().await.status, 200);
    }
}
