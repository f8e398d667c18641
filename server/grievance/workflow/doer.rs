//! Who acts on a case.

use super::super::model::Desk;
use crate::ids::AccountId;

/// Who acts on a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doer {
    /// Who has its receipt.
    Reporter,
    /// The service itself.
    Service,
    /// Somebody of staff.
    Staff {
        /// Who.
        account: AccountId,
        /// Where he sits, for the case's district.
        desks: Vec<Desk>,
        /// Whether he supervises the whole city, and so decides appeals.
        next_level: bool,
    },
}

impl Doer {
    /// Whose account.
    pub fn account(&self) -> Option<AccountId> {
        match self {
            Self::Staff { account, .. } => Some(*account),
            Self::Reporter | Self::Service => None,
        }
    }

    /// Whether he sits at a desk.
    pub fn sits_at(&self, desk: Desk) -> bool {
        matches!(self, Self::Staff { desks, .. } if desks.contains(&desk))
    }

    /// Whether he decides appeals.
    pub fn is_next_level(&self) -> bool {
        matches!(self, Self::Staff { next_level: true, .. })
    }
}
