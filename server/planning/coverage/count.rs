//! The figures of a question.

use chrono::{DateTime, FixedOffset};
use spatial::{Position, Reached, reached};

use crate::planning::basis::Basis;
use crate::planning::count::{Counted, Sums, count};
use crate::planning::period::{Hours, When};
use crate::planning::reach::Reach;
use crate::planning::targets::{Targets, fits};
use crate::stations::Moment;
use crate::stations::state::State;

/// What was counted.
#[derive(Debug)]
pub(super) struct Figures {
    /// The question as it was asked.
    pub(super) asked: Counted,
    /// Within 双15.
    pub(super) double_15: Sums,
    /// Within a quarter of an hour of a service point, where there is any.
    pub(super) service_circle: Option<Sums>,
    /// The ground within reach at an instant.
    pub(super) area: Option<Reached>,
    /// The stations.
    pub(super) stations: Stations,
}

/// How many stations there are, and what became of them.
#[derive(Debug, Default)]
pub(super) struct Stations {
    /// All public ones.
    pub(super) total: usize,
    /// Those that have what is asked for, whatever the hour.
    pub(super) counted: usize,
    /// Those of them that are open at the instant.
    pub(super) open: Option<usize>,
    /// Those of them whose state is not known then.
    pub(super) unknown: Option<usize>,
}

/// Counts a question.
pub(super) fn figures(basis: &Basis) -> Figures {
    let (people, hours) = (basis.people(), basis.hours());
    let targets = basis.targets(&hours);
    let pace = &basis.snapshot.ground().walk;
    let within = |reach: &Reach| count(&people, &targets, &hours, reach.straight_m(pace)).all;
    let asked = count(&people, &targets, &hours, basis.straight_m());
    let double_15 = if basis.asked.reach == Reach::DOUBLE_15 { asked.all } else { within(&Reach::DOUBLE_15) };
    let service_circle = (!basis.service.is_empty()).then(|| {
        let halls = halls(basis, hours.len());
        count(&people, &halls, &hours, Reach::QUARTER.straight_m(pace)).all
    });
    let at = if let When::At(at) = basis.asked.when { Some(at) } else { None };
    let area = at.map(|_| area(basis, &targets));
    Figures { asked, double_15, service_circle, area, stations: stations(basis, at, &hours) }
}

/// Every service point, whatever its hours: the circle is about where services are.
fn halls(basis: &Basis, hours: usize) -> Targets {
    let mut halls = Targets::new(hours);
    for point in basis.service.iter().flat_map(|layer| &layer.points) {
        halls.add(point.position, std::iter::repeat_n(true, hours));
    }
    halls
}

/// The ground of the districts asked about that is within reach.
fn area(basis: &Basis, targets: &Targets) -> Reached {
    let (asked, places): (_, &[Position]) = (&basis.asked.whom.districts, targets.places());
    let districts = basis.snapshot.city().districts.iter().filter(|district| {
        (asked.is_empty() || asked.contains(&district.adcode))
            && basis.reach.has_district(Some(district.adcode))
    });
    districts.map(|district| reached(&district.area, places, basis.straight_m())).fold(
        Reached::default(),
        |sum, one| Reached {
            reached_m2: sum.reached_m2 + one.reached_m2,
            whole_m2: sum.whole_m2 + one.whole_m2,
        },
    )
}

fn stations(basis: &Basis, at: Option<DateTime<FixedOffset>>, hours: &Hours) -> Stations {
    let counted: Vec<_> = basis.snapshot.entries().filter(|e| fits(e, &basis.asked.filter)).collect();
    let moment: Option<Moment> = at.and_then(|_| hours.moments.first().copied());
    let states = moment.map(|moment| counted.iter().map(move |e| e.state(&moment).state));
    let many = |states: Vec<State>, is: fn(&State) -> bool| states.iter().filter(|s| is(s)).count();
    let states: Option<Vec<State>> = states.map(Iterator::collect);
    Stations {
        total: basis.snapshot.len(),
        counted: counted.len(),
        open: states.clone().map(|states| many(states, |state| state.is_open())),
        unknown: states.map(|states| many(states, |state| *state == State::Unknown)),
    }
}
