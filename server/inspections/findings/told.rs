//! Findings as staff are told of them.

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::Serialize;
use utoipa::ToSchema;

use super::store::FindingRow;
use crate::error::Error;
use crate::ids::{Adcode, FindingId, InspectionId, StationId};
use crate::inspections::model::{FindingKind, FindingState, is_overdue};
use crate::stations::model::FacilityCode;
use crate::time::Zone;

/// A page of findings.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Findings)]
pub(super) struct Findings {
    /// What is due first comes first.
    pub(super) items: Vec<Finding>,
    /// The cursor of the next page, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(super) next: Option<String>,
    /// How many wait in all that the caller may see.
    pub(super) counts: Counts,
}

/// How many findings wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = FindingCounts)]
pub struct Counts {
    /// To be put right.
    pub open: i64,
    /// Of those, late.
    pub overdue: i64,
    /// Said to be put right, to be looked at again.
    pub recheck: i64,
}

/// What has to be put right at a station.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(in crate::inspections) struct Finding {
    pub(in crate::inspections) id: FindingId,
    /// The version, for `If-Match`.
    pub(in crate::inspections) version: i64,
    /// The inspection that found it.
    pub(in crate::inspections) inspection: InspectionId,
    pub(in crate::inspections) station: FoundAt,
    pub(in crate::inspections) kind: FindingKind,
    /// The facility that it is about.
    #[schema(required)]
    pub(in crate::inspections) facility: Option<FacilityCode>,
    /// What is wrong, in the inspector's words.
    pub(in crate::inspections) text: String,
    /// The address of the picture.
    #[schema(required)]
    pub(in crate::inspections) photo: Option<String>,
    /// The last day for putting it right.
    pub(in crate::inspections) due: NaiveDate,
    pub(in crate::inspections) state: FindingState,
    /// Whether it is to be put right still and its day is past.
    pub(in crate::inspections) overdue: bool,
    /// When somebody said that it is put right.
    #[schema(required)]
    pub(in crate::inspections) fixed: Option<DateTime<FixedOffset>>,
    /// The inspection at which it was looked at again.
    #[schema(required)]
    pub(in crate::inspections) checked_by: Option<InspectionId>,
    pub(in crate::inspections) created: DateTime<FixedOffset>,
    /// When it was verified or dropped.
    #[schema(required)]
    pub(in crate::inspections) ended: Option<DateTime<FixedOffset>>,
    /// Why it was opened again or dropped.
    #[schema(required)]
    pub(in crate::inspections) reason: Option<String>,
}

/// The station of a finding.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(in crate::inspections) struct FoundAt {
    pub(in crate::inspections) id: StationId,
    pub(in crate::inspections) name: String,
    /// The official number.
    #[schema(required)]
    pub(in crate::inspections) code: Option<String>,
    #[schema(required)]
    pub(in crate::inspections) district: Option<Adcode>,
}

impl FindingRow {
    fn broken(&self) -> Error {
        Error::Internal(format!("finding {} cannot be read", self.id))
    }

    /// Its state.
    pub(super) fn state(&self) -> Result<FindingState, Error> {
        self.state.parse().map_err(|_| self.broken())
    }

    /// Its day.
    pub(super) fn due(&self) -> Result<NaiveDate, Error> {
        self.due.parse().map_err(|_| self.broken())
    }

    /// Its station with the district.
    pub(super) fn station(&self) -> Result<(StationId, Option<Adcode>), Error> {
        let id = self.station_id.parse().map_err(|_| self.broken())?;
        Ok((id, self.district.as_deref().and_then(|d| d.parse().ok())))
    }

    /// The finding as staff are told of it on a day.
    pub(in crate::inspections) fn told(&self, zone: Zone, today: NaiveDate) -> Result<Finding, Error> {
        let wrong = || self.broken();
        let (station, district) = self.station()?;
        let (state, due) = (self.state()?, self.due()?);
        Ok(Finding {
            id: self.id.parse().map_err(|_| wrong())?,
            version: self.version,
            inspection: self.inspection_id.parse().map_err(|_| wrong())?,
            station: FoundAt {
                id: station,
                name: self.station_name.clone(),
                code: self.station_code.clone(),
                district,
            },
            kind: self.kind.parse().map_err(|_| wrong())?,
            facility: self.facility.as_deref().and_then(|f| f.parse().ok()),
            text: self.text.clone(),
            photo: self.picture_id.as_ref().map(|_| format!("/api/v1/findings/{}/photo", self.id)),
            due,
            state,
            overdue: is_overdue(state, due, today),
            fixed: self.fixed_ms.map(|ms| zone.from_ms(ms)),
            checked_by: self.checked_by.as_deref().and_then(|id| id.parse().ok()),
            created: zone.from_ms(self.created_ms),
            ended: self.ended_ms.map(|ms| zone.from_ms(ms)),
            reason: self.reason.clone(),
        })
    }
}
