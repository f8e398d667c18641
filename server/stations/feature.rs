//! A station as of an instant: what the API, the pages and the map say of it.
//!
//! There is one such description, so list, detail, page and offline copy cannot disagree in words.

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::Serialize;
use spatial::Position;
use utoipa::ToSchema;

use super::model::{Access, Build, FacilityCode, Form, Host, Season, Trade};
use super::state::{Effect, State};
use crate::ids::{Adcode, StationId};

/// A GeoJSON feature of a station: its position in the answer's coordinate system, and its properties.
#[derive(Debug, Clone)]
pub struct Feature<'a> {
    /// Where it stands, in the coordinate system of the answer.
    pub position: Position,
    /// Everything else.
    pub properties: Properties<'a>,
}

/// The properties of a station as of an instant.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = StationProperties)]
pub struct Properties<'a> {
    /// Its identity.
    pub id: StationId,
    /// The official number.
    #[schema(required)]
    pub code: Option<&'a str>,
    /// The internal name.
    pub name: &'a str,
    /// What the door says; the name where nothing else is known.
    pub signboard: &'a str,
    /// The district code.
    #[schema(required)]
    pub district: Option<Adcode>,
    /// The address in words.
    #[schema(required)]
    pub address: Option<&'a str>,
    /// Self-built or co-built.
    #[schema(required)]
    pub build: Option<Build>,
    /// With whom it was co-built.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub partner: Option<&'a str>,
    /// The kind of place that houses it.
    #[schema(required)]
    pub host: Option<Host>,
    /// Its shape.
    #[schema(required)]
    pub form: Option<Form>,
    /// What it offers, in the order of the vocabulary.
    pub facilities: Vec<FacilityAt<'a>>,
    /// How one gets in.
    pub access: &'a [Access],
    /// Whether one can enter without a phone; null where nobody said.
    #[schema(required)]
    pub no_phone: Option<bool>,
    /// Opening hours in the grammar; null where they are not certain.
    #[schema(required)]
    pub hours: Option<&'a str>,
    /// Opening hours for people, in the language of the answer.
    pub hours_text: &'a str,
    /// The state at `at`.
    pub state: State,
    /// Whether the state rests on a year whose days off are not published.
    pub provisional: bool,
    /// When the state changes next.
    #[schema(required)]
    pub state_until: Option<DateTime<FixedOffset>>,
    /// When it opens next, while it is not open.
    #[schema(required)]
    pub opens_at: Option<DateTime<FixedOffset>>,
    /// When it closes, while it is open.
    #[schema(required)]
    pub closes_at: Option<DateTime<FixedOffset>>,
    /// The reason of the notice in force, for workers.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub notice: Option<&'a str>,
    /// WGS-84 geodesic distance in metres, where the question had a position.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub distance_m: Option<f64>,
    /// Walking time in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub walk_s: Option<u32>,
    /// Riding time in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub ride_s: Option<u32>,
    /// How walking and riding time were found.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub walk_basis: Option<WalkBasis>,
    /// The public telephone number.
    #[schema(required)]
    pub phone: Option<&'a str>,
    /// Stars, 1 to 5.
    #[schema(required, minimum = 1, maximum = 5)]
    pub rating: Option<u8>,
    /// When somebody last confirmed the facts.
    #[schema(required)]
    pub last_confirmed: Option<DateTime<FixedOffset>>,
    /// The day it opened.
    #[schema(required)]
    pub opened_on: Option<NaiveDate>,
    /// Seats.
    #[schema(required)]
    pub capacity: Option<u32>,
    /// Whom it serves.
    pub trades: &'a [Trade],
    /// Whether it belongs to the demonstration registry and is no real place.
    pub demonstration: bool,
}

/// One facility as of an instant.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Facility)]
pub struct FacilityAt<'a> {
    /// What it is.
    pub code: FacilityCode,
    /// Whether it works.
    pub working: bool,
    /// Whether it is the season for it, or a notice makes it one.
    pub in_season: bool,
    /// Whether it can be used at this instant: working, in season, within its own and the station's hours, and not
    /// closed by a notice; or opened by one.
    pub open: bool,
    /// Until when that stays so, where its own hours, its season or a notice end it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub until: Option<DateTime<FixedOffset>>,
    /// The notice in force for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub notice: Option<FacilityNotice<'a>>,
    /// Since when it has been broken.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub broken_since: Option<DateTime<FixedOffset>>,
    /// The days of the year on which it is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub season: Option<Season>,
    /// How many there are.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub count: Option<u32>,
    /// A remark for workers.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub note: Option<&'a str>,
}

/// What a notice says of a facility.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct FacilityNotice<'a> {
    /// What it does.
    pub effect: Effect,
    /// Why, in the words shown to workers.
    pub reason: &'a str,
}

impl FacilityAt<'_> {
    /// Whether a notice has closed it.
    pub fn is_closed_by_notice(&self) -> bool {
        self.notice.is_some_and(|notice| notice.effect == Effect::Closed)
    }

    /// Whether it is offered at all, whatever the hour: working, in season, not closed by a notice.
    pub fn is_offered(&self) -> bool {
        self.working && self.in_season && !self.is_closed_by_notice()
    }
}

/// How times of a way were found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WalkBasis {
    /// Along the street network.
    Network,
    /// Straight distance times the detour factor.
    Estimate,
}
