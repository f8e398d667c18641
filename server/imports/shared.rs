//! What a server keeps in memory of imports: the plans that were looked at last, how far commits are, and how many
//! files are read at once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Semaphore;

use super::planning::Planned;
use crate::ids::{AccountId, ImportId};
use crate::language::Language;
use crate::stations::service::Stamp;

/// So many plans are kept: those of the clerks who are at it just now.
const PLANS: usize = 8;
/// So many files are read at once: each may take 256 MiB.
const READERS: usize = 2;

/// What a plan depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PlanKey {
    pub(super) import: ImportId,
    pub(super) version: i64,
    /// The registry as it was.
    pub(super) registry: Stamp,
    pub(super) language: Language,
    /// Whose rights it was planned with; none for a command's.
    pub(super) account: Option<AccountId>,
    /// The city's districts and words, by where they are in memory.
    pub(super) city: usize,
}

/// How far a commit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Progress {
    pub(super) done: usize,
    pub(super) of: usize,
}

/// What a server keeps in memory of imports.
#[derive(Debug)]
pub struct Shared {
    plans: Mutex<Vec<(PlanKey, Arc<Planned>)>>,
    running: Mutex<HashMap<ImportId, Progress>>,
    pub(super) readers: Semaphore,
}

impl Default for Shared {
    fn default() -> Self {
        Self { plans: Mutex::default(), running: Mutex::default(), readers: Semaphore::new(READERS) }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    /// The plan of a key, where it is still there.
    pub(super) fn plan(&self, key: &PlanKey) -> Option<Arc<Planned>> {
        locked(&self.plans).iter().find(|(known, _)| known == key).map(|(_, plan)| plan.clone())
    }

    /// Keeps a plan in place of the oldest, and of others of the same import and person.
    pub(super) fn keep(&self, key: PlanKey, plan: Arc<Planned>) {
        let mut plans = locked(&self.plans);
        plans.retain(|(known, _)| (known.import, known.account) != (key.import, key.account));
        plans.truncate(PLANS - 1);
        plans.insert(0, (key, plan));
    }

    /// How far the commit of an import is, where this server carries it out.
    pub(super) fn progress(&self, import: ImportId) -> Option<Progress> {
        locked(&self.running).get(&import).copied()
    }

    /// Notes how far a commit is; none when it has ended.
    pub(super) fn note(&self, import: ImportId, progress: Option<Progress>) {
        let mut running = locked(&self.running);
        match progress {
            Some(progress) => running.insert(import, progress),
            None => running.remove(&import),
        };
    }
}
