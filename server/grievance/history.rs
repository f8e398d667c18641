//! Writing what happened to a case.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::sealed::CaseKey;
use super::store::{self, EventRow, GrievanceRow};
use super::workflow::Action;
use crate::db::Tx;
use crate::error::Error;
use crate::ids::{AccountId, EventId};

/// Something that happened to a case.
pub(super) struct Happening<'a> {
    /// What.
    pub(super) action: Action,
    /// Who did it; absent: the reporter, or the service itself.
    pub(super) account: Option<AccountId>,
    /// Where the case stood before.
    pub(super) from: Option<&'a str>,
    /// When; of an anonymous reporter the day.
    pub(super) at: DateTime<Utc>,
    /// Codes, days and ids; never a word of anybody.
    pub(super) detail: Value,
    /// Words, which are sealed.
    pub(super) words: Option<&'a str>,
    /// Keyed hash of the key with which a reporter sent it.
    pub(super) sent_key: Option<String>,
}

/// Writes an event of a case as it stands after it, and returns its id.
pub(super) async fn record(
    tx: &mut Tx,
    key: &CaseKey,
    row: &GrievanceRow,
    what: &Happening<'_>,
) -> Result<String, Error> {
    let id = EventId::random().to_string();
    let words = what.words.map(|words| key.close(words, &id)).transpose()?;
    write(tx, row, what, id, words).await
}

/// The same of something without words, for which no key is needed.
pub(super) async fn record_plain(
    tx: &mut Tx,
    row: &GrievanceRow,
    what: &Happening<'_>,
) -> Result<String, Error> {
    write(tx, row, what, EventId::random().to_string(), None).await
}

async fn write(
    tx: &mut Tx,
    row: &GrievanceRow,
    what: &Happening<'_>,
    id: String,
    words: Option<String>,
) -> Result<String, Error> {
    let event = EventRow {
        id: id.clone(),
        grievance_id: row.id.clone(),
        place: store::last_place(tx, &row.id).await? + 1,
        round: row.round,
        at_ms: what.at.timestamp_millis(),
        action: what.action.to_string(),
        account_id: what.account.map(|account| account.to_string()),
        account_name: None,
        from_state: what.from.map(str::to_owned),
        to_state: row.state.clone(),
        is_public: what.action.is_public(),
        detail: what.detail.to_string(),
        words,
        sent_key: what.sent_key.clone(),
    };
    store::add_event(tx, &event).await?;
    Ok(id)
}
