//! A campaign as the service knows it, and where it stands at an instant.

use super::store::CampaignRow;
use crate::benefits::eligibility::Rules;
use crate::benefits::model::{CampaignState, Category, Mode, Phase};
use crate::error::Error;
use crate::ids::{Adcode, CampaignId};

/// A campaign with its stock. Instants are milliseconds since 1970 UTC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Campaign {
    /// Which.
    pub(in super::super) id: CampaignId,
    /// Its state.
    pub(in super::super) state: CampaignState,
    /// How its vouchers are given out.
    pub(in super::super) mode: Mode,
    /// What it is for.
    pub(super) category: Category,
    /// Whose; none: the whole city's.
    pub(in super::super) district: Option<Adcode>,
    /// What it asks of a member.
    pub(in super::super) rules: Rules,
    /// Everything else.
    pub(in super::super) row: CampaignRow,
}

impl Campaign {
    /// Reads a row.
    ///
    /// # Errors
    /// [`Error::Internal`] where the row holds what the service never wrote.
    pub(super) fn read(row: CampaignRow) -> Result<Self, Error> {
        let broken = |what: &str| Error::Internal(format!("campaign {}: {what}", row.id));
        Ok(Self {
            id: row.id.parse().map_err(|_| broken("id"))?,
            state: row.state.parse().map_err(|_| broken("state"))?,
            mode: row.mode.parse().map_err(|_| broken("mode"))?,
            category: row.category.parse().map_err(|_| broken("category"))?,
            district: row.district.as_deref().map(str::parse).transpose().map_err(|_| broken("district"))?,
            rules: serde_json::from_str(&row.eligibility).map_err(|_| broken("eligibility"))?,
            row,
        })
    }

    /// Where it stands at an instant.
    pub(in super::super) fn phase(&self, now_ms: i64) -> Phase {
        match self.state {
            CampaignState::Draft => Phase::Draft,
            CampaignState::Ended => Phase::Ended,
            _ if now_ms >= self.row.closes_ms => Phase::Ended,
            CampaignState::Frozen => Phase::Frozen,
            CampaignState::Running if now_ms < self.row.opens_ms => Phase::Upcoming,
            CampaignState::Running => Phase::Running,
        }
    }

    /// Whether anybody may see it.
    pub(super) fn is_public(&self) -> bool {
        self.state != CampaignState::Draft
    }

    /// How many of its vouchers nobody has yet.
    pub(super) fn left(&self) -> i64 {
        self.row.stock - self.row.issued
    }
}
