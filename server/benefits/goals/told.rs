//! What is told of goals and of reported savings.

use serde::Serialize;
use utoipa::ToSchema;

use super::actual::definition;
use super::store::{GoalRow, SavingRow};
use crate::benefits::model::Measure;
use crate::language::Language;

/// A goal with what was reached.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BenefitGoal)]
pub(super) struct ToldGoal {
    /// Its identity.
    id: String,
    /// The version that a change is meant for.
    pub(super) version: i64,
    /// What it belongs to.
    project: String,
    /// What is counted.
    #[schema(value_type = String)]
    measure: Measure,
    /// How much of it.
    target: i64,
    /// How much was reached.
    actual: i64,
    /// What was reached of the target, per cent with one decimal, half up.
    share: f64,
    /// The first day that counts.
    from_day: String,
    /// The last one.
    until_day: String,
    /// What is counted, in words.
    definition: String,
}

/// The goals.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BenefitGoals)]
pub(super) struct Goals {
    /// By project and measure.
    pub(super) items: Vec<ToldGoal>,
}

/// What somebody reported.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReportedSaving)]
pub(super) struct ToldSaving {
    /// Its identity.
    id: String,
    /// The version that a change is meant for.
    pub(super) version: i64,
    /// Who reports it.
    source: String,
    /// What it belongs to.
    project: Option<String>,
    /// Where; none: the whole city.
    district: Option<String>,
    /// The month.
    month: String,
    /// How many persons.
    persons: i64,
    /// How often.
    person_times: i64,
    /// What was given out.
    issued_fen: i64,
    /// What members saved.
    saved_fen: i64,
}

/// What was reported.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReportedSavings)]
pub(super) struct Savings {
    /// The latest month first.
    pub(super) items: Vec<ToldSaving>,
}

impl ToldGoal {
    /// Tells a goal.
    pub(super) fn of(row: GoalRow, measure: Measure, actual: i64, language: Language) -> Self {
        Self {
            share: crate::benefits::figures::percent(actual, row.target).unwrap_or_default(),
            definition: definition(measure).of(language).to_owned(),
            id: row.id,
            version: row.version,
            project: row.project,
            measure,
            target: row.target,
            actual,
            from_day: row.from_day,
            until_day: row.until_day,
        }
    }
}

impl From<SavingRow> for ToldSaving {
    fn from(row: SavingRow) -> Self {
        let SavingRow {
            id,
            version,
            source,
            project,
            district,
            month,
            persons,
            person_times,
            issued_fen,
            saved_fen,
        } = row;
        Self { id, version, source, project, district, month, persons, person_times, issued_fen, saved_fen }
    }
}
