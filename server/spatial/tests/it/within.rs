//! The join of origins and targets against brute force over all pairs.

use proptest::collection::vec;
use proptest::prelude::*;
use spatial::{Position, Within};

use crate::strategies::{at, position};

/// For each origin the slots of the targets within reach, in their order.
fn brute_force(targets: &[Position], origins: &[Position], within_m: f64) -> Vec<Vec<u32>> {
    let reached = |origin: &Position| {
        let near = (0_u32..).zip(targets).filter(|(_, target)| origin.chord_m(**target) <= within_m);
        near.map(|(slot, _)| slot).collect()
    };
    origins.iter().map(reached).collect()
}

fn joined(targets: &[Position], origins: &[Position], within_m: f64) -> Vec<Vec<u32>> {
    let within = Within::new((0_u32..).zip(targets.iter().copied()), within_m);
    let mut found = vec![Vec::new(); origins.len()];
    let mut visits = 0;
    within.for_each(origins, |i, near| {
        visits += 1;
        found[i] = near.collect();
        found[i].sort_unstable();
    });
    assert_eq!(visits, origins.len(), "every origin is visited once");
    found
}

proptest! {
    #[test]
    fn the_join_finds_what_brute_force_finds(
        targets in vec(position(), 0..120), origins in vec(position(), 0..60),
        within_m in prop_oneof![0.5..2_000.0, 2e3..6e4, 1e5..1e7],
    ) {
        prop_assert_eq!(joined(&targets, &origins, within_m), brute_force(&targets, &origins, within_m));
    }
}

#[test]
fn a_target_across_the_antimeridian_and_over_the_pole_is_near() {
    let targets = [at(179.9999, 12.0), at(-179.9999, 12.0), at(10.0, 89.9999), at(-170.0, 89.9999)];
    assert_eq!(joined(&targets, &targets, 100.0), [[0, 1], [0, 1], [2, 3], [2, 3]]);
}

#[test]
fn nothing_is_within_a_distance_that_is_none() {
    let here = [at(119.6, 39.9)];
    for within_m in [0.0, -1.0, f64::NAN] {
        assert_eq!(joined(&here, &here, within_m), [Vec::<u32>::new()]);
    }
}
