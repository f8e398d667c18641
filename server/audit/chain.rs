//! The chain: the canonical form of an entry, and the hash that ties it to the one before.

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use super::model::Entry;
use super::store::{AuditRow, ChainRow};
use crate::accounts::Actor;
use crate::secrets::hex;

/// The hash before the first entry.
pub(super) const START: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The row of an entry after the end of the chain.
pub(super) fn next(last: &ChainRow, actor: &Actor, now: DateTime<Utc>, entry: &Entry) -> AuditRow {
    let mut row = AuditRow {
        seq: last.seq + 1,
        at_ms: now.timestamp_millis(),
        account_id: actor.account.map(|id| id.to_string()),
        via: actor.via.to_string(),
        action: entry.action.to_owned(),
        object_kind: entry.object.kind.to_owned(),
        object_id: entry.object.id.clone(),
        district: entry.district.map(|d| d.to_string()),
        detail: entry.detail.to_string(),
        hash: String::new(),
    };
    row.hash = hash(&last.hash, &row);
    row
}

/// SHA-256 over the hash before and every column in its order, each with its length, so that no two rows have
/// the same form.
pub(super) fn hash(before: &str, row: &AuditRow) -> String {
    let (seq, at_ms) = (row.seq.to_string(), row.at_ms.to_string());
    let columns: [Option<&str>; 10] = [
        Some(before),
        Some(&seq),
        Some(&at_ms),
        row.account_id.as_deref(),
        Some(&row.via),
        Some(&row.action),
        Some(&row.object_kind),
        Some(&row.object_id),
        row.district.as_deref(),
        Some(&row.detail),
    ];
    let mut form = String::with_capacity(512);
    for column in columns {
        match column {
            None => form.push('-'),
            Some(text) => form.extend([&text.len().to_string(), ":", text]),
        }
    }
    hex(&Sha256::digest(form))
}
