//! Inspections as staff are told of them.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use serde::Serialize;
use utoipa::ToSchema;

use super::questions::{Answer, Answers};
use super::store::InspectionRow;
use crate::error::Error;
use crate::ids::{InspectionId, RoundId, StationId};
use crate::time::Zone;

/// What was seen at a station.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct Inspection {
    pub(super) id: InspectionId,
    /// The phone's own key.
    #[schema(required)]
    client_key: Option<String>,
    #[schema(required)]
    round_id: Option<RoundId>,
    station_id: StationId,
    at: DateTime<FixedOffset>,
    /// Whether the door was open.
    is_open: bool,
    /// The version of the questions.
    questions: i64,
    /// Answers by the code of the question.
    #[schema(value_type = std::collections::BTreeMap<String, String>)]
    answers: BTreeMap<String, Answer>,
    #[schema(required)]
    note: Option<String>,
}

/// The inspections of a station, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Inspections {
    pub(super) items: Vec<Inspection>,
}

impl InspectionRow {
    /// The inspection as staff are told of it.
    pub(super) fn told(self, zone: Zone) -> Result<Inspection, Error> {
        let wrong = || Error::Internal(format!("inspection {} cannot be read", self.id));
        let Answers { version, answers } = serde_json::from_str(&self.answers).map_err(|_| wrong())?;
        Ok(Inspection {
            id: self.id.parse().map_err(|_| wrong())?,
            station_id: self.station_id.parse().map_err(|_| wrong())?,
            round_id: self.round_id.as_deref().and_then(|id| id.parse().ok()),
            client_key: self.client_key,
            at: zone.from_ms(self.at_ms),
            is_open: self.is_open,
            questions: version,
            answers,
            note: self.note,
        })
    }
}
