//! Cutting lines and rings against sampling and exact intersection.

use geo::{Area as _, BooleanOps, LineString, Polygon};
use proptest::collection::vec;
use proptest::prelude::*;
use spatial::clip::{Place, Rect};

const SHEET: Rect = Rect { min: [-64.0, -64.0], max: [4160.0, 4160.0] };

/// Whole numbers near the sheet and exactly on its edges, so that lines run along them and through corners.
fn place() -> impl Strategy<Value = Place> {
    let part = || prop_oneof![Just(-64), Just(4160), -64..4160, -9000..9000];
    (part(), part()).prop_map(|(x, y)| [f64::from(x), f64::from(y)])
}

fn length(line: &[Place]) -> f64 {
    line.windows(2).map(|pair| (pair[1][0] - pair[0][0]).hypot(pair[1][1] - pair[0][1])).sum()
}

/// Length of a line inside the sheet, from the share of many samples of each segment.
fn sampled_length(line: &[Place]) -> f64 {
    const SAMPLES: i32 = 4000;
    let inside = |from: Place, to: Place| {
        let sample = |i: i32| (f64::from(i) + 0.5) / f64::from(SAMPLES);
        let at = |share: f64| [0, 1].map(|axis| from[axis] + (to[axis] - from[axis]) * share);
        (0..SAMPLES).filter(|i| SHEET.contains(at(sample(*i)))).map(|_| 1.0).sum::<f64>()
    };
    line.windows(2).map(|pair| length(pair) * inside(pair[0], pair[1]) / f64::from(SAMPLES)).sum()
}

fn polygon(ring: &[Place]) -> Polygon<f64> {
    Polygon::new(ring.iter().map(|place| (place[0], place[1])).collect::<LineString<f64>>(), vec![])
}

/// A ring without crossings: places in the order of their angle around a middle, less than half a turn apart.
fn simple_ring() -> impl Strategy<Value = Vec<Place>> {
    (place(), vec((10.0_f64..8000.0, 0.5_f64..1.0), 4..24)).prop_map(|(middle, turns)| {
        let whole: f64 = turns.iter().map(|(_, turn)| turn).sum();
        let mut angle = 0.0;
        let mut ring = Vec::new();
        for (reach, turn) in turns {
            angle += turn / whole * std::f64::consts::TAU;
            ring.push([middle[0] + reach * angle.cos(), middle[1] + reach * angle.sin()]);
        }
        ring
    })
}

#[test]
fn a_line_through_the_sheet_is_cut_at_both_edges() {
    let parts = SHEET.clip_line(&[[-100.0, 0.0], [5000.0, 0.0]]);
    assert_eq!(parts, [[[-64.0, 0.0], [4160.0, 0.0]]]);
}

#[test]
fn a_line_that_only_touches_a_corner_leaves_nothing() {
    assert!(SHEET.clip_line(&[[-128.0, 0.0], [0.0, -128.0]]).is_empty());
    assert!(SHEET.clip_line(&[[10.0, 10.0]]).is_empty());
}

#[test]
fn a_ring_around_the_sheet_becomes_the_sheet() {
    let around = [[-1e6, -1e6], [1e6, -1e6], [1e6, 1e6], [-1e6, 1e6]];
    let area = polygon(&SHEET.clip_ring(&around)).unsigned_area();
    assert!((area - 4224.0 * 4224.0).abs() < 1e-6);
    assert!(SHEET.clip_ring(&around.map(|[x, y]| [x + 3e6, y])).is_empty());
    assert!(SHEET.clip_ring(&[]).is_empty());
}

proptest! {
    #[test]
    fn a_line_keeps_the_length_that_it_has_inside(line in vec(place(), 2..12)) {
        let parts = SHEET.clip_line(&line);
        for at in parts.iter().flatten() {
            prop_assert!(SHEET.contains(*at), "{at:?}");
        }
        let found: f64 = parts.iter().map(|part| length(part)).sum();
        let expected = sampled_length(&line);
        prop_assert!((found - expected).abs() <= 0.001 * length(&line), "{found} instead of {expected}");
    }

    #[test]
    fn a_line_inside_stays_as_it_is(line in vec((0.0..4096.0, 0.0..4096.0).prop_map(<[f64; 2]>::from), 2..12)) {
        prop_assert_eq!(SHEET.clip_line(&line), [line]);
    }

    #[test]
    fn a_ring_keeps_the_area_that_it_has_inside(ring in simple_ring()) {
        let clipped = SHEET.clip_ring(&ring);
        for at in &clipped {
            prop_assert!(SHEET.contains(*at), "{at:?}");
        }
        let sheet = polygon(&[[-64.0, -64.0], [4160.0, -64.0], [4160.0, 4160.0], [-64.0, 4160.0]]);
        let expected = polygon(&ring).intersection(&sheet).unsigned_area();
        let found = polygon(&clipped).unsigned_area();
        prop_assert!((found - expected).abs() <= 1.0 + 1e-6 * expected, "{found} instead of {expected}");
    }
}
