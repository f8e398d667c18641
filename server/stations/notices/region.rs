//! The region of a notice: an area drawn on the map, within the districts that its author answers for.

use geo::{LineString, MultiPolygon, Polygon, Validation};
use serde::{Deserialize, Serialize};
use spatial::{Area, Position};

use crate::accounts::Scope;
use crate::error::FieldError;
use crate::ids::Adcode;

/// The most points of an area.
pub const MAX_POINTS: usize = 2_000;
/// The fewest points of a ring; the last one repeats the first.
const MIN_RING: usize = 4;

/// An area, and the districts within which it counts.
#[derive(Debug, Clone)]
pub struct Region {
    area: Area,
    reach: Vec<Scope>,
}

/// Positions, longitude and latitude, of which the last repeats the first.
type Ring = Vec<[f64; 2]>;

/// An area as GeoJSON writes it, WGS-84.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "type", content = "coordinates", deny_unknown_fields)]
#[schema(as = NoticeArea)]
pub enum Shape {
    /// A ring around it, then rings around its holes.
    Polygon(Vec<Vec<[f64; 2]>>),
    /// Several of these.
    MultiPolygon(Vec<Vec<Vec<[f64; 2]>>>),
}

impl Region {
    /// An area within districts.
    pub fn new(area: Area, reach: Vec<Scope>) -> Self {
        Self { area, reach }
    }

    /// The area as drawn.
    pub fn area(&self) -> &Area {
        &self.area
    }

    /// The districts within which it counts.
    pub fn reach(&self) -> &[Scope] {
        &self.reach
    }

    /// Whether a station belongs to it, by where it stands and the district it names.
    pub fn covers(&self, position: Position, district: Option<Adcode>) -> bool {
        self.area.contains(position) && is_within(&self.reach, district)
    }
}

/// Whether one of the scopes covers a district.
pub fn is_within(scopes: &[Scope], district: Option<Adcode>) -> bool {
    scopes.iter().any(|scope| scope.covers(district))
}

impl Shape {
    /// The shape of an area.
    pub fn of(area: &Area) -> Self {
        let ring = |line: &LineString| line.coords().map(|c| [c.x, c.y]).collect();
        let rings = |p: &Polygon| std::iter::once(p.exterior()).chain(p.interiors()).map(ring).collect();
        let mut polygons: Vec<Vec<Ring>> = area.shape().iter().map(rings).collect();
        if polygons.len() == 1 { Self::Polygon(polygons.remove(0)) } else { Self::MultiPolygon(polygons) }
    }

    /// The area of a shape that was drawn.
    ///
    /// # Errors
    /// What keeps it from being one: rings that are open or cross themselves, too many points, no degrees.
    pub fn drawn(&self) -> Result<Area, FieldError> {
        let polygons = self.polygons();
        let rings = || polygons.iter().flat_map(|rings| rings.iter());
        if rings().map(Vec::len).sum::<usize>() > MAX_POINTS {
            let zh = format!("最多 {MAX_POINTS} 个点，请画得简单些。");
            return Err(wrong(
                "too_many_points",
                zh,
                format!("at most {MAX_POINTS} points; draw it simpler"),
            ));
        }
        if polygons.is_empty() || polygons.iter().any(Vec::is_empty) {
            return Err(wrong("empty", "还没有画范围。", "there is no ring; draw an area"));
        }
        if !rings().flatten().all(|[lon, lat]| Position::new(*lon, *lat).is_ok()) {
            let zh = "坐标要先写经度（-180 到 180），再写纬度（-90 到 90）。";
            return Err(wrong("out_of_range", zh, "positions are longitude, then latitude, in degrees"));
        }
        if rings().any(|ring| ring.len() < MIN_RING || ring.first() != ring.last()) {
            let zh = "每一圈至少四个点，最后一个要和第一个相同。";
            return Err(wrong(
                "open_ring",
                zh,
                "a ring has four points at least, the last equal to the first",
            ));
        }
        let shape = self.shape();
        if !shape.is_valid() {
            let zh = "边线不能自己交叉，各块也不能重叠，请重画。";
            return Err(wrong("crossing", zh, "lines cross or parts overlap; draw it again"));
        }
        Ok(Area::new(shape))
    }

    /// The area of a shape that was looked at before.
    pub(super) fn area(&self) -> Area {
        Area::new(self.shape())
    }

    fn polygons(&self) -> &[Vec<Ring>] {
        match self {
            Self::Polygon(rings) => std::slice::from_ref(rings),
            Self::MultiPolygon(polygons) => polygons,
        }
    }

    fn shape(&self) -> MultiPolygon<f64> {
        let line = |ring: &Ring| ring.iter().map(|[lon, lat]| (*lon, *lat)).collect::<LineString>();
        let polygon = |rings: &Vec<Ring>| {
            let (outer, holes) = rings.split_first().map_or((None, &[][..]), |(o, h)| (Some(o), h));
            let outer = outer.map_or_else(|| LineString::new(Vec::new()), line);
            Polygon::new(outer, holes.iter().map(line).collect())
        };
        self.polygons().iter().map(polygon).collect()
    }
}

fn wrong(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> FieldError {
    FieldError::new("area", code, zh, en)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(json: &str) -> Shape {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn an_area_is_written_as_it_was_drawn() {
        for json in [
            r#"{"type":"Polygon","coordinates":[[[119.5,39.8],[119.7,39.8],[119.6,40.0],[119.5,39.8]]]}"#,
            r#"{"type":"MultiPolygon","coordinates":[[[[0.0,0.0],[4.0,0.0],[4.0,4.0],[0.0,0.0]]],[[[9.0,0.0],[9.5,0.0],[9.5,1.0],[9.0,0.0]]]]}"#,
        ] {
            let area = shape(json).drawn().unwrap();
            assert_eq!(serde_json::to_string(&Shape::of(&area)).unwrap(), json);
        }
    }

    #[test]
    fn what_is_no_area_is_told_what_it_lacks() {
        let many: Ring = vec![[119.0, 39.0]; MAX_POINTS + 1];
        for (shape, code) in [
            (shape(r#"{"type":"Polygon","coordinates":[]}"#), "empty"),
            (shape(r#"{"type":"MultiPolygon","coordinates":[]}"#), "empty"),
            (shape(r#"{"type":"Polygon","coordinates":[[[1,1],[2,1],[2,2],[1,2]]]}"#), "open_ring"),
            (shape(r#"{"type":"Polygon","coordinates":[[[1,1],[2,1],[1,1]]]}"#), "open_ring"),
            (shape(r#"{"type":"Polygon","coordinates":[[[1,91],[2,1],[2,2],[1,91]]]}"#), "out_of_range"),
            (shape(r#"{"type":"Polygon","coordinates":[[[0,0],[2,2],[2,0],[0,2],[0,0]]]}"#), "crossing"),
            (Shape::Polygon(vec![many]), "too_many_points"),
        ] {
            assert_eq!(shape.drawn().unwrap_err().code, code, "{shape:?}");
        }
        assert!(serde_json::from_str::<Shape>(r#"{"type":"Point","coordinates":[1,1]}"#).is_err());
        assert!(serde_json::from_str::<Shape>(r#"{"type":"Polygon","coordinates":[[["1",1]]]}"#).is_err());
    }
}
