//! Rounds as staff are told of them.

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::Serialize;
use utoipa::ToSchema;

use super::store::{RoundRow, StopRow};
use super::wish::Plan;
use crate::error::Error;
use crate::ids::{AccountId, Adcode, InspectionId, RoundId, StationId};
use crate::time::Zone;

/// A page of rounds.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Rounds)]
pub(super) struct Rounds {
    /// The newest first.
    pub(super) items: Vec<Round>,
    /// The cursor of the next page, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(super) next: Option<RoundId>,
}

/// A round and how far it is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct Round {
    pub(super) id: RoundId,
    /// The version, for `If-Match`.
    pub(super) version: i64,
    pub(super) name: String,
    /// Beginning of the district codes in which its stations lie.
    pub(super) scope: String,
    pub(super) first_day: NaiveDate,
    pub(super) last_day: NaiveDate,
    /// Who walks it; null: nobody yet.
    #[schema(required)]
    pub(super) inspector: Option<Inspector>,
    #[schema(required)]
    pub(super) note: Option<String>,
    pub(super) created: DateTime<FixedOffset>,
    /// When it was closed; null: it goes on.
    #[schema(required)]
    pub(super) closed: Option<DateTime<FixedOffset>>,
    /// How many stations it has, and how many of them were inspected in it.
    pub(super) stations: i64,
    pub(super) done: i64,
    /// Whether whoever asks may change and close it.
    pub(super) may_change: bool,
}

/// Who walks a round.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct Inspector {
    #[schema(value_type = String, format = Uuid)]
    id: AccountId,
    /// Null: erased.
    #[schema(required)]
    name: Option<String>,
}

/// A round with its stations in the order of the walk.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RoundDetail {
    #[serde(flatten)]
    pub(super) round: Round,
    pub(super) stops: Vec<Stop>,
    /// How long the walk is in straight lines, in metres.
    pub(super) length_m: f64,
}

/// Which stations a round would have.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RoundPreview {
    pub(super) stops: Vec<Stop>,
    /// How long the walk is in straight lines, in metres.
    pub(super) length_m: f64,
}

/// A station of a round.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = RoundStop)]
pub(super) struct Stop {
    /// Its place in the walk, from 1.
    pub(super) rank: i64,
    pub(super) id: StationId,
    pub(super) name: String,
    /// The official number.
    #[schema(required)]
    pub(super) code: Option<String>,
    #[schema(required)]
    pub(super) district: Option<Adcode>,
    #[schema(required)]
    pub(super) address: Option<String>,
    pub(super) lon: f64,
    pub(super) lat: f64,
    /// The last inspection in this round.
    #[schema(required)]
    pub(super) inspected: Option<Inspected>,
}

/// An inspection in short.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct Inspected {
    id: InspectionId,
    at: DateTime<FixedOffset>,
    /// Whether the door was open.
    is_open: bool,
}

impl RoundRow {
    fn broken(&self) -> Error {
        Error::Internal(format!("round {} cannot be read", self.id))
    }

    /// What it says of itself.
    pub(super) fn plan(&self) -> Result<Plan, Error> {
        let wrong = |_| self.broken();
        Ok(Plan {
            name: self.name.clone(),
            first_day: self.first_day.parse().map_err(wrong)?,
            last_day: self.last_day.parse().map_err(wrong)?,
            inspector: self.inspector_id.as_deref().and_then(|id| id.parse().ok()),
            note: self.note.clone(),
        })
    }

    /// The round as staff are told of it.
    pub(super) fn told(self, zone: Zone, may_change: bool) -> Result<Round, Error> {
        let Plan { name, first_day, last_day, inspector, note } = self.plan()?;
        Ok(Round {
            id: self.id.parse().map_err(|_| self.broken())?,
            version: self.version,
            name,
            first_day,
            last_day,
            inspector: inspector.map(|id| Inspector { id, name: self.inspector_name.clone() }),
            note,
            created: zone.from_ms(self.created_ms),
            closed: self.closed_ms.map(|ms| zone.from_ms(ms)),
            stations: self.stops,
            done: self.done,
            scope: self.scope,
            may_change: may_change && self.closed_ms.is_none(),
        })
    }
}

impl StopRow {
    /// The stop as staff are told of it.
    pub(super) fn told(self, zone: Zone) -> Result<Stop, Error> {
        let broken = |_| Error::Internal(format!("stop {} cannot be read", self.station_id));
        let inspection = self.inspection_id.as_deref().and_then(|id| id.parse().ok());
        let seen = inspection.zip(self.at_ms).zip(self.is_open);
        Ok(Stop {
            rank: self.rank,
            id: self.station_id.parse().map_err(broken)?,
            name: self.name,
            code: self.code,
            district: self.district.and_then(|d| d.parse().ok()),
            address: self.address,
            lon: self.lon,
            lat: self.lat,
            inspected: seen.map(|((id, ms), is_open)| Inspected { id, at: zone.from_ms(ms), is_open }),
        })
    }
}
