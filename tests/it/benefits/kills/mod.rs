//! `kill -9` while members claim and clerks redeem: no voucher or redemption that was acknowledged is lost, none is
//! there twice, nobody has more than the limit, no campaign gives out more than its stock, and the ledger agrees.
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
use yizhan::db::Db;

use self::checker::{Found, check};
use self::client::{Client, Log};
use super::stage::{Phone, Plan};
use crate::chance::Chance;
use crate::kills::served::Served;
use crate::place::Place;
use crate::tables::execute;

/// Clients at the same time, each with a till and members of its own.
const CLIENTS: usize = 12;
/// Members of each client.
const MEMBERS: usize = 250;
/// Kills where nobody says otherwise.
const KILLS: usize = 25;
/// Vouchers of the campaign that is sold out while the service is killed.
const SCARCE: i64 = 60;
/// Nothing takes longer, on a busy machine either.
const PATIENCE: Duration = Duration::from_mins(1);

/// What clients and the one who kills share.
#[derive(Clone)]
struct Scene {
    /// The scarce campaign, and the one that lasts.
    campaigns: [String; 2],
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

/// A place with members, clerks and two campaigns.
async fn set(place: &Place) -> (Scene, Vec<Phone>, Vec<Phone>) {
    let town = place.town().await;
    // The service that is killed goes by the machine's clock.
    let now = yizhan::time::Clock::System.now().timestamp_millis();
    let members = town.members(CLIENTS * MEMBERS).await;
    let shop = town.shop("港城家常菜").await;
    let mut clerks = Vec::new();
    for _ in 0..CLIENTS {
        clerks.push(town.clerk(&shop.merchant, &shop.store).await);
    }
    town.run(&[format!(
        "UPDATE phone_session SET started_ms = {now}, seen_ms = {now}, expires_ms = 9000000000000"
    )])
    .await;
    let far = Plan { closes: "2200-01-01T00:00:00Z", valid_until: "2201-01-01T00:00:00Z", ..Plan::of(1) };
    let scarce = Plan { stock: SCARCE, budget_fen: SCARCE * 1_500, ..far.clone() };
    let lasting = Plan { stock: 1_000_000, budget_fen: 1_500_000_000, ..far };
    let campaigns = [town.campaign(&scarce).await, town.campaign(&lasting).await];
    town.app.db.close().await;
    let address = watch::Sender::new(None);
    (Scene { campaigns, address, gate: Arc::default(), answered: watch::Sender::new(0) }, members, clerks)
}

fn kills() -> usize {
    std::env::var("YIZHAN_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(KILLS)
}

/// Everything that the clients were told so far.
fn told(logs: &[Arc<Mutex<Log>>]) -> Log {
    logs.iter().fold(Log::default(), |mut all, log| {
        let Log { vouchers, redemptions, unanswered } = log.lock().expect("a log").clone();
        all.vouchers.extend(vouchers);
        all.redemptions.extend(redemptions);
        all.unanswered += unanswered;
        all
    })
}

/// Reads the database and compares; the service is dead or idle.
async fn checked(place: &Place, log: &Log) -> Vec<String> {
    let db = Db::attach(&place.url).await.expect("the database opens");
    let mut wrong = check(&Found::read(&db).await, log);
    let report = yizhan::benefits::ledger::check(&db, chrono::DateTime::UNIX_EPOCH.into()).await;
    let report = report.expect("the check runs");
    wrong.extend(report.differences.iter().map(|difference| format!("ledger: {difference:?}")));
    db.close().await;
    wrong
}

async fn story(place: Place) {
    let (scene, members, clerks) = set(&place).await;
    let mut chance = Chance::new(7);
    let (mut clients, mut logs) = (JoinSet::new(), Vec::new());
    let mut served = Served::start(&place);
    scene.address.send_replace(Some(served.address));
    for (own, clerk) in members.chunks(MEMBERS).zip(clerks) {
        let client = Client::new(scene.clone(), own.to_vec(), clerk);
        logs.push(client.log());
        clients.spawn(client.work());
    }
    for kill in 0..kills() {
        let soon = usize::try_from(chance.of(6..=30)).expect("small");
        tokio::select! {
            () = scene.answers(soon) => {}
            Some(ended) = clients.join_next() => panic!("a client gave up: {ended:?}"),
        }
        served.kill();
        scene.address.send_replace(None);
        let _quiet = timeout(PATIENCE, scene.gate.write()).await.expect("every client has noticed");
        assert_eq!(checked(&place, &told(&logs)).await, [] as [String; 0], "after kill {kill}");
        served = Served::start(&place);
        scene.address.send_replace(Some(served.address));
    }
    scene.answers(24).await;
    let _quiet = scene.gate.write().await;
    clients.abort_all();
    let log = told(&logs);
    assert!(served.stop().success(), "a graceful stop");
    assert_eq!(checked(&place, &log).await, [] as [String; 0]);
    let (claimed, redeemed) = (log.vouchers.len(), log.redemptions.len());
    assert!(
        claimed > kills() && redeemed > kills() && log.unanswered > kills() / 2,
        "{claimed} claims, {redeemed} redemptions, {} unanswered",
        log.unanswered
    );
    seeded(&place, log).await;
}

/// The checker finds an acknowledgement that was never committed, a voucher too many and one that was taken away.
async fn seeded(place: &Place, mut log: Log) {
    let (key, id) = log.vouchers.first_key_value().map(|(k, v)| (k.clone(), v.clone())).expect("a voucher");
    log.vouchers.insert("never".to_owned(), "早答".to_owned());
    let wrong = checked(place, &log).await;
    assert!(wrong.iter().any(|w| w.contains("早答")), "{wrong:?}");
    log.vouchers.remove("never");
    let db = Db::attach(&place.url).await.expect("the database opens");
    execute(&db, "INSERT INTO voucher (id, campaign_id, member_id, state, face_fen, union_fen, left_fen, issued_ms, expires_ms)
        SELECT 'twice', campaign_id, member_id, 'issued', 2000, 1500, 2000, 0, 9000000000000 FROM voucher LIMIT 1").await;
    let wrong = checked(place, &log).await;
    assert!(wrong.iter().any(|w| w.contains("has 2")), "{wrong:?}");
    assert!(wrong.iter().any(|w| w.contains("ledger")), "{wrong:?}");
    execute(&db, "DELETE FROM voucher WHERE id = 'twice'").await;
    execute(&db, "DELETE FROM claim_slot").await;
    db.close().await;
    log.vouchers.insert(key, format!("{id}-other"));
    let wrong = checked(place, &log).await;
    assert!(wrong.iter().any(|w| w.contains("-other")), "{wrong:?}");
    assert!(wrong.iter().any(|w| w.contains("slot")), "{wrong:?}");
}

#[tokio::test]
async fn no_acknowledged_voucher_is_lost_on_sqlite() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite:{}", folder.path().join("yizhan.db").display());
    story(Place { data: folder.path().to_owned(), url }).await;
}

#[tokio::test]
async fn no_acknowledged_voucher_is_lost_on_postgres() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().to_owned();
    if crate::harness::on_blank_postgres(async |url| story(Place { data, url }).await).await.is_none() {
        crate::harness::skip("benefits::kills::no_acknowledged_voucher_is_lost_on_postgres");
    }
}
