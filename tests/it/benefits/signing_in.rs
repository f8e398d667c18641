//! Phones sign in with a one-time code.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use yizhan::jobs;

use super::people::{CLERK, MEMBER, Phone};
use crate::client::{Reply, text};
use crate::harness::Town;
use crate::tables::{everything, numbers, texts};

const STRANGER: &str = "13900000009";

impl Town {
    /// The service with a file that messages are written to.
    async fn sending(&self) -> Self {
        let file = self.app.config.storage.data.join("messages.jsonl");
        self.reopened(|config| config.delivery.file = file).await
    }

    /// The same a while later.
    async fn later(&self, seconds: i64) -> Self {
        let then = self.app.clock.now() + chrono::TimeDelta::seconds(seconds);
        self.at(&then.to_rfc3339()).await
    }

    async fn ask_for_code(&self, phone: &str) -> Reply {
        self.post("/api/v1/phone/codes").sending(json!({ "phone": phone })).send().await
    }

    /// The messages so far.
    fn messages(&self) -> Vec<Value> {
        let written = std::fs::read_to_string(&self.app.config.delivery.file).unwrap_or_default();
        written.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// Asks for a code and reads the message.
    async fn code_sent(&self, phone: &str) -> String {
        assert_eq!(self.ask_for_code(phone).await.status, StatusCode::NO_CONTENT);
        jobs::run_due(&self.app).await.unwrap();
        let words = text(&self.messages().last().expect("a message")["words"]);
        words.split(|c: char| !c.is_ascii_digit()).find(|part| part.len() == 6).expect("a code").to_owned()
    }

    async fn try_code(&self, phone: &str, code: &str) -> Reply {
        let wish = json!({ "phone": phone, "code": code });
        self.post("/api/v1/phone/session").sending(wish).send().await
    }
}

/// Another code of six digits.
fn other(code: &str) -> String {
    format!("{:06}", (code.parse::<u32>().unwrap() + 1) % 1_000_000)
}

both_engines! {
    async fn a_member_and_a_clerk_sign_in(t: Town) {
        let t = t.sending().await;
        t.enrolled_people().await;
        let code = t.code_sent("+86 138 0000 0001").await;
        assert_eq!(text(&t.messages()[0]["to"]), MEMBER);
        assert_eq!(texts(&t.app.db, "SELECT id FROM phone_code WHERE letter IS NOT NULL".to_owned()).await.len(), 0, "wiped once sent");
        let reply = t.try_code(MEMBER, &code).await;
        assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text());
        assert_eq!(reply.header("cache-control"), "no-store");
        let told = reply.json();
        assert_eq!((text(&told["member"]["name"]), text(&told["member"]["union_name"]), &told["clerk"]), ("李会员".into(), "海港区快递行业工会".into(), &Value::Null));
        let phone = Phone::of(&reply);
        assert_eq!(t.get("/api/v1/phone/session").on_phone(&phone).json().await, told);
        assert_eq!(t.try_code(MEMBER, &code).await.status, StatusCode::UNAUTHORIZED, "a code is good once");

        let reply = t.try_code(CLERK, &t.code_sent(CLERK).await).await;
        let told = reply.json();
        assert_eq!((text(&told["clerk"]["name"]), text(&told["clerk"]["store"]["name"]), &told["member"]), ("王店员".into(), "文化路店".into(), &Value::Null));
        let kept = everything(&t.app.db).await;
        assert!(![MEMBER, CLERK, "李会员", "王店员", &code].iter().any(|secret| kept.contains(secret)));

        let done = t.ask(Method::DELETE, "/api/v1/phone/session").on_phone(&phone).send().await;
        assert_eq!((done.status, done.header("set-cookie").contains("Max-Age=0")), (StatusCode::NO_CONTENT, true));
        assert_eq!(t.get("/api/v1/phone/session").on_phone(&phone).send().await.status, StatusCode::UNAUTHORIZED);
    }

    async fn an_unknown_number_is_answered_the_same_and_sent_nothing(t: Town) {
        let t = t.sending().await;
        t.enrolled_people().await;
        assert_eq!(t.ask_for_code(STRANGER).await.status, StatusCode::NO_CONTENT);
        jobs::run_due(&t.app).await.unwrap();
        assert_eq!(t.messages().len(), 0);
        assert_eq!(texts(&t.app.db, "SELECT id FROM phone_code WHERE letter IS NOT NULL".to_owned()).await.len(), 0);
        let again = t.ask_for_code(STRANGER).await;
        assert_eq!((again.status, again.header("retry-after")), (StatusCode::TOO_MANY_REQUESTS, "60"));
        let wrong = t.try_code(STRANGER, "000000").await;
        assert_eq!((wrong.status, text(&wrong.json()["code"])), (StatusCode::UNAUTHORIZED, "wrong_code".into()));
        assert_eq!(t.ask_for_code("12351x").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }

    async fn a_code_ends_after_five_tries_and_five_minutes(t: Town) {
        let t = t.sending().await;
        t.enrolled_people().await;
        let code = t.code_sent(MEMBER).await;
        for _ in 0..5 {
            assert_eq!(t.try_code(MEMBER, &other(&code)).await.status, StatusCode::UNAUTHORIZED);
        }
        assert_eq!(t.try_code(MEMBER, &code).await.status, StatusCode::UNAUTHORIZED, "five tries");
        let t = t.later(60).await;
        let code = t.code_sent(MEMBER).await;
        let old = t.later(300).await;
        assert_eq!(old.try_code(MEMBER, &code).await.status, StatusCode::UNAUTHORIZED, "five minutes");
        assert_eq!(t.later(299).await.try_code(MEMBER, &code).await.status, StatusCode::CREATED);
    }

    async fn a_number_has_five_codes_an_hour(t: Town) {
        let t = t.sending().await;
        for n in 0..5 {
            assert_eq!(t.later(n * 60).await.ask_for_code(MEMBER).await.status, StatusCode::NO_CONTENT, "{n}");
        }
        let sixth = t.later(300).await.ask_for_code(MEMBER).await;
        assert_eq!((sixth.status, sixth.header("retry-after")), (StatusCode::TOO_MANY_REQUESTS, "3300"));
        assert_eq!(t.later(3_600).await.ask_for_code(MEMBER).await.status, StatusCode::NO_CONTENT);
    }

    async fn one_of_two_who_use_a_code_at_once_is_signed_in(t: Town) {
        let t = t.sending().await;
        t.enrolled_people().await;
        let code = t.code_sent(MEMBER).await;
        let (a, b) = tokio::join!(t.try_code(MEMBER, &code), t.try_code(MEMBER, &code));
        let mut statuses = [a.status.as_u16(), b.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 401]);
        assert_eq!(numbers(&t.app.db, "SELECT CAST(COUNT(*) AS BIGINT) FROM phone_session").await, [1]);
    }

    async fn who_leaves_is_out_at_once(t: Town) {
        let t = t.sending().await;
        let people = t.enrolled_people().await;
        let member = Phone::of(&t.try_code(MEMBER, &t.code_sent(MEMBER).await).await);
        let clerk = Phone::of(&t.try_code(CLERK, &t.code_sent(CLERK).await).await);
        let suspend = format!("/api/v1/merchants/{}/suspend", text(&people.merchant["id"]));
        let done = t.post(suspend).by(&people.root).on(&json!(1)).send().await;
        assert_eq!(done.status, StatusCode::OK, "{}", done.text());
        let leave = format!("/api/v1/members/{}/leave", text(&people.member["id"]));
        let done = t.post(leave).by(&people.root).on(&people.member["version"]).send().await;
        assert_eq!(done.status, StatusCode::OK, "{}", done.text());
        for phone in [&member, &clerk] {
            assert_eq!(t.get("/api/v1/phone/session").on_phone(phone).send().await.status, StatusCode::UNAUTHORIZED);
        }
    }

    async fn a_lost_phone_is_signed_out_from_another(t: Town) {
        let t = t.sending().await;
        t.enrolled_people().await;
        let lost = t.try_code(MEMBER, &t.code_sent(MEMBER).await).await;
        assert_eq!(lost.json()["others"], 0);
        let clerk = Phone::of(&t.try_code(CLERK, &t.code_sent(CLERK).await).await);
        let t = t.later(60).await;
        let new = t.try_code(MEMBER, &t.code_sent(MEMBER).await).await;
        assert_eq!(new.json()["others"], 1, "a clerk's phone is none of hers");
        let (lost, new) = (Phone::of(&lost), Phone::of(&new));
        let done = t.ask(Method::DELETE, "/api/v1/phone/session/others").on_phone(&new).send().await;
        assert_eq!(done.status, StatusCode::NO_CONTENT, "{}", done.text());
        let works = async |phone: &Phone| t.get("/api/v1/phone/session").on_phone(phone).send().await;
        assert_eq!(works(&lost).await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(works(&new).await.json()["others"], 0);
        assert_eq!(works(&clerk).await.status, StatusCode::OK);
    }

    async fn a_phone_signs_in_anew_after_a_month_unused_and_twice_a_year(t: Town) {
        let t = t.sending().await;
        t.enrolled_people().await;
        let phone = Phone::of(&t.try_code(MEMBER, &t.code_sent(MEMBER).await).await);
        let after = async |days: i64| {
            let then = t.later(days * 86_400).await;
            then.get("/api/v1/phone/session").on_phone(&phone).send().await.status
        };
        assert_eq!(after(30).await, StatusCode::UNAUTHORIZED, "thirty days unused");
        for days in (29..=174).step_by(29) {
            assert_eq!(after(days).await, StatusCode::OK, "used after {days} days");
        }
        assert_eq!(after(179).await, StatusCode::OK);
        assert_eq!(after(180).await, StatusCode::UNAUTHORIZED, "half a year, however much it was used");
    }

    async fn without_a_way_to_send_nobody_waits_for_a_code(t: Town) {
        let reply = t.ask_for_code(MEMBER).await;
        assert_eq!((reply.status, text(&reply.json()["code"])), (StatusCode::CONFLICT, "no_way_to_send".into()));
    }

    async fn under_https_a_phone_is_known_by_the_hosts_own_cookie_alone(t: Town) {
        let t = t.sending().await;
        t.enrolled_people().await;
        let t = t.reopened(|c| "https://yizhan.example.cn".clone_into(&mut c.server.public_url)).await;
        let reply = t.try_code(MEMBER, &t.code_sent(MEMBER).await).await;
        assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text());
        let set = reply.header("set-cookie");
        assert!(set.starts_with("__Host-yizhan_phone=") && set.contains("; Secure"), "{set}");
        let own = set.split(';').next().unwrap();
        let works = async |cookie: &str| t.get("/api/v1/phone/session").header("cookie", cookie).send().await.status;
        assert_eq!(works(own.trim_start_matches("__Host-")).await, StatusCode::UNAUTHORIZED);
        assert_eq!(works(&format!("yizhan_phone=planted; {own}")).await, StatusCode::OK);
    }
}
