//! What staff say of goals and of savings that others report.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use super::store::{GoalRow, SavingRow};
use crate::benefits::fen::{Fen, MOST_FEN};
use crate::benefits::model::Measure;
use crate::error::{Error, FieldError};
use crate::ids::Adcode;

/// The most characters of a project, and of a source.
const PROJECT_CHARS: usize = 40;
const SOURCE_CHARS: usize = 60;
/// The most persons, or person-times, of one month.
const MOST_PERSONS: i64 = 100_000_000;

/// A goal.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BenefitGoalWish)]
pub(super) struct GoalWish {
    /// What it belongs to, such as 511.
    #[schema(min_length = 1, max_length = 40)]
    project: String,
    /// What is counted; once for a project.
    #[schema(value_type = String)]
    measure: Measure,
    /// How much of it.
    #[schema(minimum = 1)]
    target: i64,
    /// The first day that counts.
    from_day: NaiveDate,
    /// The last one.
    until_day: NaiveDate,
}

/// A change of a goal; what is absent stays.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BenefitGoalChange)]
pub(super) struct GoalChange {
    /// How much of it.
    #[schema(minimum = 1)]
    target: Option<i64>,
    /// The first day that counts.
    from_day: Option<NaiveDate>,
    /// The last one.
    until_day: Option<NaiveDate>,
}

/// What others report that members saved in a month.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReportedSavingWish)]
pub(super) struct SavingWish {
    /// Who reports it, such as the issuer of fuel cards.
    #[schema(min_length = 1, max_length = 60)]
    source: String,
    /// What it belongs to.
    #[schema(max_length = 40)]
    project: Option<String>,
    /// Where; none: the whole city.
    #[schema(value_type = Option<String>)]
    pub(super) district: Option<Adcode>,
    /// The month, such as 2026-11; once for a source.
    month: String,
    /// How many persons.
    #[schema(minimum = 0)]
    persons: i64,
    /// How often.
    #[schema(minimum = 0)]
    person_times: i64,
    /// What was given out.
    #[schema(value_type = i64, minimum = 0)]
    issued_fen: Fen,
    /// What members saved.
    #[schema(value_type = i64, minimum = 0)]
    saved_fen: Fen,
}

impl GoalWish {
    /// The row of a new goal.
    ///
    /// # Errors
    /// [`Error::Refused`] with each field that breaks a rule.
    pub(super) fn row(self, id: String) -> Result<GoalRow, Error> {
        let mut wrong = Vec::new();
        let project = text(&mut wrong, "project", &self.project, PROJECT_CHARS);
        let row = GoalRow {
            id,
            version: 1,
            project,
            measure: self.measure.to_string(),
            target: self.target,
            from_day: self.from_day.to_string(),
            until_day: self.until_day.to_string(),
        };
        checked(row, wrong)
    }
}

impl GoalChange {
    /// A row with what the change says.
    ///
    /// # Errors
    /// [`Error::Refused`] with each field that breaks a rule.
    pub(super) fn over(self, row: GoalRow, version: i64) -> Result<GoalRow, Error> {
        let day = |new: Option<NaiveDate>, old: String| new.map_or(old, |day| day.to_string());
        let row = GoalRow {
            version,
            target: self.target.unwrap_or(row.target),
            from_day: day(self.from_day, row.from_day.clone()),
            until_day: day(self.until_day, row.until_day.clone()),
            ..row
        };
        checked(row, Vec::new())
    }
}

fn checked(row: GoalRow, mut wrong: Vec<FieldError>) -> Result<GoalRow, Error> {
    within(&mut wrong, "target", row.target, 1..=MOST_FEN);
    if row.until_day < row.from_day {
        let (zh, en) = ("不能早于开始那天。", "must not be before from_day");
        wrong.push(FieldError::new("until_day", "too_early", zh, en));
    }
    if wrong.is_empty() { Ok(row) } else { Err(Error::Refused(wrong)) }
}

impl SavingWish {
    /// The row.
    ///
    /// # Errors
    /// [`Error::Refused`] with each field that breaks a rule.
    pub(super) fn row(self, id: String, version: i64) -> Result<SavingRow, Error> {
        let mut wrong = Vec::new();
        let source = text(&mut wrong, "source", &self.source, SOURCE_CHARS);
        let project = self.project.map(|p| text(&mut wrong, "project", &p, PROJECT_CHARS));
        within(&mut wrong, "persons", self.persons, 0..=MOST_PERSONS);
        within(&mut wrong, "person_times", self.person_times, 0..=MOST_PERSONS);
        let is_month = self.month.len() == 7 && format!("{}-01", self.month).parse::<NaiveDate>().is_ok();
        if !is_month {
            let (zh, en) = ("要写月份，如 2026-11。", "must be a month such as 2026-11");
            wrong.push(FieldError::new("month", "unreadable", zh, en));
        }
        if !wrong.is_empty() {
            return Err(Error::Refused(wrong));
        }
        let (issued_fen, saved_fen) = (self.issued_fen.get(), self.saved_fen.get());
        let district = self.district.map(|d| d.to_string());
        let (month, persons, person_times) = (self.month, self.persons, self.person_times);
        Ok(SavingRow {
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
        })
    }
}

fn within(
    wrong: &mut Vec<FieldError>,
    field: &'static str,
    number: i64,
    bounds: std::ops::RangeInclusive<i64>,
) {
    if !bounds.contains(&number) {
        let (least, most) = (bounds.start(), bounds.end());
        let (zh, en) = (format!("要写 {least} 到 {most} 的整数。"), format!("must be {least} to {most}"));
        wrong.push(FieldError::new(field, "out_of_range", zh, en));
    }
}

fn text(wrong: &mut Vec<FieldError>, field: &'static str, given: &str, most: usize) -> String {
    let kept: String = given.chars().filter(|c| !c.is_control()).collect();
    let kept = kept.trim().to_owned();
    if !(1..=most).contains(&kept.chars().count()) {
        let (zh, en) = (format!("要写 1 到 {most} 个字。"), format!("must have 1 to {most} characters"));
        wrong.push(FieldError::new(field, "bad_length", zh, en));
    }
    kept
}
