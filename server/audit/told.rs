//! What a check found, as the interface and the command line tell it.

use chrono::{DateTime, FixedOffset};
use serde::Serialize;
use utoipa::ToSchema;

use super::fault::What;
use super::verify::Report;
use crate::language::Language;
use crate::time::Zone;

/// What a check of the audit log found.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = AuditReport)]
pub struct Told {
    /// How many entries there are.
    rows: u64,
    /// Whether all is as it was written.
    ok: bool,
    /// How many faults there are.
    count: u64,
    /// The faults, the first thousand of them.
    faults: Vec<ToldFault>,
    /// The end of the chain.
    head: ToldHead,
}

/// One fault of the audit log.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = AuditFault)]
pub(super) struct ToldFault {
    /// The entry where it shows; 0 where it is in no entry.
    seq: i64,
    /// The stable word for it.
    what: What,
    /// What it means, in the reader's language.
    detail: String,
}

/// The end of the chain, and whether it is signed.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = AuditHead)]
pub(super) struct ToldHead {
    /// The last entry; 0 where there is none.
    seq: i64,
    /// Its hash, SHA-256, hexadecimal.
    hash: String,
    /// When the last good head was signed.
    at: Option<DateTime<FixedOffset>>,
    /// Whether that head covers the last entry.
    signed: bool,
}

impl Told {
    /// The findings for a reader.
    pub fn new(report: Report, zone: Zone, language: Language) -> Self {
        let told = |fault: super::Fault| ToldFault {
            seq: fault.seq,
            what: fault.what,
            detail: fault.what.words().of(language).to_owned(),
        };
        let head = ToldHead {
            seq: report.head.seq,
            hash: report.head.hash,
            at: report.head.signed_ms.map(|ms| zone.from_ms(ms)),
            signed: report.head.signed,
        };
        let faults = report.faults.into_iter().map(told).collect();
        Self { rows: report.rows, ok: report.ok, count: report.count, faults, head }
    }

    /// Whether all is as it was written.
    pub fn is_ok(&self) -> bool {
        self.ok
    }

    /// The findings as lines of text.
    pub fn lines(&self, language: Language) -> Vec<String> {
        let Self { rows, count, head, .. } = self;
        let mut lines: Vec<_> = self.faults.iter().map(|f| format!("{}: {}", f.seq, f.detail)).collect();
        lines.push(if self.ok {
            language
                .of(&format!("{rows} 条记录，未见改动"), &format!("{rows} entries, all as they were written"))
                .to_owned()
        } else {
            language
                .of(&format!("{rows} 条记录，{count} 处问题"), &format!("{rows} entries, {count} faults"))
                .to_owned()
        });
        let signed = head.at.map_or_else(
            || language.of("尚未签名", "not signed yet").to_owned(),
            |at| {
                let at = at.format("%Y-%m-%d %H:%M:%S");
                language.of(&format!("最近签名于 {at}"), &format!("signed last on {at}")).to_owned()
            },
        );
        lines.push(format!("{} {} {signed}", head.seq, head.hash));
        lines
    }
}
