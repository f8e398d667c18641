//! What every answer about coverage says: what was asked, on what it was counted, and shares with both their sides.

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::Serialize;
use utoipa::ToSchema;

use super::basis::Basis;
use super::demand::Layer;
use super::people::FEWEST_TOLD;
use super::period::When;

/// A layer of demand as figures name it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = CoverageDemand)]
pub struct ToldDemand {
    code: String,
    name: String,
    source: String,
    licence: String,
    as_of: String,
    note: String,
    /// Whether it stands in for a layer that nobody has brought yet.
    stand_in: bool,
    /// Raised with each replacement.
    version: i64,
    /// All of its people.
    people: i64,
    /// The trades that it names.
    trades: Vec<&'static str>,
    /// Whether their number depends on the hour.
    by_hour: bool,
}

/// On what an answer was counted.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = CoverageFrame)]
pub struct Frame {
    /// The address that asks the same again, with everything said.
    pub request: String,
    /// How the figures are found, in the reader's language.
    pub method: String,
    /// The registry's revision.
    pub revision: i64,
    /// Whose demand.
    pub demand: ToldDemand,
    /// `people` at an instant, `person_hours` over days.
    pub unit: &'static str,
    /// The instant, where one was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<DateTime<FixedOffset>>,
    /// The first day, where days were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// The last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
}

/// A share with both its sides; all null where it would tell of fewer than ten people.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
#[schema(as = CoverageShare)]
pub struct Share {
    /// Who is covered.
    #[schema(required)]
    pub numerator: Option<i64>,
    /// Who is asked about.
    #[schema(required)]
    pub denominator: Option<i64>,
    /// The numerator of the denominator, 0 to 1 with four decimals; null of nothing.
    #[schema(required)]
    pub share: Option<f64>,
}

impl Share {
    /// A share of a group of so many people; none of a group is told where it has fewer than ten.
    pub fn of(numerator: f64, denominator: f64, people: f64) -> Self {
        if people > 0.0 && people < FEWEST_TOLD {
            return Self { numerator: None, denominator: None, share: None };
        }
        let share = (denominator > 0.0).then(|| (numerator / denominator * 1e4).round() / 1e4);
        Self { numerator: Some(whole(numerator)), denominator: Some(whole(denominator)), share }
    }
}

impl From<&Layer> for ToldDemand {
    fn from(layer: &Layer) -> Self {
        Self {
            code: layer.code.clone(),
            name: layer.name.clone(),
            source: layer.source.clone(),
            licence: layer.licence.clone(),
            as_of: layer.as_of.clone(),
            note: layer.note.clone(),
            stand_in: layer.stand_in,
            version: layer.version,
            people: whole(layer.people),
            trades: layer.trades.iter().map(|trade| trade.as_str()).collect(),
            by_hour: layer.by_hour,
        }
    }
}

impl Frame {
    /// What an answer under a path says first; `more` is what only its question has.
    pub fn new(basis: &Basis, path: &str, more: &[(&str, String)]) -> Self {
        let (asked, layer) = (&basis.asked, &basis.layer);
        let (at, days) = match asked.when {
            When::At(at) => (Some(basis.snapshot.zone().stamp(at)), None),
            When::Days(days) => (None, Some(days)),
        };
        Self {
            request: asked.address(path, &layer.code, more),
            method: basis.words().method(asked, layer),
            revision: basis.snapshot.revision(),
            demand: layer.into(),
            unit: if at.is_some() { "people" } else { "person_hours" },
            at,
            from: days.map(|days| days.from),
            to: days.map(|days| days.to),
        }
    }
}

/// A number of people as it is told.
pub fn whole(people: f64) -> i64 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "people of a city, and hours of a year, are far below 2^53"
    )]
    let whole = people.round() as i64;
    whole
}
