//! `kill -9` while twelve clients write: nothing that was acknowledged is lost, and everything belongs together.
//!
//! The clients keep a log of what they were told. After each kill a checker reads the database for itself and
//! compares; it knows nothing of the service's own code. `YIZHAN_KILLS` says how many kills there are.

mod checker;
pub(crate) mod http;
mod seeded;
pub(crate) mod served;
mod writer;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{RwLock, watch};
use tokio::task::JoinSet;
use tokio::time::timeout;
use yizhan::accounts::Role;
use yizhan::audit::{Signer, Witness, verify};
use yizhan::db::Db;

use crate::chance::Chance;
use crate::place::{ONE_STEP, Place};
use crate::tables::execute;
use checker::{Found, check, check_index};
use served::Served;
use writer::{Line, Log, Writer};

/// Clients that write at the same time.
const CLIENTS: u64 = 12;
/// Kills where nobody says otherwise.
const KILLS: usize = 25;
/// Nothing takes longer, on a busy machine either.
const PATIENCE: Duration = Duration::from_mins(1);

/// What clients and the one who kills share.
#[derive(Clone)]
struct Scene {
    session: String,
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

/// A place with an administrator who is signed in, where one step publishes.
async fn set(place: &Place) -> (Scene, Signer) {
    let town = place.town().await;
    let admin = town.staff("admin", Role::Admin, "").await;
    execute(&town.app.db, ONE_STEP).await;
    let signer = town.signer();
    town.app.db.close().await;
    let scene = Scene {
        session: admin.session,
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
fn told(logs: &[Arc<std::sync::Mutex<Log>>]) -> Log {
    logs.iter().fold(Log::default(), |mut all, log| {
        let Log { lines, notices } = log.lock().expect("a log").clone();
        all.lines.extend(lines);
        all.notices.extend(notices);
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

/// Compares what the public is shown with the database, once the service has caught up.
async fn shown(place: &Place, address: SocketAddr) -> Vec<String> {
    let db = Db::attach(&place.url).await.expect("the database opens");
    let found = Found::read(&db).await;
    db.close().await;
    let caught_up = async {
        loop {
            let (revision, stations) = http::listed(address).await.expect("the service answers");
            if revision >= found.revision {
                return stations;
            }
        }
    };
    check_index(&found, &timeout(PATIENCE, caught_up).await.expect("the service follows"))
}

async fn story(place: Place) {
    let (scene, signer) = set(&place).await;
    let mut chance = Chance::new(9);
    let mut clients = JoinSet::new();
    let mut logs = Vec::new();
    let mut served = Served::start(&place);
    scene.address.send_replace(Some(served.address));
    for number in 0..CLIENTS {
        let writer = Writer::new(number, scene.clone());
        logs.push(writer.log());
        clients.spawn(writer.work());
    }
    for kill in 0..kills() {
        let soon = usize::try_from(chance.of(8..=60)).expect("small");
        tokio::select! {
            () = scene.answers(soon) => {}
            Some(ended) = clients.join_next() => panic!("a client gave up: {ended:?}"),
        }
        if chance.flip() {
            let _quiet = scene.gate.write().await;
            assert_eq!(shown(&place, served.address).await, [] as [String; 0], "before kill {kill}");
        }
        served.kill();
        scene.address.send_replace(None);
        let _quiet = timeout(PATIENCE, scene.gate.write()).await.expect("every client has noticed");
        assert_eq!(checked(&place, &told(&logs), &signer).await, [] as [String; 0], "after kill {kill}");
        served = Served::start(&place);
        assert_eq!(shown(&place, served.address).await, [] as [String; 0], "after start {kill}");
        scene.address.send_replace(Some(served.address));
    }
    scene.answers(24).await;
    let _quiet = scene.gate.write().await;
    clients.abort_all();
    let log = told(&logs);
    assert_eq!(shown(&place, served.address).await, [] as [String; 0]);
    assert!(served.stop().success(), "a graceful stop");
    assert_eq!(checked(&place, &log, &signer).await, [] as [String; 0]);
    let db = Db::attach(&place.url).await.expect("the database opens");
    let report = verify(&db, &signer, &Witness::of(&place.data)).await.expect("the check runs");
    assert!(report.head.signed, "who stops signs: {report:?}");
    let answered = log.notices.iter().filter(|notice| notice.id.is_some()).count();
    let written = answered + log.lines.iter().filter(|line| line.is_written()).count();
    let unanswered = log.lines.iter().filter(|line| line.is_unanswered()).count();
    assert!(report.rows > written as u64, "each write has its entry: {report:?}");
    assert!(
        written > 4 * kills() && unanswered > kills() / 2 && answered > kills() / 2,
        "{written} written, {unanswered} unanswered"
    );
    seeded(&place, log, &signer).await;
}

/// One that was changed since it was added is known by an answer.
const TAKE_ONE_AWAY: &str = "DELETE FROM station WHERE id = (SELECT MIN(id) FROM station WHERE version > 2)";

/// The checker finds an acknowledgement that was never committed, and a row that somebody took away.
async fn seeded(place: &Place, mut log: Log, signer: &Signer) {
    let last = log.lines.iter().rfind(|line| line.is_written()).expect("something was written").clone();
    let next = Line { version: last.version + 1, name: "早答".to_owned(), ..last };
    log.lines.push(next);
    let wrong = checked(place, &log, signer).await;
    assert!(wrong.iter().any(|w| w.contains("早答")), "{wrong:?}");
    log.lines.pop();
    let db = Db::attach(&place.url).await.expect("the database opens");
    execute(&db, TAKE_ONE_AWAY).await;
    db.close().await;
    let wrong = checked(place, &log, signer).await;
    assert!(wrong.iter().any(|w| w.ends_with("is lost")), "{wrong:?}");
}

#[tokio::test]
async fn nothing_acknowledged_is_lost_on_sqlite() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite:{}", folder.path().join("yizhan.db").display());
    story(Place { data: folder.path().to_owned(), url }).await;
}

#[tokio::test]
async fn nothing_acknowledged_is_lost_on_postgres() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().to_owned();
    if crate::harness::on_blank_postgres(async |url| story(Place { data, url }).await).await.is_none() {
        crate::harness::skip("kills::nothing_acknowledged_is_lost_on_postgres");
    }
}
