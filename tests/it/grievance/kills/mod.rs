//! `kill -9` while people file and staff act: no case that was acknowledged is lost, none is there twice, numbers have
//! no gaps, and each step has its event and its audit entry.
//!
//! Clients keep a log of what they were told; after each kill a checker reads the tables for itself and compares.
//! `YIZHAN_KILLS` says how many kills there are.

mod checker;
mod client;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::{RwLock, watch};
use tokio::task::JoinSet;
use tokio::time::timeout;
use yizhan::audit::{Signer, Witness, verify};
use yizhan::db::Db;

use self::checker::{Found, check};
use self::client::{Client, Line, Log};
use crate::chance::Chance;
use crate::kills::served::Served;
use crate::place::Place;
use crate::tables::execute;

/// Clients at the same time.
const CLIENTS: u64 = 6;
/// Kills where nobody says otherwise.
const KILLS: usize = 25;
/// Nothing takes longer, on a busy machine either.
const PATIENCE: Duration = Duration::from_mins(1);

/// What clients and the one who kills share.
#[derive(Clone)]
struct Scene {
    /// Sessions of intake, handler and call-back.
    sessions: [String; 3],
    department: String,
    handler: String,
    /// Where the service is; none while it is dead.
    address: watch::Sender<Option<SocketAddr>>,
    /// A client holds it while it waits for an answer; whoever holds it alone knows that all is quiet.
    gate: Arc<RwLock<()>>,
    /// Answers of all clients.
    answered: watch::Sender<usize>,
}

impl Scene {
    /// Waits until so many more answers have come.
    async fn answers(&self, more: usize) {
        let mut seen = self.answered.subscribe();
        let target = *seen.borrow() + more;
        let waited = timeout(PATIENCE, seen.wait_for(|n| *n >= target)).await;
        waited.expect("the service answers").expect("clients ask");
    }
}

/// A place with a centre whose people are signed in.
async fn set(place: &Place) -> (Scene, Signer) {
    let town = place.town().await;
    let c = town.centre().await;
    let signer = town.signer();
    town.app.db.close().await;
    let scene = Scene {
        sessions: [c.intake.session, c.handler.session, c.caller.session],
        department: c.departments[0].clone(),
        handler: c.handler.id.to_string(),
        address: watch::Sender::new(None),
        gate: Arc::default(),
        answered: watch::Sender::new(0),
    };
    (scene, signer)
}

fn kills() -> usize {
    std::env::var("YIZHAN_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(KILLS)
}

/// Everything that the clients were told so far.
fn told(logs: &[Arc<Mutex<Log>>]) -> Log {
    logs.iter().fold(Log::default(), |mut all, log| {
        let Log { filings, lines } = log.lock().expect("a log").clone();
        all.filings.extend(filings);
        all.lines.extend(lines);
        all
    })
}

/// Reads the database and compares; the service is dead or idle.
async fn checked(place: &Place, log: &Log, signer: &Signer) -> Vec<String> {
    let db = Db::attach(&place.url).await.expect("the database opens");
    let mut wrong = check(&Found::read(&db).await, log);
    let report = verify(&db, signer, &Witness::of(&place.data)).await.expect("the check runs");
    wrong.extend(report.faults.iter().map(|fault| format!("audit: {fault:?}")));
    db.close().await;
    wrong
}

async fn story(place: Place) {
    let (scene, signer) = set(&place).await;
    let mut chance = Chance::new(5);
    let (mut clients, mut logs) = (JoinSet::new(), Vec::new());
    let mut served = Served::start(&place);
    scene.address.send_replace(Some(served.address));
    for number in 0..CLIENTS {
        let client = Client::new(number, scene.clone());
        logs.push(client.log());
        clients.spawn(client.work());
    }
    for kill in 0..kills() {
        let soon = usize::try_from(chance.of(4..=20)).expect("small");
        tokio::select! {
            () = scene.answers(soon) => {}
            Some(ended) = clients.join_next() => panic!("a client gave up: {ended:?}"),
        }
        served.kill();
        scene.address.send_replace(None);
        let _quiet = timeout(PATIENCE, scene.gate.write()).await.expect("every client has noticed");
        assert_eq!(checked(&place, &told(&logs), &signer).await, [] as [String; 0], "after kill {kill}");
        served = Served::start(&place);
        scene.address.send_replace(Some(served.address));
    }
    scene.answers(24).await;
    let _quiet = scene.gate.write().await;
    clients.abort_all();
    let log = told(&logs);
    assert!(served.stop().success(), "a graceful stop");
    assert_eq!(checked(&place, &log, &signer).await, [] as [String; 0]);
    let written = log.lines.iter().filter(|line| line.is_known).count();
    let filed = log.filings.iter().filter(|filing| filing.number.is_some()).count();
    let unanswered = log.lines.len() + log.filings.len() - written - filed;
    assert!(
        written > kills() && filed > kills() && unanswered > kills() / 2,
        "{written} steps, {filed} filings, {unanswered} unanswered"
    );
    seeded(&place, log, &signer).await;
}

const TAKE_ONE_AWAY: &str = "DELETE FROM grievance WHERE number = '2026-000002'";

/// The checker finds an acknowledgement that was never committed, and a case that somebody took away.
async fn seeded(place: &Place, mut log: Log, signer: &Signer) {
    let last = log.lines.iter().rfind(|line| line.is_known).expect("something was done").clone();
    log.lines.push(Line { version: last.version + 1, state: "早答".to_owned(), ..last });
    let wrong = checked(place, &log, signer).await;
    assert!(wrong.iter().any(|w| w.contains("早答")), "{wrong:?}");
    log.lines.pop();
    let db = Db::attach(&place.url).await.expect("the database opens");
    execute(&db, TAKE_ONE_AWAY).await;
    db.close().await;
    let wrong = checked(place, &log, signer).await;
    assert!(wrong.iter().any(|w| w.contains("2026-000002")), "{wrong:?}");
}

#[tokio::test]
async fn no_acknowledged_case_is_lost_on_sqlite() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite:{}", folder.path().join("yizhan.db").display());
    story(Place { data: folder.path().to_owned(), url }).await;
}

#[tokio::test]
async fn no_acknowledged_case_is_lost_on_postgres() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().to_owned();
    if crate::harness::on_blank_postgres(async |url| story(Place { data, url }).await).await.is_none() {
        crate::harness::skip("grievance::kills::no_acknowledged_case_is_lost_on_postgres");
    }
}
