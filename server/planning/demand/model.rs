//! A layer of demand in memory.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};
use spatial::Position;
use utoipa::ToSchema;

use crate::ids::Adcode;
use crate::stations::model::Trade;

/// The hours of a week, from Monday 0:00 on.
pub const WEEK_HOURS: usize = 168;

/// Where a layer comes from, and what it holds.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = DemandLayer)]
pub struct Layer {
    /// Its code, by which questions name it: 1 to 40 of `a-z`, `0-9`, `-` and `_`.
    pub code: String,
    /// Its name for people.
    pub name: String,
    /// Who made the data.
    pub source: String,
    /// Under which licence it may be used; empty where nothing was said.
    pub licence: String,
    /// Of what time the data is, such as `2025` or `2025-06`; empty where unknown.
    pub as_of: String,
    /// How it was made, for whoever reads the figures.
    pub note: String,
    /// Whether it stands in for a layer that nobody has brought yet.
    pub stand_in: bool,
    /// Raised with each replacement; the stand-in has 0.
    pub version: i64,
    /// How many points it has.
    pub points: usize,
    /// The people of all points together; told as a whole number.
    #[serde(serialize_with = "as_whole")]
    #[schema(value_type = u64)]
    pub people: f64,
    /// The trades that its points name, in the order of the vocabulary.
    #[schema(value_type = Vec<String>)]
    pub trades: Vec<Trade>,
    /// Whether the number of people depends on the hour.
    pub by_hour: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
fn as_whole<S: Serializer>(people: &f64, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_i64(super::told::whole(*people))
}

/// Some people at a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DemandPoint {
    /// Where they are, WGS-84.
    pub position: Position,
    /// How many; finite and not negative.
    pub people: f64,
    /// What they do, where the layer says so.
    pub trade: Option<Trade>,
    /// In which district they are, or within 2 km of it.
    pub district: Option<Adcode>,
}

/// Which share of the people is outdoors at each hour of the week, 0 to 1.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Profiles {
    /// Of trades that have a profile of their own.
    pub of_trade: BTreeMap<&'static str, [f64; WEEK_HOURS]>,
    /// Of all others; everybody at every hour where there is none.
    pub of_others: Option<[f64; WEEK_HOURS]>,
}

impl Profiles {
    /// The profile of a trade; `None` where everybody counts at every hour.
    pub fn of(&self, trade: Option<Trade>) -> Option<&[f64; WEEK_HOURS]> {
        trade.and_then(|t| self.of_trade.get(t.as_str())).or(self.of_others.as_ref())
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.of_trade.is_empty() && self.of_others.is_none()
    }
}

/// A layer with its points.
#[derive(Debug, Clone)]
pub struct Demand {
    /// Where it comes from.
    pub layer: Layer,
    /// Its points, in the order of the file.
    pub points: Vec<DemandPoint>,
    /// At which hours how many of them are outdoors.
    pub profiles: Profiles,
}
