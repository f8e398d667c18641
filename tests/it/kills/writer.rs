//! A client that writes, and notes what it was told. Each has stations of its own, so nobody else changes them.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use serde_json::json;

use super::Scene;
use super::http::{self, Answer};
use crate::chance::Chance;

/// Stations of one client, from which on it changes more than it adds.
const MANY: usize = 4;

/// How a client knows of a station as it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Said {
    /// The service answered that it wrote so.
    Written,
    /// The service showed it so.
    Shown,
    /// It was asked to write so, and nobody answered.
    Unanswered,
}

/// One line of a client's log: a station as it was written, shown, or meant to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) said: Said,
    /// Which station; none for a new one about which nothing was answered.
    pub(crate) id: Option<String>,
    pub(crate) version: i64,
    pub(crate) name: String,
    pub(crate) status: String,
    /// The revision that the answer was of.
    pub(crate) revision: i64,
}

impl Line {
    pub(crate) fn is_written(&self) -> bool {
        self.said == Said::Written
    }

    pub(crate) fn is_unanswered(&self) -> bool {
        self.said == Said::Unanswered
    }

    /// What an answer shows of a station.
    fn of(said: Said, answer: &Answer) -> Self {
        let text = |key: &str| answer.body[key].as_str().expect("a text").to_owned();
        Self {
            said,
            id: Some(text("id")),
            version: answer.body["version"].as_i64().expect("a version"),
            name: text("name"),
            status: text("status"),
            revision: answer.header("x-registry-revision").parse().expect("a revision"),
        }
    }
}

/// A notice as a client asked for it. Its reason is its own, so that it is known again without an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Announced {
    /// Which notice; none where nothing was answered.
    pub(crate) id: Option<String>,
    pub(crate) station: String,
    pub(crate) reason: String,
}

/// Everything that a client was told.
#[derive(Debug, Clone, Default)]
pub(crate) struct Log {
    pub(crate) lines: Vec<Line>,
    pub(crate) notices: Vec<Announced>,
}

/// Something for a log.
enum Note {
    Line(Line),
    Notice(Announced),
}

/// A client at work.
pub(crate) struct Writer {
    number: u64,
    scene: Scene,
    chance: Chance,
    made: usize,
    /// Its stations as it knows them.
    stations: Vec<Line>,
    log: Arc<Mutex<Log>>,
}

/// A change of a station: the path after its address, the verb, the body, and the station after it.
struct Change {
    verb: &'static str,
    step: &'static str,
    body: String,
    after: Line,
}

impl Writer {
    pub(crate) fn new(number: u64, scene: Scene) -> Self {
        let (chance, log) = (Chance::new(number), Arc::default());
        Self { number, scene, chance, made: 0, stations: Vec::new(), log }
    }

    pub(crate) fn log(&self) -> Arc<Mutex<Log>> {
        self.log.clone()
    }

    /// Writes for ever.
    pub(crate) async fn work(mut self) {
        loop {
            if self.stations.len() < MANY || self.chance.of(0..=5) == 0 {
                self.create().await;
                continue;
            }
            let at = self.chance.index(self.stations.len());
            if self.chance.of(0..=4) == 0 {
                self.announce(at).await;
            } else {
                self.change(at).await;
            }
        }
    }

    fn note(&self, note: Note) {
        let mut log = self.log.lock().expect("a log");
        match note {
            Note::Line(line) => log.lines.push(line),
            Note::Notice(notice) => log.notices.push(notice),
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
        (verb, path): (&str, &str),
        headers: &str,
        body: &str,
        note: impl FnOnce(Option<&Answer>) -> Option<Note>,
    ) -> Option<Answer> {
        let address = self.address().await;
        let _asking = self.scene.gate.clone().read_owned().await;
        let session = &self.scene.session;
        let own = "Content-Type: application/json\r\nSec-Fetch-Site: same-origin\r\n";
        let headers = format!("Cookie: yizhan_session={session}\r\n{own}{headers}");
        let answer = http::ask(address, verb, path, &headers, body).await.ok();
        if let Some(note) = note(answer.as_ref()) {
            self.note(note);
        }
        if let Some(answer) = &answer {
            assert!(answer.status < 500 || answer.status == 503, "{answer:?}");
            self.scene.answered.send_modify(|n| *n += 1);
        }
        answer
    }

    /// Adds a station. Where nobody answers, the same request comes again with the same key.
    async fn create(&mut self) {
        self.made += 1;
        let name = format!("站{}之{}", self.number, self.made);
        let body = json!({ "name": name, "lat": 39.93, "lon": 119.6, "hours": "24/7" }).to_string();
        let key = format!("Idempotency-Key: {}-{}\r\n", self.number, self.made);
        let unanswered = Line {
            said: Said::Unanswered,
            id: None,
            version: 1,
            name: name.clone(),
            status: "draft".to_owned(),
            revision: 0,
        };
        loop {
            let note = |answer: Option<&Answer>| match answer {
                Some(answer) if answer.status == 201 => Some(Note::Line(Line::of(Said::Written, answer))),
                Some(_) => None,
                None => Some(Note::Line(unanswered.clone())),
            };
            match self.ask(("POST", "/api/v1/stations"), &key, &body, note).await {
                Some(answer) if answer.status == 201 => {
                    return self.stations.push(Line::of(Said::Written, &answer));
                }
                // It was written and not answered, or is not known to have been written.
                Some(answer) if answer.status == 409 => return,
                Some(answer) => assert_eq!(answer.status, 503, "{answer:?}"),
                None => {}
            }
        }
    }

    fn changed(&mut self, station: &Line) -> Change {
        let after = Line { version: station.version + 1, said: Said::Unanswered, ..station.clone() };
        let step = |verb, step, status: &str| Change {
            verb,
            step,
            body: json!({ "reason": "按规定" }).to_string(),
            after: Line { status: status.to_owned(), ..after.clone() },
        };
        match (station.status.as_str(), self.chance.of(0..=2)) {
            ("draft", 1..) => step("POST", "/publish", "open"),
            ("open", 1) => step("POST", "/suspend", "suspended"),
            ("suspended", 1..) => step("POST", "/resume", "open"),
            _ => {
                let name =
                    format!("{}改{}", station.name.split('改').next().unwrap_or_default(), station.version);
                let body = json!({ "name": name }).to_string();
                Change { verb: "PATCH", step: "", body, after: Line { name, ..after } }
            }
        }
    }

    /// Changes a station. Where nobody answers, it is read before it is changed again.
    async fn change(&mut self, at: usize) {
        let station = self.stations[at].clone();
        let id = station.id.clone().expect("a station that was answered");
        let Change { verb, step, body, after } = self.changed(&station);
        let path = format!("/api/v1/stations/{id}{step}");
        let version = format!("If-Match: \"v{}\"\r\n", station.version);
        let note = |answer: Option<&Answer>| match answer {
            Some(answer) if answer.status == 200 => Some(Note::Line(Line::of(Said::Written, answer))),
            Some(_) => None,
            None => Some(Note::Line(after)),
        };
        match self.ask((verb, &path), &version, &body, note).await {
            Some(answer) if answer.status == 200 => self.stations[at] = Line::of(Said::Written, &answer),
            Some(answer) => {
                assert_eq!(answer.status, 503, "a client's own station is as it left it: {answer:?}");
            }
            None => self.stations[at] = self.read(&id).await,
        }
    }

    /// Announces that a station will be closed. Where nobody answers, the same request comes again.
    async fn announce(&mut self, at: usize) {
        self.made += 1;
        let station = self.stations[at].id.clone().expect("a station that was answered");
        let reason = format!("第{}号的第{}次通知", self.number, self.made);
        let body =
            json!({ "effect": "closed", "from": "2027-01-01T00:00:00+08:00", "reason": reason }).to_string();
        let key = format!("Idempotency-Key: {}-{}\r\n", self.number, self.made);
        let path = format!("/api/v1/stations/{station}/notices");
        loop {
            let note = |answer: Option<&Answer>| {
                let id = match answer {
                    Some(answer) if answer.status == 201 => {
                        Some(answer.body["id"].as_str().expect("an id").to_owned())
                    }
                    Some(_) => return None,
                    None => None,
                };
                Some(Note::Notice(Announced { id, station: station.clone(), reason: reason.clone() }))
            };
            match self.ask(("POST", &path), &key, &body, note).await {
                Some(answer) if [201, 409].contains(&answer.status) => return,
                Some(answer) => assert_eq!(answer.status, 503, "{answer:?}"),
                None => {}
            }
        }
    }

    async fn read(&self, id: &str) -> Line {
        let path = format!("/api/v1/registry/{id}");
        let shown = |answer: Option<&Answer>| {
            answer.filter(|a| a.status == 200).map(|answer| Line::of(Said::Shown, answer))
        };
        loop {
            let answer = self.ask(("GET", &path), "", "", |answer| shown(answer).map(Note::Line)).await;
            if let Some(line) = shown(answer.as_ref()) {
                return line;
            }
        }
    }
}
