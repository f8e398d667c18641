//! Figures as they are told.

use chrono::{DateTime, FixedOffset, NaiveDate};
use form_urlencoded::Serializer;
use serde::Serialize;
use utoipa::ToSchema;

use super::asked::{After, Asked};
use super::group::NONE;
use super::model::{By, Measure, Part, Share};
use super::period::Period;
use super::service::{Figures, Listed, Shares};
use super::store::SubjectRow;
use crate::app::App;
use crate::error::Error;
use crate::grievance::model::Channel;
use crate::grievance::told::{Telling, ToldRow};

/// Where the cases behind a figure are listed.
const CASES: &str = "/api/v1/grievances/figures/cases";

/// One figure with what it is made of.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GrievanceRate)]
pub(in super::super) struct ToldRate {
    /// How many count for it.
    numerator: u32,
    /// Of how many.
    denominator: u32,
    /// Per cent with one decimal, half up; null of nothing.
    #[schema(required)]
    percent: Option<f64>,
    /// The days, both included.
    period: String,
    /// What is counted, in words.
    definition: String,
    /// The address of the list of the whole.
    cases: String,
    /// The address of the list of those that do not count for it.
    missed: String,
}

/// The three rates.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GrievanceRates)]
pub(in super::super) struct ToldRates {
    /// Answered in time of those due.
    response: ToldRate,
    /// Solved of those called back.
    resolution: ToldRate,
    /// Satisfied of those surveyed.
    satisfaction: ToldRate,
}

impl ToldRates {
    /// The rates of a period.
    pub(in super::super) fn whole(shares: &Shares, period: Period, t: &Telling<'_>) -> Self {
        Teller { period, row: None, t }.rates(shares)
    }
}

/// A part of the cases, such as those of one department.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GrievanceFigureRow)]
struct ToldGroup {
    /// Its code, id or month; `-`: the cases that have none.
    key: String,
    /// Its name.
    #[schema(required)]
    name: Option<String>,
    /// Whether a subject has measures of its own.
    theme: bool,
    /// What is done about a theme.
    #[schema(required)]
    measures: Option<String>,
    /// How many cases came in.
    received: ToldRate,
    rates: ToldRates,
}

/// The days of figures.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GrievancePeriod)]
pub(in super::super) struct ToldPeriod {
    /// The first day.
    from: NaiveDate,
    /// The last day.
    to: NaiveDate,
}

impl From<Period> for ToldPeriod {
    fn from(Period { from, to }: Period) -> Self {
        Self { from, to }
    }
}

/// The figures of a period.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GrievanceFigures)]
pub(super) struct ToldFigures {
    period: ToldPeriod,
    /// When they were counted.
    at: DateTime<FixedOffset>,
    by: By,
    /// How many cases came in.
    received: ToldRate,
    rates: ToldRates,
    /// The parts, those with the most cases first, months in their order.
    rows: Vec<ToldGroup>,
    /// How many parts are left out.
    left_out: usize,
}

/// With what figures are told.
struct Teller<'a> {
    period: Period,
    row: Option<(By, &'a str)>,
    t: &'a Telling<'a>,
}

impl Teller<'_> {
    fn address(&self, measure: Measure, part: Part) -> String {
        let mut query = Serializer::new(String::new());
        query.append_pair("period", &self.period.to_string()).append_pair("measure", measure.as_str());
        query.append_pair("part", part.as_str());
        if let Some((by, key)) = self.row {
            query.append_pair("by", by.as_str()).append_pair("key", key);
        }
        format!("{CASES}?{}", query.finish())
    }

    fn rate(&self, shares: &Shares, measure: Measure) -> ToldRate {
        let share: Share = shares.get(&measure).copied().unwrap_or_default();
        ToldRate {
            numerator: share.numerator,
            denominator: share.denominator,
            percent: share.percent(),
            period: self.period.to_string(),
            definition: measure.definition().of(self.t.language).to_owned(),
            cases: self.address(measure, Part::Denominator),
            missed: self.address(measure, Part::Missed),
        }
    }

    fn rates(&self, shares: &Shares) -> ToldRates {
        ToldRates {
            response: self.rate(shares, Measure::Response),
            resolution: self.rate(shares, Measure::Resolution),
            satisfaction: self.rate(shares, Measure::Satisfaction),
        }
    }
}

impl ToldFigures {
    /// Tells them.
    pub(super) fn of(app: &App, figures: &Figures, asked: &Asked, t: &Telling<'_>) -> Self {
        let whole = Teller { period: asked.period, row: None, t };
        let group = |(key, shares): &(String, Shares)| {
            let teller = Teller { row: Some((asked.by, key)), ..whole };
            let subject = figures.subjects.iter().find(|subject| subject.code == *key);
            ToldGroup {
                name: name(app, asked.by, key, subject, t),
                theme: subject.is_some_and(|subject| subject.is_theme),
                measures: subject.filter(|s| s.is_theme).and_then(|s| s.measures.clone()),
                received: teller.rate(shares, Measure::Received),
                rates: teller.rates(shares),
                key: key.clone(),
            }
        };
        Self {
            period: asked.period.into(),
            at: t.frame.zone.stamp(t.frame.now),
            by: asked.by,
            received: whole.rate(&figures.totals, Measure::Received),
            rates: whole.rates(&figures.totals),
            rows: figures.rows.iter().map(group).collect(),
            left_out: figures.left_out,
        }
    }
}

/// What a part is called.
fn name(app: &App, by: By, key: &str, subject: Option<&SubjectRow>, t: &Telling<'_>) -> Option<String> {
    if key == NONE {
        return Some(t.language.of("未填", "none").to_owned());
    }
    match by {
        By::Channel => key.parse::<Channel>().ok().map(|c| c.words().of(t.language).to_owned()),
        By::Category => {
            let (zh, en) = t.names.category(key);
            Some(t.language.of(zh, en))
        }
        By::Department => t.names.department(Some(key)),
        By::District => {
            let (snapshot, code) = (app.registry.snapshot(), key.parse().ok()?);
            snapshot.city().district(code).map(|d| d.label(t.language).to_owned())
        }
        By::Month | By::Unit => Some(key.to_owned()),
        By::Subject => subject.map(|subject| subject.name.clone()),
    }
}

/// How a round counts.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GrievanceCounted)]
struct ToldCounted {
    /// Which round, from 1 on.
    round: i64,
    /// The day by which it counts.
    day: NaiveDate,
    /// Whether it is in the numerator.
    in_numerator: bool,
    /// Until when it was to be answered.
    due: DateTime<FixedOffset>,
    #[schema(required)]
    answered: Option<DateTime<FixedOffset>>,
    #[schema(required)]
    called_back: Option<DateTime<FixedOffset>>,
    #[schema(required)]
    solved: Option<bool>,
    #[schema(required)]
    grade: Option<String>,
}

/// A case behind a figure.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GrievanceFigureCase)]
pub(super) struct ToldCase {
    #[serde(flatten)]
    row: ToldRow,
    counted: ToldCounted,
}

/// A page of the cases behind a figure.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GrievanceFigureCases)]
pub(super) struct ToldCases {
    /// The cases, one for each round that counts, the latest first.
    items: Vec<ToldCase>,
    /// How many there are on all pages.
    total: usize,
    /// The cursor of the next page.
    #[schema(required)]
    pub(super) next: Option<String>,
}

impl ToldCases {
    /// Tells a page.
    pub(super) fn of(
        listed: &[Listed],
        total: usize,
        next: Option<&After>,
        t: &Telling<'_>,
    ) -> Result<Self, Error> {
        let items = listed.iter().map(|one| case(one, t)).collect::<Result<_, _>>()?;
        Ok(Self { items, total, next: next.map(ToString::to_string) })
    }
}

fn case(Listed { seen, round, hit }: &Listed, t: &Telling<'_>) -> Result<ToldCase, Error> {
    let stamp = |ms| t.frame.zone.from_ms(ms);
    let counted = ToldCounted {
        round: round.row.round,
        day: stamp(hit.at_ms).date_naive(),
        in_numerator: hit.is_in_numerator,
        due: stamp(round.outcome.due_ms),
        answered: round.outcome.answered_ms.map(stamp),
        called_back: round.outcome.called_back_ms.map(stamp),
        solved: round.outcome.is_solved,
        grade: round.row.grade.clone(),
    };
    Ok(ToldCase { row: ToldRow::of(seen, t)?, counted })
}
