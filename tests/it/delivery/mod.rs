//! Messages leave the service by mail, by somebody else's interface, or into a file.

mod http;
pub(crate) mod sink;

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;

use serde_json::{Value, json};
use yizhan::accounts::Role;
use yizhan::config::{Config, Delivery};
use yizhan::jobs::{self, MOST_TRIES};
use yizhan::notifications::Kind;

use self::sink::Sink;
use crate::harness::Town;
use crate::inbox::{MAIL, PHONE};
use crate::privacy::{heard, listen};
use crate::staff::Staff;
use crate::tables::{everything, execute, texts};

impl Town {
    /// Somebody who wants everything by some channels.
    async fn reachable(&self, channels: &[&str]) -> Staff {
        let staff = self.staff("li", Role::District, "130302").await;
        let groups: BTreeMap<_, _> = ["work", "deadline", "news"].map(|g| (g, channels)).into();
        let wish = json!({ "mail": MAIL, "phone": PHONE, "channels": groups });
        assert_eq!(self.set_channels(&staff, wish).await.status, 200);
        staff
    }

    /// The service with other settings of delivery.
    async fn delivering(&self, change: impl FnOnce(&mut Delivery)) -> Self {
        self.reopened(|config: &mut Config| change(&mut config.delivery)).await
    }

    /// The states of all messages, in order.
    async fn outcomes(&self) -> Vec<String> {
        texts(&self.app.db, "SELECT state FROM delivery ORDER BY id".to_owned()).await
    }

    /// Why the last try of the only job failed.
    async fn fault(&self) -> String {
        texts(&self.app.db, "SELECT COALESCE(fault, '') FROM job".to_owned()).await.concat()
    }

    /// Runs what is due, later and later, until nothing is left to try.
    async fn exhausted(&self) {
        let mut now = self.app.clock.now();
        for tries in 1..=MOST_TRIES {
            let then = self.at(&now.to_rfc3339()).await;
            assert_eq!(jobs::run_due(&then.app).await.unwrap(), 1, "try {tries}");
            now += jobs::wait(tries);
        }
    }
}

fn lines(file: &std::path::Path) -> Vec<Value> {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

both_engines! {
    async fn a_message_is_a_line_of_a_file(t: Town) {
        let file = t.app.config.storage.data.join("messages.jsonl");
        let t = t.delivering(|d| d.file.clone_from(&file)).await;
        let li = t.reachable(&["mail", "sms"]).await;
        let offered = t.get("/api/v1/notifications/settings").by(&li).json().await;
        assert_eq!(offered["available"], json!(["mail", "sms", "wechat"]));
        t.tell(li.id, Kind::GrievanceDispatched, "2026-000132").await;
        assert_eq!((jobs::run_due(&t.app).await.unwrap(), jobs::run_due(&t.app).await.unwrap()), (2, 0));
        let written = lines(&file);
        let to: Vec<_> = written.iter().map(|l| (l["channel"].clone(), l["to"].clone())).collect();
        assert_eq!(to, [("mail".into(), MAIL.into()), ("sms".into(), PHONE.into())]);
        assert_eq!((&written[0]["number"], &written[0]["kind"]), (&"2026-000132".into(), &"grievance_dispatched".into()));
        assert_eq!(written[0]["words"], "诉求 2026-000132 转给您办理（期限 2026-11-27）");
        assert_eq!(texts(&t.app.db, "SELECT id FROM delivery ORDER BY id".to_owned()).await[0], written[0]["id"].as_str().unwrap());
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        t.tell(li.id, Kind::GrievanceRedo, "2026-000133").await;
        let page = t.get("/api/v1/notifications?limit=1").by(&li).json().await;
        let seen = json!({ "up_to": page["items"][0]["id"] });
        t.post("/api/v1/notifications/read").by(&li).sending(seen).send().await;
        jobs::run_due(&t.app).await.unwrap();
        execute(&t.app.db, "UPDATE account SET blocked = TRUE WHERE login = 'li'").await;
        t.tell(li.id, Kind::GrievanceOverdue, "2026-000134").await;
        jobs::run_due(&t.app).await.unwrap();
        assert_eq!((lines(&file).len(), t.outcomes().await), (2, ["sent", "sent", "dropped", "dropped", "dropped", "dropped"].map(str::to_owned).to_vec()), "neither who has read it nor who was blocked is told");
    }

    async fn a_mail_reaches_its_server(t: Town) {
        let sink = Sink::start().await;
        let t = t.delivering(|d| sink.receives(d)).await;
        let li = t.reachable(&["mail"]).await;
        let t = t.reopened(|c| "https://yizhan.example.cn".clone_into(&mut c.server.public_url)).await;
        t.tell(li.id, Kind::GrievanceOverdue, "2026-000132").await;
        listen();
        jobs::run_due(&t.app).await.unwrap();
        assert!(!heard().contains(MAIL));
        let id = texts(&t.app.db, "SELECT id FROM delivery".to_owned()).await.concat();
        let said = sink.said();
        assert!(said.contains(&"MAIL FROM:<yizhan@example.cn>".to_owned()) && said.contains(&format!("RCPT TO:<{MAIL}>")), "{said:?}");
        assert!(said.contains(&format!("Message-ID: <{id}@example.cn>")), "{said:?}");
        let body = sink.body();
        assert!(body.contains("诉求 2026-000132 已经逾期") && body.contains("https://yizhan.example.cn/grievances#/case/"), "{body}");
        assert_eq!(t.outcomes().await, ["sent"]);
    }

    async fn an_address_that_is_none_is_noted_for_its_owner(t: Town) {
        let sink = Sink::start().await;
        let t = t.delivering(|d| sink.receives(d)).await;
        let li = t.reachable(&["mail"]).await;
        sink.refuse("550 5.1.1 <canary.li@example.cn> unknown");
        t.tell(li.id, Kind::GrievanceOverdue, "2026-000132").await;
        listen();
        assert_eq!((jobs::run_due(&t.app).await.unwrap(), t.outcomes().await), (1, vec!["failed".to_owned()]));
        let settings = t.get("/api/v1/notifications/settings").by(&li).json().await;
        assert_eq!((&settings["mail_failed"], &settings["phone_failed"]), (&"2026-11-24T10:00:00+08:00".into(), &Value::Null));
        sink.refuse("451 4.7.1 <canary.li@example.cn> later");
        t.tell(li.id, Kind::GrievanceOverdue, "2026-000133").await;
        jobs::run_due(&t.app).await.unwrap();
        assert!(t.fault().await.contains("answered 451"), "{}", t.fault().await);
        assert!(!heard().contains(MAIL) && !everything(&t.app.db).await.contains(MAIL), "what a server repeats is not kept");
        sink.refuse("");
        let later = t.at("2026-11-24T10:01:00+08:00").await;
        assert_eq!((jobs::run_due(&later.app).await.unwrap(), t.outcomes().await), (1, vec!["failed".to_owned(), "sent".to_owned()]));
        let settings = t.get("/api/v1/notifications/settings").by(&li).json().await;
        assert_eq!(settings["mail_failed"], Value::Null, "it arrived after all");
    }
}
