//! The features of Protomaps tiles moved into a window, sorted into grounds.

use fast_mvt::{MvtFeatureRef, MvtLayerRef, MvtReaderRef};
use geo::{Coord, Geometry, MapCoords};
use spatial::{Outlines, Square, TileCoord, Window};

use super::StreetsError;
use super::kinds::{Area, Tags, Way, area, way};
use super::names::Names;
use super::source::Packed;
use crate::basemap::picture::LIGHT;
use crate::basemap::scene::{Ground, Rings, Scene, UNITS};
use crate::basemap::stroke::stroked;

/// The most features of all tiles of a window.
const MOST_FEATURES: usize = 100_000;
/// Who made the data, as the page says it.
const CREDITS: &str = "© OpenStreetMap 贡献者";
/// Layers whose features are drawn or named.
const READ: [&str; 9] = [
    "water",
    "physical_line",
    "physical_point",
    "landuse",
    "natural",
    "buildings",
    "roads",
    "transit",
    "places",
];
const ROAD: &str = "#FFFFFF";
const ROAD_EDGE: &str = "#DDD5C0";
const RAIL: &str = "#B8B4A1";

/// The window while it fills.
pub(super) struct Sheet {
    window: Window,
    features: usize,
    areas: [Outlines; Area::ALL.len()],
    ways: [Outlines; Way::ALL.len()],
    names: Names,
}

/// Where the coordinates of a layer are in the window.
#[derive(Clone, Copy)]
struct Move {
    tile: TileCoord,
    extent: u32,
    window: Window,
}

impl Move {
    fn place(self, at: Coord<i32>) -> Coord<f64> {
        let on_tile = [f64::from(at.x), f64::from(at.y)];
        let plane = Square::from(self.tile).mercator(on_tile, self.extent);
        Coord::from(Square::from(self.window).place(plane, UNITS))
    }
}

impl Sheet {
    /// An empty one.
    pub(super) fn new(window: Window) -> Self {
        let (areas, ways) = (Default::default(), Default::default());
        Self { window, features: 0, areas, ways, names: Names::default() }
    }

    /// Adds what is seen of a tile.
    pub(super) fn add(&mut self, packed: &Packed) -> Result<(), StreetsError> {
        let told = |why| StreetsError::Tile { tile: packed.address(), why };
        let bytes = packed.unpacked()?;
        let tile = MvtReaderRef::new(&bytes).map_err(told)?;
        for layer in tile.layers().filter(|layer| READ.contains(&layer.name())) {
            self.features += layer.feature_count();
            if self.features > MOST_FEATURES {
                return Err(StreetsError::TooMuch { of: "features in a window", most: MOST_FEATURES });
            }
            let to = Move { tile: packed.tile, extent: layer.extent().max(1), window: self.window };
            layer.features().try_for_each(|feature| self.feature(layer, feature, to)).map_err(told)?;
        }
        Ok(())
    }

    fn feature(
        &mut self,
        layer: MvtLayerRef<'_>,
        feature: MvtFeatureRef<'_>,
        to: Move,
    ) -> Result<(), fast_mvt::MvtError> {
        let tags = Tags::of(feature)?;
        let shape = feature.geometry()?.map_coords(|at| to.place(at));
        let name = layer.name();
        match &shape {
            Geometry::Polygon(_) | Geometry::MultiPolygon(_) => self.area(name, &tags, &shape),
            Geometry::LineString(_) | Geometry::MultiLineString(_) => self.way(name, &tags, &shape),
            Geometry::Point(point) => self.names.point(name, &tags, point.0),
            Geometry::MultiPoint(points) => points.iter().for_each(|p| self.names.point(name, &tags, p.0)),
            _ => {}
        }
        Ok(())
    }

    fn area(&mut self, layer: &str, tags: &Tags<'_>, shape: &Geometry<f64>) {
        let Some(area) = area(layer, tags) else { return };
        let mut seen = Outlines::default();
        seen.add_placed(UNITS, shape);
        if area == Area::Water {
            self.names.water(tags, &seen.polygons);
        }
        self.areas[area as usize].polygons.append(&mut seen.polygons);
    }

    fn way(&mut self, layer: &str, tags: &Tags<'_>, shape: &Geometry<f64>) {
        let Some(way) = way(layer, tags) else { return };
        let mut seen = Outlines::default();
        seen.add_placed(UNITS, shape);
        self.names.way(way, tags, &seen.lines);
        self.ways[way as usize].lines.append(&mut seen.lines);
    }

    /// What was added, drawn.
    pub(super) fn into_scene(mut self) -> Scene {
        let mut layers = vec![Ground::whole("land", LIGHT.land)];
        for area in Area::ALL {
            let (name, colour) = area.look();
            let mut polygons = std::mem::take(&mut self.areas[area as usize].polygons);
            if area == Area::Water {
                polygons.extend(Way::WATER.into_iter().flat_map(|way| self.drawn(way)));
            }
            layers.push(Ground::new(name, colour, polygons));
        }
        let edges =
            Way::ROADS.into_iter().flat_map(|way| stroked(&self.ways[way as usize].lines, way.edged()));
        layers.push(Ground::new("road_edge", ROAD_EDGE, edges.collect()));
        layers.push(Ground::new("rail", RAIL, self.drawn(Way::Rail)));
        let roads = [Way::Path].into_iter().chain(Way::ROADS).flat_map(|way| self.drawn(way));
        layers.push(Ground::new("road", ROAD, roads.collect()));
        Scene::new(layers, self.names.into_names(), CREDITS)
    }

    fn drawn(&self, way: Way) -> Vec<Rings> {
        stroked(&self.ways[way as usize].lines, way.stroke())
    }
}
