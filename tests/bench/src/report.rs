//! The tables: what was measured, against what, and how far from the goal.

use std::fmt::Write as _;

use crate::samples::Samples;

/// Which figure wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Better {
    /// Time taken.
    Less,
    /// Work done.
    More,
}

/// A figure beside a peer's, measured in the same rounds.
#[derive(Debug)]
pub(crate) struct Comparison {
    /// What was asked.
    pub(crate) case: String,
    /// The unit of the figures.
    pub(crate) unit: &'static str,
    /// Which figure wins.
    pub(crate) better: Better,
    /// Of this project.
    pub(crate) ours: Samples,
    /// The peer's name.
    pub(crate) peer: String,
    /// Of the peer.
    pub(crate) theirs: Samples,
    /// The ratio to reach.
    pub(crate) goal: Option<f64>,
}

/// A figure by itself.
#[derive(Debug)]
pub(crate) struct Fact {
    /// What was measured.
    pub(crate) what: String,
    /// What was seen.
    pub(crate) value: String,
    /// What to reach; empty where nothing is said.
    pub(crate) goal: String,
}

/// All that was measured.
#[derive(Debug, Default)]
pub(crate) struct Report {
    comparisons: Vec<Comparison>,
    facts: Vec<Fact>,
    missing: Vec<String>,
}

impl Report {
    /// Adds a figure beside a peer's.
    pub(crate) fn comparison(&mut self, comparison: Comparison) {
        self.comparisons.push(comparison);
    }

    /// Adds a figure by itself.
    pub(crate) fn fact(&mut self, fact: Fact) {
        self.facts.push(fact);
    }

    /// Says what could not be measured, and why.
    pub(crate) fn missing(&mut self, what: String) {
        self.missing.push(what);
    }

    /// The tables as Markdown.
    pub(crate) fn markdown(&self) -> String {
        let mut text = String::from(
            "| case | unit | ours | peer | theirs | ratio | goal |\n| --- | --- | --- | --- | --- | --- | --- |\n",
        );
        for comparison in &self.comparisons {
            let _ = writeln!(text, "{}", row(comparison));
        }
        text.push_str("\n| by itself | seen | goal |\n| --- | --- | --- |\n");
        for Fact { what, value, goal } in &self.facts {
            let _ = writeln!(text, "| {what} | {value} | {goal} |");
        }
        for what in &self.missing {
            let _ = write!(text, "\nNot measured: {what}\n");
        }
        text
    }
}

fn row(comparison: &Comparison) -> String {
    let Comparison { case, unit, better, ours, peer, theirs, goal } = comparison;
    let ratio = match better {
        Better::Less => theirs.over(ours),
        Better::More => ours.over(theirs),
    };
    let goal = goal.map_or(String::new(), |g| format!("≥ {g}"));
    let [ours, theirs, ratio] = [ours, theirs, &ratio].map(spread);
    format!("| {case} | {unit} | {ours} | {peer} | {theirs} | **{ratio}** | {goal} |")
}

/// The median with the range of all rounds.
pub(crate) fn spread(samples: &Samples) -> String {
    let (low, high) = samples.range();
    format!("{} ({}..{})", figure(samples.median()), figure(low), figure(high))
}

/// Three significant digits, and whole numbers from a hundred on.
fn figure(value: f64) -> String {
    match value.abs() {
        v if v >= 100.0 => format!("{value:.0}"),
        v if v >= 10.0 => format!("{value:.1}"),
        v if v >= 1.0 => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ratio_says_how_many_times_better_this_project_is() {
        let (ours, theirs) = (Samples::new(vec![2.0]), Samples::new(vec![6.0]));
        let comparison = |better| Comparison {
            case: "case".to_owned(),
            unit: "µs",
            better,
            ours: ours.clone(),
            peer: "peer".to_owned(),
            theirs: theirs.clone(),
            goal: Some(3.0),
        };
        assert!(row(&comparison(Better::Less)).contains("**3.00 (3.00..3.00)** | ≥ 3 |"));
        assert!(row(&comparison(Better::More)).contains("**0.333 (0.333..0.333)** | ≥ 3 |"));
    }
}
