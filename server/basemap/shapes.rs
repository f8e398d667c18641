//! The shipped shapes of the built-in map, and what follows from them: land and the course of the coast.

use std::sync::LazyLock;

use geo::{
    BooleanOps, ChaikinSmoothing, Coord, Geometry, Intersects, Line, LineString, MultiPolygon, Polygon, Rect,
};
use geojson::FeatureCollection;
use spatial::Position;

/// The shapes as they are shipped.
pub(super) const WATER: &str = include_str!("../../data/basemap/qinhuangdao.geojson");
/// Their box in degrees, west, south, east and north, as `scripts/generate/basemap.py` cuts them.
const BOX: [f64; 4] = [117.5, 38.8, 121.0, 41.0];
/// How often the corners of the coast are cut (Chaikin 1974).
const ROUNDS: usize = 2;

/// A shape of the sea or of inland water.
#[derive(Debug)]
pub(super) struct Water {
    /// `sea`, `lake`, `river` or `sea_name`.
    pub(super) kind: String,
    /// Of a `sea_name`: what it is called in Chinese and English.
    pub(super) names: [String; 2],
    pub(super) shape: Geometry<f64>,
}

/// Every shipped shape. A test reads them, so that none is left out silently.
pub(super) static WATERS: LazyLock<Vec<Water>> = LazyLock::new(|| read(WATER).unwrap_or_default());

/// The sea, its coast made smooth: the source runs in steps that are seen when the map is enlarged.
pub(super) static SEA: LazyLock<MultiPolygon<f64>> = LazyLock::new(|| {
    let seas = WATERS.iter().filter(|w| w.kind == "sea");
    let seas = seas.filter_map(|w| Polygon::try_from(w.shape.clone()).ok());
    seas.map(|sea| {
        let (exterior, interiors) = sea.into_inner();
        Polygon::new(smooth(&exterior), interiors.iter().map(smooth).collect())
    })
    .collect()
});

/// What is not sea within the box. It is drawn over the water's edge, so that a band along the coast stays wet.
pub(super) static LAND: LazyLock<MultiPolygon<f64>> = LazyLock::new(|| {
    let [west, south, east, north] = BOX;
    let whole = Rect::new(Coord { x: west, y: south }, Coord { x: east, y: north }).to_polygon();
    whole.difference(&*SEA)
});

/// Whether a position is in the sea; `None` outside the shipped shapes, where nobody knows.
pub(super) fn is_sea(position: Position) -> Option<bool> {
    let at = Coord { x: position.lon(), y: position.lat() };
    let [west, south, east, north] = BOX;
    let is_known = (west..=east).contains(&at.x) && (south..=north).contains(&at.y);
    is_known.then(|| SEA.intersects(&at))
}

/// The line where sea and land meet, without the edges of the box.
pub(super) static COAST: LazyLock<Vec<LineString<f64>>> = LazyLock::new(|| {
    let rings = SEA.iter().flat_map(|sea| std::iter::once(sea.exterior()).chain(sea.interiors()));
    rings.flat_map(stretches).filter(|(is_edge, _)| !is_edge).map(|(_, line)| line).collect()
});

/// The parts of a ring, each along the edge of the box or along the coast.
fn stretches(ring: &LineString<f64>) -> Vec<(bool, LineString<f64>)> {
    let lines: Vec<Line<f64>> = ring.lines().collect();
    let parts = lines.chunk_by(|a, b| is_edge(*a) == is_edge(*b));
    let joined =
        |part: &[Line<f64>]| std::iter::once(part[0].start).chain(part.iter().map(|line| line.end)).collect();
    parts.map(|part| (is_edge(part[0]), joined(part))).collect()
}

/// The ring with its corners cut along the coast, and as it was along the edge of the box.
fn smooth(ring: &LineString<f64>) -> LineString<f64> {
    let part = |(is_edge, line): (bool, LineString<f64>)| {
        if is_edge { line } else { line.chaikin_smoothing(ROUNDS) }
    };
    let mut whole: Vec<Coord<f64>> = stretches(ring).into_iter().flat_map(|s| part(s).0).collect();
    whole.dedup();
    LineString(whole)
}

/// Whether a segment runs along the box.
fn is_edge(line: Line<f64>) -> bool {
    let [west, south, east, north] = BOX;
    let along = |a: f64, b: f64, edges: [f64; 2]| {
        edges.iter().any(|edge| a.max(b) - edge < 1e-9 && edge - a.min(b) < 1e-9)
    };
    along(line.start.x, line.end.x, [west, east]) || along(line.start.y, line.end.y, [south, north])
}

fn read(text: &str) -> Option<Vec<Water>> {
    let collection: FeatureCollection = text.parse().ok()?;
    collection.features.into_iter().map(water).collect()
}

fn water(feature: geojson::Feature) -> Option<Water> {
    let kind = feature.property("kind")?.as_str()?.to_owned();
    let named = |key: &str| feature.property(key).and_then(|v| v.as_str()).unwrap_or_default().to_owned();
    let names = ["name", "name_en"].map(named);
    let shape = Geometry::try_from(feature.geometry?).ok()?;
    Some(Water { kind, names, shape })
}

#[cfg(test)]
mod tests {
    use geo::{Area, BoundingRect};

    use super::*;

    #[test]
    fn every_shipped_shape_is_read() {
        let features = WATER.parse::<FeatureCollection>().unwrap().features.len();
        assert_eq!(WATERS.len(), features);
        assert!(!SEA.0.is_empty());
    }

    #[test]
    fn a_place_is_known_to_be_in_the_sea_or_not() {
        let at = |lon, lat| is_sea(Position::new(lon, lat).unwrap());
        assert_eq!(at(119.6, 39.95), Some(false), "the middle of the city");
        assert_eq!(at(119.9, 39.5), Some(true), "the Bohai Sea");
        assert_eq!(at(114.0, 22.5), None, "Shenzhen");
    }

    #[test]
    fn land_and_sea_fill_the_box_and_meet_at_the_coast() {
        let [west, south, east, north] = BOX;
        let whole = (east - west) * (north - south);
        assert!((LAND.unsigned_area() + SEA.unsigned_area() - whole).abs() < 1e-6);
        let inside = |c: &Coord<f64>| c.x > west && c.x < east && c.y > south && c.y < north;
        assert!(COAST.iter().all(|line| line.0.iter().skip(1).rev().skip(1).all(inside)));
        let reach = MultiPolygon::bounding_rect(&SEA).unwrap();
        assert!(COAST.len() > 3 && COAST.iter().flat_map(|l| &l.0).any(|c| c.x < reach.min().x + 0.1));
    }
}
