//! Checking the chain: every entry, its end, every signed head, and the witness file.

use std::collections::BTreeSet;

use serde::Serialize;
use utoipa::ToSchema;

use super::chain;
use super::fault::{Fault, MOST_FAULTS, What};
use super::head::{Head, Signer, Trust};
use super::store::{self, AuditRow, ChainRow};
use super::witness::Witness;
use crate::db::{Db, Tx};
use crate::error::Error;

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Report {
    /// How many entries there are.
    pub rows: u64,
    /// Whether all is as it was written.
    pub ok: bool,
    /// How many faults there are.
    pub count: u64,
    /// The faults, the first thousand of them.
    pub faults: Vec<Fault>,
    /// The end of the chain.
    pub head: End,
}

/// The end of the chain as a check found it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct End {
    /// The last entry; 0 where there is none.
    pub seq: i64,
    /// Its hash.
    pub hash: String,
    /// When the last good head was signed, in milliseconds since 1970 UTC.
    pub signed_ms: Option<i64>,
    /// Whether that head covers the last entry.
    pub signed: bool,
}

/// What a head says of an entry, and where it says so.
struct Claim {
    seq: i64,
    hash: String,
    contradicts: What,
    beyond: What,
}

/// A check that is under way.
struct Check<'s> {
    signer: &'s Signer,
    claims: Vec<Claim>,
    faults: Vec<Fault>,
    count: u64,
    rows: u64,
    /// The last good head of the database: its entry and its time.
    signed: Option<(i64, i64)>,
}

/// Checks the whole chain as of one moment.
pub async fn verify(db: &Db, signer: &Signer, witness: &Witness) -> Result<Report, Error> {
    // What was witnessed before the moment is in the database at the moment.
    let witnessed = witness.heads()?;
    let mut tx = db.begin_reading().await?;
    let report = verify_within(&mut tx, signer, witnessed).await?;
    tx.rollback().await?;
    Ok(report)
}

/// Checks the whole chain as a transaction sees it, against the heads that were witnessed.
pub async fn verify_within(
    tx: &mut Tx,
    signer: &Signer,
    witnessed: Vec<Option<Head>>,
) -> Result<Report, Error> {
    let mut check = Check { signer, claims: Vec::new(), faults: Vec::new(), count: 0, rows: 0, signed: None };
    let known = check.heads(store::heads(tx).await?);
    check.witnessed(witnessed, &known);
    check.claims.sort_by_key(|claim| claim.seq);
    let end = check.entries(tx).await?;
    if store::chain(tx).await?.as_ref() != Some(&end) {
        check.fault(end.seq, What::EndDiffers);
    }
    Ok(check.report(end))
}

impl Check<'_> {
    fn fault(&mut self, seq: i64, what: What) {
        self.count += 1;
        if self.faults.len() < MOST_FAULTS {
            self.faults.push(Fault { seq, what });
        }
    }

    /// Looks at the heads of the database; returns the entries that they cover.
    fn heads(&mut self, rows: Vec<Option<store::HeadRow>>) -> BTreeSet<i64> {
        let mut known = BTreeSet::new();
        for row in rows {
            let Some(head) = row.map(Head::from) else {
                self.fault(0, What::HeadUnreadable);
                continue;
            };
            known.insert(head.seq);
            match self.signer.trusts(&head) {
                Trust::Good => self.signed = self.signed.max(Some((head.seq, head.at_ms))),
                Trust::Forged => self.fault(head.seq, What::HeadForged),
                Trust::Foreign => self.fault(head.seq, What::HeadForeign),
            }
            let (contradicts, beyond) = (What::HeadContradicts, What::HeadBeyond);
            self.claims.push(Claim { seq: head.seq, hash: head.hash, contradicts, beyond });
        }
        known
    }

    fn witnessed(&mut self, heads: Vec<Option<Head>>, known: &BTreeSet<i64>) {
        for head in heads {
            let Some(head) = head else {
                self.fault(0, What::WitnessUnreadable);
                continue;
            };
            match self.signer.trusts(&head) {
                Trust::Good if known.contains(&head.seq) => {}
                Trust::Good => self.fault(head.seq, What::HeadMissing),
                Trust::Forged => self.fault(head.seq, What::WitnessForged),
                Trust::Foreign => self.fault(head.seq, What::WitnessForeign),
            }
            let (contradicts, beyond) = (What::WitnessContradicts, What::WitnessBeyond);
            self.claims.push(Claim { seq: head.seq, hash: head.hash, contradicts, beyond });
        }
    }

    /// Walks over every entry in order; returns the end that it finds.
    async fn entries(&mut self, tx: &mut Tx) -> Result<ChainRow, Error> {
        let mut claims = std::mem::take(&mut self.claims).into_iter().peekable();
        let mut last = ChainRow { seq: 0, hash: chain::START.to_owned() };
        store::each(tx, &mut |row| {
            self.rows += 1;
            let Some(row) = row else {
                return self.fault(last.seq + 1, What::Unreadable);
            };
            self.entry(&last, &row);
            while let Some(claim) = claims.next_if(|claim| claim.seq <= row.seq) {
                if claim.seq < row.seq || claim.hash != row.hash {
                    self.fault(claim.seq, claim.contradicts);
                }
            }
            last = ChainRow { seq: row.seq, hash: row.hash };
        })
        .await?;
        for claim in claims {
            self.fault(claim.seq, claim.beyond);
        }
        Ok(last)
    }

    fn entry(&mut self, last: &ChainRow, row: &AuditRow) {
        if row.seq != last.seq + 1 {
            self.fault(last.seq + 1, What::Missing);
        } else if chain::hash(&last.hash, row) != row.hash {
            self.fault(row.seq, What::Changed);
        }
    }

    fn report(self, end: ChainRow) -> Report {
        let head = End {
            signed_ms: self.signed.map(|(_, at_ms)| at_ms),
            signed: self.signed.is_some_and(|(seq, _)| seq == end.seq) || end.seq == 0,
            seq: end.seq,
            hash: end.hash,
        };
        Report { rows: self.rows, ok: self.count == 0, count: self.count, faults: self.faults, head }
    }
}
