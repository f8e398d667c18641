//! The worker's pages of the grievance centre, as a browser without script uses them.

use axum::body::Body;
use axum::http::StatusCode;
use serde_json::{Value, json};
use yizhan::accounts::Role;
use yizhan::pace::Purpose;

use crate::client::{Ask, Reply, text};
use crate::harness::Town;
use crate::snapped::phone_photo;
use crate::staff::Staff;
use crate::tables::everything;

const KEY: &str = "000102030405060708090a0b0c0d0e0f";
const TEXT: &str = "站点要求连跑 6 小时</textarea><script>alert(1)</script>";
const ESCAPED: &str = "站点要求连跑 6 小时&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;";

/// A form as a browser sends it, with files or without.
fn form<'t>(t: &'t Town, path: &str, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Ask<'t> {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(
            format!("--line\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
        );
    }
    for (name, bytes) in files {
        let head =
            format!("--line\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
        body.extend(head.bytes().chain(bytes.iter().copied()).chain(*b"\r\n"));
    }
    body.extend(b"--line--\r\n");
    t.post(path)
        .header("accept", "text/html")
        .header("content-type", "multipart/form-data; boundary=line")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body))
}

/// The fields of a good form, some of them changed.
fn fields<'a>(changed: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let usual = [
        ("key", KEY),
        ("text", TEXT),
        ("category", "rest"),
        ("kind", "appeal"),
        ("identity", "confidential"),
    ];
    let others = usual.into_iter().filter(|(name, _)| changed.iter().all(|(other, _)| other != name));
    others.chain(changed.iter().copied()).collect()
}

async fn file(t: &Town, changed: &[(&str, &str)]) -> Reply {
    form(t, "/grievance", &fields(changed), &[]).send().await
}

/// What stands between two texts.
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    text.split_once(before).and_then(|(_, rest)| rest.split_once(after)).map_or("", |(found, _)| found)
}

/// Number and code as the receipt shows them.
fn slip(page: &str) -> (String, String) {
    (between(page, "data-number=\"", "\"").to_owned(), between(page, "data-code=\"", "\"").to_owned())
}

/// Files a case that is taken in.
async fn filed(t: &Town, changed: &[(&str, &str)]) -> (String, String) {
    let reply = file(t, changed).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
    slip(&reply.text())
}

async fn track(t: &Town, (number, code): &(String, String), others: &[(&str, &str)]) -> Reply {
    let lead = [("number", number.as_str()), ("receipt", code.as_str())];
    let fields: Vec<_> = lead.into_iter().chain(others.iter().copied()).collect();
    form(t, "/grievance/track", &fields, &[]).send().await
}

/// Nobody keeps such a page, no cookie comes with it, and it names no page to the next one.
fn leaves_no_trace(reply: &Reply) {
    let headers = ["cache-control", "referrer-policy", "set-cookie"].map(|name| reply.header(name));
    assert_eq!(headers, ["no-store", "no-referrer", ""]);
}

/// Intake does something with a case.
async fn intake(t: &Town, by: &Staff, number: &str, step: Value) {
    let listed = t.get("/api/v1/grievances").with("number", number).by(by).json().await;
    let case = &listed["items"][0];
    let path = format!("/api/v1/grievances/{}/actions", text(&case["id"]));
    let reply = t.post(path).by(by).on(&case["version"]).sending(step).send().await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
}

both_engines! {
    async fn a_case_is_filed_followed_answered_and_withdrawn_without_script(t: Town) {
        let empty = t.get("/grievance?lang=en").header("accept", "text/html").send().await;
        leaves_no_trace(&empty);
        let empty = empty.text();
        assert!(empty.contains("Tell the union about something") && empty.contains("answered within 3 working days"), "{empty}");
        assert_eq!(between(&empty, "name=\"key\" value=\"", "\"").len(), 32);

        let done = file(&t, &[("phone", "138 0000 0000"), ("unit", "某站点")]).await;
        assert_eq!(done.status, StatusCode::OK, "{}", done.text());
        leaves_no_trace(&done);
        let page = done.text();
        let slip = slip(&page);
        assert_eq!((slip.0.as_str(), slip.1.len()), ("2026-000001", 24));
        assert!(page.contains("11月24日 周二 10:00") && page.contains("2 个工作小时内") && page.contains("11月27日 周五 前"), "{page}");
        let kept = everything(&t.app.db).await;
        let plain = slip.1.replace(' ', "");
        assert!(!kept.contains(&plain) && !kept.contains("连跑") && !kept.contains("13800000000"));

        let signed = between(&page, "data-verify=\"http://town.test", "\"").replace("&amp;", "&");
        let genuine = t.get(signed.clone()).header("accept", "text/html").send().await.text();
        assert!(genuine.contains("是真的") && genuine.contains("2026年11月24日 周二"), "{genuine}");
        let forged = t.get(signed.replace("000001", "000002")).header("accept", "text/html").send().await.text();
        assert!(forged.contains("不是本服务签的") && !forged.contains("由本服务签名"));

        let wrong = track(&t, &(slip.0.clone(), "0".repeat(20)), &[]).await;
        assert_eq!(wrong.status, StatusCode::NOT_FOUND);
        assert!(wrong.text().contains("编号和密码对不上") && wrong.text().contains("value=\"2026-000001\""));
        leaves_no_trace(&wrong);
        let read = track(&t, &slip, &[]).await;
        leaves_no_trace(&read);
        let read = read.text();
        assert!(read.contains("还有 3 天") && read.contains("第3天") && read.contains("已收到") && read.contains(ESCAPED), "{read}");
        assert!(!read.contains("<script>alert"));

        let clerk = t.staff("intake", Role::Intake, "1303").await;
        intake(&t, &clerk, &slip.0, json!({ "action": "ask", "text": "哪个站点？" })).await;
        let asked = track(&t, &slip, &[]).await.text();
        assert!(asked.contains("哪个站点？") && asked.contains("钟停着") && asked.contains("value=\"inform\""), "{asked}");
        let photo = phone_photo(40, 30);
        let lead = [("number", slip.0.as_str()), ("receipt", slip.1.as_str()), ("do", "inform"), ("key", KEY), ("text", "河北大街站")];
        let said = form(&t, "/grievance/track", &lead, &[("门.jpg", &photo)]).send().await;
        assert_eq!(said.status, StatusCode::OK, "{}", said.text());
        let again = form(&t, "/grievance/track", &lead, &[("门.jpg", &photo)]).send().await.text();
        assert!(again.contains("发出了") && again.matches("河北大街站").count() == 1, "sent twice, said once: {again}");

        let id = between(&again, "name=\"file\" value=\"", "\"").to_owned();
        let saved = track(&t, &slip, &[("file", &id)]).await;
        assert_eq!((saved.header("content-type"), saved.header("content-disposition")), ("image/jpeg", "attachment; filename=\"attachment.jpg\""));
        let other = filed(&t, &[("key", "0f0e0d0c0b0a09080706050403020100")]).await;
        assert_eq!(track(&t, &other, &[("file", &id)]).await.status, StatusCode::NOT_FOUND, "the file of another case");

        let gone = track(&t, &slip, &[("do", "withdraw"), ("text", "")]).await.text();
        assert!(gone.contains("撤回了。") && gone.contains("已撤回") && !gone.contains("value=\"withdraw\""), "{gone}");
        let late = track(&t, &slip, &[("do", "withdraw"), ("text", "再来")]).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
    }

    async fn what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(t: Town) {
        let wrong = file(&t, &[("category", ""), ("identity", "named"), ("phone", "12"), ("unit", "某站点")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        leaves_no_trace(&wrong);
        let page = wrong.text();
        assert!(page.contains("请选一类") && page.contains("电话要写 5 到 20 位数字") && page.contains("有 2 处要改"), "{page}");
        assert!(page.contains(ESCAPED) && page.contains("value=\"某站点\"") && page.contains("value=\"named\" required checked"));
        assert!(page.contains(&format!("value=\"{KEY}\"")), "the key stays");

        let photo = phone_photo(40, 30);
        let torn: &[(&str, &[u8])] = &[("门.jpg", &photo), ("<b>坏.jpg", b"no picture")];
        let half = form(&t, "/grievance", &fields(&[]), torn).send().await.text();
        assert!(half.contains("“&lt;b&gt;坏.jpg”收不了") && half.contains("已经收好的附件：1 个"), "{half}");
        let id = between(&half, "name=\"attachment\" value=\"", "\"");
        let slip = filed(&t, &[("attachment", id)]).await;
        assert!(track(&t, &slip, &[]).await.text().contains("下载照片"), "the file that was kept went along");
        let seven: Vec<(&str, &[u8])> = vec![("门.jpg", &photo); 7];
        let many = form(&t, "/grievance", &fields(&[("text", "七张")]), &seven).send().await.text();
        assert!(many.contains("附件最多 6 个") && many.contains("请重新选"), "{many}");
    }

    async fn the_same_form_again_is_the_same_case_and_another_text_is_another_one(t: Town) {
        let photo = phone_photo(40, 30);
        let send = async |text: &str| {
            let reply = form(&t, "/grievance", &fields(&[("text", text)]), &[("门.jpg", &photo)]).send().await;
            assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
            slip(&reply.text())
        };
        let first = send("一件").await;
        assert_eq!(send("一件").await, first, "the same receipt");
        assert_eq!(send("另一件").await.0, "2026-000002");
    }

    async fn somebody_anonymous_leaves_nothing_but_the_day(t: Town) {
        let anonymous = [("identity", "anonymous"), ("phone", "13911112222"), ("name", "王金丝雀")];
        let done = form(&t, "/grievance", &fields(&anonymous), &[]).header("user-agent", "Canary/7").from([198, 51, 100, 77]).send().await;
        assert_eq!(done.status, StatusCode::OK, "{}", done.text());
        leaves_no_trace(&done);
        let page = done.text();
        assert!(page.contains("11月24日 周二</p>") && !page.contains("10:00"), "{page}");
        let kept = everything(&t.app.db).await;
        for canary in ["13911112222", "王金丝雀", "Canary", "198.51.100.77"] {
            assert!(!kept.contains(canary), "{canary}");
        }
        let read = track(&t, &slip(&page), &[]).await.text();
        assert!(read.contains("时间只记到天") && !read.contains("10:00"), "{read}");
    }

    async fn the_code_at_a_door_leads_to_a_case_about_its_station(t: Town) {
        let s = t.station("海港<驿站").district("130302").open().await;
        let door = t.get(format!("/q/{}", s.id)).header("accept", "text/html").send().await.text();
        let path = format!("/grievance?station={}&via=code", s.id);
        assert!(door.contains(&path.replace('&', "&amp;")), "{door}");
        let page = t.get(path).header("accept", "text/html").send().await.text();
        assert!(page.contains("海港&lt;驿站") && page.contains("name=\"via\" value=\"code\""), "{page}");
        let place = s.id.to_string();
        let (number, _) = filed(&t, &[("place", &place), ("station", "yes"), ("via", "code")]).await;
        let clerk = t.staff("intake", Role::Intake, "130302").await;
        let listed = t.get("/api/v1/grievances").with("number", &number).by(&clerk).json().await;
        assert_eq!((text(&listed["items"][0]["channel"]), text(&listed["items"][0]["district"])), ("station".into(), "130302".into()));
        for path in ["/".to_owned(), format!("/stations/{}", s.id)] {
            assert!(t.get(path).header("accept", "text/html").send().await.text().contains("href=\"/grievance"));
        }
    }

    async fn who_sends_too_much_keeps_what_he_typed_and_is_told_when_to_come_back(t: Town) {
        let address = [203, 0, 113, 9];
        for _ in 0..Purpose::Grievance.most() {
            t.app.pace.count(Purpose::Grievance, Some(address.into()), t.app.clock.now()).unwrap();
        }
        let reply = form(&t, "/grievance", &fields(&[]), &[]).from(address).send().await;
        assert_eq!((reply.status, reply.header("retry-after")), (StatusCode::TOO_MANY_REQUESTS, "3600"));
        assert!(reply.text().contains("60 分钟后再按一次") && reply.text().contains(ESCAPED));
        let slip = filed(&t, &[]).await;
        for _ in 0..Purpose::Track.most() {
            t.app.pace.count(Purpose::Track, Some(address.into()), t.app.clock.now()).unwrap();
        }
        let lead = [("number", slip.0.as_str()), ("receipt", slip.1.as_str()), ("do", "message"), ("text", "没丢")];
        let reply = form(&t, "/grievance/track", &lead, &[]).from(address).send().await;
        assert_eq!(reply.status, StatusCode::TOO_MANY_REQUESTS);
        assert!(reply.text().contains("没丢</textarea>") && reply.text().contains("再试一次"));
    }

    async fn a_form_of_another_site_is_refused_and_one_without_an_origin_is_a_strangers(t: Town) {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields(&[])).finish();
        let ask = || {
            t.post("/grievance").header("content-type", "application/x-www-form-urlencoded").body(Body::from(body.clone()))
        };
        assert_eq!(ask().header("sec-fetch-site", "cross-site").send().await.status, StatusCode::FORBIDDEN);
        assert_eq!(ask().header("origin", "http://elsewhere.test").send().await.status, StatusCode::FORBIDDEN);
        // An old browser says nothing of the site, and no origin of a page that has no referrer.
        assert_eq!(ask().header("origin", "null").send().await.status, StatusCode::OK);
        let clerk = t.staff("clerk", Role::Intake, "1303").await;
        let signed_in = ask().header("origin", "null").header("cookie", format!("yizhan_session={}", clerk.session));
        assert_eq!(signed_in.send().await.status, StatusCode::FORBIDDEN);
    }
}
