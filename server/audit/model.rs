//! What an entry of the audit log says.

use serde_json::Value;

use crate::ids::{AccountId, Adcode, NoticeId, RegimeId, StationId, TokenId};

/// One write, as it is recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What was done, such as `station.publish`.
    pub action: &'static str,
    /// To what.
    pub object: Object,
    /// In which district, where it has one.
    pub district: Option<Adcode>,
    /// What else is worth knowing. No names and no secrets: an entry can never be erased.
    pub detail: Value,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Object {
    /// What it is, such as `station`.
    pub kind: &'static str,
    /// Which.
    pub id: String,
}

impl Object {
    /// Anything, by its kind and its id.
    #[expect(clippy::needless_pass_by_value, reason = "ids are small and read better without a reference")]
    pub fn new(kind: &'static str, id: impl ToString) -> Self {
        Self { kind, id: id.to_string() }
    }

    /// A station.
    pub fn station(id: StationId) -> Self {
        Self::new("station", id)
    }

    /// A notice.
    pub fn notice(id: NoticeId) -> Self {
        Self::new("notice", id)
    }

    /// A regime.
    pub fn regime(id: RegimeId) -> Self {
        Self::new("regime", id)
    }

    /// An account.
    pub fn account(id: AccountId) -> Self {
        Self::new("account", id)
    }

    /// A token.
    pub fn token(id: TokenId) -> Self {
        Self::new("token", id)
    }
}
