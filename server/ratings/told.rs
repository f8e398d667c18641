//! Stars and rules as staff are told of them.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::model::{Next, Outcome, Points};
use super::rules::{Measure, Rules, Unit};
use super::store::{GivenRow, RulesRow};
use crate::error::Error;
use crate::ids::{AccountId, Adcode, StationId};
use crate::language::Language;
use crate::time::Zone;

/// The stars of a station at present, clause by clause, and what it was given before.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct StationRating {
    pub(super) station: StationId,
    pub(super) name: String,
    /// The version of the rules that it is judged by.
    pub(super) rules_version: i64,
    pub(super) at: DateTime<FixedOffset>,
    /// 0 to 5.
    pub(super) stars: u8,
    /// The points earned in percent of those of the clauses that are known.
    pub(super) score: f64,
    pub(super) points: Points,
    /// The codes of the musts that hold the stars down.
    pub(super) held_by: Vec<String>,
    pub(super) clauses: Vec<Outcome>,
    /// What leads to the next star; null where it has five.
    #[schema(required)]
    pub(super) next: Option<Next>,
    /// What was kept, the newest first: one where stars, points or a verdict changed.
    pub(super) given: Vec<Given>,
}

/// What a station was given.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RatingGiven)]
pub(super) struct Given {
    at: DateTime<FixedOffset>,
    /// The version of the rules by which it was.
    rules_version: i64,
    stars: i64,
    score: f64,
    clauses: Vec<Outcome>,
}

impl Given {
    pub(super) fn of(row: &GivenRow, zone: Zone) -> Result<Self, Error> {
        Ok(Self {
            at: zone.from_ms(row.at_ms),
            rules_version: row.rules_version,
            stars: row.stars,
            score: percent(row.score),
            clauses: row.outcomes()?,
        })
    }
}

/// Hundredths of a percent as percent.
#[expect(clippy::cast_precision_loss, reason = "at most ten thousand")]
pub(super) fn percent(hundredths: i64) -> f64 {
    hundredths as f64 / 100.0
}

impl GivenRow {
    /// The clauses as they were judged.
    pub(super) fn outcomes(&self) -> Result<Vec<Outcome>, Error> {
        serde_json::from_str(&self.clauses)
            .map_err(|e| Error::Internal(format!("stars of station {}: {e}", self.station_id)))
    }
}

/// A page of the stars of stations.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Ratings {
    /// The fewest stars first, then the lowest score.
    pub(super) items: Vec<Rated>,
    /// The cursor of the next page, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(super) next: Option<String>,
    /// How many stations the filter chooses, whatever stars it names, by their stars; `none` are not rated yet.
    pub(super) counts: BTreeMap<String, usize>,
    /// The newest version of the rules.
    pub(super) rules_version: i64,
}

/// A station with what it was given last.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = RatedStation)]
pub(super) struct Rated {
    pub(super) id: StationId,
    pub(super) name: String,
    #[schema(required)]
    pub(super) code: Option<String>,
    #[schema(required)]
    pub(super) district: Option<Adcode>,
    /// 0 to 5; null: not rated yet.
    #[schema(required)]
    pub(super) stars: Option<i64>,
    #[schema(required)]
    pub(super) score: Option<f64>,
    #[schema(required)]
    pub(super) rules_version: Option<i64>,
    /// Since when it has been so.
    #[schema(required)]
    pub(super) at: Option<DateTime<FixedOffset>>,
    /// The codes of the clauses that it fails.
    pub(super) failed: Vec<String>,
}

/// The versions of the rules.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RulesVersions {
    /// The newest first.
    pub(super) items: Vec<RulesVersion>,
    /// What clauses can measure.
    pub(super) measures: Vec<Told>,
}

/// A version of the rules.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RatingRulesVersion)]
pub(super) struct RulesVersion {
    pub(super) version: i64,
    rules: Rules,
    /// Why it was written.
    #[schema(required)]
    note: Option<String>,
    /// Who wrote it; null: it was shipped.
    #[schema(required)]
    by: Option<Author>,
    created: DateTime<FixedOffset>,
}

/// Who wrote rules.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RatingRulesAuthor)]
struct Author {
    #[schema(value_type = String, format = Uuid)]
    id: AccountId,
    /// Null: erased.
    #[schema(required)]
    name: Option<String>,
}

/// A measure in words.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RatingMeasureTold)]
pub(super) struct Told {
    code: Measure,
    words: String,
    unit: Unit,
    /// Whether more is better; otherwise less is.
    at_least: bool,
}

impl Told {
    /// Every measure, in a language.
    pub(super) fn all(language: Language) -> Vec<Self> {
        let told = |code: &Measure| Self {
            code: *code,
            words: code.words().of(language).to_owned(),
            unit: code.unit(),
            at_least: code.is_at_least(),
        };
        Measure::ALL.iter().map(told).collect()
    }
}

impl RulesRow {
    /// The rules.
    pub(super) fn read(&self) -> Result<Rules, Error> {
        serde_json::from_str(&self.rules)
            .map_err(|e| Error::Internal(format!("rating rules {}: {e}", self.version)))
    }
}

impl RulesVersion {
    pub(super) fn of(row: RulesRow, zone: Zone) -> Result<Self, Error> {
        let id = row.account_id.as_deref().and_then(|id| id.parse().ok());
        Ok(Self {
            version: row.version,
            rules: row.read()?,
            by: id.map(|id| Author { id, name: row.account_name.clone() }),
            created: zone.from_ms(row.created_ms),
            note: row.note,
        })
    }
}

/// What computing did.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RatingsComputed)]
pub(super) struct ComputedTold {
    pub(super) rules_version: i64,
    /// How many stations were judged.
    pub(super) stations: usize,
    /// Of how many something is kept anew.
    pub(super) changed: usize,
}

/// The next version of the rules.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RatingRulesWish)]
pub(super) struct RulesWish {
    pub(super) rules: Rules,
    /// Why.
    #[schema(max_length = 500)]
    pub(super) note: Option<String>,
}
