//! Counting the people of each cell.

use std::collections::BTreeMap;

use h3o::{CellIndex, LatLng, Resolution};

use crate::planning::basis::Basis;
use crate::planning::demand::model::WEEK_HOURS;
use crate::planning::people::{FEWEST_TOLD, People};
use crate::planning::period::{Hours, When};
use crate::planning::targets::{Targets, is_on};
use crate::stations::Moment;

/// What is told of the people.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    /// How large the cells are.
    pub(super) resolution: Resolution,
    /// At most how many cells.
    pub(super) limit: usize,
    /// Whether cells without a gap are told as well.
    pub(super) covered: bool,
}

/// A cell with its people.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    /// The cell.
    pub(super) index: CellIndex,
    /// The people of it, or people times hours.
    pub(super) demand: f64,
    /// Those whom nobody covers.
    pub(super) uncovered: f64,
    /// At which hours of the week at least ten of them are not covered.
    pub(super) hours: [bool; WEEK_HOURS],
}

/// The cells that are told, the largest gap first, and what is left out.
#[derive(Debug, Default)]
pub(super) struct Gaps {
    /// The cells.
    pub(super) cells: Vec<Cell>,
    /// How many cells have too few people to be told.
    pub(super) suppressed_cells: usize,
    /// How many people these have.
    pub(super) suppressed_people: f64,
    /// How many cells there are beyond the limit.
    pub(super) left_out: usize,
}

#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    people: f64,
    demand: f64,
    uncovered: f64,
}

/// What is counted at which hour.
struct Counting<'a> {
    basis: &'a Basis,
    people: People<'a>,
    /// The hours of the week or season; with an instant, those of its week and then the instant.
    hours: Hours,
    /// Which of them the gap is measured at.
    measured: std::ops::Range<usize>,
    cells: Vec<CellIndex>,
    targets: Targets,
}

/// Finds the gaps of a question.
pub(super) fn gaps(basis: &Basis, wanted: &Wanted) -> Gaps {
    let counting = Counting::new(basis, wanted.resolution);
    let mut gaps = Gaps::default();
    let mut told: Vec<Cell> = Vec::new();
    for (index, sums) in counting.sums() {
        if sums.people < FEWEST_TOLD {
            gaps.suppressed_cells += 1;
            gaps.suppressed_people += sums.people;
        } else if wanted.covered || sums.uncovered >= FEWEST_TOLD {
            let uncovered = if sums.uncovered >= FEWEST_TOLD { sums.uncovered } else { 0.0 };
            told.push(Cell { index, demand: sums.demand, uncovered, hours: [false; WEEK_HOURS] });
        }
    }
    told.sort_by(|a, b| b.uncovered.total_cmp(&a.uncovered).then(a.index.cmp(&b.index)));
    gaps.left_out = told.len().saturating_sub(wanted.limit);
    told.truncate(wanted.limit);
    counting.add_hours(&mut told);
    gaps.cells = told;
    gaps
}

impl<'a> Counting<'a> {
    fn new(basis: &'a Basis, resolution: Resolution) -> Self {
        let people = basis.people();
        let (zone, when) = (basis.snapshot.zone(), basis.asked.when);
        let hours = When::Days(when.days(zone)).hours(zone);
        let (hours, measured) = match when {
            When::At(at) => {
                let last = hours.len();
                (hours.and(Moment::new(at, zone)), last..last + 1)
            }
            When::Days(_) => {
                let all = 0..hours.len();
                (hours, all)
            }
        };
        let cell = |lat: f64, lon: f64| LatLng::new(lat, lon).ok().map(|at| at.to_cell(resolution));
        let cells = people.positions.iter().filter_map(|p| cell(p.lat(), p.lon())).collect();
        let targets = basis.targets(&hours);
        Self { basis, people, hours, measured, cells, targets }
    }

    /// Visits each point with its cell and whether it is covered at an hour.
    fn each(&self, mut visit: impl FnMut(usize, CellIndex, &dyn Fn(usize) -> bool)) {
        self.targets.cover(&self.people.positions, self.basis.straight_m(), |i, once, twice| {
            let enough = if self.basis.asked.min >= 2 { twice } else { once };
            if let Some(cell) = self.cells.get(i) {
                visit(i, *cell, &|hour| is_on(enough, hour));
            }
        });
    }

    /// The people of a point at an hour of the question.
    fn at(&self, i: usize, hour: usize) -> f64 {
        let (point, of_week) = (self.people.points.get(i), self.hours.of_week.get(hour));
        point.zip(of_week).map_or(0.0, |(point, hour)| self.people.at(point, *hour))
    }

    /// The sums of each cell.
    fn sums(&self) -> BTreeMap<CellIndex, Sums> {
        let mut cells: BTreeMap<CellIndex, Sums> = BTreeMap::new();
        self.each(|i, cell, covered| {
            let sums = cells.entry(cell).or_default();
            sums.people += self.people.points.get(i).map_or(0.0, |point| point.people);
            for hour in self.measured.clone() {
                let people = self.at(i, hour);
                sums.demand += people;
                sums.uncovered += if covered(hour) { 0.0 } else { people };
            }
        });
        cells
    }

    /// Finds out at which hours of the week at least ten people of each cell are not covered; over a season, on the
    /// mean of its days.
    fn add_hours(&self, told: &mut [Cell]) {
        let places: BTreeMap<CellIndex, usize> =
            told.iter().enumerate().map(|(at, cell)| (cell.index, at)).collect();
        let mut uncovered = vec![[0.0_f64; WEEK_HOURS]; told.len()];
        let mut days = [0.0_f64; WEEK_HOURS];
        let hours = self.hours.len() - usize::from(matches!(self.basis.asked.when, When::At(_)));
        for hour in self.hours.of_week.iter().take(hours) {
            days[*hour] += 1.0;
        }
        self.each(|i, cell, covered| {
            let Some(of_cell) = places.get(&cell).and_then(|at| uncovered.get_mut(*at)) else { return };
            for (hour, of_week) in self.hours.of_week.iter().enumerate().take(hours) {
                of_cell[*of_week] += if covered(hour) { 0.0 } else { self.at(i, hour) };
            }
        });
        for (cell, of_cell) in told.iter_mut().zip(&uncovered) {
            cell.hours = std::array::from_fn(|hour| of_cell[hour] >= FEWEST_TOLD * days[hour].max(1.0));
        }
    }
}

impl Gaps {
    /// The rank of each cell that has a gap, from 1.
    pub(super) fn ranked(&self) -> impl Iterator<Item = (Option<usize>, &Cell)> {
        (1..).zip(&self.cells).map(|(rank, cell)| ((cell.uncovered > 0.0).then_some(rank), cell))
    }
}
