//! The shell of the page that staff work with, and what the service makes of hours before they are saved.

use axum::http::StatusCode;
use serde_json::json;
use yizhan::accounts::Role;

use crate::harness::Town;

both_engines! {
    async fn the_shell_knows_nobody_and_is_kept_by_nobody(t: Town) {
        for path in ["/staff", "/staff/notices/area", "/staff?q=%3Cscript%3E&lat=x"] {
            let shell = t.get(path).header("accept", "text/html").header("accept-language", "zh-CN").send().await;
            assert_eq!(shell.status, StatusCode::OK, "{path}");
            assert_eq!(shell.header("cache-control"), "no-store");
            assert_eq!(shell.header("x-robots-tag"), "noindex");
            assert_eq!(shell.header("referrer-policy"), "no-referrer");
            let html = shell.text();
            assert!(html.contains("驿站") && html.contains("noindex"), "{html}");
            assert!(html.contains("工作台要运行网页脚本才能用"), "without script it says what it needs: {html}");
            assert!(html.contains("&quot;微波炉&quot;") && html.contains("&quot;130302&quot;"), "{html}");
            assert!(!html.contains("<script>") && !html.contains("style="), "nothing is inline: {html}");
        }
    }

    async fn hours_are_read_before_they_are_saved(t: Town) {
        let clerk = &t.staff("clerk", Role::Grassroots, "130302").await;
        let read = async |text: &str| {
            let text: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
            let path = format!("/api/v1/hours?text={text}");
            t.get(path).by(clerk).header("accept-language", "zh-CN").json().await
        };
        let plain = read("周一至周五 8:30-17:30").await;
        assert_eq!(plain["hours"], "Mo-Fr 08:30-17:30; PH off");
        assert_eq!(plain["words"], "周一至周五 8:30–17:30，节假日休息");
        let week = plain["week"].as_array().expect("a week");
        assert_eq!(week.len(), 7);
        assert_eq!(week[0]["spans"], json!([["08:30", "17:30"]]), "{week:?}");
        assert_eq!(read("Mo-Su 08:00-20:00").await["hours"], "Mo-Su 08:00-20:00");
        let vague = read("看情况").await;
        assert!(vague["hours"].is_null() && vague["week"].is_null(), "{vague}");
        assert!(vague["fault"].as_str().is_some_and(|fault| !fault.is_empty()), "{vague}");
    }

    async fn only_staff_ask_what_hours_come_to(t: Town) {
        assert_eq!(t.get("/api/v1/hours?text=24/7").send().await.status, StatusCode::UNAUTHORIZED);
        let clerk = &t.staff("clerk", Role::Grassroots, "130302").await;
        let long = format!("/api/v1/hours?text={}", "x".repeat(501));
        let refused = t.get(long).by(clerk).send().await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST);
        assert_eq!(refused.json()["errors"][0]["field"], "text");
        let unknown = t.get("/api/v1/hours?when=now").by(clerk).send().await;
        assert_eq!(unknown.status, StatusCode::BAD_REQUEST);
    }
}
