//! Messages by an interface for SMS: only to hosts that are allowed, bounded in every way.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use yizhan::accounts::Actor;
use yizhan::config::{Config, Delivery, HttpAdapter, Overrides};
use yizhan::jobs;
use yizhan::notifications::Kind;

use crate::harness::Town;
use crate::inbox::PHONE;
use crate::privacy::{heard, listen};
use crate::tables::{everything, texts};

/// What a gateway answers for each path; `/slow` says nothing at all.
const ANSWERS: [(&str, &str); 6] = [
    ("/ok", "200 OK\r\nContent-Length: 10\r\n\r\n{\"code\":0}"),
    ("/moved", "302 Found\r\nLocation: /ok\r\nContent-Length: 0\r\n\r\n"),
    ("/none", "422 Unprocessable\r\nContent-Length: 0\r\n\r\n"),
    ("/busy", "200 OK\r\nContent-Length: 32\r\n\r\n{\"code\":7,\"mobile\":\"13800138777\"}"),
    ("/endless", "200 OK\r\nContent-Length: 99999999\r\n\r\n"),
    ("/broken", "999999\r\n\r\n"),
];

/// A gateway that keeps the requests that it got.
struct Gateway {
    port: u16,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Gateway {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (port, heard) = (listener.local_addr().unwrap().port(), Arc::new(Mutex::new(Vec::new())));
        let kept = heard.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer(stream, kept.clone()));
            }
        });
        Self { port, heard }
    }

    /// Sends the service's SMS to some paths here, by turns.
    fn receives(&self, settings: &mut Delivery, paths: &[&str]) {
        settings.allow_hosts = vec!["localhost".to_owned()];
        settings.allow_networks = vec!["127.0.0.0/8".parse().unwrap(), "::1".parse().unwrap()];
        settings.timeout_s = 1;
        settings.http = paths.iter().map(|path| adapter(path, "localhost", self.port)).collect();
    }

    fn requests(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }
}

async fn answer(mut stream: TcpStream, heard: Arc<Mutex<Vec<String>>>) -> std::io::Result<()> {
    let mut bytes = Vec::new();
    while !std::str::from_utf8(&bytes).is_ok_and(|text| text.ends_with('}')) {
        if stream.read_buf(&mut bytes).await? == 0 {
            break;
        }
    }
    let request = String::from_utf8_lossy(&bytes).into_owned();
    let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
    heard.lock().unwrap().push(request);
    if let Some((_, answer)) = ANSWERS.iter().find(|(p, _)| *p == path) {
        stream.write_all(format!("HTTP/1.1 {answer}").as_bytes()).await?;
    }
    if path == "/endless" {
        while stream.write_all(&[b'x'; 4096]).await.is_ok() {}
    }
    // The end of the stream: a silent one stays open until the other side has had enough.
    stream.read_to_end(&mut Vec::new()).await.map(drop)
}

fn adapter(path: &str, host: &str, port: u16) -> HttpAdapter {
    serde_json::from_value(json!({
        "name": path, "channel": "sms", "url": format!("http://{host}:{port}{path}"),
        "headers": { "authorization": "Bearer canary-key" },
        "body": r#"{"mobile":"{{to}}","text":"{{words}}","no":"{{number}}","what":"{{kind}}"}"#,
        "ok_text": "\"code\":0",
    }))
    .unwrap()
}

both_engines! {
    async fn a_gateway_gets_the_number_and_the_words(t: Town) {
        let gateway = Gateway::start().await;
        let t = t.delivering(|d| gateway.receives(d, &["/ok"])).await;
        let li = t.reachable(&["sms"]).await;
        t.tell(li.id, Kind::GrievanceDueSoon, "2026-\"000132").await;
        listen();
        assert_eq!((jobs::run_due(&t.app).await.unwrap(), t.outcomes().await), (1, vec!["sent".to_owned()]));
        let said = heard();
        assert!(!said.contains(PHONE) && !said.contains("canary-key"), "{said}");
        let requests = gateway.requests();
        let (head, body) = requests[0].split_once("\r\n\r\n").unwrap();
        let id = texts(&t.app.db, "SELECT id FROM delivery".to_owned()).await.concat();
        for line in ["POST /ok HTTP/1.1", &format!("idempotency-key: {id}"), "content-type: application/json", "authorization: Bearer canary-key"] {
            assert!(head.lines().any(|l| l == line), "{line} in {head}");
        }
        let body: Value = serde_json::from_str(body).unwrap();
        assert_eq!((&body["mobile"], &body["no"], &body["what"]), (&PHONE.into(), &"2026-\"000132".into(), &"grievance_due_soon".into()));
    }

    async fn what_a_gateway_does_wrong_is_tried_again(t: Town) {
        let gateway = Gateway::start().await;
        let li = t.reachable(&["sms"]).await;
        for (path, fault) in [
            ("/moved", "answered 302"), ("/busy", "ok_text"), ("/endless", "too long"),
            ("/broken", "no HTTP"), ("/slow", "in time"),
        ] {
            let t = t.delivering(|d| gateway.receives(d, &[path])).await;
            t.tell(li.id, Kind::GrievanceOverdue, path).await;
            listen();
            assert_eq!(jobs::run_due(&t.app).await.unwrap(), 1);
            let (said, told) = (heard(), t.fault().await);
            assert!(told.contains(fault), "{path}: {told}");
            assert!(!said.contains(PHONE) && !said.contains("canary-key") && !everything(&t.app.db).await.contains(PHONE));
            crate::tables::execute(&t.app.db, "DELETE FROM job").await;
        }
        assert!(!gateway.requests().iter().any(|r| r.starts_with("POST /ok")), "no redirect is followed");
        let t = t.delivering(|d| gateway.receives(d, &["/busy", "/ok"])).await;
        t.tell(li.id, Kind::GrievanceOverdue, "turns").await;
        jobs::run_due(&t.app).await.unwrap();
        let later = t.at("2026-11-24T10:01:00+08:00").await;
        jobs::run_due(&later.app).await.unwrap();
        assert_eq!(t.outcomes().await.last().unwrap(), "sent", "the next adapter takes its turn");
        let [.., first, second] = &gateway.requests()[..] else { panic!() };
        let key = |r: &str| r.lines().find(|l| l.starts_with("idempotency-key")).unwrap().to_owned();
        assert_eq!(key(first), key(second), "the same message for whoever drops repeats");
    }

    async fn a_number_that_is_none_and_a_gateway_that_stays_away_are_noted(t: Town) {
        let gateway = Gateway::start().await;
        let t = t.delivering(|d| gateway.receives(d, &["/none"])).await;
        let li = t.reachable(&["sms"]).await;
        t.tell(li.id, Kind::GrievanceOverdue, "a").await;
        jobs::run_due(&t.app).await.unwrap();
        let failed = async || yizhan::notifications::settings::find(&t.app, li.id).await.unwrap().phone_failed.is_some();
        assert!(failed().await && t.outcomes().await == ["failed"]);
        let wish = json!({ "phone": PHONE, "channels": { "deadline": ["sms"] } });
        t.set_channels(&li, wish).await;
        assert!(!failed().await, "another number begins anew");
        let t = t.delivering(|d| gateway.receives(d, &["/moved"])).await;
        t.tell(li.id, Kind::GrievanceOverdue, "b").await;
        t.exhausted().await;
        assert!(failed().await && t.outcomes().await == ["failed", "failed"]);
        let t = t.delivering(|d| gateway.receives(d, &["/ok"])).await;
        let query = jobs::service::Query { state: Some(jobs::State::Failed), limit: 9, before: None };
        let (listed, _) = jobs::service::list(&t.app, &Actor::command(), &query).await.unwrap();
        let job = listed.first().expect("the one that was given up").id;
        jobs::service::retry(&t.app, &Actor::command(), job).await.unwrap();
        jobs::run_due(&t.app).await.unwrap();
        assert_eq!(t.outcomes().await, ["failed", "sent"], "the operator has put the gateway right");
        assert!(!failed().await);
    }

    async fn only_hosts_and_addresses_that_are_allowed_are_asked(t: Town) {
        let gateway = Gateway::start().await;
        let li = t.reachable(&["sms"]).await;
        let allowed = |d: &mut Delivery| gateway.receives(d, &["/ok"]);
        let off_list = t.delivering(|d| { allowed(d); d.allow_hosts = vec!["sms.example.cn".to_owned()]; }).await;
        let private = t.delivering(|d| { allowed(d); d.allow_networks.clear(); }).await;
        for (t, fault) in [(off_list, "allow_hosts"), (private, "allow_networks")] {
            t.tell(li.id, Kind::GrievanceOverdue, "a").await;
            jobs::run_due(&t.app).await.unwrap();
            assert!(t.fault().await.contains(fault), "{}", t.fault().await);
            crate::tables::execute(&t.app.db, "DELETE FROM job").await;
        }
        assert_eq!(gateway.requests(), [""; 0]);
    }
}

/// What is said of settings in a file.
fn said_of(settings: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("yizhan.toml");
    std::fs::write(&file, settings).unwrap();
    let read = Config::load(&Overrides { file: Some(file), ..Overrides::default() });
    read.map_or_else(|e| e.to_string(), |config| json!(config.delivery).to_string())
}

#[test]
fn settings_say_what_is_wrong_and_tell_no_secret() {
    let mail = |rest: &str| format!("[delivery.mail]\nhost = \"mail.example.cn\"\n{rest}\n");
    let http = |url: &str, rest: &str| {
        let body = r#"body = '{"to":"{{to}}"}'"#;
        format!(
            "[delivery]\nallow_hosts = [\"sms.example.cn\"]\n[[delivery.http]]\nname = \"a\"\nchannel = \"sms\"\nurl = \"{url}\"\n{rest}\n{body}\n"
        )
    };
    let url = "https://sms.example.cn/send?key=canary-key";
    for (settings, word) in [
        (mail(""), "delivery.mail.from"),
        (mail("from = \"a@example.cn\"\nuser = \"a\""), "set both or none"),
        (
            mail("from = \"a@example.cn\"\nuser = \"a\"\npassword = \"canary-key\"\ntls = \"none\""),
            "in the clear",
        ),
        (http("https://other.example.cn/", ""), "allow_hosts"),
        (http("https://canary-key@sms.example.cn/", ""), "without user"),
        (http("file:///etc/passwd", ""), "https://"),
        (http(url, "headers = { a = \"canary-key\\r\\nb: c\" }"), "cannot be sent"),
        (http(url, "headers = { host = \"canary-key\" }"), "cannot be sent"),
        (http(url, "").replace("{{to}}", "nobody"), "whom"),
        (http(url, "").replace("\"sms\"\n", "\"mail\"\n"), "[delivery.mail]"),
        ("[delivery]\ntimeout_s = 0\n".to_owned(), "timeout_s"),
        (http(url, "headers = { authorization = \"canary-key\" }"), "\"allow_hosts\":[\"sms.example.cn\"]"),
    ] {
        let said = said_of(&settings);
        assert!(said.contains(word), "{settings}: {said}");
        assert!(!said.contains("canary-key"), "{said}");
    }
}
