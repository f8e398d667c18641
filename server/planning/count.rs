//! Counting: how many people have a place within reach at some hours, in all and by district, trade and hour.

use std::collections::BTreeMap;

use super::people::People;
use super::period::Hours;
use super::targets::{Targets, ones};
use crate::ids::Adcode;
use crate::stations::model::Trade;

/// People, or people times hours.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Sums {
    /// All who belong to it, whatever the hour.
    pub people: f64,
    /// Those who are outdoors, hour by hour.
    pub whole: f64,
    /// Of these, who has one place or more within reach.
    pub once: f64,
    /// Of these, who has two or more.
    pub twice: f64,
}

/// The sums of a question.
#[derive(Debug, Clone, Default)]
pub struct Counted {
    /// Of everybody.
    pub all: Sums,
    /// By district; `None` for who is in none.
    pub by_district: BTreeMap<Option<Adcode>, Sums>,
    /// By trade; `None` where the layer names none.
    pub by_trade: BTreeMap<Option<&'static str>, Sums>,
    /// By hour, in the order of the question's hours; their `people` are of no hour and stay 0.
    pub by_hour: Vec<Sums>,
}

impl Sums {
    /// Adds other people, or the same at another hour.
    pub fn add(&mut self, other: &Self) {
        self.people += other.people;
        self.whole += other.whole;
        self.once += other.once;
        self.twice += other.twice;
    }

    /// How many have at least so many places within reach, 1 or 2.
    pub fn covered(&self, min: u8) -> f64 {
        if min >= 2 { self.twice } else { self.once }
    }
}

/// Counts people against targets that were made for the same hours.
pub fn count(people: &People<'_>, targets: &Targets, hours: &Hours, straight_m: f64) -> Counted {
    let mut counted = Counted { by_hour: vec![Sums::default(); hours.len()], ..Counted::default() };
    // Who is outdoors at every hour alike is added to each hour once, at the end.
    let mut always = 0.0;
    targets.cover(&people.positions, straight_m, |i, once, twice| {
        let Some(point) = people.points.get(i) else { return };
        let at = |hour: &usize| hours.of_week.get(*hour).map_or(0.0, |h| people.at(point, *h));
        let mut own = Sums { people: point.people, ..Sums::default() };
        if people.profile(point).is_none() {
            always += point.people;
            own.whole = point.people * whole(hours.len());
        } else {
            for (hour, sums) in counted.by_hour.iter_mut().enumerate() {
                sums.whole += at(&hour);
                own.whole += at(&hour);
            }
        }
        for hour in ones(once) {
            own.once += at(&hour);
            if let Some(sums) = counted.by_hour.get_mut(hour) {
                sums.once += at(&hour);
            }
        }
        for hour in ones(twice) {
            own.twice += at(&hour);
            if let Some(sums) = counted.by_hour.get_mut(hour) {
                sums.twice += at(&hour);
            }
        }
        counted.all.add(&own);
        counted.by_district.entry(point.district).or_default().add(&own);
        counted.by_trade.entry(point.trade.map(Trade::as_str)).or_default().add(&own);
    });
    counted.by_hour.iter_mut().for_each(|sums| sums.whole += always);
    counted
}

#[expect(clippy::cast_precision_loss, reason = "at most the hours of a year")]
fn whole(hours: usize) -> f64 {
    hours as f64
}
