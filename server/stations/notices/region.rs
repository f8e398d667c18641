//! The region of a notice: an area drawn on the map, within the districts that its author answers for.

use geo::{Geometry, MultiPolygon};
use spatial::{Area, Position};

use crate::ids::Adcode;

/// An area, and the districts within which it counts.
#[derive(Debug, Clone)]
pub struct Region {
    area: Area,
    /// The leading digits of district codes; an empty text is everywhere.
    reach: Vec<String>,
}

/// A text that is no GeoJSON Polygon or MultiPolygon.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no GeoJSON polygon: {0}")]
pub struct NoPolygon(String);

impl Region {
    /// An area within the districts whose codes begin so.
    pub fn new(area: Area, reach: Vec<String>) -> Self {
        Self { area, reach }
    }

    /// The area as drawn.
    pub fn area(&self) -> &Area {
        &self.area
    }

    /// The leading digits of the codes of the districts within which it counts.
    pub fn reach(&self) -> &[String] {
        &self.reach
    }

    /// Whether a station belongs to it, by where it stands and the district it names.
    pub fn covers(&self, position: Position, district: Option<Adcode>) -> bool {
        self.area.contains(position) && is_within(&self.reach, district)
    }

    /// The area as a GeoJSON geometry.
    pub fn geojson(&self) -> String {
        geojson::Geometry::new(geojson::GeometryValue::from(self.area.shape())).to_string()
    }
}

/// Whether a district's code begins with one of the prefixes. Without a district only an empty prefix fits.
pub fn is_within(prefixes: &[String], district: Option<Adcode>) -> bool {
    let code = district.map(|d| d.to_string()).unwrap_or_default();
    prefixes.iter().any(|prefix| code.starts_with(prefix.as_str()))
}

/// Reads the polygons of a GeoJSON geometry.
pub fn polygons(geometry: geojson::Geometry) -> Result<MultiPolygon<f64>, NoPolygon> {
    match Geometry::<f64>::try_from(geometry).map_err(|e| NoPolygon(e.to_string()))? {
        Geometry::MultiPolygon(many) => Ok(many),
        Geometry::Polygon(one) => Ok(one.into()),
        _ => Err(NoPolygon("another geometry".to_owned())),
    }
}
