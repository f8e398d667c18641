//! The timetable as it is told.

use chrono::{DateTime, FixedOffset};
use serde::Serialize;
use utoipa::ToSchema;

use super::dips::{Dip, dips};
use crate::language::Language;
use crate::planning::basis::Basis;
use crate::planning::count::{Counted, Sums, count};
use crate::planning::demand::model::WEEK_HOURS;
use crate::planning::people::FEWEST_TOLD;
use crate::planning::period::When;
use crate::planning::told::{Frame, Share};

/// The path of the question.
pub(super) const PATH: &str = "/api/v1/coverage/timetable";

/// The hours of the week. Every list has 168 places, from Monday 0:00 on; hour h is the instant h:00. Over a season
/// each is the sum over all its days of that weekday.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CoverageTimetable)]
pub(super) struct Told {
    #[serde(flatten)]
    pub(super) frame: Frame,
    /// Who is covered at each hour; null where it would tell of fewer than ten people.
    pub(super) numerator: Vec<Option<i64>>,
    /// Who has two places or more.
    pub(super) twice: Vec<Option<i64>>,
    /// Who is asked about.
    pub(super) denominator: Vec<Option<i64>>,
    /// The one of the other, 0 to 1 with four decimals; null of nothing.
    pub(super) share: Vec<Option<f64>>,
    /// The instant of each hour, for a week.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    at: Vec<DateTime<FixedOffset>>,
    /// All hours together.
    mean: Share,
    /// When a day's coverage sinks between two better hours, the deepest first.
    lowest: Vec<Dip>,
    /// The first of them in a sentence.
    sentence: String,
}

/// Counts and tells.
pub(super) fn timetable(basis: &Basis) -> Told {
    let (people, hours) = (basis.people(), basis.hours());
    let counted = count(&people, &basis.targets(&hours), &hours, basis.straight_m());
    let week = of_week(&counted, &hours.of_week);
    let (min, some) = (basis.asked.min, counted.all.people);
    let told = |sums: &Sums| Share::of(sums.covered(min), sums.whole, some);
    let shares: [Option<f64>; WEEK_HOURS] = std::array::from_fn(|at| told(&week[at]).share);
    let lowest = if some < FEWEST_TOLD { Vec::new() } else { dips(&shares) };
    let one_week = matches!(basis.asked.when, When::Days(days) if days.is_week());
    Told {
        frame: Frame::new(basis, PATH, &[]),
        numerator: week.iter().map(|sums| told(sums).numerator).collect(),
        twice: week.iter().map(|sums| Share::of(sums.twice, sums.whole, some).numerator).collect(),
        denominator: week.iter().map(|sums| told(sums).denominator).collect(),
        share: shares.to_vec(),
        at: if one_week { hours.moments.iter().map(|moment| moment.at).collect() } else { Vec::new() },
        mean: told(&counted.all),
        sentence: sentence(&lowest, &shares, basis.language),
        lowest,
    }
}

/// The sums of each hour of the week.
fn of_week(counted: &Counted, hours: &[usize]) -> [Sums; WEEK_HOURS] {
    let mut week = [Sums::default(); WEEK_HOURS];
    for (sums, hour) in counted.by_hour.iter().zip(hours) {
        if let Some(to) = week.get_mut(*hour) {
            to.add(sums);
        }
    }
    week
}

/// The deepest dip; where there is none, the hour at which most is covered.
fn sentence(lowest: &[Dip], shares: &[Option<f64>; WEEK_HOURS], language: Language) -> String {
    if let Some(dip) = lowest.first() {
        return dip.sentence(language);
    }
    let best = shares.iter().flatten().copied().fold(0.0, f64::max) * 100.0;
    match language {
        Language::ZhCn => format!("一天中间没有明显的缺口；最好的一小时覆盖 {best:.0}%。"),
        Language::En => format!("No day sinks in its middle; the best hour covers {best:.0}%."),
    }
}
