//! What is told of a draw.

use chrono::{DateTime, FixedOffset};
use serde::Serialize;
use utoipa::ToSchema;

use super::store::DrawRow;
use crate::time::Zone;

/// The draw of a campaign in short.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = CampaignDraw)]
pub struct Drawing {
    /// SHA-256 of the seed, hexadecimal.
    pub commitment: String,
    /// How many have entered.
    pub entries: i64,
    /// When it was drawn.
    pub drawn_at: Option<DateTime<FixedOffset>>,
}

impl Drawing {
    /// Tells a row.
    pub(super) fn of(row: &DrawRow, zone: Zone) -> Self {
        let drawn_at = row.drawn_ms.map(|ms| zone.from_ms(ms));
        Self { commitment: row.commitment.clone(), entries: row.entries, drawn_at }
    }
}

/// A member's own entry.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[schema(as = DrawEntered)]
pub(in super::super) struct Entered {
    /// Its number.
    pub(super) number: i64,
    /// Its tickets.
    pub(super) weight: i64,
    /// Whether it won; absent until it was drawn.
    pub(super) has_won: Option<bool>,
}

/// What somebody is told who has entered.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[schema(as = DrawTaken)]
pub(super) struct Taken {
    /// The number of his entry.
    pub(super) number: i64,
    /// Its tickets.
    pub(super) weight: i64,
    /// How many have entered by now.
    pub(super) entries: i64,
}
