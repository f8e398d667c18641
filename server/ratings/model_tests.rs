//! Stars by table and by property.

use proptest::prelude::*;

use super::super::known::Facilities;
use super::super::rules::{Clause, Level};
use super::*;

fn rules() -> Rules {
    Rules::shipped().unwrap()
}

/// A station at which nothing is missing.
fn splendid() -> Known {
    Known {
        area_m2: Some(30.0),
        seats: Some(12),
        facilities: Some(Facilities { basic: 11, broken: 0 }),
        hours_per_week: Some(168.0),
        promise: (40, 40, 20),
        locked: Vec::new(),
        answered: (3, 3),
        findings: (0, 0),
        confirmed_days: Some(10),
        photos: 2,
        ways_in: 1,
    }
}

fn outcome<'a>(evaluation: &'a Evaluation, code: &str) -> &'a Outcome {
    evaluation.clauses.iter().find(|o| o.clause.code == code).unwrap()
}

#[test]
fn stars_by_table() {
    let locked = |n: usize| Known { locked: (0..n).map(|i| format!("R{i}")).collect(), ..splendid() };
    let cases = [
        ("nothing is missing", splendid(), 5, 10_000),
        ("nothing is known but what is counted", Known::default(), 2, 8_000),
        ("one locked door is forgiven", locked(1), 5, 10_000),
        ("two locked doors are not", locked(2), 2, 8_500),
        ("late findings hold it at three", Known { findings: (1, 1), ..splendid() }, 3, 9_000),
        ("small and few seats", Known { area_m2: Some(8.0), seats: Some(2), ..splendid() }, 4, 9_000),
        ("few days of observations take nothing away", Known { promise: (1, 4, 4), ..splendid() }, 5, 10_000),
        ("shut half of the time", Known { promise: (20, 40, 20), ..splendid() }, 4, 8_500),
    ];
    for (name, known, stars, score) in cases {
        let found = evaluate(&rules(), &known);
        assert_eq!((found.stars, found.points.score()), (stars, score), "{name}: {:?}", found.points);
    }
}

#[test]
fn a_clause_is_explained_with_its_figures() {
    let known = Known { locked: vec!["R1".to_owned(), "R2".to_owned()], promise: (3, 4, 2), ..splendid() };
    let found = evaluate(&rules(), &known);
    let doors = outcome(&found, "doors");
    assert_eq!((doors.verdict, doors.reading.value), (Verdict::Failed, Some(2.0)));
    assert_eq!(doors.reading.evidence, ["R1", "R2"]);
    assert_eq!(found.held_by, ["doors"]);
    let promise = outcome(&found, "promise");
    assert_eq!((promise.verdict, promise.reading.value), (Verdict::Unknown, None));
    assert_eq!((promise.reading.numerator, promise.reading.denominator), (Some(3), Some(4)));
    let never = evaluate(&rules(), &Known { confirmed_days: None, ..splendid() });
    assert_eq!(outcome(&never, "confirmed").verdict, Verdict::Failed, "never confirmed is known");
}

#[test]
fn what_is_missing_is_the_smallest_set() {
    for (known, expected) in [
        (splendid(), None),
        (Known { locked: vec!["R1".into(), "R2".into()], ..splendid() }, Some((3, vec!["doors"]))),
        // Five points are missing for the fifth star, and the area alone gives them.
        (Known { area_m2: Some(8.0), seats: Some(2), ..splendid() }, Some((5, vec!["area"]))),
        (Known { findings: (1, 1), ..splendid() }, Some((4, vec!["overdue"]))),
    ] {
        let told = next(&rules(), &evaluate(&rules(), &known));
        let told = told.map(|n| (n.stars, n.steps));
        assert_eq!(
            told,
            expected.map(|(stars, steps)| (stars, steps.into_iter().map(str::to_owned).collect()))
        );
    }
}

#[test]
fn sets_are_tried_in_order() {
    let all: Vec<_> = subsets(4, 2).collect();
    assert_eq!(all, [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]]);
    assert_eq!(subsets(3, 0).count(), 1);
    assert_eq!(subsets(2, 3).count(), 0);
    assert_eq!(subsets(10, 5).count(), 252);
}

/// Rules of a few clauses with any points, targets and musts.
fn any_rules() -> impl Strategy<Value = Rules> {
    let clause = (0..Measure::ALL.len(), 0_u32..40, 1_u32..=100, prop::option::weighted(0.3, 0_u8..5));
    let levels = (prop::collection::vec(0_u32..=100, 5), prop::collection::vec(0_u32..=100, 5));
    (prop::collection::vec(clause, 1..9), levels).prop_map(|(clauses, (mut points, mut known))| {
        points.sort_unstable();
        known.sort_unstable();
        let clause = |(i, (measure, target, points, cap)): (usize, (usize, u32, u32, Option<u8>))| {
            let measure = Measure::ALL[measure];
            let share = f64::from(target) / 40.0;
            let target = if measure.unit() == Unit::Share { share } else { target.into() };
            let words = || "x".to_owned();
            Clause { code: format!("c{i}"), zh: words(), en: words(), measure, target, points, cap }
        };
        let level = |(i, (points, known)): (u8, (u32, u32))| Level { stars: i + 1, points, known };
        Rules {
            clauses: clauses.into_iter().enumerate().map(clause).collect(),
            levels: (0..5).zip(points.into_iter().zip(known)).map(level).collect(),
        }
    })
}

fn any_known() -> impl Strategy<Value = Known> {
    let stated = (
        prop::option::of(0.0_f64..60.0),
        prop::option::of(0_u32..60),
        prop::option::of((0_u32..12, 0_u32..6)),
        prop::option::of(0.0_f64..168.0),
    );
    let counted =
        (0_i64..20, 0_i64..20, 0_i64..10, 0_usize..4, 0_i64..9, 0_i64..9, prop::option::of(0_i64..200));
    (stated, counted).prop_map(
        |((area_m2, seats, facilities, hours_per_week), (open, shut, days, locked, a, b, confirmed_days))| {
            Known {
                area_m2,
                seats,
                facilities: facilities.map(|(basic, broken)| Facilities { basic, broken }),
                hours_per_week,
                promise: (open, open + shut, days),
                locked: (0..locked).map(|i| format!("R{i}")).collect(),
                answered: (a, a + b),
                findings: (a + b, b),
                confirmed_days,
                photos: locked,
                ways_in: locked,
            }
        },
    )
}

/// The same evaluation when some clauses are met.
fn when_met(rules: &Rules, now: &Evaluation, codes: &[String]) -> u8 {
    let mut clauses = now.clauses.clone();
    for outcome in clauses.iter_mut().filter(|o| codes.contains(&o.clause.code)) {
        outcome.verdict = Verdict::Met;
    }
    let cap = clauses.iter().filter_map(cap_of).min().unwrap_or(u8::MAX);
    stars_of(rules, Points::of(&clauses)).min(cap)
}

proptest! {
    #[test]
    fn to_meet_one_clause_more_never_takes_a_star(rules in any_rules(), known in any_known(), which in 0_usize..8) {
        prop_assert!(rules.check().is_ok());
        let now = evaluate(&rules, &known);
        let code = rules.clauses[which % rules.clauses.len()].code.clone();
        prop_assert!(when_met(&rules, &now, &[code]) >= now.stars);
        prop_assert!(now.stars <= 5);
        prop_assert!(now.points.earned <= now.points.known && now.points.known <= now.points.all);
    }

    #[test]
    fn the_steps_lead_to_the_next_star_and_no_smaller_set_does(rules in any_rules(), known in any_known()) {
        let now = evaluate(&rules, &known);
        let Some(next) = next(&rules, &now) else {
            prop_assert_eq!(now.stars, 5);
            return Ok(());
        };
        prop_assert_eq!(next.stars, now.stars + 1);
        prop_assert!(when_met(&rules, &now, &next.steps) >= next.stars);
        let open: Vec<String> = now.clauses.iter().filter(|o| o.verdict != Verdict::Met).map(|o| o.clause.code.clone()).collect();
        for smaller in 0..next.steps.len() {
            for set in subsets(open.len(), smaller) {
                let codes: Vec<String> = set.iter().map(|i| open[*i].clone()).collect();
                prop_assert!(when_met(&rules, &now, &codes) < next.stars, "{:?} would do", codes);
            }
        }
    }

    #[test]
    fn what_is_not_known_never_lowers_the_score(rules in any_rules(), known in any_known()) {
        let now = evaluate(&rules, &known);
        let less = Known { area_m2: None, ..known.clone() };
        let is_failed = now.clauses.iter().any(|o| o.clause.measure == Measure::AreaM2 && o.verdict == Verdict::Met);
        if !is_failed {
            let then = evaluate(&rules, &less).points;
            prop_assert!(then.score() >= now.points.score() || then.known == 0);
        }
    }
}
