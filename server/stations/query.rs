//! What may be asked of the registry.

use chrono::{DateTime, FixedOffset};
use spatial::{Bounds, Datum, Position};

use super::model::{Access, FacilityCode, Host};
use super::state::State;
use crate::ids::{Adcode, StationId};
use crate::language::Language;

/// Which stations are wanted. An empty list asks for nothing in particular.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    /// All of these must be present, working, in season and open.
    pub facilities: Vec<FacilityCode>,
    /// One of these hosts.
    pub hosts: Vec<Host>,
    /// One of these ways in.
    pub access: Vec<Access>,
    /// Only stations that can be entered without a phone.
    pub no_phone: bool,
    /// Only stations that are certainly open at the instant asked for.
    pub open: bool,
    /// Only stations that never close by their hours.
    pub always_open: bool,
    /// One of these states.
    pub states: Vec<State>,
    /// Only this district.
    pub district: Option<Adcode>,
    /// Words by all of which a station must be found, folded (see [`words`](crate::city::search::words)).
    pub words: Vec<String>,
}

/// How an answer is to be given.
#[derive(Debug, Clone, Copy)]
pub struct Frame {
    /// The instant whose states are described.
    pub at: DateTime<FixedOffset>,
    /// The coordinate system of positions in the answer.
    pub out_crs: Datum,
    /// The language of texts for people.
    pub language: Language,
}

/// Asks for the stations nearest to a position.
#[derive(Debug, Clone)]
pub struct NearestQuery {
    /// From where, WGS-84.
    pub from: Position,
    /// At most how many; 1 to [`MAX_NEAREST`].
    pub limit: usize,
    /// At most how far, in metres; 1 to [`MAX_WITHIN_M`].
    pub within_m: f64,
    /// Which stations.
    pub filter: Filter,
    /// How to answer.
    pub frame: Frame,
}

/// Asks for stations in the order of their ids.
#[derive(Debug, Clone)]
pub struct ListQuery {
    /// Only stations inside, WGS-84 degrees.
    pub bbox: Option<Bounds>,
    /// Which stations.
    pub filter: Filter,
    /// Only stations after this one.
    pub after: Option<StationId>,
    /// At most how many; 1 to [`MAX_LIST`].
    pub limit: usize,
    /// How to answer.
    pub frame: Frame,
}

/// The most stations a nearest query gives.
pub const MAX_NEAREST: usize = 50;
/// The widest radius of a nearest query, in metres.
pub const MAX_WITHIN_M: f64 = 50_000.0;
/// The most stations on one page of a list.
pub const MAX_LIST: usize = 200;
/// The most characters of a search text.
pub const MAX_SEARCH: usize = 100;
