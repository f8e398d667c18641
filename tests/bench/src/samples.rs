//! What was measured round by round, and contenders measured in turn so that noise meets all of them.

/// One figure a round.
#[derive(Debug, Clone, Default)]
pub(crate) struct Samples(Vec<f64>);

impl Samples {
    /// The figures in the order of the rounds.
    pub(crate) fn new(figures: Vec<f64>) -> Self {
        Self(figures)
    }

    /// The middle figure; of an even number the mean of the two in the middle.
    pub(crate) fn median(&self) -> f64 {
        let sorted = self.sorted();
        match sorted.len() {
            0 => f64::NAN,
            n if n % 2 == 1 => sorted[n / 2],
            n => f64::midpoint(sorted[n / 2 - 1], sorted[n / 2]),
        }
    }

    /// The least and the greatest figure.
    pub(crate) fn range(&self) -> (f64, f64) {
        let sorted = self.sorted();
        (sorted.first().copied().unwrap_or(f64::NAN), sorted.last().copied().unwrap_or(f64::NAN))
    }

    /// This divided by the other, each round by its own.
    pub(crate) fn over(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(a, b)| a / b).collect())
    }

    /// Adds the rounds of another start.
    pub(crate) fn extend(&mut self, more: Self) {
        self.0.extend(more.0);
    }

    fn sorted(&self) -> Vec<f64> {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        sorted
    }
}

/// Something that does a fixed piece of work and gives its figure.
pub(crate) type Contender<'a> = Box<dyn FnMut() -> f64 + 'a>;

/// Lets all contenders work once a round, each round beginning with another one.
pub(crate) fn interleave(rounds: usize, contenders: &mut [Contender<'_>]) -> Vec<Samples> {
    let count = contenders.len();
    let mut samples = vec![Samples::default(); count];
    for round in 0..rounds {
        for turn in 0..count {
            let who = (round + turn) % count;
            samples[who].0.push(contenders[who]());
        }
    }
    samples
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_in_the_middle() {
        assert_eq!(Samples::new(vec![3.0, 1.0, 2.0]).median().to_bits(), 2.0_f64.to_bits());
        assert_eq!(Samples::new(vec![4.0, 1.0, 2.0, 3.0]).median().to_bits(), 2.5_f64.to_bits());
    }

    #[test]
    fn every_contender_works_once_a_round_in_turn() {
        let order = std::cell::RefCell::new(String::new());
        let work = |name: char| {
            let order = &order;
            let contender: Contender<'_> = Box::new(move || {
                order.borrow_mut().push(name);
                1.0
            });
            contender
        };
        let samples = interleave(3, &mut [work('a'), work('b')]);
        assert_eq!(*order.borrow(), "abbaab");
        assert!(samples.iter().all(|s| s.0.len() == 3));
    }
}
