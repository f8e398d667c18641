//! Signing the end of the chain, in every minute in which it moved and when the service stops.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::timeout;

use super::head::{Head, Signer};
use super::store;
use super::witness::Witness;
use crate::db::Db;
use crate::error::Error;
use crate::time::Clock;

/// How often the end is looked at.
pub const PERIOD: Duration = Duration::from_mins(1);

/// What signs the chain of one database for one server.
#[derive(Debug, Clone)]
pub struct Notary {
    db: Db,
    signer: Arc<Signer>,
    witness: Witness,
    clock: Clock,
}

/// What the notary found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signed {
    /// The chain has not moved since it was signed last.
    Still,
    /// Its end is signed now.
    Moved(Head),
    /// The chain contradicts the head that was signed last; nothing was signed.
    Contradicted {
        /// The entry that the last head covers.
        seq: i64,
    },
}

impl Notary {
    /// A notary of a database, who writes into the witness file what he signs.
    pub fn new(db: Db, signer: Signer, witness: Witness, clock: Clock) -> Self {
        Self { db, signer: Arc::new(signer), witness, clock }
    }

    /// Signs the end of the chain where it moved. Another server may have done it; both heads are then the same.
    pub async fn sign(&self) -> Result<Signed, Error> {
        let mut tx = self.db.begin_reading().await?;
        let end = store::chain(&mut tx).await?;
        let last = store::last_head(&mut tx).await?;
        let covered = match &last {
            Some(last) => store::hash_of(&mut tx, last.seq).await?,
            None => None,
        };
        tx.rollback().await?;
        let end = end.ok_or_else(|| Error::Internal("the end of the audit chain is gone".to_owned()))?;
        if let Some(last) = last.as_ref().filter(|last| covered.as_ref() != Some(&last.hash)) {
            return Ok(Signed::Contradicted { seq: last.seq });
        }
        measure(end.seq);
        if end.seq <= last.map_or(0, |last| last.seq) {
            return Ok(Signed::Still);
        }
        let head = self.signer.sign(&end, self.clock.now());
        let mut tx = self.db.begin().await?;
        store::add_head(&mut tx, &head).await?;
        tx.commit().await?;
        self.witness.add(std::slice::from_ref(&head))?;
        Ok(Signed::Moved(head))
    }

    /// Signs once a minute until `stop` says so. Whoever stops the service signs once more when all is written.
    pub async fn keep_signing(self, mut stop: watch::Receiver<bool>) {
        let mut failing = false;
        while timeout(PERIOD, stop.wait_for(|s| *s)).await.is_err() {
            failing = self.sign_and_tell(failing).await;
        }
    }

    /// Signs and logs what came of it; says whether it failed, which is logged once while `failing`.
    pub async fn sign_and_tell(&self, failing: bool) -> bool {
        let outcome = self.sign().await;
        tell(&outcome, failing);
        outcome.is_err()
    }
}

/// The log is a witness too, wherever it is sent.
fn tell(outcome: &Result<Signed, Error>, failing: bool) {
    match outcome {
        Ok(Signed::Moved(Head { seq, hash, signature, .. })) => {
            tracing::info!(seq, %hash, %signature, "the end of the audit chain is signed");
        }
        Ok(Signed::Contradicted { seq }) => {
            tracing::error!(seq, "the audit chain contradicts its signed head: `yizhan audit verify`");
        }
        Err(error) if !failing => tracing::error!(%error, "the end of the audit chain cannot be signed"),
        Ok(Signed::Still) | Err(_) => {}
    }
}

#[expect(clippy::cast_precision_loss, reason = "gauges are floats, and the numbers stay below 2^52")]
fn measure(seq: i64) {
    metrics::gauge!("yizhan_audit_seq").set(seq as f64);
}
