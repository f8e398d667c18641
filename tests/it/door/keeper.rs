//! The keeper, who has no account and ten seconds: what he does by his link is seen everywhere at once.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use yizhan::accounts::Role;
use yizhan::stations::model::{FacilityCode, Station};

use crate::arrange::CENTRE;
use crate::client::{Ask, Reply, text};
use crate::harness::Town;
use crate::staff::Staff;
use crate::tables::{everything, numbers};

/// A phone that holds a keeper's link.
pub(super) struct Phone<'t> {
    town: &'t Town,
    station: String,
    cookie: String,
}

impl Town {
    /// Makes a link for a station's keeper.
    pub(crate) async fn link(&self, by: &Staff, station: &Station) -> String {
        let made = self.post(format!("/api/v1/stations/{}/keeper-link", station.id)).by(by).send().await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
        assert!(text(&made.json()["qr_svg"]).starts_with("<svg"));
        let link = text(&made.json()["link"]);
        link.strip_prefix("http://town.test").expect("an absolute address").to_owned()
    }

    /// Opens a link on a phone.
    pub(super) async fn phone(&self, link: &str, station: &Station) -> Phone<'_> {
        let reply = self.get(link).send().await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text());
        assert_eq!(reply.header("location"), format!("/q/{}?keeper=1", station.id));
        assert_eq!(
            (reply.header("cache-control"), reply.header("referrer-policy")),
            ("no-store", "no-referrer")
        );
        let cookie = reply.header("set-cookie");
        assert!(cookie.contains("HttpOnly; SameSite=Lax"), "{cookie}");
        let cookie = cookie.split(';').next().unwrap().to_owned();
        Phone { town: self, station: station.id.to_string(), cookie }
    }
}

/// A form as a browser sends it.
pub(super) fn filled<'t>(ask: Ask<'t>, fields: &[(&str, &str)]) -> Ask<'t> {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    ask.header("content-type", "application/x-www-form-urlencoded").body(Body::from(body))
}

impl Phone<'_> {
    pub(super) async fn page(&self) -> Reply {
        self.town.get(format!("/q/{}", self.station)).header("cookie", &self.cookie).send().await
    }

    /// Presses a button, as the page of this service does.
    pub(super) async fn press(&self, fields: &[(&str, &str)]) -> Reply {
        self.press_from("same-origin", fields).await
    }

    async fn press_from(&self, site: &str, fields: &[(&str, &str)]) -> Reply {
        let ask = self.town.post(format!("/q/{}/keeper", self.station)).header("cookie", &self.cookie);
        filled(ask.header("sec-fetch-site", site), fields).send().await
    }

    async fn breaks(&self, facility: &str) -> Reply {
        self.press(&[("do", "facility"), ("facility", facility), ("to", "broken")]).await
    }
}

fn went_on(reply: &Reply) -> &str {
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text());
    reply.header("location").split_once("done=").expect("what was done").1
}

async fn with_microwave(t: &Town) -> Station {
    let draft = t.station("文化路驿站").district("130302").facility(FacilityCode::Water);
    draft.timed(FacilityCode::Microwave, "Mo-Su 07:00-20:00").open().await
}

both_engines! {
    async fn a_microwave_that_the_keeper_breaks_is_found_by_nobody(t: Town) {
        let root = t.staff("root", Role::Admin, "").await;
        let station = with_microwave(&t).await;
        let phone = t.phone(&t.link(&root, &station).await, &station).await;
        let warm = || t.nearest(CENTRE.0, CENTRE.1).with("facility", "microwave");
        assert_eq!(warm().names().await, ["文化路驿站"]);

        assert_eq!(went_on(&phone.breaks("microwave").await), "broken&what=microwave#microwave");
        assert!(warm().names().await.is_empty(), "the worker's filter obeys at once");
        let copy = t.get("/api/v1/offline/130302.json").send().await.json();
        let kept = &copy["stations"][0]["facilities"];
        let microwave = kept.as_array().unwrap().iter().find(|f| f["code"] == "microwave").unwrap();
        assert_eq!(microwave["working"], json!(false), "the offline copy says so: {microwave}");
        let page = phone.page().await.text();
        assert!(page.contains("修好了") && page.contains("故障"), "{page}");

        let history = t.get(format!("/api/v1/stations/{}/history", station.id)).by(&root).json().await;
        let newest = &history["items"][0];
        assert_eq!((&newest["via"], &newest["by"], &newest["action"]), (&json!("keeper_link"), &Value::Null, &json!("facility")));
        let log = t.get("/api/v1/audit").with("action", "station.facility").by(&root).json().await;
        assert_eq!(log["items"][0]["via"], "keeper_link", "{log}");

        let record = t.get(format!("/api/v1/registry/{}", station.id)).by(&root).json().await;
        assert_eq!(went_on(&phone.breaks("microwave").await), "broken&what=microwave#microwave", "pressed twice");
        let again = t.get(format!("/api/v1/registry/{}", station.id)).by(&root).json().await;
        assert_eq!(record["version"], again["version"], "and nothing was written twice");
        let fixed = phone.press(&[("do", "facility"), ("facility", "microwave"), ("to", "ok")]).await;
        assert_eq!(went_on(&fixed), "ok&what=microwave#microwave");
        assert_eq!(warm().names().await, ["文化路驿站"]);
        let record = t.get(format!("/api/v1/registry/{}", station.id)).by(&root).json().await;
        let kept = record["facilities"].as_array().unwrap().iter().find(|f| f["code"] == "microwave").unwrap();
        assert_eq!(*kept, json!({ "code": "microwave", "working": "ok", "hours": "Mo-Su 07:00-20:00" }), "its own hours stay");
        assert_eq!(phone.breaks("shower").await.status, StatusCode::NOT_FOUND, "what is not there");
        assert_eq!(phone.press(&[("do", "explode")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }

    async fn a_link_ends_with_the_next_and_when_it_is_revoked(t: Town) {
        let root = t.staff("root", Role::Admin, "").await;
        let (station, other) = (with_microwave(&t).await, t.station("别处").district("130302").open().await);
        let first = t.link(&root, &station).await;
        let phone = t.phone(&first, &station).await;
        let secret = first.strip_prefix("/k/").unwrap();
        assert!(!everything(&t.app.db).await.contains(secret), "the database does not hold the secret");
        let address = format!("/api/v1/stations/{}/keeper-link", station.id);
        let told = t.get(&address).by(&root).json().await;
        assert!(told["used"].is_string() && told.get("link").is_none(), "{told}");

        // The link of one station is nothing at another one, and nothing without the cookie.
        let elsewhere = Phone { town: &t, station: other.id.to_string(), cookie: phone.cookie.clone() };
        assert!(!elsewhere.page().await.text().contains("今天开门"));
        assert_eq!(elsewhere.press(&[("do", "open")]).await.status, StatusCode::NOT_FOUND);
        let stranger = Phone { town: &t, station: station.id.to_string(), cookie: "a=b".to_owned() };
        assert_eq!(stranger.breaks("microwave").await.status, StatusCode::NOT_FOUND);

        let second = t.link(&root, &station).await;
        assert_eq!(t.get(&first).send().await.status, StatusCode::NOT_FOUND);
        assert_eq!(phone.breaks("microwave").await.status, StatusCode::NOT_FOUND, "the old link died with the new");
        assert!(!phone.page().await.text().contains("今天开门"), "and its phone is a visitor's");
        let phone = t.phone(&second, &station).await;
        assert_eq!(t.ask(Method::DELETE, &address).by(&root).send().await.status, StatusCode::NO_CONTENT);
        assert_eq!(t.get(&second).send().await.status, StatusCode::NOT_FOUND);
        assert_eq!(phone.breaks("microwave").await.status, StatusCode::NOT_FOUND);
        assert_eq!(t.ask(Method::DELETE, &address).by(&root).send().await.status, StatusCode::NOT_FOUND);
        assert_eq!(t.get(&address).by(&root).json().await, Value::Null);
        for wrong in ["/k/x", "/k/0123456789abcdef0123456789abcdef", "/k/%00"] {
            let reply = t.get(wrong).header("accept", "text/html").send().await;
            assert_eq!((reply.status, reply.header("cache-control")), (StatusCode::NOT_FOUND, "no-store"), "{wrong}");
        }
    }

    async fn whoever_guesses_at_links_is_stopped(t: Town) {
        let mut last = StatusCode::OK;
        for i in 0..700_u32 {
            last = t.get(format!("/k/{i:032x}")).from([192, 0, 2, 7]).send().await.status;
            if last != StatusCode::NOT_FOUND { break }
        }
        assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(t.get(format!("/k/{:032x}", 1)).from([192, 0, 2, 8]).send().await.status, StatusCode::NOT_FOUND);
    }

    async fn another_site_cannot_press_the_keepers_buttons(t: Town) {
        let root = t.staff("root", Role::Admin, "").await;
        let station = with_microwave(&t).await;
        let phone = t.phone(&t.link(&root, &station).await, &station).await;
        let fields = [("do", "facility"), ("facility", "microwave"), ("to", "broken")];
        for site in ["cross-site", "same-site"] {
            assert_eq!(phone.press_from(site, &fields).await.status, StatusCode::FORBIDDEN, "{site}");
        }
        let bare = t.post(format!("/q/{}/keeper", station.id)).header("cookie", &phone.cookie);
        assert_eq!(filled(bare, &fields).send().await.status, StatusCode::FORBIDDEN, "a browser that says nothing");
        let old = t.post(format!("/q/{}/keeper", station.id)).header("cookie", &phone.cookie);
        let old = filled(old.header("origin", "http://town.test"), &fields).send().await;
        assert_eq!(old.status, StatusCode::SEE_OTHER, "an old browser on the service's own page");
    }

    async fn under_https_a_link_that_a_sibling_host_planted_is_nobodys(t: Town) {
        let root = t.staff("root", Role::Admin, "").await;
        let station = t.station("站").open().await;
        let link = t.link(&root, &station).await;
        let https = t.reopened(|c| "https://yizhan.example.cn".clone_into(&mut c.server.public_url)).await;
        let phone = https.phone(&link, &station).await;
        assert!(phone.cookie.starts_with("__Host-yizhan_keeper="), "{}", phone.cookie);
        let button = "今天开门";
        assert!(phone.page().await.text().contains(button), "the keeper has his buttons");
        let planted = Phone { town: &https, station: phone.station.clone(), cookie: phone.cookie.replace("__Host-", "") };
        assert!(!planted.page().await.text().contains(button));
        let pressed = planted.press(&[("do", "open")]).await;
        assert_eq!(pressed.status, StatusCode::NOT_FOUND, "{}", pressed.text());
    }

    async fn a_day_that_the_keeper_closes_is_announced_and_taken_back(t: Town) {
        let root = t.staff("root", Role::Admin, "").await;
        let station = with_microwave(&t).await;
        let phone = t.phone(&t.link(&root, &station).await, &station).await;
        let state = async |at: &str| {
            let found = t.get(format!("/api/v1/stations/{}", station.id)).with("at", at).json().await;
            text(&found["properties"]["state"])
        };
        let close = |day, reason| phone.press_closing(day, reason);
        assert_eq!(went_on(&close("2026-11-25", "开会").await), "closed#closed");
        assert_eq!(state("2026-11-24T12:00:00+08:00").await, "open");
        assert_eq!(state("2026-11-25T00:00:00+08:00").await, "closed_by_notice");
        assert_eq!(state("2026-11-25T23:59:00+08:00").await, "closed_by_notice");
        assert_eq!(state("2026-11-26T00:00:00+08:00").await, "open");
        assert_eq!(went_on(&close("2026-11-24", "停电").await), "closed#closed");
        assert_eq!(state("2026-11-24T10:00:00+08:00").await, "closed_by_notice", "today, from now on");

        let page = phone.page().await.text();
        assert!(page.contains("开会") && page.contains("停电"), "{page}");
        let notices = t.get("/api/v1/notices").by(&root).json().await;
        for notice in notices["items"].as_array().unwrap() {
            let back = phone.press(&[("do", "reopen"), ("notice", notice["id"].as_str().unwrap())]).await;
            assert_eq!(went_on(&back), "reopened#closed");
        }
        assert_eq!(state("2026-11-24T10:00:00+08:00").await, "open");
        // What staff announced is not the keeper's to take back.
        let wish = json!({ "effect": "closed", "from": "2026-11-26T00:00:00+08:00", "to": "2026-11-27T00:00:00+08:00", "reason": "检修" });
        let made = t.post(format!("/api/v1/stations/{}/notices", station.id)).by(&root).sending(wish).send().await.json();
        let id = text(&made["id"]);
        assert_eq!(phone.press(&[("do", "reopen"), ("notice", &id)]).await.status, StatusCode::NOT_FOUND);
        for (day, reason) in [("2026-11-23", "昨天"), ("2028-01-01", "太远"), ("2026-11-25", ""), ("x", "x"), ("2026-11-25", &"长".repeat(201))] {
            let refused = close(day, reason).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{day} {reason}");
            assert!(refused.text().contains("没有记下"), "{day}");
        }
    }

    async fn open_today_confirms_and_is_observed_once_an_hour(t: Town) {
        let root = t.staff("root", Role::Admin, "").await;
        let station = with_microwave(&t).await;
        let phone = t.phone(&t.link(&root, &station).await, &station).await;
        let page = phone.page().await.text();
        assert!(page.contains("请核对") && page.contains("今天开门"), "never confirmed, so the keeper is asked: {page}");
        let doors = t.get("/api/v1/doors").by(&root).json().await;
        assert_eq!(doors["items"][0]["confirmation_due"], true, "{doors}");
        for _ in 0..2 {
            assert_eq!(went_on(&phone.press(&[("do", "open")]).await), "open");
        }
        let observed = "SELECT COUNT(*) FROM observation WHERE source = 'keeper' AND is_open AND is_posted";
        assert_eq!(numbers(&t.app.db, observed).await, [1]);
        let page = phone.page().await.text();
        assert!(!page.contains("请核对") && page.contains("今天已经记下"), "{page}");
        let later = t.at("2027-02-22T11:00:00+08:00").await;
        let phone = Phone { town: &later, station: station.id.to_string(), cookie: phone.cookie.clone() };
        assert!(phone.page().await.text().contains("请核对"), "after 90 days");
        assert_eq!(went_on(&phone.press(&[("do", "right")]).await), "right");
        assert!(!phone.page().await.text().contains("请核对"));
    }

    async fn proposed_hours_wait_for_staff(t: Town) {
        let root = t.staff("root", Role::Admin, "").await;
        let station = t.station("邮政驿站").district("130302").hours("Mo-Su 08:00-18:00").open().await;
        let phone = t.phone(&t.link(&root, &station).await, &station).await;
        let propose = |text, sure| phone.press_hours(text, sure);
        let look = propose("周一至周五 8:30-17:30", false).await;
        assert_eq!(look.status, StatusCode::OK);
        assert!(look.text().contains("周一至周五 8:30–17:30，节假日休息") && look.text().contains("交给工会"), "{}", look.text());
        assert!(propose("看老板心情", false).await.text().contains("没有完全读懂"));
        let waiting = async || t.get("/api/v1/proposals").by(&root).json().await["items"].clone();
        assert_eq!(waiting().await, json!([]), "looking sends nothing");

        assert_eq!(went_on(&propose("看老板心情", true).await), "hours#hours");
        assert_eq!(went_on(&propose("周一至周五 8:30-17:30", true).await), "hours#hours");
        let items = waiting().await;
        assert_eq!(items.as_array().unwrap().len(), 1, "a newer one replaces the one that waits: {items}");
        let one = &items[0];
        assert_eq!(one["hours"], "Mo-Fr 08:30-17:30; PH off");
        let state = async |at: &str| {
            let found = t.get(format!("/api/v1/stations/{}", station.id)).with("at", at).json().await;
            text(&found["properties"]["state"])
        };
        assert_eq!(state("2026-11-28T10:00:00+08:00").await, "open", "nothing changes before staff say so");
        let address = format!("/api/v1/proposals/{}", text(&one["id"]));
        let stale = t.post(format!("{address}/take")).by(&root).on(&json!(9)).sending(json!({})).send().await;
        assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
        let taken = t.post(format!("{address}/take")).by(&root).on(&one["version"]).sending(json!({ "answer": "谢谢" })).json().await;
        assert_eq!(taken["outcome"], "taken");
        assert_eq!(state("2026-11-28T10:00:00+08:00").await, "closed", "a Saturday");
        let page = phone.page().await.text();
        assert!(page.contains("工会采用了") && page.contains("谢谢"), "{page}");
        let twice = t.post(format!("{address}/refuse")).by(&root).on(&taken["version"]).sending(json!({ "answer": "不" })).send().await;
        assert_eq!(twice.status, StatusCode::CONFLICT);

        propose("<b>随缘</b>", true).await;
        let one = waiting().await[0].clone();
        let address = format!("/api/v1/proposals/{}", text(&one["id"]));
        let unread = t.post(format!("{address}/take")).by(&root).on(&one["version"]).sending(json!({})).send().await;
        assert_eq!(unread.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", unread.text());
        let refused = t.post(format!("{address}/refuse")).by(&root).on(&one["version"]).sending(json!({ "answer": "请写清楚" })).json().await;
        assert_eq!(refused["outcome"], "refused");
        let page = phone.page().await.text();
        assert!(page.contains("请写清楚") && page.contains("&lt;b&gt;随缘") && !page.contains("<b>随缘"), "{page}");
        let ended = t.get("/api/v1/proposals?state=ended").by(&root).json().await;
        assert_eq!(ended["items"].as_array().unwrap().len(), 3, "{ended}");
        assert!(!t.get("/api/v1/audit").by(&root).send().await.text().contains("随缘"), "no words of people in the log");
    }
}

impl Phone<'_> {
    async fn press_closing(&self, day: &str, reason: &str) -> Reply {
        self.press(&[("do", "close"), ("day", day), ("reason", reason)]).await
    }

    async fn press_hours(&self, text: &str, sure: bool) -> Reply {
        let mut fields = vec![("do", "hours"), ("text", text)];
        fields.extend(sure.then_some(("sure", "1")));
        self.press(&fields).await
    }
}
