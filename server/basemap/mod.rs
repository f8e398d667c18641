//! The built-in base map: coast, rivers, districts and place names, drawn as vector tiles by this server.
//!
//! It is an overview made of open data in `data/`, and needs no network. Layers: `sea` (polygons), `water`
//! (rivers and lakes, with `kind`), `district` (polygons), `district_name` (points) and `place` (points).

mod draw;
mod routes;

use std::sync::LazyLock;

use geo::Geometry;
use geojson::FeatureCollection;

pub use routes::routes;

/// The deepest zoom that is drawn; clients enlarge it beyond.
pub const MAX_ZOOM: u8 = 12;

const WATER: &str = include_str!("../../data/basemap/qinhuangdao.geojson");

/// A shape of the sea or of inland water.
#[derive(Debug)]
struct Water {
    kind: String,
    shape: Geometry<f64>,
}

/// The shipped shapes. A test reads them, so that none is left out silently.
static WATERS: LazyLock<Vec<Water>> = LazyLock::new(|| read(WATER).unwrap_or_default());

fn read(text: &str) -> Option<Vec<Water>> {
    let collection: FeatureCollection = text.parse().ok()?;
    collection.features.into_iter().map(water).collect()
}

fn water(feature: geojson::Feature) -> Option<Water> {
    let kind = feature.property("kind")?.as_str()?.to_owned();
    let shape = Geometry::try_from(feature.geometry?).ok()?;
    Some(Water { kind, shape })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_shape_is_read() {
        let features = WATER.parse::<FeatureCollection>().unwrap().features.len();
        assert_eq!(WATERS.len(), features);
        assert!(WATERS.iter().any(|w| w.kind == "sea"));
    }
}
