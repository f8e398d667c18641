//! The order in which a round is walked: nearest neighbour, then 2-opt, over straight (geodesic) distances.
//!
//! The walk begins at the first place given and need not come back. Nearest neighbour gives a first order, and
//! 2-opt (G. A. Croes, 1958) turns pieces of it round while that makes it shorter, so that no two legs cross. The
//! result is good and not proven best; streets are not known.

use spatial::Position;

/// The most times that all pairs of legs are looked at.
const MOST_PASSES: usize = 50;
/// A turn must gain so many metres, so that rounding alone never turns a piece round for ever.
const GAIN_M: f64 = 0.001;

/// The order of a walk as indices into `places`, each once, beginning with the first.
pub fn order(places: &[Position]) -> Vec<usize> {
    let far = Distances::of(places);
    let mut order = nearest_neighbour(&far);
    for _ in 0..MOST_PASSES {
        if !two_opt(&mut order, &far) {
            break;
        }
    }
    order
}

/// How long a walk along these places is, in metres.
pub fn length_m(places: impl IntoIterator<Item = Position>) -> f64 {
    let mut last = None;
    let mut length = 0.0;
    for place in places {
        length += last.map_or(0.0, |last: Position| last.geodesic_m(place));
        last = Some(place);
    }
    length
}

/// The distances between all pairs of places, in metres.
struct Distances {
    places: usize,
    metres: Vec<f64>,
}

impl Distances {
    fn of(places: &[Position]) -> Self {
        let metres = places.iter().flat_map(|a| places.iter().map(|b| a.geodesic_m(*b))).collect();
        Self { places: places.len(), metres }
    }

    fn between(&self, a: usize, b: usize) -> f64 {
        self.metres[a * self.places + b]
    }
}

/// Always on to the nearest place that is left; of equally near ones the first given.
fn nearest_neighbour(far: &Distances) -> Vec<usize> {
    let mut left: Vec<usize> = (1..far.places).collect();
    let mut order: Vec<usize> = (0..far.places.min(1)).collect();
    while let Some(&here) = order.last() {
        let nearest = left
            .iter()
            .enumerate()
            .min_by(|(_, a), (_, b)| far.between(here, **a).total_cmp(&far.between(here, **b)));
        let Some((at, _)) = nearest else { break };
        order.push(left.remove(at));
    }
    order
}

/// Turns round every piece whose turning makes the walk shorter, once for each pair of legs; whether any did.
fn two_opt(order: &mut [usize], far: &Distances) -> bool {
    let mut better = false;
    for from in 1..order.len() {
        for to in from + 1..=order.len() {
            let (before, first, last) = (order[from - 1], order[from], order[to - 1]);
            let after = order.get(to).copied();
            let leg = |a, b: Option<usize>| b.map_or(0.0, |b| far.between(a, b));
            let now = far.between(before, first) + leg(last, after);
            let turned = far.between(before, last) + leg(first, after);
            if turned + GAIN_M < now {
                order[from..to].reverse();
                better = true;
            }
        }
    }
    better
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(lon: f64, lat: f64) -> Position {
        Position::new(lon, lat).unwrap()
    }

    fn walked(places: &[Position], order: &[usize]) -> f64 {
        length_m(order.iter().map(|i| places[*i]))
    }

    /// Every order that begins with the first.
    fn orders(rest: &[usize]) -> Vec<Vec<usize>> {
        if rest.is_empty() {
            return vec![Vec::new()];
        }
        let with = |i: &usize| {
            let others: Vec<usize> = rest.iter().copied().filter(|o| o != i).collect();
            orders(&others).into_iter().map(|tail| [vec![*i], tail].concat()).collect::<Vec<_>>()
        };
        rest.iter().flat_map(with).collect()
    }

    #[test]
    fn a_street_is_walked_from_end_to_end() {
        let street =
            [at(119.5, 39.9), at(119.53, 39.9), at(119.51, 39.9), at(119.54, 39.9), at(119.52, 39.9)];
        assert_eq!(order(&street), [0, 2, 4, 1, 3]);
        assert_eq!(order(&[]), Vec::<usize>::new());
        assert_eq!(order(&street[..1]), [0]);
        assert_eq!(order(&[street[0], street[0]]), [0, 1]);
    }

    #[test]
    fn crossing_legs_are_uncrossed() {
        // Always to the nearest alone would come back past the first place at the end: 0, 1, 2, 4, 3.
        let places =
            [at(119.50, 39.9), at(119.51, 39.9), at(119.49, 39.9), at(119.53, 39.9), at(119.47, 39.9)];
        let walk = order(&places);
        let best = orders(&[1, 2, 3, 4])
            .into_iter()
            .map(|tail| walked(&places, &[vec![0], tail].concat()))
            .fold(f64::INFINITY, f64::min);
        assert!(walked(&places, &walk) <= best + 1.0, "{walk:?}");
    }

    proptest! {
        #[test]
        fn every_place_is_walked_once_and_no_farther_than_by_the_nearest_alone(
            spots in prop::collection::vec((119.0_f64..120.0, 39.5_f64..40.5), 0..24)
        ) {
            let places: Vec<Position> = spots.into_iter().map(|(lon, lat)| at(lon, lat)).collect();
            let walk = order(&places);
            let mut sorted = walk.clone();
            sorted.sort_unstable();
            prop_assert_eq!(sorted, (0..places.len()).collect::<Vec<_>>());
            prop_assert!(walk.first().is_none_or(|first| *first == 0));
            let greedy = nearest_neighbour(&Distances::of(&places));
            prop_assert!(walked(&places, &walk) <= walked(&places, &greedy) + 0.01);
        }
    }
}
