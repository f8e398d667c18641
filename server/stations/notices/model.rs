//! What a notice and a regime are.

use chrono::{DateTime, FixedOffset};

use super::region::Region;
use crate::accounts::Scope;
use crate::ids::StationId;
use crate::stations::model::FacilityCode;
use crate::stations::state::Effect;

/// Why the stations of some districts are open longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = RegimeKind)]
pub enum Kind {
    /// 高温: against heat.
    Heat,
    /// 寒潮: against cold.
    Cold,
    /// 暴雨、台风: against rain and wind.
    Storm,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Heat, Self::Cold, Self::Storm];

    /// The word used in JSON and in the table.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Heat => "heat",
            Self::Cold => "cold",
            Self::Storm => "storm",
        }
    }

    /// The kind of a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// For what a notice of a station was announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// For this station.
    Station,
    /// For every station of an area.
    Area,
    /// For every station of some districts, as extended hours.
    Regime(Kind),
}

/// What a notice stands for.
#[derive(Debug, Clone)]
pub enum Subject {
    /// One station.
    Station(StationId),
    /// The public stations of a region, whichever they are from time to time.
    Region(Region),
}

/// A notice to announce.
#[derive(Debug, Clone)]
pub struct Announcement {
    /// What it stands for.
    pub subject: Subject,
    /// Only this facility; `None`: the whole station.
    pub facility: Option<FacilityCode>,
    /// Whether it closes or opens.
    pub effect: Effect,
    /// From when.
    pub from: DateTime<FixedOffset>,
    /// Until when; `None`: until it is withdrawn.
    pub to: Option<DateTime<FixedOffset>>,
    /// The reason shown to workers.
    pub reason: String,
}

/// Extended hours to begin.
#[derive(Debug, Clone)]
pub struct Extension {
    /// Against what.
    pub kind: Kind,
    /// Where.
    pub districts: Vec<Scope>,
    /// The hours that are added, in the grammar.
    pub hours: String,
    /// Only at stations that have this facility.
    pub facility: Option<FacilityCode>,
    /// From when.
    pub from: DateTime<FixedOffset>,
    /// Until when; `None`: until it is ended.
    pub to: Option<DateTime<FixedOffset>>,
    /// The reason shown to workers.
    pub reason: String,
}
