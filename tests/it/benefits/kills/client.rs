//! A client that claims for its members and redeems at its till, and notes what it was told.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use super::super::stage::Phone;
use super::Scene;
use crate::kills::http::{self, Answer};

/// What a client was told: by key of the request, the id that was answered.
#[derive(Debug, Clone, Default)]
pub(super) struct Log {
    pub(super) vouchers: BTreeMap<String, String>,
    pub(super) redemptions: BTreeMap<String, String>,
    /// Requests that nobody answered.
    pub(super) unanswered: usize,
}

/// A client at work.
pub(super) struct Client {
    scene: Scene,
    members: Vec<Phone>,
    clerk: Phone,
    log: Arc<Mutex<Log>>,
}

/// What a client asks.
struct Request<'a> {
    phone: &'a Phone,
    verb: &'static str,
    path: String,
    key: Option<&'a str>,
    body: String,
}

impl Client {
    pub(super) fn new(scene: Scene, members: Vec<Phone>, clerk: Phone) -> Self {
        Self { scene, members, clerk, log: Arc::default() }
    }

    pub(super) fn log(&self) -> Arc<Mutex<Log>> {
        self.log.clone()
    }

    /// Works until every member has had his turn, then looks on for ever.
    pub(super) async fn work(self) {
        for member in &self.members {
            for campaign in &self.scene.campaigns {
                let Some(voucher) = self.claim(member, campaign).await else { continue };
                self.redeem(member, &voucher).await;
            }
        }
        loop {
            self.code(&self.members[0], "none").await;
        }
    }

    /// Where the service is, as soon as it is anywhere.
    async fn address(&self) -> SocketAddr {
        let mut address = self.scene.address.subscribe();
        let found = address.wait_for(Option::is_some).await.expect("the scene lasts");
        found.expect("an address")
    }

    /// Asks once, and notes what comes of it before anybody may look at the log.
    async fn ask(&self, request: &Request<'_>, note: impl FnOnce(&mut Log, &Answer)) -> Option<Answer> {
        let address = self.address().await;
        let _asking = self.scene.gate.clone().read_owned().await;
        let key = request.key.map(|key| format!("Idempotency-Key: {key}\r\n")).unwrap_or_default();
        let headers = format!(
            "Cookie: yizhan_phone={}\r\nContent-Type: application/json\r\nSec-Fetch-Site: same-origin\r\n{key}",
            request.phone.secret
        );
        let answer = http::ask(address, request.verb, &request.path, &headers, &request.body).await.ok();
        let mut log = self.log.lock().expect("a log");
        let Some(answer) = answer else {
            log.unanswered += 1;
            return None;
        };
        note(&mut log, &answer);
        assert!(answer.status < 500 || answer.status == 503, "{answer:?}");
        self.scene.answered.send_modify(|n| *n += 1);
        Some(answer)
    }

    /// Sends a request under its key until somebody answers it.
    async fn insist(&self, request: &Request<'_>, note: impl Fn(&mut Log, &Answer)) -> Answer {
        loop {
            match self.ask(request, &note).await {
                Some(answer) if answer.status != 503 => return answer,
                _ => {}
            }
        }
    }

    /// The id of an answer that says what was done; the same key never gets another one.
    fn noted(log: &mut BTreeMap<String, String>, key: &str, answer: &Answer) {
        if answer.status == 201 {
            let id = answer.body["id"].as_str().expect("an id").to_owned();
            let before = log.insert(key.to_owned(), id.clone());
            assert!(before.is_none_or(|before| before == id), "{key} was answered before");
        }
    }

    /// Claims for a member; none where nothing is left.
    async fn claim(&self, member: &Phone, campaign: &str) -> Option<String> {
        let key = format!("claim-{campaign}");
        let request = Request {
            phone: member,
            verb: "POST",
            path: format!("/api/v1/campaigns/{campaign}/claims"),
            key: Some(&key),
            body: "{}".to_owned(),
        };
        let name = format!("{} {key}", member.id);
        let answer = self.insist(&request, |log, a| Self::noted(&mut log.vouchers, &name, a)).await;
        match (answer.status, answer.body["code"].as_str()) {
            (201, _) => answer.body["id"].as_str().map(str::to_owned),
            (409, Some("sold_out")) => None,
            _ => panic!("{answer:?}"),
        }
    }

    async fn code(&self, member: &Phone, voucher: &str) -> Answer {
        let path = format!("/api/v1/vouchers/{voucher}/code");
        let request = Request { phone: member, verb: "GET", path, key: None, body: String::new() };
        self.insist(&request, |_, _| ()).await
    }

    async fn redeem(&self, member: &Phone, voucher: &str) {
        let code = self.code(member, voucher).await.body["code"].as_str().expect("a code").to_owned();
        let request = Request {
            phone: &self.clerk,
            verb: "POST",
            path: "/api/v1/redemptions".to_owned(),
            key: Some(voucher),
            body: format!("{{\"code\":\"{code}\"}}"),
        };
        let answer = self.insist(&request, |log, a| Self::noted(&mut log.redemptions, voucher, a)).await;
        // A code that was drawn before a kill may be older than its minute when the service is back.
        let is_late = answer.body["code"] == "code_expired";
        assert!(answer.status == 201 || is_late, "{answer:?}");
    }
}
