//! A client that files cases and brings its own to their end, and notes what it was told.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use super::super::wish;
use super::Scene;
use crate::chance::Chance;
use crate::kills::http::{self, Answer};

/// Open cases of one client, from which on it acts more than it files.
const MANY: usize = 3;

/// A filing: its key, and the number and receipt that were answered; none where nobody answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Filing {
    pub(super) key: String,
    pub(super) number: Option<String>,
    pub(super) receipt: String,
}

/// A case as it was answered or shown, or as it was meant to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// Whether the service said so.
    pub(super) is_known: bool,
    pub(super) id: String,
    pub(super) number: String,
    pub(super) version: i64,
    pub(super) state: String,
}

/// Everything that a client was told.
#[derive(Debug, Clone, Default)]
pub(super) struct Log {
    pub(super) filings: Vec<Filing>,
    pub(super) lines: Vec<Line>,
}

/// A client at work.
pub(super) struct Client {
    number: u64,
    scene: Scene,
    chance: Chance,
    made: usize,
    /// Its open cases as it knows them.
    cases: Vec<Line>,
    log: Arc<Mutex<Log>>,
}

/// What a client asks: whose session, verb, path, headers, body.
struct Request<'a> {
    session: Option<usize>,
    line: (&'a str, &'a str),
    headers: String,
    body: String,
}

fn line(answer: &Answer) -> Line {
    let text = |key: &str| answer.body[key].as_str().expect("a text").to_owned();
    let version = answer.body["version"].as_i64().expect("a version");
    Line { is_known: true, id: text("id"), number: text("number"), version, state: text("state") }
}

impl Client {
    pub(super) fn new(number: u64, scene: Scene) -> Self {
        Self { number, scene, chance: Chance::new(number), made: 0, cases: Vec::new(), log: Arc::default() }
    }

    pub(super) fn log(&self) -> Arc<Mutex<Log>> {
        self.log.clone()
    }

    /// Works for ever.
    pub(super) async fn work(mut self) {
        loop {
            if self.cases.len() < MANY || self.chance.of(0..=4) == 0 {
                self.file().await;
            } else {
                let at = self.chance.index(self.cases.len());
                self.act(at).await;
            }
        }
    }

    /// Where the service is, as soon as it is anywhere.
    async fn address(&self) -> SocketAddr {
        let mut address = self.scene.address.subscribe();
        let found = address.wait_for(Option::is_some).await.expect("the scene lasts");
        found.expect("an address")
    }

    /// Asks once, and notes what comes of it before anybody may look at the log.
    async fn ask(
        &self,
        request: &Request<'_>,
        note: impl FnOnce(&mut Log, Option<&Answer>),
    ) -> Option<Answer> {
        let address = self.address().await;
        let _asking = self.scene.gate.clone().read_owned().await;
        let session = request.session.map(|who| &self.scene.sessions[who]);
        let cookie =
            session.map(|session| format!("Cookie: yizhan_session={session}\r\n")).unwrap_or_default();
        let own = "Content-Type: application/json\r\nSec-Fetch-Site: same-origin\r\n";
        let headers = format!("{cookie}{own}{}", request.headers);
        let (verb, path) = request.line;
        let answer = http::ask(address, verb, path, &headers, &request.body).await.ok();
        note(&mut self.log.lock().expect("a log"), answer.as_ref());
        if let Some(answer) = &answer {
            assert!(answer.status < 500 || answer.status == 503, "{answer:?}");
            self.scene.answered.send_modify(|n| *n += 1);
        }
        answer
    }

    /// Files a case. Where nobody answers, the same request comes again with the same key.
    async fn file(&mut self) {
        self.made += 1;
        let key = format!("{}-{}", self.number, self.made);
        // Strangers by the page, and staff for somebody else.
        let (session, path) = match self.made % 2 {
            0 => (None, "/api/v1/grievances"),
            _ => (Some(0), "/api/v1/grievances/entries"),
        };
        let request = Request {
            session,
            line: ("POST", path),
            headers: format!("Idempotency-Key: {key}\r\n"),
            body: wish(["named", "anonymous"][self.made / 2 % 2]).to_string(),
        };
        loop {
            let note = |log: &mut Log, answer: Option<&Answer>| {
                let said = |key: &str| answer.and_then(|a| a.body[key].as_str()).map(str::to_owned);
                if answer.is_none_or(|answer| answer.status == 201) {
                    let receipt = said("receipt").unwrap_or_default();
                    log.filings.push(Filing { key: key.clone(), number: said("number"), receipt });
                }
            };
            match self.ask(&request, note).await {
                Some(answer) if answer.status == 201 => {
                    let number = answer.body["number"].as_str().expect("a number").to_owned();
                    return self.find(&number).await;
                }
                Some(answer) => assert_eq!(answer.status, 503, "{answer:?}"),
                None => {}
            }
        }
    }

    /// Looks a case up that was acknowledged.
    async fn find(&mut self, number: &str) {
        let path = format!("/api/v1/grievances?number={number}");
        let request =
            Request { session: Some(0), line: ("GET", &path), headers: String::new(), body: String::new() };
        loop {
            let Some(answer) = self.ask(&request, |_, _| ()).await else { continue };
            assert_eq!(answer.status, 200, "{answer:?}");
            let item = &answer.body["items"][0];
            let id = item["id"].as_str().unwrap_or_else(|| panic!("{number} was acknowledged and is lost"));
            let case = self.read(&id.to_owned()).await;
            return self.cases.push(case);
        }
    }

    async fn read(&self, id: &String) -> Line {
        let path = format!("/api/v1/grievances/{id}");
        let request =
            Request { session: Some(0), line: ("GET", &path), headers: String::new(), body: String::new() };
        loop {
            let note = |log: &mut Log, answer: Option<&Answer>| {
                log.lines.extend(answer.filter(|answer| answer.status == 200).map(line));
            };
            match self.ask(&request, note).await {
                Some(answer) if answer.status == 200 => return line(&answer),
                Some(answer) => assert_eq!(answer.status, 503, "{answer:?}"),
                None => {}
            }
        }
    }

    /// The next step of a case: whose it is, what, and where it leads.
    fn next(&self, state: &str) -> (usize, Value, &'static str) {
        let dispatch = json!({ "action": "dispatch", "department": self.scene.department, "handler": self.scene.handler });
        let call = json!({ "action": "call_back", "reached": true, "solved": true, "grade": "satisfied" });
        match state {
            "submitted" => (0, dispatch, "dispatched"),
            "dispatched" => (1, json!({ "action": "accept" }), "accepted"),
            "accepted" => (1, json!({ "action": "start" }), "in_progress"),
            "in_progress" => {
                (1, json!({ "action": "answer", "outcome": "solved", "text": "已办" }), "answered")
            }
            "answered" => (2, call, "called_back"),
            "called_back" => (2, json!({ "action": "close" }), "closed"),
            other => panic!("a client's own case is {other}"),
        }
    }

    /// Takes the next step with a case. Where nobody answers, it is read before the next.
    async fn act(&mut self, at: usize) {
        let case = self.cases[at].clone();
        let (who, body, state) = self.next(&case.state);
        let path = format!("/api/v1/grievances/{}/actions", case.id);
        let request = Request {
            session: Some(who),
            line: ("POST", &path),
            headers: format!("If-Match: \"v{}\"\r\n", case.version),
            body: body.to_string(),
        };
        let meant =
            Line { is_known: false, version: case.version + 1, state: state.to_owned(), ..case.clone() };
        let note = |log: &mut Log, answer: Option<&Answer>| match answer {
            Some(answer) if answer.status == 200 => log.lines.push(line(answer)),
            Some(_) => {}
            None => log.lines.push(meant),
        };
        self.cases[at] = match self.ask(&request, note).await {
            Some(answer) if answer.status == 200 => line(&answer),
            Some(answer) => {
                assert_eq!(answer.status, 503, "a client's own case is as it left it: {answer:?}");
                case
            }
            None => self.read(&case.id).await,
        };
        if self.cases[at].state == "closed" {
            self.cases.swap_remove(at);
        }
    }
}
