//! People are told in their inbox, read it, and say by which ways they are told besides.

use std::time::Duration;

use axum::http::{Method, StatusCode};
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Value, json};
use yizhan::accounts::{Permission, Role};
use yizhan::audit::Object;
use yizhan::ids::AccountId;
use yizhan::notifications::{self, Kind, Notice};
use yizhan::{delivery, jobs};

use crate::client::{Reply, text};
use crate::harness::{NOW, Town};
use crate::staff::Staff;
use crate::tables::{everything, texts};

/// Due jobs are looked for every two seconds; the rest is for a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);
pub(crate) const MAIL: &str = "canary.li@example.cn";
pub(crate) const PHONE: &str = "13800138777";

/// A notice about a case with a number and a day.
pub(crate) fn notice(kind: Kind, number: &str, at: DateTime<Utc>) -> Notice {
    let due = NaiveDate::from_ymd_opt(2026, 11, 27);
    let object = Object::new("grievance", "019303a0-0000-4000-8000-0000000000c1");
    Notice { kind, object, number: Some(number.to_owned()), due, at }
}

impl Town {
    /// Tells somebody about a case.
    pub(crate) async fn tell(&self, to: AccountId, kind: Kind, number: &str) {
        let mut tx = self.app.db.begin().await.unwrap();
        notifications::tell(&mut tx, to, &notice(kind, number, self.app.clock.now())).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub(crate) async fn set_channels(&self, by: &Staff, wish: Value) -> Reply {
        self.ask(Method::PUT, "/api/v1/notifications/settings").by(by).sending(wish).send().await
    }

    async fn inbox(&self, by: &Staff, query: &str) -> Value {
        self.get(format!("/api/v1/notifications{query}")).by(by).json().await
    }
}

fn numbers(page: &Value) -> Vec<String> {
    page["items"].as_array().unwrap().iter().map(|item| text(&item["number"])).collect()
}

both_engines! {
    async fn somebody_is_told_reads_and_is_alone_with_it(t: Town) {
        let li = t.staff("li", Role::District, "130302").await;
        let wang = t.staff("wang", Role::District, "130302").await;
        for (kind, number) in [(Kind::GrievanceDispatched, "2026-000001"), (Kind::GrievanceDueSoon, "2026-000002"), (Kind::GrievanceOverdue, "2026-000003")] {
            t.tell(li.id, kind, number).await;
        }
        t.tell(wang.id, Kind::GrievanceRedo, "2026-000009").await;
        let page = t.inbox(&li, "").await;
        assert_eq!((numbers(&page), &page["unread"]), (vec!["2026-000003".to_owned(), "2026-000002".into(), "2026-000001".into()], &json!(3)));
        let newest = &page["items"][0];
        assert_eq!((text(&newest["text"]), text(&newest["group"])), ("诉求 2026-000003 已经逾期（期限 2026-11-27）".into(), "deadline".into()));
        assert_eq!(text(&newest["link"]), "/grievances#/case/019303a0-0000-4000-8000-0000000000c1");
        let english = t.get("/api/v1/notifications?limit=1").header("accept-language", "en").by(&li).json().await;
        assert_eq!(text(&english["items"][0]["text"]), "Case 2026-000003 is overdue (due 2026-11-27)");
        let next = t.inbox(&li, &format!("?limit=1&cursor={}", text(&english["next"]))).await;
        assert_eq!((numbers(&next), &next["unread"]), (vec!["2026-000002".to_owned()], &json!(3)));

        let read = |id: &Value| format!("/api/v1/notifications/{}/read", text(id));
        assert_eq!(t.post(read(&newest["id"])).by(&li).send().await.status, StatusCode::NO_CONTENT);
        assert_eq!(t.post(read(&newest["id"])).by(&wang).send().await.status, StatusCode::NOT_FOUND, "another's is not there");
        assert_eq!(numbers(&t.inbox(&li, "?unread=true").await), ["2026-000002", "2026-000001"]);
        let seen = json!({ "up_to": page["items"][2]["id"] });
        let left = t.post("/api/v1/notifications/read").by(&li).sending(seen).send().await.json();
        assert_eq!((&left["unread"], numbers(&t.inbox(&li, "?unread=true").await)), (&json!(1), vec!["2026-000002".to_owned()]));
        assert_eq!(t.inbox(&wang, "").await["unread"], 1, "nobody else's is read by it");
        assert_eq!(t.get("/api/v1/notifications").send().await.status, StatusCode::UNAUTHORIZED);
    }

    async fn a_notice_for_later_tells_no_other_time(t: Town) {
        let li = t.staff("li", Role::District, "130302").await;
        let noon: DateTime<Utc> = "2026-11-24T12:00:00+08:00".parse().unwrap();
        let mut tx = t.app.db.begin().await.unwrap();
        notifications::tell(&mut tx, li.id, &notice(Kind::GrievanceSubmitted, "2026-000001", noon)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(t.inbox(&li, "").await, json!({ "items": [], "next": null, "unread": 0 }));
        let seen = json!({ "up_to": "ffffffff-ffff-7fff-bfff-ffffffffffff" });
        t.post("/api/v1/notifications/read").by(&li).sending(seen).send().await;
        let later = t.at("2026-11-24T12:00:00+08:00").await;
        let by = later.staff("other", Role::Admin, "").await;
        assert_eq!(later.inbox(&by, "").await["unread"], 0);
        assert_eq!(notifications::service::unread(&later.app, li.id).await.unwrap(), 1);
        let ids = texts(&t.app.db, "SELECT id FROM notification".to_owned()).await;
        let made = uuid::Uuid::parse_str(&ids[0]).unwrap().get_timestamp().unwrap().to_unix().0;
        assert_eq!(i64::try_from(made).unwrap(), noon.timestamp());
    }

    async fn everybody_who_may_is_told_once(t: Town) {
        let clerk = t.staff("clerk", Role::District, "130302").await;
        let city = t.staff("city", Role::City, "1303").await;
        let other = t.staff("other", Role::District, "130304").await;
        let planner = t.staff("planner", Role::Planner, "130302").await;
        let mut tx = t.app.db.begin().await.unwrap();
        let told = notice(Kind::GrievanceSubmitted, "2026-000001", t.app.clock.now());
        let district = Some("130302".parse().unwrap());
        notifications::tell_those(&mut tx, Permission::JoinManage, district, &told).await.unwrap();
        tx.commit().await.unwrap();
        let server = t.at(NOW).await;
        let (one, two) = tokio::join!(jobs::run_due(&t.app), jobs::run_due(&server.app));
        assert_eq!(one.unwrap() + two.unwrap(), 1);
        for (staff, unread) in [(&clerk, 1), (&city, 1), (&other, 0), (&planner, 0)] {
            assert_eq!(t.inbox(staff, "").await["unread"], unread);
        }
        assert_eq!(text(&t.inbox(&clerk, "").await["items"][0]["due"]), "2026-11-27");
    }

    async fn a_running_service_does_what_is_due_and_stops_when_told(t: Town) {
        let li = t.staff("li", Role::District, "130302").await;
        let mut tx = t.app.db.begin().await.unwrap();
        let told = notice(Kind::GrievanceSubmitted, "2026-000001", t.app.clock.now());
        notifications::tell_those(&mut tx, Permission::JoinManage, None, &told).await.unwrap();
        notifications::tell_those(&mut tx, Permission::JoinManage, Some("130302".parse().unwrap()), &told).await.unwrap();
        tx.commit().await.unwrap();
        let (stop, stopping) = tokio::sync::watch::channel(false);
        let working = tokio::spawn(jobs::keep(t.app.clone(), stopping));
        let done = async {
            while notifications::service::unread(&t.app, li.id).await.unwrap() == 0 {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(PATIENCE, done).await.expect("the job is done");
        stop.send(true).unwrap();
        tokio::time::timeout(PATIENCE, working).await.expect("it stops").unwrap();
        assert_eq!(t.inbox(&li, "").await["unread"], 1, "what concerns the city is not for a district");
    }

    async fn addresses_are_checked_sealed_and_forgotten(t: Town) {
        let li = t.staff("li", Role::District, "130302").await;
        let admin = t.staff("admin", Role::Admin, "").await;
        let none = t.get("/api/v1/notifications/settings").by(&li).json().await;
        assert_eq!((&none["mail"], &none["available"], text(&none["language"])), (&Value::Null, &json!([]), "zh-CN".into()));
        for (wish, fields) in [
            (json!({ "mail": "li@", "phone": "12" }), vec!["mail", "phone"]),
            (json!({ "mail": "li@example.cn\r\nRCPT TO:<x@example.cn>" }), vec!["mail"]),
            (json!({ "channels": { "work": ["mail"], "news": ["sms"] } }), vec!["mail", "phone"]),
            (json!({ "language": "fr" }), vec!["language"]),
        ] {
            let reply = t.set_channels(&li, wish).await;
            assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", reply.text());
            let named: Vec<_> = reply.json()["errors"].as_array().unwrap().iter().map(|e| text(&e["field"])).collect();
            assert_eq!(named, fields);
        }
        let wish = json!({ "mail": MAIL, "phone": "+86 138-0013-8777", "channels": { "deadline": ["sms", "mail", "sms"] } });
        let set = t.set_channels(&li, wish).await.json();
        assert_eq!((text(&set["mail"]), text(&set["phone"]), &set["channels"]), (MAIL.into(), PHONE.into(), &json!({ "deadline": ["mail", "sms"] })));
        let kept = everything(&t.app.db).await;
        assert!(!kept.contains(MAIL) && !kept.contains("0138777"), "addresses are sealed, also in the log");
        t.tell(li.id, Kind::GrievanceOverdue, "2026-000001").await;
        assert_eq!(texts(&t.app.db, "SELECT channel FROM delivery ORDER BY channel".to_owned()).await, ["mail", "sms"]);

        let path = format!("/api/v1/accounts/{}", li.id);
        let told = t.get(format!("{path}/export")).by(&admin).json().await;
        assert_eq!((text(&told["notifications"]["settings"]["mail"]), numbers(&told["notifications"])), (MAIL.into(), vec!["2026-000001".to_owned()]));
        t.post(format!("{path}/erase")).by(&admin).sending(json!({ "reason": "离职" })).send().await;
        for table in ["notification", "notification_setting"] {
            assert_eq!(texts(&t.app.db, format!("SELECT account_id FROM {table}")).await, [""; 0], "{table}");
        }
        assert_eq!(jobs::run_due(&t.app).await.unwrap(), 2);
        assert_eq!(texts(&t.app.db, "SELECT DISTINCT state FROM delivery".to_owned()).await, ["dropped"], "nobody is left to tell");
    }

    async fn what_was_told_long_ago_is_forgotten(t: Town) {
        let li = t.staff("li", Role::District, "130302").await;
        let wish = json!({ "mail": MAIL, "channels": { "deadline": ["mail"] } });
        t.set_channels(&li, wish).await;
        t.tell(li.id, Kind::GrievanceOverdue, "2026-000001").await;
        jobs::run_due(&t.app).await.unwrap();
        let left = async |at: &str| {
            let later = t.at(at).await;
            notifications::forget_old(&later.app).await.unwrap();
            delivery::forget_old(&later.app).await.unwrap();
            let of = async |table: &str| texts(&t.app.db, format!("SELECT id FROM {table}")).await.len();
            (of("notification").await, of("delivery").await)
        };
        assert_eq!(left("2027-01-03T10:00:00+08:00").await, (1, 1));
        assert_eq!(left("2027-01-03T10:00:01+08:00").await, (1, 0), "a message that has ended: 40 days");
        assert_eq!(left("2027-11-24T10:00:01+08:00").await, (0, 0), "a notice: a year");
    }
}
