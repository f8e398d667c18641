//! What requests at the door say.

use serde::Deserialize;
use utoipa::ToSchema;

use crate::stations::model::Trade;

/// Somebody who is at a station.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Visit)]
pub(super) struct VisitWish {
    /// What he works as, where he says it.
    pub(super) trade: Option<Trade>,
}

/// Hours that are taken over.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = HoursTaken)]
pub(super) struct TakeWish {
    /// The hours in the grammar, where they are not those that were read from the keeper's words.
    #[schema(max_length = 500)]
    pub(super) hours: Option<String>,
    /// A word to the keeper.
    #[schema(max_length = 200)]
    pub(super) answer: Option<String>,
}

/// Hours that are refused.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = HoursRefused)]
pub(super) struct RefuseWish {
    /// Why, as the keeper reads it.
    #[schema(min_length = 1, max_length = 200)]
    pub(super) answer: String,
}
