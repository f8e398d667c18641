//! Lines of a map picture as polygons, since what fills polygons is enough then to draw all of it.

use geo::algorithm::buffer::{Buffer, BufferStyle, LineCap, LineJoin};
use geo::{Coord, Distance, Euclidean, Line, LineString};
use spatial::clip::{Place, Rect};
use spatial::mvt::Pixel;

use super::scene::{BUFFER, Rings, UNITS};

/// The greatest angle between two corners of a round end, in radians: at the widest stroke the corners are cut by
/// less than a unit.
const ROUND: f64 = 0.3;

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Stroke {
    /// Its width as a share of the picture's side, at most 1/32: the end of a line that was cut is in the buffer then.
    pub(super) width: f64,
    /// Lengths of dash, gap, dash, gap and so on, as shares of the side; none for a line without gaps.
    pub(super) dashes: &'static [f64],
}

impl Stroke {
    /// A line without gaps.
    pub(super) const fn solid(width: f64) -> Self {
        Self { width, dashes: &[] }
    }
}

/// The polygons of lines in units of the picture. Each comes from one line or dash and is simple; those of lines that
/// meet overlap.
pub(super) fn stroked(lines: &[Vec<Pixel>], stroke: Stroke) -> Vec<Rings> {
    let side = f64::from(UNITS);
    let is_solid = stroke.dashes.is_empty();
    let cap = if is_solid { LineCap::Round(ROUND) } else { LineCap::Butt };
    let style = BufferStyle::new(stroke.width * side / 2.0).line_join(LineJoin::Round(ROUND)).line_cap(cap);
    let lines = lines.iter().map(|line| placed(line));
    let runs: Vec<LineString<f64>> = if is_solid {
        lines.collect()
    } else {
        let pattern: Vec<f64> = stroke.dashes.iter().map(|length| length * side).collect();
        lines.flat_map(|line| dashed(&line, &pattern)).collect()
    };
    runs.iter().flat_map(|run| run.buffer_with_style(style.clone())).filter_map(|p| rings(&p)).collect()
}

fn placed(line: &[Pixel]) -> LineString<f64> {
    line.iter().map(|(x, y)| (f64::from(*x), f64::from(*y))).collect()
}

/// The dashes of a line: its stretches at the even places of the pattern, which is repeated.
fn dashed(line: &LineString<f64>, pattern: &[f64]) -> Vec<LineString<f64>> {
    let mut dashes = Vec::new();
    let mut run: Vec<Coord<f64>> = line.0.first().copied().into_iter().collect();
    let mut steps = pattern.iter().copied().enumerate().cycle();
    let Some((mut place, mut left)) = steps.next() else { return dashes };
    for segment in line.lines() {
        let length = Euclidean.distance(segment.start, segment.end);
        let mut gone = 0.0;
        while length - gone > left {
            gone += left;
            let end = along(segment, gone / length);
            run.push(end);
            if place % 2 == 0 {
                dashes.push(std::mem::take(&mut run).into());
            }
            run = vec![end];
            // A pattern is not empty, so that there is a next step.
            (place, left) = steps.next().unwrap_or((0, f64::INFINITY));
        }
        left -= length - gone;
        run.push(segment.end);
    }
    if place % 2 == 0 && run.len() > 1 {
        dashes.push(run.into());
    }
    dashes
}

fn along(segment: Line<f64>, share: f64) -> Coord<f64> {
    segment.start + segment.delta() * share
}

/// The polygon in whole units, cut to the picture and its buffer; none if nothing is there.
fn rings(polygon: &geo::Polygon<f64>) -> Option<Rings> {
    let buffer = f64::from(BUFFER);
    let sheet = Rect { min: [-buffer; 2], max: [f64::from(UNITS) + buffer; 2] };
    let cut = |ring: &LineString<f64>| {
        let open = &ring.0[..ring.0.len().saturating_sub(1)];
        let places: Vec<Place> = open.iter().map(|c| [c.x, c.y]).collect();
        sheet.clip_ring(&places).into_iter().map(pixel).collect::<Vec<Pixel>>()
    };
    let mut rings: Rings = std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(cut).collect();
    if rings.first()?.is_empty() {
        return None;
    }
    rings.retain(|ring| !ring.is_empty());
    Some(rings)
}

fn pixel([x, y]: Place) -> Pixel {
    #[expect(clippy::cast_possible_truncation, reason = "the place is in the picture or its buffer")]
    let pixel = (x.round() as i32, y.round() as i32);
    pixel
}

#[cfg(test)]
mod tests {
    use geo::{Area, BooleanOps, Contains, Point, unary_union};
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;
    use crate::basemap::scene::tests::polygon;

    fn area(polygons: &[Rings]) -> f64 {
        let polygons: Vec<_> = polygons.iter().map(polygon).collect();
        unary_union(&polygons).unsigned_area()
    }

    #[test]
    fn a_stroke_is_as_large_as_its_line_is_long_and_wide() {
        let line = vec![(100, 100), (1100, 100), (1100, 2100)];
        let drawn = stroked(&[line], Stroke::solid(40.0 / 4096.0));
        let ends = std::f64::consts::PI * 400.0;
        assert!((area(&drawn) / (3_000.0 * 40.0 + ends) - 1.0).abs() < 0.01, "{}", area(&drawn));
    }

    #[test]
    fn dashes_leave_gaps_and_go_around_corners() {
        let line = vec![(0, 100), (1_000, 100), (1_000, 1_100)];
        let dashes = &[300.0 / 4096.0, 100.0 / 4096.0, 50.0 / 4096.0, 100.0 / 4096.0];
        let drawn = stroked(&[line], Stroke { width: 20.0 / 4096.0, dashes });
        // 0–300, 400–450, 550–850, 950–1000, 1100–1400, 1500–1550, 1650–1950
        assert_eq!(drawn.len(), 7);
        assert!((area(&drawn) / (20.0 * 1_350.0) - 1.0).abs() < 0.01, "{}", area(&drawn));
        let is_drawn = |x: f64, y: f64| drawn.iter().any(|rings| polygon(rings).contains(&Point::new(x, y)));
        for (x, y, drawn) in [
            (150.0, 100.0, true),
            (350.0, 100.0, false),
            (425.0, 100.0, true),
            (980.0, 100.0, true),
            (1_000.0, 150.0, false),
            (1_000.0, 250.0, true),
        ] {
            assert_eq!(is_drawn(x, y), drawn, "{x} {y}");
        }
    }

    #[test]
    fn a_ring_road_keeps_its_middle() {
        let ring = vec![(1000, 1000), (2000, 1000), (2000, 2000), (1000, 2000), (1000, 1000)];
        let drawn = stroked(&[ring], Stroke::solid(40.0 / 4096.0));
        assert_eq!(drawn.iter().map(Vec::len).collect::<Vec<_>>(), [2], "one polygon with a hole");
    }

    #[test]
    fn a_line_of_a_single_place_is_nothing_or_a_dot() {
        assert!(stroked(&[vec![], vec![(5, 5)]], Stroke::solid(0.01)).len() <= 1);
    }

    proptest! {
        #[test]
        fn every_place_near_the_line_and_no_other_is_drawn(
            line in vec((-64_i32..4160, -64_i32..4160), 2..8), x in 0.0_f64..4096.0, y in 0.0_f64..4096.0
        ) {
            let drawn = stroked(std::slice::from_ref(&line), Stroke::solid(80.0 / 4096.0));
            let away = Euclidean.distance(&Point::new(x, y), &placed(&line));
            let is_drawn = drawn.iter().any(|rings| polygon(rings).contains(&Point::new(x, y)));
            prop_assert!(is_drawn || away > 38.0, "{away} from the line");
            prop_assert!(!is_drawn || away < 42.0, "{away} from the line");
            let sheet = -BUFFER..=UNITS.cast_signed() + BUFFER;
            prop_assert!(drawn.iter().flatten().flatten().all(|(x, y)| sheet.contains(x) && sheet.contains(y)));
        }

        #[test]
        fn dashes_are_a_part_of_the_line(line in vec((0_i32..4096, 0_i32..4096), 2..6)) {
            let whole = stroked(std::slice::from_ref(&line), Stroke::solid(24.0 / 4096.0));
            let dashes = &[100.0 / 4096.0, 60.0 / 4096.0];
            let parts = stroked(&[line], Stroke { width: 20.0 / 4096.0, dashes });
            let all = |polygons: &[Rings]| unary_union(&polygons.iter().map(polygon).collect::<Vec<_>>());
            let outside = all(&parts).difference(&all(&whole)).unsigned_area();
            prop_assert!(outside < 200.0, "{outside}");
            prop_assert!(area(&parts) < area(&whole) + 1.0);
        }
    }
}
