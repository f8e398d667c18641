//! The people of a layer that a question is about, and how many of them are outdoors at an hour.

use spatial::Position;

use super::demand::model::WEEK_HOURS;
use super::demand::{Demand, DemandPoint};
use crate::accounts::Reach;
use crate::ids::Adcode;
use crate::stations::model::Trade;

/// Fewer people than this are never told of: they could be known by name (09-quality, privacy).
pub const FEWEST_TOLD: f64 = 10.0;

/// Whom a question is about. An empty list asks for nothing in particular.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Whom {
    /// One of these trades.
    pub trades: Vec<Trade>,
    /// In one of these districts.
    pub districts: Vec<Adcode>,
}

/// The points of a layer that a question is about.
#[derive(Debug)]
pub struct People<'a> {
    demand: &'a Demand,
    /// The points.
    pub points: Vec<DemandPoint>,
    /// Where they are, in the same order.
    pub positions: Vec<Position>,
}

impl<'a> People<'a> {
    /// Those of `demand` that `whom` asks for and that whoever asks may see.
    pub fn chosen(demand: &'a Demand, whom: &Whom, reach: &Reach) -> Self {
        let everywhere = reach.is_everywhere();
        let chosen = demand.points.iter().filter(|point| {
            (whom.trades.is_empty() || point.trade.is_some_and(|t| whom.trades.contains(&t)))
                && (whom.districts.is_empty() || point.district.is_some_and(|d| whom.districts.contains(&d)))
                && (everywhere || reach.has_district(point.district))
        });
        let points: Vec<DemandPoint> = chosen.copied().collect();
        let positions = points.iter().map(|point| point.position).collect();
        Self { demand, points, positions }
    }

    /// The share of each hour of the week at which somebody of a point is outdoors; `None` where it is always all.
    pub fn profile(&self, point: &DemandPoint) -> Option<&'a [f64; WEEK_HOURS]> {
        self.demand.profiles.of(point.trade)
    }

    /// The people of a point who are outdoors at an hour of the week.
    pub fn at(&self, point: &DemandPoint, hour_of_week: usize) -> f64 {
        let share = self.profile(point).and_then(|profile| profile.get(hour_of_week));
        point.people * share.copied().unwrap_or(1.0)
    }

    /// All of them, whatever the hour.
    pub fn in_all(&self) -> f64 {
        self.points.iter().map(|point| point.people).sum()
    }
}
