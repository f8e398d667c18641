//! What an observation says.

use chrono::{DateTime, Utc};

use crate::code::codes;
use crate::ids::StationId;

codes! {
    /// Who found a station open or shut.
    Source { Keeper = "keeper", Visit = "visit", Inspection = "inspection", Report = "report" }
}

/// A station found open or shut at an instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observation {
    /// The station.
    pub station: StationId,
    /// When; it counts for the hour.
    pub at: DateTime<Utc>,
    /// Who found it so.
    pub source: Source,
    /// The report or inspection that it rests on; empty for the other sources.
    pub object: String,
    /// Whether one could get in.
    pub is_open: bool,
    /// Whether the hours in force said that it is open then.
    pub is_posted: bool,
}
