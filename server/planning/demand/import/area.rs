//! A polygon of people as points: the centres of the cells that it holds.

use geo::line_intersection::{LineIntersection, line_intersection};
use geo::{Coord, InteriorPoint, Line, LinesIter, MapCoords, MultiPolygon, Polygon};
use h3o::geom::{ContainmentMode, TilerBuilder};
use h3o::{CellIndex, LatLng, Resolution};
use spatial::{Datum, Position};

use crate::planning::layers::faults::{Fault, fault};
use crate::planning::layers::place::position;

/// The resolution of the cells: 0.01 to 0.02 km² each.
const RESOLUTION: Resolution = Resolution::Ten;
/// The most corners of a polygon, holes included.
pub(super) const CORNERS: usize = 20_000;
/// A polygon whose frame holds more cells than this is not looked at: some 60,000 km².
const FRAME: usize = 4_000_000;

/// How large an area is, before it is spread.
pub(super) struct Area {
    shape: MultiPolygon<f64>,
    /// How many corners it has.
    pub(super) corners: usize,
}

/// The centre of a cell.
pub(super) fn centre(cell: CellIndex) -> Option<Position> {
    let at = LatLng::from(cell);
    Position::new(at.lng(), at.lat()).ok()
}

impl Area {
    /// Reads a polygon or several, with corners in a coordinate system.
    ///
    /// # Errors
    /// What is wrong with its shape.
    pub(super) fn read(text: &str, crs: Datum) -> Result<Self, Fault> {
        let broken = || {
            fault(
                "broken_area",
                "不是完整的多边形（Polygon 或 MultiPolygon）。",
                "is no whole Polygon or MultiPolygon",
            )
        };
        let geometry: geojson::Geometry = text.parse().map_err(|_| broken())?;
        let given = match geo::Geometry::<f64>::try_from(geometry).map_err(|_| broken())? {
            geo::Geometry::Polygon(one) => MultiPolygon::from(one),
            geo::Geometry::MultiPolygon(many) => many,
            _ => return Err(broken()),
        };
        let corners = given.lines_iter().count();
        if corners > CORNERS {
            let (zh, en) = (
                format!("一个面最多 {CORNERS} 个顶点，请先简化。"),
                format!("an area has at most {CORNERS} corners; simplify it"),
            );
            return Err(fault("too_many_corners", zh, en));
        }
        let is_ring = |ring: &geo::LineString<f64>| ring.0.len() >= 4;
        let is_whole = |p: &Polygon<f64>| is_ring(p.exterior()) && p.interiors().iter().all(is_ring);
        if given.0.is_empty() || !given.0.iter().all(is_whole) {
            return Err(broken());
        }
        let shape = given.try_map_coords(|c| position(c.x, c.y, crs).map(coord))?;
        if shape.0.iter().any(crosses_itself) {
            let zh = "面的边界自相交，请先修复几何。";
            return Err(fault("crosses_itself", zh, "its outline crosses itself; mend the geometry"));
        }
        Ok(Self { shape, corners })
    }

    /// The points that stand for it, each once and always in the same order: the centres of the cells that it holds, or
    /// one point inside where it holds none. At most one more than `most`.
    ///
    /// # Errors
    /// Where it is far too large.
    pub(super) fn points(self, most: usize) -> Result<Vec<Position>, Fault> {
        let mut tiler =
            TilerBuilder::new(RESOLUTION).containment_mode(ContainmentMode::ContainsCentroid).build();
        let inside = self.shape.interior_point();
        let broken = |_| fault("broken_area", "读不懂这个面。", "this area cannot be read");
        tiler.add_batch(self.shape).map_err(broken)?;
        if tiler.coverage_size_hint() > FRAME {
            let (zh, en) = ("这个面太大，请先切开。", "this area is too large; cut it into parts");
            return Err(fault("area_too_large", zh, en));
        }
        let mut cells: Vec<CellIndex> = tiler.into_coverage().take(most.saturating_add(1)).collect();
        cells.sort_unstable();
        cells.dedup();
        let points: Vec<Position> = cells.into_iter().filter_map(centre).collect();
        if !points.is_empty() {
            return Ok(points);
        }
        let inside = inside.and_then(|p| Position::new(p.x(), p.y()).ok());
        inside.map(|at| vec![at]).ok_or_else(flat)
    }
}

fn flat() -> Fault {
    fault("empty_area", "这个面没有面积。", "this area has no ground")
}

fn coord(at: Position) -> Coord<f64> {
    Coord { x: at.lon(), y: at.lat() }
}

/// Whether two sides of a polygon cross at a point that is an end of neither. Sides are tried in the order of their
/// western ends, each against those that reach so far.
fn crosses_itself(polygon: &Polygon<f64>) -> bool {
    let mut sides: Vec<Line<f64>> = polygon.lines_iter().collect();
    let west = |side: &Line<f64>| side.start.x.min(side.end.x);
    let east = |side: &Line<f64>| side.start.x.max(side.end.x);
    sides.sort_by(|a, b| west(a).total_cmp(&west(b)));
    let mut reaching: Vec<Line<f64>> = Vec::new();
    for side in sides {
        reaching.retain(|other| east(other) >= west(&side));
        if reaching.iter().any(|other| cross(&side, other)) {
            return true;
        }
        reaching.push(side);
    }
    false
}

fn cross(a: &Line<f64>, b: &Line<f64>) -> bool {
    let span = |line: &Line<f64>| (line.start.y.min(line.end.y), line.start.y.max(line.end.y));
    let ((a_south, a_north), (b_south, b_north)) = (span(a), span(b));
    a_south <= b_north
        && b_south <= a_north
        && matches!(line_intersection(*a, *b), Some(LineIntersection::SinglePoint { is_proper: true, .. }))
}

#[cfg(test)]
mod tests {
    use geo::Contains;
    use proptest::prelude::*;

    use super::*;

    fn area(rings: &str) -> Result<Area, Fault> {
        Area::read(&format!(r#"{{"type":"Polygon","coordinates":{rings}}}"#), Datum::Wgs84)
    }

    fn code<T>(result: Result<T, Fault>) -> Option<&'static str> {
        result.err().map(|(code, _)| code)
    }

    #[test]
    fn a_square_is_its_cells_and_a_small_one_a_point() {
        let square =
            area("[[[119.50,39.90],[119.52,39.90],[119.52,39.92],[119.50,39.92],[119.50,39.90]]]").unwrap();
        let shape = square.shape.clone();
        let points = square.points(10_000).unwrap();
        let cell = LatLng::new(39.91, 119.51).unwrap().to_cell(RESOLUTION);
        #[expect(clippy::cast_precision_loss, reason = "some hundred")]
        let covered_km2 = points.len() as f64 * cell.area_km2();
        assert!((3.7..3.9).contains(&covered_km2), "1.71 km by 2.22 km: {covered_km2} km²");
        assert!(points.iter().all(|p| shape.contains(&geo::Point::new(p.lon(), p.lat()))));
        let small = "[[[119.5,39.9],[119.50001,39.9],[119.50001,39.90001],[119.5,39.9]]]";
        let points = area(small).unwrap().points(10).unwrap();
        assert_eq!(points.len(), 1);
        assert!((points[0].lon() - 119.5).abs() < 1e-4);
    }

    #[test]
    fn a_hole_holds_nobody() {
        let holed = "[[[119.50,39.90],[119.54,39.90],[119.54,39.94],[119.50,39.94],[119.50,39.90]],
            [[119.51,39.91],[119.53,39.91],[119.53,39.93],[119.51,39.93],[119.51,39.91]]]";
        let points = area(holed).unwrap().points(100_000).unwrap();
        let in_hole = |p: &Position| (119.51..119.53).contains(&p.lon()) && (39.91..39.93).contains(&p.lat());
        assert!(points.len() > 500 && !points.iter().any(in_hole));
    }

    #[test]
    fn wrong_shapes_are_refused() {
        for (rings, wrong) in [
            ("[[[119.5,39.9],[119.6,40.0],[119.6,39.9],[119.5,40.0],[119.5,39.9]]]", "crosses_itself"),
            ("[[[119.5,39.9],[119.6,40.0],[119.5,39.9]]]", "broken_area"),
            ("[]", "broken_area"),
            ("[[[39.9,119.5],[40.0,119.5],[40.0,119.6],[39.9,119.5]]]", "swapped"),
            ("[[[200,39.9],[201,39.9],[201,40],[200,39.9]]]", "out_of_range"),
        ] {
            assert_eq!(code(area(rings)), Some(wrong), "{rings}");
        }
        assert_eq!(code(Area::read("{}", Datum::Wgs84)), Some("broken_area"));
        let world = "[[[-170,-60],[170,-60],[170,60],[-170,60],[-170,-60]]]";
        assert_eq!(code(area(world).unwrap().points(1_000_000)), Some("area_too_large"));
        let touching = "[[[119.5,39.9],[119.6,39.9],[119.55,39.95],[119.6,40.0],[119.5,40.0],[119.55,39.95],[119.5,39.9]]]";
        assert!(area(touching).is_ok(), "it touches itself at a corner");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn a_star_never_fails(radii in prop::collection::vec(0.0005..0.02_f64, 3..24)) {
            #[expect(clippy::cast_precision_loss, reason = "a few corners")]
            let corner = |i: usize, r: f64| {
                let angle = i as f64 / radii.len() as f64 * std::f64::consts::TAU;
                format!("[{},{}]", 119.5 + r * angle.cos(), 39.9 + r * angle.sin())
            };
            let mut ring: Vec<String> = radii.iter().enumerate().map(|(i, r)| corner(i, *r)).collect();
            ring.push(ring[0].clone());
            let star = area(&format!("[[{}]]", ring.join(","))).unwrap();
            let shape = star.shape.clone();
            let points = star.points(100_000).unwrap();
            prop_assert!(!points.is_empty());
            let bounds = spatial::Area::new(shape);
            prop_assert!(points.iter().all(|p| bounds.distance_m(*p) < 1.0));
        }
    }
}
