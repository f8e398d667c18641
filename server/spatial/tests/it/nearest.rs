//! The index against brute force over the same points.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;
use spatial::index::MAX_PENDING;
use spatial::{Change, Hit, Index, Point, Position, Query};

use crate::strategies::{at, position};

/// Few slots, so that changes often meet points that are there.
fn point() -> impl Strategy<Value = Point> {
    (0_u32..200, position(), 0_u64..16).prop_map(|(slot, position, mask)| Point { slot, position, mask })
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![2 => point().prop_map(Change::Put), 1 => (0_u32..220).prop_map(Change::Remove)]
}

fn query() -> impl Strategy<Value = Query> {
    let within_m = prop_oneof![Just(f64::INFINITY), Just(0.0), 100.0..20_000.0, 1e5..1e7];
    (position(), 0_usize..12, within_m, 0_u64..16, 0_u64..16)
        .prop_map(|(from, limit, within_m, all, any)| Query { from, limit, within_m, all, any })
}

/// What the last word about each slot left.
fn model(points: &[Point], changes: &[Change]) -> BTreeMap<u32, Point> {
    let mut model: BTreeMap<u32, Point> = points.iter().map(|point| (point.slot, *point)).collect();
    for change in changes {
        match change {
            Change::Put(point) => model.insert(point.slot, *point),
            Change::Remove(slot) => model.remove(slot),
        };
    }
    model
}

/// Every point measured, sorted and cut.
fn brute_force(model: &BTreeMap<u32, Point>, query: &Query, keep: impl Fn(u32) -> bool) -> Vec<Hit> {
    let fits = |mask: u64| mask & query.all == query.all && (query.any == 0 || mask & query.any != 0);
    let mut hits: Vec<Hit> = model
        .values()
        .filter(|point| fits(point.mask) && keep(point.slot))
        .map(|point| Hit { slot: point.slot, chord_m: query.from.chord_m(point.position) })
        .filter(|hit| hit.chord_m <= query.within_m)
        .collect();
    hits.sort_by(|a, b| a.chord_m.total_cmp(&b.chord_m).then(a.slot.cmp(&b.slot)));
    hits.truncate(query.limit);
    hits
}

fn everything(from: Position) -> Query {
    Query { from, limit: usize::MAX, within_m: f64::INFINITY, all: 0, any: 0 }
}

proptest! {
    #[test]
    fn the_index_finds_what_brute_force_finds(
        points in vec(point(), 0..300), queries in vec(query(), 1..8), odd: bool
    ) {
        let (index, model) = (Index::build(points.iter().copied()), model(&points, &[]));
        let keep = |slot: u32| !odd || slot % 2 == 1;
        prop_assert_eq!(index.len(), model.len());
        for query in queries {
            prop_assert_eq!(index.nearest(&query, keep), brute_force(&model, &query, keep));
        }
    }

    #[test]
    fn changes_lead_to_what_a_new_index_finds_and_leave_the_old_one_alone(
        points in vec(point(), 0..150), steps in vec(vec(change(), 0..30), 1..6), query in query()
    ) {
        let before = Index::build(points.iter().copied());
        let mut after = before.clone();
        for step in &steps {
            after = after.with_changes(step);
        }
        let model_after = model(&points, &steps.concat());
        prop_assert_eq!(after.len(), model_after.len());
        prop_assert_eq!(after.nearest(&query, |_| true), brute_force(&model_after, &query, |_| true));
        let everything = everything(query.from);
        prop_assert_eq!(
            before.nearest(&everything, |_| true),
            brute_force(&model(&points, &[]), &everything, |_| true)
        );
    }

    #[test]
    fn the_walk_gives_every_point_once_in_order(points in vec(point(), 0..200), from in position()) {
        let index = Index::build(points.iter().copied());
        let walked: Vec<Hit> = index.by_distance(from, 0, 0).collect();
        prop_assert_eq!(walked, brute_force(&model(&points, &[]), &everything(from), |_| true));
    }
}

/// A row of points to the east, one for each slot.
fn row(slots: std::ops::Range<u32>) -> impl Iterator<Item = Point> {
    slots.map(|slot| Point { slot, position: at(f64::from(slot) * 0.001, 0.0), mask: u64::from(slot % 2) })
}

#[test]
fn an_index_passes_the_bound_of_pending_changes_unharmed() {
    let points: Vec<Point> = row(0..2_000).collect();
    let mut index = Index::build(points.iter().copied());
    let mut changes = Vec::new();
    for slot in 0..u32::try_from(MAX_PENDING).unwrap() + 50 {
        let change = match slot % 3 {
            0 => Change::Remove(slot),
            _ => Change::Put(Point { slot: slot + 1_900, position: at(0.0, 1.0), mask: 1 }),
        };
        index = index.with_changes(&[change]);
        changes.push(change);
        assert_eq!(index.len(), model(&points, &changes).len());
    }
    let query = Query { limit: 900, ..everything(at(0.1, 0.1)) };
    assert_eq!(index.nearest(&query, |_| true), brute_force(&model(&points, &changes), &query, |_| true));
}

#[test]
fn an_empty_index_finds_nothing() {
    let index = Index::default();
    assert!(index.is_empty());
    assert_eq!(index.nearest(&everything(at(0.0, 90.0)), |_| true), []);
    assert!(index.with_changes(&[Change::Remove(7)]).is_empty());
}

#[test]
fn one_point_is_found_from_the_other_side_of_the_world() {
    let point = Point { slot: 7, position: at(-60.4, -40.0), mask: 1 << 63 };
    let hits =
        Index::build([point]).nearest(&Query { all: 1 << 63, ..everything(at(119.6, 40.0)) }, |_| true);
    assert_eq!(hits.iter().map(|hit| hit.slot).collect::<Vec<_>>(), [7]);
}

#[test]
fn points_in_one_place_come_in_the_order_of_their_slots() {
    let pile = (0..100).rev().map(|slot| Point { slot, position: at(179.0, 89.0), mask: 0 });
    let hits = Index::build(pile).nearest(&Query { limit: 60, ..everything(at(-1.0, 89.0)) }, |_| true);
    assert!(hits.iter().map(|hit| hit.slot).eq(0..60));
}

#[test]
fn the_caller_is_asked_nearest_first_and_no_more_than_needed() {
    let index = Index::build(row(0..1_000));
    let mut asked = Vec::new();
    let query = Query { limit: 2, any: 1, ..everything(at(0.0, 0.0)) };
    let hits = index.nearest(&query, |slot| {
        asked.push(slot);
        slot > 4
    });
    assert_eq!(asked, [1, 3, 5, 7]);
    assert_eq!(hits.iter().map(|hit| hit.slot).collect::<Vec<_>>(), [5, 7]);
}
