//! What a station is. Pure data; positions are WGS-84 and times the city's own.

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};
use spatial::{Datum, Position};
use utoipa::ToSchema;

use super::geojson::Crs;
use super::spelled::{self, LatLon};

pub use super::codes::{Access, Build, FacilityCode, Form, Host, Status, Trade, UnknownCode, Working};
pub use super::hours::Season;
use crate::ids::{Adcode, StationId};

/// A rest station 驿站 with everything the registry knows of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Station {
    /// Its identity, made once.
    pub id: StationId,
    /// Increased with each change of the row; the basis of `If-Match`.
    pub version: i64,
    /// Where it is in its life.
    pub status: Status,
    /// Loaded by `yizhan demo`, and no real place.
    pub demonstration: bool,
    /// What can be written by an import or a clerk.
    pub facts: Facts,
    /// When somebody last confirmed that the facts hold.
    pub last_confirmed: Option<DateTime<FixedOffset>>,
    /// Stars, 1 to 5, once rated.
    pub rating: Option<u8>,
    /// When it was first written.
    pub created: DateTime<FixedOffset>,
    /// When this version was written.
    pub changed: DateTime<FixedOffset>,
}

/// The facts of a station that an import, the demonstration or a clerk states.
///
/// Its JSON is that of the registry's records, of their merge patches and of their history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationFacts)]
pub struct Facts {
    /// The official number, unique in a city.
    pub code: Option<String>,
    /// The internal name.
    pub name: String,
    /// What the door says; navigation apps want this one.
    pub signboard: Option<String>,
    /// What else people call it.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The district, by its GB/T 2260 code.
    pub district: Option<Adcode>,
    /// The postal address in words.
    pub address: Option<String>,
    /// Where it stands, WGS-84.
    #[serde(flatten, with = "spelled::lat_lon")]
    #[schema(value_type = LatLon)]
    pub position: Position,
    /// The coordinate system the position arrived in.
    #[serde(with = "spelled::datum")]
    #[schema(value_type = Crs)]
    pub crs: Datum,
    /// Where its door is, where that is another place.
    pub entrance: Option<Entrance>,
    /// Self-built or co-built.
    pub build: Option<Build>,
    /// With whom it was co-built.
    pub partner: Option<String>,
    /// The kind of place that houses it.
    pub host: Option<Host>,
    /// Its shape.
    pub form: Option<Form>,
    /// Opening hours in the OpenStreetMap grammar; absent where they are not certain.
    pub hours: Option<String>,
    /// Opening hours as somebody wrote them, kept where they are not certain.
    pub hours_text: Option<String>,
    /// What it offers.
    pub facilities: Vec<Facility>,
    /// Facilities named in an import that are in no vocabulary, kept as text.
    pub other_facilities: Vec<String>,
    /// How one gets in.
    pub access: Vec<Access>,
    /// Whether one can enter without a phone; absent where nobody said.
    pub no_phone: Option<bool>,
    /// The public telephone number.
    pub phone: Option<String>,
    /// The day it opened.
    pub opened_on: Option<NaiveDate>,
    /// Seats.
    pub capacity: Option<u32>,
    /// Floor area in square metres.
    pub area_m2: Option<f64>,
    /// Whom it serves.
    pub trades: Vec<Trade>,
    /// Remarks.
    pub notes: Option<String>,
    /// Who keeps it; for staff only.
    pub keeper_name: Option<String>,
    /// The keeper's telephone number; for staff only.
    pub keeper_phone: Option<String>,
}

/// The door of a station, for whoever walks there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Entrance {
    /// Where it is, WGS-84.
    #[serde(flatten, with = "spelled::lat_lon")]
    #[schema(value_type = LatLon)]
    pub position: Position,
    /// On which floor, as the building says it.
    pub floor: Option<String>,
    /// On which side of the street.
    pub side: Option<String>,
}

/// One thing a station offers, with a state of its own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = RegisteredFacility)]
pub struct Facility {
    /// What it is.
    pub code: FacilityCode,
    /// Whether it works.
    pub working: Working,
    /// Since when it has been broken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub broken_since: Option<DateTime<FixedOffset>>,
    /// Hours of its own, in the grammar, within the station's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
    /// The days of the year on which it is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub season: Option<Season>,
    /// How many there are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// A remark for workers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Facility {
    /// A working facility with nothing else said.
    pub fn plain(code: FacilityCode) -> Self {
        Self {
            code,
            working: Working::Ok,
            broken_since: None,
            hours: None,
            season: None,
            count: None,
            note: None,
        }
    }
}

/// Positions that differ by less are the same: a centimetre, less than any conversion is exact.
const SAME_DEG: f64 = 1e-7;
/// The farthest that a door may be from its station, in metres: across a large park or a shopping centre.
pub const ENTRANCE_M: f64 = 1_000.0;

/// Whether two positions are one place, to a centimetre.
pub fn same_place(a: Position, b: Position) -> bool {
    (a.lon() - b.lon()).abs() < SAME_DEG && (a.lat() - b.lat()).abs() < SAME_DEG
}

/// Whether a door can belong to a station.
pub fn is_near(door: Position, station: Position) -> bool {
    door.geodesic_m(station) <= ENTRANCE_M
}

impl Facts {
    /// Where whoever walks to it has to go: its door, where that is another place.
    pub fn way_in(&self) -> Position {
        self.entrance.as_ref().map_or(self.position, |e| e.position)
    }
}

impl Station {
    /// What of it may reach the public: nothing that only staff see, and nothing that a write changes which
    /// only they see.
    #[must_use]
    pub fn for_public(mut self) -> Self {
        self.facts.keeper_name = None;
        self.facts.keeper_phone = None;
        self.facts.notes = None;
        Self { version: 0, changed: self.created, ..self }
    }

    /// Whether the public may see it.
    pub fn is_public(&self) -> bool {
        matches!(self.status, Status::Open | Status::Suspended)
    }
}
