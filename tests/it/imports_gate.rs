//! A gate for races: writers are kept waiting at one statement, so that both have read before either has written.

use tokio::time::{Duration, Instant};
use yizhan::db::Tx;
use yizhan::{in_tx, on};

use crate::harness::Town;
use crate::staff::Staff;

/// Nothing takes longer, on a busy machine either.
const PATIENCE: Duration = Duration::from_mins(1);
/// On SQLite nobody can be asked who waits for the writer. Somebody who asked before so many answers were given in
/// between has come to it.
const ANSWERS: usize = 25;

/// What writers wait for, on PostgreSQL; on SQLite they all wait for the one writer.
#[derive(Debug, Clone, Copy)]
pub(crate) enum At {
    /// A step of any import.
    Import,
    /// The revision of the registry.
    Registry,
    /// The end of the audit log: everything else is written, and nothing committed.
    Audit,
}

impl At {
    fn sql(self) -> &'static str {
        match self {
            Self::Import => "SELECT COUNT(*) FROM (SELECT id FROM import FOR UPDATE) held",
            Self::Registry => "SELECT COUNT(*) FROM (SELECT one FROM registry FOR UPDATE) held",
            Self::Audit => "SELECT COUNT(*) FROM (SELECT one FROM audit_chain FOR UPDATE) held",
        }
    }
}

const WAITING: &str = "SELECT COUNT(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'";

/// A closed gate; dropped, it is open.
pub(crate) struct Gate<'t> {
    town: &'t Town,
    held: Tx,
}

impl<'t> Gate<'t> {
    /// Closes a gate.
    pub(crate) async fn shut(town: &'t Town, at: At) -> Self {
        let mut held = town.app.db.begin().await.expect("a transaction");
        if town.is_postgres() {
            let held = in_tx!(held, c => sqlx::query_scalar::<_, i64>(at.sql()).fetch_one(c).await);
            assert!(held.expect("locked") > 0, "{at:?} has a row");
        }
        Self { town, held }
    }

    /// Lets everybody pass.
    pub(crate) async fn open(self) {
        self.held.rollback().await.expect("rolled back");
    }
}

/// Waits until so many wait at the gate.
pub(crate) async fn queued(town: &Town, by: &Staff, wanted: usize) {
    if !town.is_postgres() {
        for _ in 0..wanted * ANSWERS {
            town.get("/api/v1/imports?limit=1").by(by).json().await;
        }
        return;
    }
    let end = Instant::now() + PATIENCE;
    let wanted = i64::try_from(wanted).expect("few");
    loop {
        let waiting = on!(&town.app.db, pool => sqlx::query_scalar::<_, i64>(WAITING).fetch_one(pool).await);
        let waiting = waiting.expect("counted");
        if waiting >= wanted {
            return;
        }
        assert!(Instant::now() < end, "{waiting} of {wanted} wait");
    }
}

/// Two come to a closed gate, one after the other, and it is opened; what becomes of both.
pub(crate) async fn meet<A, B>(
    gate: Gate<'_>,
    by: &Staff,
    first: impl Future<Output = A>,
    second: impl Future<Output = B>,
) -> (A, B) {
    let town = gate.town;
    let second = async {
        queued(town, by, 1).await;
        second.await
    };
    let open = async {
        queued(town, by, 2).await;
        gate.open().await;
    };
    let (a, b, ()) = tokio::join!(first, second, open);
    (a, b)
}
