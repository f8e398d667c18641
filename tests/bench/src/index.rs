//! The index in process: how many answers are wrong, and how much processor time one takes.

use std::hint::black_box;

use spatial::{Index, Point, Position, Query};

use crate::clock::thread_cpu;
use crate::peers::{BruteForce, PlainTree};
use crate::report::{Better, Comparison, Fact, Report};
use crate::samples::{Contender, interleave};
use crate::stations::{RARE_BIT, edges, places};

/// How many stations a question asks for.
const LIMIT: usize = 5;
/// Rounds, and questions in each; an odd number of rounds has a median that was measured.
const ROUNDS: usize = 11;
const QUESTIONS: usize = 10_000;
/// Points that brute force measures in a round; the questions follow from it.
const BRUTE_POINTS: usize = 20_000_000;
/// Points that brute force measures to check answers.
const CHECKED_POINTS: usize = 1_000_000_000;
/// Questions checked at most, and points added around poles and antimeridian for it.
const MOST_CHECKED: usize = 100_000;
const EDGE_POINTS: usize = 2_000;

/// What is asked for: everything, or the rare facility.
const FILTERS: [(u64, &str); 2] = [(0, "any station"), (RARE_BIT, "rare facility")];

/// Checks and measures one registry.
pub(crate) fn measure(report: &mut Report, name: &str, stations: &[Point]) {
    check(report, name, stations);
    let questions = places(stations, QUESTIONS, 1);
    let contest = Contest {
        index: Index::build(stations.iter().copied()),
        tree: PlainTree::build(stations),
        brute: BruteForce::build(stations),
        few: (BRUTE_POINTS / stations.len()).min(QUESTIONS),
        questions,
    };
    for (all, filter) in FILTERS {
        contest.run(report, &format!("{name} stations, k = {LIMIT}, {filter}"), all, stations.len());
    }
}

fn ask(index: &Index, from: Position, all: u64) -> Vec<u32> {
    let query = Query { from, limit: LIMIT, within_m: f64::INFINITY, all, any: 0 };
    index.nearest(&query, |_| true).into_iter().map(|hit| hit.slot).collect()
}

struct Contest {
    index: Index,
    tree: PlainTree,
    brute: BruteForce,
    questions: Vec<Position>,
    /// So many of the questions are put to brute force.
    few: usize,
}

impl Contest {
    fn run(&self, report: &mut Report, case: &str, all: u64, stations: usize) {
        let contenders: [Contender<'_>; 3] = [
            Box::new(|| cpu_us(&self.questions, |from| ask(&self.index, from, all))),
            Box::new(|| cpu_us(&self.questions, |from| self.tree.nearest(from, LIMIT, all))),
            Box::new(|| cpu_us(&self.questions[..self.few], |from| self.brute.nearest(from, LIMIT, all))),
        ];
        let mut contenders = contenders;
        let samples = interleave(ROUNDS, &mut contenders);
        let goal = match (stations >= 200_000, all) {
            (false, _) => None,
            (true, 0) => Some(3.0),
            (true, _) => Some(45.0),
        };
        let peers = [("rstar 0.14, 3-D, iterator and filter", goal), ("every point measured", None)];
        for ((peer, goal), theirs) in peers.into_iter().zip(&samples[1..]) {
            let (ours, theirs) = (samples[0].clone(), theirs.clone());
            let (case, peer) = (case.to_owned(), peer.to_owned());
            report.comparison(Comparison {
                case,
                unit: "µs CPU",
                better: Better::Less,
                ours,
                peer,
                theirs,
                goal,
            });
        }
    }
}

/// Microseconds on the processor for one question, of all of them asked in turn.
fn cpu_us(questions: &[Position], answer: impl Fn(Position) -> Vec<u32>) -> f64 {
    let before = thread_cpu();
    for from in questions {
        black_box(answer(*from));
    }
    let spent = thread_cpu().saturating_sub(before);
    #[expect(clippy::cast_precision_loss, reason = "some thousand questions")]
    let count = questions.len() as f64;
    spent.as_secs_f64() * 1e6 / count
}

/// Compares answers with brute force, half of the questions asked around poles and antimeridian, where points
/// are added for it.
fn check(report: &mut Report, name: &str, stations: &[Point]) {
    let extra = edges(EDGE_POINTS, 2).into_iter().zip(0_u32..);
    let first = u32::try_from(stations.len()).unwrap_or(u32::MAX);
    let extra = extra.map(|(position, n)| Point { slot: first + n, position, mask: u64::from(n % 10 == 0) });
    let points: Vec<Point> = stations.iter().copied().chain(extra).collect();
    let (index, brute) = (Index::build(points.iter().copied()), BruteForce::build(&points));
    let count = (CHECKED_POINTS / points.len() / FILTERS.len()).min(MOST_CHECKED);
    let questions: Vec<Position> =
        places(stations, count / 2, 3).into_iter().chain(edges(count / 2, 4)).collect();
    let wrong = |all: u64| {
        let differs = |from: &&Position| ask(&index, **from, all) != brute.nearest(**from, LIMIT, all);
        questions.iter().filter(differs).count()
    };
    let wrong: usize = FILTERS.iter().map(|(all, _)| wrong(*all)).sum();
    let value = format!("{wrong} in {}", questions.len() * FILTERS.len());
    let what = format!(
        "{name} stations and {EDGE_POINTS} at poles and antimeridian: answers that differ from brute force"
    );
    report.fact(Fact { what, value, goal: "0".to_owned() });
}
