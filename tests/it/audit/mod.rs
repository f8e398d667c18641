//! The audit log: every write is there, in one chain, and nobody changes it unseen.

mod chain;
mod reading;
mod tamper;

use sqlx::AssertSqlSafe;
use yizhan::accounts::Actor;
use yizhan::audit::sign::{Notary, Signed};
use yizhan::audit::{self, Entry, Object, Report, Signer, Witness, verify};
use yizhan::db::{DbError, Tx};
use yizhan::in_tx;

use crate::harness::Town;

impl Town {
    pub(crate) fn signer(&self) -> Signer {
        Signer::new(&self.app.secrets)
    }

    pub(crate) fn witness(&self) -> Witness {
        Witness::of(&self.app.config.storage.data)
    }

    /// Signs the end of the chain as the service does every minute.
    pub(crate) async fn sign(&self) -> Signed {
        let notary = Notary::new(self.app.db.clone(), self.signer(), self.witness(), self.app.clock);
        notary.sign().await.expect("signed")
    }

    /// Checks the whole chain.
    pub(crate) async fn verified(&self) -> Report {
        verify(&self.app.db, &self.signer(), &self.witness()).await.expect("the check runs")
    }

    /// Writes one entry by itself.
    pub(crate) async fn note(&self, actor: &Actor, entry: &Entry) {
        let mut tx = self.app.db.begin().await.expect("a transaction");
        audit::record(&mut tx, actor, self.app.clock.now(), entry).await.expect("recorded");
        tx.commit().await.expect("committed");
    }
}

/// An entry like those of the service.
pub(crate) fn entry(number: usize) -> Entry {
    let actions = ["station.publish", "station.change", "notice.announce", "account.add"];
    let districts = [Some("130302"), None, Some("130304")];
    Entry {
        action: actions[number % actions.len()],
        object: Object::new(["station", "notice"][number % 2], format!("object-{}", number % 7)),
        district: districts[number % districts.len()].map(|d| d.parse().expect("a district")),
        detail: serde_json::json!({ "number": number, "words": "改了名字 \"a\"", "none": null }),
    }
}

/// Carries out a statement as somebody who holds the database would; returns how many rows it touched.
async fn meddle(tx: &mut Tx, sql: String) -> u64 {
    try_to_meddle(tx, sql).await.expect("the database obeys")
}

async fn try_to_meddle(tx: &mut Tx, sql: String) -> Result<u64, DbError> {
    in_tx!(tx, c => sqlx::query(AssertSqlSafe(sql)).execute(c).await.map(|done| done.rows_affected()))
}
