//! Signing in: the set-up, passwords, one-time codes, and attempts by strangers.

use axum::body::Body;
use axum::http::StatusCode;
use chrono::{DateTime, FixedOffset};
use serde_json::{Value, json};
use totp_rs::{Builder, Secret};
use yizhan::accounts::people::{self, NewAccount};
use yizhan::accounts::{Actor, Grant, Role, invitations, password};
use yizhan::ids::AccountId;

use crate::accounts::faults;
use crate::arrange::instant;
use crate::client::{Reply, text};
use crate::harness::{NOW, Town};
use crate::staff::Staff;

const PASSWORD: &str = "kettle-harbour-seven";

/// The cookies that an answer sets, as a browser sends them back.
fn cookies(reply: &Reply) -> String {
    let set = reply.headers.get_all("set-cookie").iter().map(|v| v.to_str().unwrap());
    set.filter_map(|c| c.split(';').next()).collect::<Vec<_>>().join("; ")
}

fn session_of(reply: &Reply) -> String {
    let all = cookies(reply);
    let own = all.split("; ").find_map(|c| c.strip_prefix("yizhan_session="));
    own.unwrap_or_else(|| panic!("no session in {all:?}")).to_owned()
}

fn device_of(reply: &Reply) -> String {
    let all = cookies(reply);
    all.split("; ").find(|c| c.starts_with("yizhan_device=")).expect("a device").to_owned()
}

/// The code that a phone shows.
fn code_at(secret: &str, at: DateTime<FixedOffset>) -> String {
    let secret = Secret::try_from_base32(secret).unwrap();
    let totp = Builder::new().with_secret(secret).with_account_name("x").build_noncompliant();
    totp.generate(at.timestamp().try_into().unwrap()).to_string()
}

impl Town {
    /// An account with the usual password.
    async fn with_password(&self, login: &str, role: Role, scope: &str) -> AccountId {
        let grants = vec![Grant { role, scope: scope.parse().unwrap() }];
        let kept = password::hash(PASSWORD.to_owned()).await.unwrap();
        let (login, name) = (login.to_owned(), login.to_owned());
        let new = NewAccount { login, name, unit: None, grants, stations: Vec::new(), password: Some(kept) };
        people::register(&self.app.db, &Actor::command(), &new, self.app.clock.now()).await.unwrap()
    }

    async fn sign_in(&self, body: Value) -> Reply {
        self.post("/api/v1/session").sending(body).send().await
    }

    async fn sign_in_from(&self, cookie: &str, body: Value) -> Reply {
        let ask =
            self.post("/api/v1/session").header("cookie", cookie).header("sec-fetch-site", "same-origin");
        ask.sending(body).send().await
    }
}

fn code(reply: &Reply) -> String {
    text(&reply.json()["code"])
}

both_engines! {
    async fn the_first_start_invites_one_administrator(t: Town) {
        let invitation = invitations::begin_set_up(&t.app).await.unwrap().expect("nobody is there yet");
        let (page, secret) = invitation.link.split_once('#').unwrap();
        assert_eq!(page, "/staff/welcome");
        let looked = t.post("/api/v1/invitations/look").sending(json!({ "secret": secret })).json().await;
        assert_eq!(looked["purpose"], "set_up");
        let city = json!({ "union_name": "秦皇岛市总工会", "name_zh": "秦皇岛", "name_en": "Qinhuangdao",
            "hotline": "12351", "approval": "three_steps" });
        let ask = |password: &str| {
            let body = json!({ "secret": secret, "login": "Wang.Fang", "name": "王芳", "password": password, "city": city });
            t.post("/api/v1/invitations/redeem").sending(body)
        };
        let refused = ask("wang.fang-2026").send().await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "the login is in the password");
        let done = ask(PASSWORD).send().await;
        assert_eq!(done.status, StatusCode::OK, "{}", done.text());
        assert_eq!(done.json()["grants"], json!([{ "role": "admin", "scope": "" }]));
        assert_eq!(done.json()["city"]["union_name"], "秦皇岛市总工会");
        let again = ask(PASSWORD).send().await;
        assert_eq!(again.status, StatusCode::NOT_FOUND, "a link is good once");
        assert!(invitations::begin_set_up(&t.app).await.unwrap().is_none());
        let signed = t.sign_in(json!({ "login": "wang.fang", "password": PASSWORD })).await;
        assert_eq!(signed.status, StatusCode::OK, "{}", signed.text());
    }

    async fn whoever_is_wrong_does_not_learn_in_what(t: Town) {
        t.with_password("li", Role::District, "130302").await;
        let wrong = t.sign_in(json!({ "login": "li", "password": "not the password" })).await;
        let unknown = t.sign_in(json!({ "login": "nobody", "password": "not the password" })).await;
        assert_eq!((wrong.status, code(&wrong)), (StatusCode::UNAUTHORIZED, "bad_credentials".to_owned()));
        assert_eq!((unknown.status, code(&unknown)), (wrong.status, code(&wrong)));
        let right = t.sign_in(json!({ "login": " LI ", "password": PASSWORD })).await;
        assert_eq!(right.status, StatusCode::OK);
        let set = right.header("set-cookie");
        assert!(set.contains("HttpOnly") && set.contains("SameSite=Lax"), "{set}");
        assert_eq!(right.header("cache-control"), "no-store");
        let dump = crate::tables::everything(&t.app.db).await;
        for secret in [PASSWORD, &session_of(&right), device_of(&right).trim_start_matches("yizhan_device=")] {
            assert!(!dump.contains(secret), "the database holds hashes only");
        }
    }

    async fn failed_sign_ins_are_told_by_account_and_reason(t: Town) {
        let li = t.with_password("li", Role::District, "130302").await;
        crate::privacy::listen();
        for (login, password) in [("li", "not the password"), ("nobody-here", "not the password"), ("li", PASSWORD)] {
            t.sign_in(json!({ "login": login, "password": password })).await;
        }
        let log = crate::privacy::heard();
        let told: Vec<_> = log.lines().filter(|line| line.contains("a sign-in failed")).collect();
        assert_eq!(told.len(), 2, "{log}");
        assert!(told[0].contains(&li.to_string()) && told[0].contains("bad_credentials"), "{told:?}");
        assert!(told[1].contains("unknown_login") && !log.contains("nobody-here"), "{log}");
        assert!(!log.contains("not the password"), "{log}");
    }

    async fn one_time_codes_are_good_once(t: Town) {
        t.with_password("li", Role::District, "130302").await;
        let plain = t.sign_in(json!({ "login": "li", "password": PASSWORD })).await;
        let li = Staff { id: plain.json()["account"]["id"].as_str().unwrap().parse().unwrap(), session: session_of(&plain) };
        let required = t.reopened(|c| c.accounts.totp = yizhan::config::SecondFactor::Required).await;
        let refused = required.get("/api/v1/roles").by(&li).send().await;
        assert_eq!((refused.status, code(&refused)), (StatusCode::FORBIDDEN, "must_enrol_totp".to_owned()));
        let offered = required.post("/api/v1/session/totp").by(&li).json().await;
        assert!(text(&offered["uri"]).starts_with("otpauth://totp/") && text(&offered["qr_svg"]).starts_with("<svg"));
        let secret = text(&offered["secret"]);
        let put = |code: String| {
            required.ask(axum::http::Method::PUT, "/api/v1/session/totp").by(&li).sending(json!({ "code": code })).send()
        };
        assert_eq!(put("000000".to_owned()).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let confirmed = put(code_at(&secret, instant(NOW))).await;
        let recovery: Vec<String> = serde_json::from_value(confirmed.json()["recovery_codes"].clone()).unwrap();
        assert_eq!(recovery.len(), 10);
        assert_eq!(required.get("/api/v1/roles").by(&li).send().await.status, StatusCode::OK);

        let without = required.sign_in(json!({ "login": "li", "password": PASSWORD })).await;
        assert_eq!((without.status, code(&without)), (StatusCode::UNAUTHORIZED, "totp_required".to_owned()));
        let used = json!({ "login": "li", "password": PASSWORD, "totp": code_at(&secret, instant(NOW)) });
        assert_eq!(code(&required.sign_in(used).await), "bad_totp", "the enrolment used this code up");
        let later = required.at("2026-11-24T10:01:00+08:00").await;
        let fresh = json!({ "login": "li", "password": PASSWORD, "totp": code_at(&secret, instant("2026-11-24T10:01:00+08:00")) });
        assert_eq!(later.sign_in(fresh.clone()).await.status, StatusCode::OK);
        assert_eq!(code(&later.sign_in(fresh).await), "bad_totp", "a second time");
        let lost = json!({ "login": "li", "password": PASSWORD, "recovery_code": recovery[3].to_uppercase() });
        assert_eq!(later.sign_in(lost.clone()).await.status, StatusCode::OK);
        assert_eq!(code(&later.sign_in(lost).await), "bad_totp", "a recovery code is good once");
        assert!(!crate::tables::everything(&t.app.db).await.contains(&secret));
    }

    async fn who_signs_in_anew_leaves_no_session_behind(t: Town) {
        t.with_password("li", Role::District, "130302").await;
        let credentials = json!({ "login": "li", "password": PASSWORD });
        let first = t.sign_in(credentials.clone()).await;
        let knows = async |reply: &Reply| {
            let cookie = format!("yizhan_session={}", session_of(reply));
            t.get("/api/v1/session").header("cookie", cookie).send().await.status
        };
        let wrong = t.sign_in_from(&cookies(&first), json!({ "login": "li", "password": "guess after guess" })).await;
        assert_eq!((wrong.status, knows(&first).await), (StatusCode::UNAUTHORIZED, StatusCode::OK), "nothing began");
        let second = t.sign_in_from(&cookies(&first), credentials).await;
        assert_eq!((second.status, knows(&first).await), (StatusCode::OK, StatusCode::UNAUTHORIZED), "{}", second.text());
        assert_eq!(knows(&second).await, StatusCode::OK);
    }

    async fn who_is_signed_in_elsewhere_sees_it_and_ends_it(t: Town) {
        t.with_password("li", Role::District, "130302").await;
        t.with_password("wang", Role::District, "130302").await;
        let begin = async |t: &Town, login: &str| {
            let reply = t.sign_in(json!({ "login": login, "password": PASSWORD })).await;
            Staff { id: reply.json()["account"]["id"].as_str().unwrap().parse().unwrap(), session: session_of(&reply) }
        };
        let (forgotten, idle) = (begin(&t, "li").await, begin(&t, "li").await);
        let soon = t.at("2026-11-24T10:20:00+08:00").await;
        assert_eq!(soon.get("/api/v1/session").by(&forgotten).send().await.status, StatusCode::OK);
        let later = t.at("2026-11-24T10:30:00+08:00").await;
        let (li, wang) = (begin(&later, "li").await, begin(&later, "wang").await);
        let others = async |who| later.get("/api/v1/session").by(who).json().await["others"].clone();
        let seen = json!([{ "began": NOW, "last_used": "2026-11-24T10:20:00+08:00" }]);
        assert_eq!(others(&li).await, seen, "one is in use, one was idle too long, one is this one");
        let done = later.ask(axum::http::Method::DELETE, "/api/v1/session/others").by(&li).send().await;
        assert_eq!(done.status, StatusCode::NO_CONTENT, "{}", done.text());
        let works = async |who| later.get("/api/v1/session").by(who).send().await.status;
        assert_eq!(works(&forgotten).await, StatusCode::UNAUTHORIZED);
        assert_eq!(works(&idle).await, StatusCode::UNAUTHORIZED);
        assert_eq!((works(&wang).await, others(&li).await), (StatusCode::OK, json!([])));
    }

    async fn an_open_session_alone_makes_no_way_in_that_outlives_it(t: Town) {
        t.with_password("li", Role::District, "130302").await;
        let signed = t.sign_in(json!({ "login": "li", "password": PASSWORD })).await;
        let li = Staff { id: signed.json()["account"]["id"].as_str().unwrap().parse().unwrap(), session: session_of(&signed) };
        let at = "2026-11-24T10:15:00+08:00";
        let later = t.at(at).await;
        let offered = later.post("/api/v1/session/totp").by(&li).json().await;
        let code = code_at(&text(&offered["secret"]), instant(at));
        let token = json!({ "name": "报表", "permissions": ["station_see"], "scope": "130302", "expires": "2027-01-01T00:00:00+08:00" });
        let deeds = [
            (axum::http::Method::POST, "/api/v1/tokens", token, StatusCode::CREATED),
            (axum::http::Method::PUT, "/api/v1/session/totp", json!({ "code": code }), StatusCode::OK),
        ];
        for (verb, path, body, done) in deeds {
            let send = async |password: Option<&str>| {
                let mut body = body.clone();
                if let Some(password) = password {
                    body["password"] = json!(password);
                }
                later.ask(verb.clone(), path).by(&li).sending(body).send().await
            };
            for (password, fault) in [(None, "missing"), (Some("guess after guess"), "wrong")] {
                let refused = send(password).await;
                assert_eq!(faults(&refused), [("password".to_owned(), fault.to_owned())], "{path}");
            }
            assert_eq!(send(Some(PASSWORD)).await.status, done, "{path}");
        }
        let just_now = t.at("2026-11-24T10:14:59+08:00").await;
        let another = json!({ "name": "地图", "permissions": ["station_see"], "scope": "130302", "expires": "2027-01-01T00:00:00+08:00" });
        assert_eq!(just_now.post("/api/v1/tokens").by(&li).sending(another).send().await.status, StatusCode::CREATED);
    }

    async fn strangers_cannot_lock_somebody_out(t: Town) {
        t.with_password("li", Role::District, "130302").await;
        t.with_password("admin", Role::Admin, "").await;
        let home = t.sign_in(json!({ "login": "li", "password": PASSWORD })).await;
        let own_browser = device_of(&home);
        let li = Staff { id: home.json()["account"]["id"].as_str().unwrap().parse().unwrap(), session: session_of(&home) };
        let offered = t.post("/api/v1/session/totp").by(&li).json().await;
        let confirm = json!({ "code": code_at(&text(&offered["secret"]), instant(NOW)) });
        let codes = t.ask(axum::http::Method::PUT, "/api/v1/session/totp").by(&li).sending(confirm).json().await;
        for _ in 0..10 {
            let wrong = t.sign_in(json!({ "login": "li", "password": "guess after guess" })).await;
            assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
        }
        let locked = t.sign_in(json!({ "login": "li", "password": PASSWORD })).await;
        assert_eq!((locked.status, code(&locked)), (StatusCode::TOO_MANY_REQUESTS, "too_many_attempts".to_owned()));
        assert!(locked.header("retry-after").parse::<u32>().unwrap() <= 15 * 60 + 1);

        let at = "2026-11-24T10:02:00+08:00";
        let later = t.at(at).await;
        let own = json!({ "login": "li", "password": PASSWORD, "totp": code_at(&text(&offered["secret"]), instant(at)) });
        assert_eq!(later.sign_in_from(&own_browser, own).await.status, StatusCode::OK, "his own browser");
        let borrowed = json!({ "login": "li", "password": PASSWORD, "recovery_code": codes["recovery_codes"][0] });
        assert_eq!(later.sign_in(borrowed).await.status, StatusCode::OK, "a recovery code, from anywhere");
        let after = t.at("2026-11-24T10:16:00+08:00").await;
        let again = after.sign_in(json!({ "login": "li", "password": "guess after guess" })).await;
        assert_eq!(again.status, StatusCode::UNAUTHORIZED, "the window is over");

        for _ in 0..10 {
            later.sign_in_from(&own_browser, json!({ "login": "li", "password": "guess after guess" })).await;
        }
        let known = later.sign_in_from(&own_browser, json!({ "login": "li", "password": PASSWORD })).await;
        assert_eq!(known.status, StatusCode::TOO_MANY_REQUESTS, "a known browser has its own count");
    }

    async fn a_browser_is_known_by_a_secret_that_the_service_drew(t: Town) {
        t.with_password("li", Role::District, "130302").await;
        let right = json!({ "login": "li", "password": PASSWORD });
        let planted = "yizhan_device=0123456789abcdef0123456789abcdef";
        let first = t.sign_in_from(planted, right.clone()).await;
        assert_eq!(first.status, StatusCode::OK, "{}", first.text());
        let drawn = device_of(&first);
        assert_ne!(drawn, planted);
        let again = t.sign_in_from(&drawn, right.clone()).await;
        assert_eq!(again.status, StatusCode::OK);
        assert!(!cookies(&again).contains("yizhan_device="), "it is known and stays");
        for _ in 0..10 {
            t.sign_in(json!({ "login": "li", "password": "guess after guess" })).await;
        }
        let stranger = t.sign_in_from(planted, right.clone()).await;
        assert_eq!(stranger.status, StatusCode::TOO_MANY_REQUESTS, "whoever planted it is a stranger");
        assert_eq!(t.sign_in_from(&drawn, right).await.status, StatusCode::OK);
    }

    async fn attempts_at_once_all_count(t: Town) {
        t.with_password("li", Role::District, "130302").await;
        let wrong = json!({ "login": "li", "password": "guess after guess" });
        let mut attempts = tokio::task::JoinSet::new();
        for _ in 0..30 {
            let (t, wrong) = (t.clone(), wrong.clone());
            attempts.spawn(async move { t.sign_in(wrong).await.status });
        }
        let answers = attempts.join_all().await;
        let looked = answers.iter().filter(|s| **s == StatusCode::UNAUTHORIZED).count();
        assert_eq!(looked, 10, "only so many guesses were compared with the password");
    }

    async fn a_session_ends(t: Town) {
        t.with_password("li", Role::District, "130302").await;
        let begin = async || {
            let reply = t.sign_in(json!({ "login": "li", "password": PASSWORD })).await;
            Staff { id: reply.json()["account"]["id"].as_str().unwrap().parse().unwrap(), session: session_of(&reply) }
        };
        let li = begin().await;
        let works = async |t: &Town, li: &Staff| t.get("/api/v1/session").by(li).send().await.status;
        assert_eq!(works(&t, &li).await, StatusCode::OK);
        let idle = t.at("2026-11-24T10:30:00+08:00").await;
        assert_eq!(works(&idle, &li).await, StatusCode::UNAUTHORIZED, "half an hour unused");
        for minute in (20..=700).step_by(20) {
            let at = (instant(NOW) + chrono::TimeDelta::minutes(minute)).to_rfc3339();
            assert_eq!(works(&t.at(&at).await, &li).await, StatusCode::OK, "used every 20 minutes, at {at}");
        }
        let over = t.at("2026-11-24T22:00:00+08:00").await;
        assert_eq!(works(&over, &li).await, StatusCode::UNAUTHORIZED, "twelve hours");

        let (one, other) = (begin().await, begin().await);
        let change = |old: &str| json!({ "old": old, "new": "seven-kettles-harbour" });
        let wrong = t.post("/api/v1/session/password").by(&one).sending(change("guess")).send().await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let done = t.post("/api/v1/session/password").by(&one).sending(change(PASSWORD)).send().await;
        assert_eq!(done.status, StatusCode::NO_CONTENT, "{}", done.text());
        assert_eq!(works(&t, &one).await, StatusCode::OK);
        assert_eq!(works(&t, &other).await, StatusCode::UNAUTHORIZED, "a new password ends other sessions");
        let out = t.ask(axum::http::Method::DELETE, "/api/v1/session").by(&one).send().await;
        assert_eq!(out.status, StatusCode::NO_CONTENT);
        assert!(out.header("set-cookie").contains("Max-Age=0"));
        assert_eq!(works(&t, &one).await, StatusCode::UNAUTHORIZED);
    }

    async fn requests_of_other_sites_are_refused(t: Town) {
        let li = t.staff("li", Role::Admin, "").await;
        let cookie = format!("yizhan_session={}", li.session);
        let consent = json!({ "kind": "join_union", "zh": "同意", "en": "I agree" });
        let ask = |headers: &[(&'static str, &str)]| {
            let ask = t.post("/api/v1/consents").header("cookie", &cookie).sending(consent.clone());
            headers.iter().fold(ask, |ask, (name, value)| ask.header(name, *value))
        };
        for foreign in [
            &[("sec-fetch-site", "cross-site")][..],
            &[("sec-fetch-site", "same-site")],
            &[("origin", "https://evil.example")],
            &[("origin", "null")],
            &[("sec-fetch-site", "cross-site"), ("origin", "http://town.test")],
            &[],
        ] {
            let refused = ask(foreign).send().await;
            assert_eq!((refused.status, code(&refused)), (StatusCode::FORBIDDEN, "cross_site".to_owned()), "{foreign:?}");
        }
        let form = t.post("/api/v1/consents").by(&li).header("content-type", "text/plain").body(Body::from("{}")).send().await;
        assert_eq!(form.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "no form of another site can send JSON");
        let kinds = t.get("/api/v1/consents").json().await;
        let kinds: Vec<_> = kinds["items"].as_array().unwrap().iter().map(|c| text(&c["kind"])).collect();
        assert_eq!(kinds, ["join"], "nothing was written beside what the service itself asks for");
        for own in [&[("sec-fetch-site", "same-origin")][..], &[("origin", "http://town.test")]] {
            assert_eq!(ask(own).send().await.status, StatusCode::CREATED, "{own:?}");
        }
        let strange = t.post("/api/v1/session").header("origin", "https://evil.example");
        let strange = strange.sending(json!({ "login": "li", "password": "x" })).send().await;
        assert_eq!(code(&strange), "cross_site", "nor does another site sign anybody in");
    }

    async fn under_https_a_cookie_that_a_sibling_host_planted_is_not_read(t: Town) {
        t.with_password("li", Role::District, "130302").await;
        let https = t.reopened(|c| "https://yizhan.example.cn".clone_into(&mut c.server.public_url)).await;
        let reply = https.sign_in(json!({ "login": "li", "password": PASSWORD })).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
        for set in reply.headers.get_all("set-cookie") {
            let set = set.to_str().unwrap();
            assert!(set.starts_with("__Host-yizhan_") && set.contains("; Path=/; ") && set.contains("; Secure"), "{set}");
            assert!(!set.contains("Domain"), "{set}");
        }
        let own = cookies(&reply);
        let session = own.split("; ").find_map(|c| c.strip_prefix("__Host-yizhan_session=")).unwrap();
        let works = async |t: &Town, cookie: String| t.get("/api/v1/session").header("cookie", cookie).send().await.status;
        let (bare, prefixed) = (format!("yizhan_session={session}"), format!("__Host-yizhan_session={session}"));
        assert_eq!(works(&https, bare.clone()).await, StatusCode::UNAUTHORIZED);
        assert_eq!(works(&https, format!("yizhan_session=planted; {prefixed}")).await, StatusCode::OK);
        assert_eq!(works(&t, bare).await, StatusCode::OK, "without https there is no prefix");
        assert_eq!(works(&t, prefixed).await, StatusCode::UNAUTHORIZED);
    }
}
