//! Weighing extensions: what each would add alone, and what it adds after those that are ranked above it.
//!
//! What a set of extensions covers has diminishing returns, so the next best one is found lazily: a gain that was
//! worked out earlier is at least what is left of it (Minoux 1978).

use std::collections::BinaryHeap;

use spatial::{Position, Within};

use super::candidates::{Extension, extensions};
use crate::ids::StationId;
use crate::planning::basis::Basis;
use crate::planning::demand::model::WEEK_HOURS;
use crate::planning::open_hours::OpenHours;
use crate::planning::people::{FEWEST_TOLD, People};
use crate::planning::period::{Hours, When};
use crate::planning::targets::{fits, ones};

/// Words of the bits of a week.
const WORDS: usize = WEEK_HOURS.div_ceil(64);
/// The hours of a week as bits.
type Week = [u64; WORDS];
/// The most pairs of a station and a point that are weighed.
const MOST_PAIRS: usize = 20_000_000;

/// An extension that would help.
#[derive(Debug, Clone)]
pub(super) struct Weighed {
    /// Of which station.
    pub(super) station: StationId,
    /// By which hours.
    pub(super) extension: Extension,
    /// Newly covered by it alone: people times hours of a week.
    pub(super) gain: f64,
    /// Newly covered after those above it.
    pub(super) added: f64,
    /// The most people whom it newly covers at one hour, alone.
    pub(super) people: f64,
}

/// The extensions of a question, and coverage before and after all of them.
#[derive(Debug, Default)]
pub(super) struct Ranked {
    /// The best first.
    pub(super) items: Vec<Weighed>,
    /// People times hours of the week.
    pub(super) whole: f64,
    /// Covered as it is.
    pub(super) before: f64,
    /// Covered with all of them.
    pub(super) after: f64,
    /// All who are asked about, whatever the hour.
    pub(super) people: f64,
    /// Whether there are too many stations and people to weigh them all.
    pub(super) too_many: bool,
}

/// A station that could be open longer, with the points that it reaches.
struct Candidate {
    station: StationId,
    extension: Extension,
    bits: Week,
    /// Where its points begin and end in the list of all.
    points: std::ops::Range<usize>,
}

/// What is weighed against what.
struct Weighing<'a> {
    people: People<'a>,
    hours: Hours,
    /// At which hours each point lacks exactly one place.
    lacking: Vec<Week>,
    reached: Vec<u32>,
    candidates: Vec<Candidate>,
}

/// Ranks the extensions of a question, each station by at most `most` hours at either end of a day.
pub(super) fn ranked(basis: &Basis, most: u8, limit: usize) -> Ranked {
    let zone = basis.snapshot.zone();
    let hours = When::Days(basis.asked.when.days(zone)).hours(zone);
    let people = basis.people();
    let mut ranked = Ranked { people: people.in_all(), ..Ranked::default() };
    let mut weighing =
        Weighing { people, hours, lacking: Vec::new(), reached: Vec::new(), candidates: Vec::new() };
    weighing.cover(basis, &mut ranked);
    if !weighing.reach(basis, most) {
        return Ranked { too_many: true, ..ranked };
    }
    ranked.items = weighing.greedy(limit);
    ranked.after = ranked.before + ranked.items.iter().map(|item| item.added).sum::<f64>();
    ranked
}

impl Weighing<'_> {
    /// Finds out at which hours each point lacks one place, and counts what is covered as it is.
    fn cover(&mut self, basis: &Basis, ranked: &mut Ranked) {
        let targets = basis.targets(&self.hours);
        let (two, people, hours) = (basis.asked.min >= 2, &self.people, &self.hours);
        let lacking = &mut self.lacking;
        lacking.resize(people.points.len(), [0; WORDS]);
        targets.cover(&people.positions, basis.straight_m(), |i, once, twice| {
            let (Some(point), Some(lacking)) = (people.points.get(i), lacking.get_mut(i)) else { return };
            let enough = if two { twice } else { once };
            for (at, lacking) in lacking.iter_mut().enumerate() {
                let word = |bits: &[u64]| bits.get(at).copied().unwrap_or_default();
                *lacking = if two { word(once) & !word(twice) } else { !word(once) };
            }
            ranked.before +=
                ones(enough).filter_map(|h| hours.of_week.get(h)).map(|h| people.at(point, *h)).sum::<f64>();
            ranked.whole += hours.of_week.iter().map(|hour| people.at(point, *hour)).sum::<f64>();
        });
    }

    /// Finds the points that each station reaches; false where there are too many.
    fn reach(&mut self, basis: &Basis, most: u8) -> bool {
        let stations: Vec<_> = basis.snapshot.entries().filter(|e| fits(e, &basis.asked.filter)).collect();
        let origins: Vec<Position> = stations.iter().map(|entry| entry.position()).collect();
        let points = (0_u32..).zip(self.people.positions.iter().copied());
        let within = Within::new(points, basis.straight_m());
        let (mut fine, mut open_hours) = (true, OpenHours::new(&self.hours));
        within.for_each(&origins, |i, near| {
            let Some(entry) = stations.get(i).filter(|_| fine) else { return };
            let begin = self.reached.len();
            self.reached.extend(near);
            fine = self.reached.len() <= MOST_PAIRS;
            let open = open_hours.of(entry, &basis.asked.filter);
            let found = extensions(&open, most).into_iter().map(|extension| Candidate {
                station: entry.station.id,
                bits: bits(&extension),
                extension,
                points: begin..self.reached.len(),
            });
            self.candidates.extend(found);
        });
        fine
    }

    /// What a candidate newly covers at each hour of the week.
    fn gains(&self, candidate: &Candidate) -> [f64; WEEK_HOURS] {
        let mut gains = [0.0; WEEK_HOURS];
        for i in self.reached.get(candidate.points.clone()).unwrap_or_default() {
            let at = *i as usize;
            let (Some(point), Some(lacking)) = (self.people.points.get(at), self.lacking.get(at)) else {
                continue;
            };
            let new: Week = std::array::from_fn(|word| lacking[word] & candidate.bits[word]);
            for hour in ones(&new) {
                if let (Some(gain), Some(of_week)) = (gains.get_mut(hour), self.hours.of_week.get(hour)) {
                    *gain += self.people.at(point, *of_week);
                }
            }
        }
        gains
    }

    /// The best candidates, each after the ones before it.
    fn greedy(&mut self, limit: usize) -> Vec<Weighed> {
        let mut alone = Vec::with_capacity(self.candidates.len());
        let mut waiting = BinaryHeap::new();
        for (at, candidate) in self.candidates.iter().enumerate() {
            let gains = self.gains(candidate);
            alone.push(gains);
            waiting.push(Waiting { gain: total(&gains), at, rounds: 0 });
        }
        let mut chosen = Vec::new();
        while let Some(best) = waiting.pop().filter(|best| best.gain > 0.0 && chosen.len() < limit) {
            let (Some(candidate), Some(alone)) = (self.candidates.get(best.at), alone.get(best.at)) else {
                break;
            };
            if best.rounds < chosen.len() {
                let gain = total(&self.gains(candidate));
                waiting.push(Waiting { gain, rounds: chosen.len(), ..best });
                continue;
            }
            let people = alone.iter().copied().fold(0.0, f64::max);
            // Fewer than ten people are told of nowhere, and a table of such is of no use either.
            if people < FEWEST_TOLD {
                continue;
            }
            chosen.push(Weighed {
                station: candidate.station,
                extension: candidate.extension.clone(),
                gain: total(alone),
                added: best.gain,
                people,
            });
            let (bits, points) = (candidate.bits, candidate.points.clone());
            self.take(&bits, points);
        }
        chosen
    }

    /// Marks what a chosen candidate covers.
    fn take(&mut self, bits: &Week, points: std::ops::Range<usize>) {
        for i in self.reached.get(points).unwrap_or_default() {
            let lacking = self.lacking.get_mut(*i as usize).into_iter().flatten();
            lacking.zip(bits).for_each(|(lacking, bits)| *lacking &= !bits);
        }
    }
}

/// A candidate with the most that it may still add, worked out when so many were chosen.
#[derive(Debug, Clone, Copy)]
struct Waiting {
    gain: f64,
    at: usize,
    rounds: usize,
}

impl Ord for Waiting {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.gain.total_cmp(&other.gain).then(other.at.cmp(&self.at))
    }
}

impl PartialOrd for Waiting {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Waiting {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Waiting {}

fn bits(extension: &Extension) -> Week {
    let mut bits = [0; WORDS];
    for hour in extension.span.hours_of_week() {
        bits[hour / 64] |= 1 << (hour % 64);
    }
    bits
}

fn total(gains: &[f64; WEEK_HOURS]) -> f64 {
    gains.iter().sum()
}
